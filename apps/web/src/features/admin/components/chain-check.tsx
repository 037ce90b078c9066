import { auditHead, verifyAudit, type AnswerOf, type BodyOf } from '@bihuan/contracts'
import Button from 'antd/es/button'
import Form from 'antd/es/form'
import Input from 'antd/es/input'
import InputNumber from 'antd/es/input-number'
import Modal from 'antd/es/modal'
import { useState } from 'react'
import { useAct } from '../../../shared/api/use-act.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { ActForm } from '../../../shared/form/act-form.js'
import { useActForm } from '../../../shared/form/use-act-form.js'
import { StateTag } from '../../../shared/show/mark.js'

interface Values {
  readonly position?: number | null
  readonly chainHash?: string
}

/** The proof that nothing was altered: from the rows themselves, and against a head that somebody kept outside. */
export function ChainCheck() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>校验</Button>
      <Modal title="校验审计链" open={open} footer={null} destroyOnHidden onCancel={() => setOpen(false)}>
        {open && <Check />}
      </Modal>
    </>
  )
}

function Check() {
  const head = useRoute(auditHead, {}, { staleMs: 0 })
  const [verdict, setVerdict] = useState<AnswerOf<typeof verifyAudit> | null>(null)
  const form = useActForm<Values>({ draft: null })
  const verify = useAct(verifyAudit, {
    refreshes: [auditHead],
    onDone: (answer) => {
      form.done()
      setVerdict(answer)
    },
  })
  const submit = ({ position, chainHash }: Values) => {
    const kept = chainHash?.trim() ?? ''
    const body: BodyOf<typeof verifyAudit> = {
      head:
        kept === '' || position === null || position === undefined ? null : { position, chainHash: kept.toLowerCase() },
    }
    return verify.act({ body })
  }
  return (
    <div className="chain">
      <p>
        逐条重算每条记录的摘要，并核对它们连成的链。填上以前记下的链头（如报送回执上印的），还能证明那之前的记录没有被整链重写。
      </p>
      {head.data && (
        <dl className="admin-facts">
          <dt>现在的链头</dt>
          <dd>
            第 {head.data.position} 号 <code className="audit-code">{head.data.chainHash}</code>
          </dd>
        </dl>
      )}
      <ActForm form={form} act={verify} submit={verify.pending ? '正在校验' : '开始校验'} onSubmit={submit}>
        <Form.Item name="position" label="回执上的封存号">
          <InputNumber min={0} precision={0} style={{ width: 160 }} />
        </Form.Item>
        <Form.Item
          name="chainHash"
          label="回执上的链头"
          rules={[{ pattern: /^\s*[0-9a-fA-F]{64}\s*$/, message: '链头是 64 位十六进制' }]}
        >
          <Input className="audit-code" maxLength={80} />
        </Form.Item>
      </ActForm>
      {verdict && (
        <div className={`chain-verdict chain-verdict--${verdict.ok ? 'good' : 'bad'}`} role="status">
          <StateTag tone={verdict.ok ? 'green' : 'red'}>{verdict.ok ? '通过' : '不通过'}</StateTag>
          <p>{verdict.message}</p>
          {verdict.ok && verdict.waiting > 0 && (
            <p className="quiet">另有 {verdict.waiting} 条刚发生的还在等待封存。</p>
          )}
        </div>
      )}
    </div>
  )
}
