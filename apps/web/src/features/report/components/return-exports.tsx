import { exportReturn } from '@bihuan/contracts'
import App from 'antd/es/app'
import Button from 'antd/es/button'
import Dropdown from 'antd/es/dropdown'
import { useState } from 'react'
import { download } from '../../../shared/api/download.js'
import { failureOf } from '../../../shared/api/failure.js'

const formats = [
  { key: 'docx', label: '导出 Word' },
  { key: 'xlsx', label: '导出 Excel' },
  { key: 'json', label: '导出 JSON' },
] as const

/** As it was filed; a draft as it stands. */
export function ReturnExports({ returnId, disabled }: { returnId: string; disabled: boolean }) {
  const { message } = App.useApp()
  const [running, setRunning] = useState(false)
  const give = async (format: (typeof formats)[number]['key']) => {
    setRunning(true)
    try {
      await download(exportReturn, { params: { returnId }, query: { format } })
    } catch (thrown) {
      void message.error(failureOf(thrown).message)
    } finally {
      setRunning(false)
    }
  }
  return (
    <Dropdown
      trigger={['click']}
      disabled={disabled}
      menu={{ items: formats.map(({ key, label }) => ({ key, label, onClick: () => void give(key) })) }}
    >
      <Button loading={running} title={disabled ? '请先保存填写的数字' : undefined}>
        导出
      </Button>
    </Dropdown>
  )
}
