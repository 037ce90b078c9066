import { exportPackage, exportReturn } from '@bihuan/contracts'
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

interface ReturnExportsProps {
  readonly returnId: string
  readonly disabled: boolean
  /** Only what was filed is signed for another server. */
  readonly isPacked: boolean
}

/** As it was filed; a draft as it stands. */
export function ReturnExports({ returnId, disabled, isPacked }: ReturnExportsProps) {
  const { message } = App.useApp()
  const [running, setRunning] = useState(false)
  const give = async (load: () => Promise<void>) => {
    setRunning(true)
    try {
      await load()
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
      menu={{
        items: [
          ...formats.map(({ key, label }) => ({
            key,
            label,
            onClick: () => void give(() => download(exportReturn, { params: { returnId }, query: { format: key } })),
          })),
          ...(isPacked
            ? [
                {
                  key: 'package',
                  label: '数据包（交给别的系统）',
                  onClick: () => void give(() => download(exportPackage, { params: { returnId } })),
                },
              ]
            : []),
        ],
      }}
    >
      <Button loading={running} title={disabled ? '请先保存填写的数字' : undefined}>
        导出
      </Button>
    </Dropdown>
  )
}
