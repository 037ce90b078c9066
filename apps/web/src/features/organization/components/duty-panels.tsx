import {
  addResponsibility,
  endResponsibility,
  listResponsibilities,
  showUnit,
  type ResponsibilityView,
} from '@bihuan/contracts'
import Form from 'antd/es/form'
import Input from 'antd/es/input'
import Radio from 'antd/es/radio'
import { useAct } from '../../../shared/api/use-act.js'
import { ActForm } from '../../../shared/form/act-form.js'
import { DateField } from '../../../shared/form/date-field.js'
import { useActForm } from '../../../shared/form/use-act-form.js'
import { SidePanel } from '../../../shared/list/side-panel.js'
import { useMe } from '../../../shared/session/me.js'
import type { PanelProps } from './panel-props.js'

const refreshes = [showUnit, listResponsibilities]

interface DutyValues {
  readonly sector: string
  readonly role: 'lead' | 'support'
  readonly validFrom: string
  readonly validUntil?: string | null
}

export function DutyPanel({ unit, onClose }: PanelProps) {
  const { today } = useMe()
  const form = useActForm<DutyValues>({ draft: null, initial: { role: 'lead', validFrom: today } })
  const add = useAct(addResponsibility, {
    refreshes,
    onDone: () => {
      form.done()
      onClose()
    },
  })
  return (
    <SidePanel label="登记责任分工" title="登记责任分工" width={400} onClose={onClose}>
      <p className="quiet">一个行业领域同一时间只能有一个牵头部门。</p>
      <ActForm
        form={form}
        act={add}
        submit="登记"
        onCancel={onClose}
        onSubmit={(values) => add.act({ body: { unitId: unit.id, ...values, validUntil: values.validUntil ?? null } })}
      >
        <Form.Item
          name="sector"
          label="行业领域"
          rules={[{ required: true, whitespace: true, message: '请填写行业领域' }]}
        >
          <Input maxLength={60} placeholder="如 工贸、危险化学品" />
        </Form.Item>
        <Form.Item name="role" label="牵头还是配合">
          <Radio.Group
            options={[
              { label: '牵头', value: 'lead' },
              { label: '配合', value: 'support' },
            ]}
          />
        </Form.Item>
        <Form.Item name="validFrom" label="从哪天起" rules={[{ required: true, message: '请选择日期' }]}>
          <DateField />
        </Form.Item>
        <Form.Item name="validUntil" label="到哪天止" tooltip="不填表示一直负责">
          <DateField />
        </Form.Item>
      </ActForm>
    </SidePanel>
  )
}

export function EndDutyPanel({ unit, duty, onClose }: PanelProps & { duty: ResponsibilityView }) {
  const { today } = useMe()
  const form = useActForm<{ validUntil: string }>({ draft: null, initial: { validUntil: today } })
  const end = useAct(endResponsibility, {
    refreshes,
    onDone: () => {
      form.done()
      onClose()
    },
  })
  return (
    <SidePanel label="终止责任分工" title={`终止${unit.name}的“${duty.sector}”`} width={400} onClose={onClose}>
      <ActForm
        form={form}
        act={end}
        submit="终止"
        onCancel={onClose}
        onSubmit={({ validUntil }) =>
          end.act({ params: { responsibilityId: duty.id }, body: { validUntil, version: duty.version } })
        }
      >
        <Form.Item name="validUntil" label="最后一天" rules={[{ required: true, message: '请选择日期' }]}>
          <DateField min={duty.validFrom} />
        </Form.Item>
      </ActForm>
    </SidePanel>
  )
}
