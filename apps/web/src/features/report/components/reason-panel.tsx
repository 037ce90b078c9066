import { actOnReturn, type ReturnPage } from '@bihuan/contracts'
import { addDays } from '@bihuan/domain'
import Form from 'antd/es/form'
import Input from 'antd/es/input'
import { ActForm } from '../../../shared/form/act-form.js'
import { DateField } from '../../../shared/form/date-field.js'
import { useActForm } from '../../../shared/form/use-act-form.js'
import { SidePanel } from '../../../shared/list/side-panel.js'
import { isOutdated, ReturnProblem, useReturnAct } from './return-acting.js'

interface Values {
  readonly until: string
  readonly reason: string
}

const titles = { reopen: '重新开启', excuse: '准予延期' } as const

export interface ReasonPanelProps {
  readonly page: ReturnPage
  readonly kind: keyof typeof titles
  readonly onReload: () => Promise<unknown>
  readonly onClose: () => void
}

/** Acts of the receiver that a reason goes with, kept in the history. */
export function ReasonPanel({ page, kind, onReload, onClose }: ReasonPanelProps) {
  const form = useActForm<Values>({ draft: `return.${kind}.${page.id}` })
  const act = useReturnAct(actOnReturn, page, () => {
    form.done()
    onClose()
  })
  const outdated = act.failure !== null && isOutdated(act.failure)
  return (
    <SidePanel label={titles[kind]} title={titles[kind]} width={400} onClose={onClose}>
      {outdated && <ReturnProblem failure={act.failure} onReload={() => onReload().then(act.reset)} />}
      <ActForm
        form={form}
        act={{ ...act, failure: outdated ? null : act.failure }}
        submit={titles[kind]}
        onCancel={onClose}
        onSubmit={({ until, reason }) =>
          void act.act({
            params: { returnId: page.id },
            body: {
              version: page.version,
              act: kind === 'reopen' ? { kind, reason } : { kind, until, reason },
            },
          })
        }
      >
        <p className="panel-lead">
          {kind === 'reopen'
            ? '这张报表已接收并锁定。重新开启后，填报单位可以修改，再次签名上报；原来上报的那一份原样保留。'
            : `期限 ${page.dueOn}。准予延期后，在新的期限之前上报算按时。`}
        </p>
        {kind === 'excuse' && (
          <Form.Item name="until" label="延至" rules={[{ required: true, message: '请填写延至哪一天' }]}>
            <DateField min={addDays(page.dueOn, 1)} />
          </Form.Item>
        )}
        <Form.Item name="reason" label="原因" rules={[{ required: true, whitespace: true, message: '请写明原因' }]}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} />
        </Form.Item>
      </ActForm>
    </SidePanel>
  )
}
