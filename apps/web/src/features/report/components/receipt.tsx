import { returnReceipt, type ReturnReceipt } from '@bihuan/contracts'
import App from 'antd/es/app'
import Button from 'antd/es/button'
import Modal from 'antd/es/modal'
import { useRef } from 'react'
import { useRoute } from '../../../shared/api/use-route.js'
import { instantText } from '../../../shared/show/dates.js'
import { Answered } from '../../../shared/states/answered.js'
import { Loading } from '../../../shared/states/loading.js'
import { roundText } from './return-words.js'

/** What is kept of a filing, on paper or as text: with it anybody can have the ledger checked, without trusting the server. */
export function Receipt({ returnId, onClose }: { returnId: string; onClose: () => void }) {
  const receipt = useRoute(returnReceipt, { params: { returnId } })
  const paper = useRef<HTMLDListElement>(null)
  const { message } = App.useApp()
  const copy = async () => {
    if (receipt.data === undefined) return
    const text = linesOf(receipt.data)
      .map(([label, value]) => `${label}：${value}`)
      .join('\n')
    try {
      await navigator.clipboard.writeText(text)
      void message.success('已复制')
    } catch {
      // Over plain http a browser gives no clipboard: what would have been copied is selected instead.
      if (paper.current) getSelection()?.selectAllChildren(paper.current)
      void message.info('已选中全文，请按 Ctrl+C 复制')
    }
  }
  return (
    <Modal
      open
      title="上报回执"
      width={640}
      onCancel={onClose}
      footer={
        <>
          <Button disabled={receipt.data === undefined} onClick={() => void copy()}>
            复制
          </Button>
          <Button disabled={receipt.data === undefined} onClick={() => print()}>
            打印
          </Button>
          <Button type="primary" onClick={onClose}>
            关闭
          </Button>
        </>
      }
    >
      <Answered answer={receipt} loading={<Loading shape="text" rows={6} />}>
        {(data) => (
          <>
            <dl ref={paper} className="receipt">
              {linesOf(data).map(([label, value]) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
            <p className="source-note receipt-note">
              请留存。日后用 bihuan verify --head {data.head.position}:{data.head.chainHash.slice(0, 8)}…
              （填链头全文）校验账本，可以证明此前的记录没有被改动。
            </p>
          </>
        )}
      </Answered>
    </Modal>
  )
}

function linesOf(receipt: ReturnReceipt): readonly (readonly [label: string, value: string])[] {
  return [
    ['报表', receipt.title],
    ['填报单位', receipt.unitName],
    ['报送期', `${receipt.periodTitle}（${roundText(receipt.round)}）`],
    ['上报', `${receipt.personName}，${instantText(receipt.submittedAt)}`],
    ['签名', receipt.signatures.map(({ label, name, on }) => `${label} ${name} ${on}`).join('；')],
    ['内容摘要', receipt.contentHash],
    ['统计到账本位置', String(receipt.countedAt)],
    ['链头', `${receipt.head.position}:${receipt.head.chainHash}`],
  ]
}
