import {
  issueCircular,
  listCirculars,
  showCircular,
  uploadFiles,
  type CircularPage,
  type FileView,
} from '@bihuan/contracts'
import PaperClipOutlined from '@ant-design/icons/es/icons/PaperClipOutlined'
import App from 'antd/es/app'
import Button from 'antd/es/button'
import Form from 'antd/es/form'
import Input from 'antd/es/input'
import { useRef, useState } from 'react'
import { call } from '../../../shared/api/call.js'
import { failureOf } from '../../../shared/api/failure.js'
import { useAct } from '../../../shared/api/use-act.js'
import { ActForm } from '../../../shared/form/act-form.js'
import { DateField } from '../../../shared/form/date-field.js'
import { useActForm } from '../../../shared/form/use-act-form.js'
import { SidePanel } from '../../../shared/list/side-panel.js'
import { useMe } from '../../../shared/session/me.js'
import './narrative.css'

interface Values {
  readonly docNo: string
  readonly issuedOn: string
  readonly fileId: FileView | null
}

/** What went out on paper: its number, its day, and the thing itself. From then on the units see it. */
export function CircularIssuePanel({ page, onClose }: { page: CircularPage; onClose: () => void }) {
  const me = useMe()
  const { message } = App.useApp()
  const form = useActForm<Values>({ draft: null, initial: { issuedOn: me.today } })
  const act = useAct(issueCircular, {
    refreshes: [listCirculars, showCircular],
    onDone: () => {
      form.done()
      void message.success('已标为印发，所辖单位可以看到')
      onClose()
    },
  })
  return (
    <SidePanel label="标为已印发" title="标为已印发" width={400} onClose={onClose}>
      <ActForm
        form={form}
        act={act}
        submit="标为已印发"
        onCancel={onClose}
        onSubmit={({ docNo, issuedOn, fileId }) => {
          if (fileId === null) return
          void act.act({
            params: { circularId: page.id },
            body: { version: page.version, docNo, issuedOn, fileId: fileId.id },
          })
        }}
      >
        <p className="panel-lead">印发后不能再改；所列单位会收到提醒，并看到印发的文件。</p>
        <Form.Item name="docNo" label="发文字号" rules={[{ required: true, message: '请填写发文字号' }]}>
          <Input maxLength={60} placeholder="如 某安办〔2023〕9号" />
        </Form.Item>
        <Form.Item name="issuedOn" label="印发日期" rules={[{ required: true, message: '请填写印发日期' }]}>
          <DateField min={page.to} max={me.today} />
        </Form.Item>
        <Form.Item
          name="fileId"
          label="印发的文件"
          rules={[{ required: true, message: '请传印发的通报（PDF 或 Word）' }]}
        >
          <OneFile />
        </Form.Item>
      </ActForm>
    </SidePanel>
  )
}

function OneFile({
  id,
  value,
  onChange,
}: {
  id?: string
  value?: FileView | null
  onChange?: (file: FileView | null) => void
}) {
  const box = useRef<HTMLInputElement>(null)
  const [part, setPart] = useState<number | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const send = async (file: File | undefined) => {
    if (file === undefined) return
    setProblem(null)
    setPart(0)
    try {
      const { items } = await call(uploadFiles, { files: [file] }, { onProgress: setPart })
      onChange?.(items[0] ?? null)
    } catch (thrown) {
      const failure = failureOf(thrown)
      setProblem(failure.places[0]?.message ?? failure.message)
    } finally {
      setPart(null)
    }
  }
  return (
    <div className="narrative-deliver">
      <Button
        {...(id === undefined ? {} : { id })}
        icon={<PaperClipOutlined />}
        loading={part !== null}
        onClick={() => box.current?.click()}
      >
        {value === null || value === undefined ? '选择文件' : '换一个'}
      </Button>
      <span>{value?.name}</span>
      {problem !== null && <p className="list-problem">{problem}</p>}
      <input
        ref={box}
        type="file"
        aria-label="印发的文件"
        accept=".pdf,.docx"
        style={{ display: 'none' }}
        onChange={(event) => {
          void send(event.target.files?.[0])
          event.target.value = ''
        }}
      />
    </div>
  )
}
