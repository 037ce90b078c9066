import Modal from 'antd/es/modal'
import { useEffect, type RefObject } from 'react'
import { useBlocker } from 'react-router'

/** For what no draft keeps. */
export function LeaveGuard({ when, settled }: { when: boolean; settled?: RefObject<boolean> }) {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      when && settled?.current !== true && currentLocation.pathname !== nextLocation.pathname,
  )
  useEffect(() => {
    if (!when) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [when])
  return (
    <Modal
      open={blocker.state === 'blocked'}
      title="离开就会丢失已填的内容"
      okText="留下继续填"
      cancelText="离开，不保存"
      onOk={() => blocker.reset?.()}
      onCancel={() => blocker.reset?.()}
      cancelButtonProps={{ onClick: () => blocker.proceed?.() }}
      width={400}
    >
      这些内容还没有提交。
    </Modal>
  )
}
