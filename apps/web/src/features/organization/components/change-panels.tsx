import { changeUnit, dissolveUnit, listUnits, showUnit, showUnitTree } from '@bihuan/contracts'
import Form from 'antd/es/form'
import Input from 'antd/es/input'
import { useAct } from '../../../shared/api/use-act.js'
import { ActForm } from '../../../shared/form/act-form.js'
import { DateField } from '../../../shared/form/date-field.js'
import { useActForm } from '../../../shared/form/use-act-form.js'
import { SidePanel } from '../../../shared/list/side-panel.js'
import { useMe } from '../../../shared/session/me.js'
import type { PanelProps } from './panel-props.js'

const refreshes = [showUnitTree, showUnit, listUnits]

export function RenamePanel({ unit, onClose }: PanelProps) {
  const form = useActForm<{ name: string; code?: string }>({
    draft: null,
    initial: { name: unit.name, ...(unit.code === null ? {} : { code: unit.code }) },
  })
  const change = useAct(changeUnit, {
    refreshes,
    onDone: () => {
      form.done()
      onClose()
    },
  })
  return (
    <SidePanel label="改名称、代码" title="改名称、代码" width={400} onClose={onClose}>
      <ActForm
        form={form}
        act={change}
        submit="保存"
        onCancel={onClose}
        onSubmit={({ name, code }) =>
          change.act({ params: { unitId: unit.id }, body: { name, code: code?.trim() || null, version: unit.version } })
        }
      >
        <Form.Item name="name" label="名称" rules={[{ required: true, whitespace: true, message: '请填写名称' }]}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="code" label="代码">
          <Input maxLength={40} />
        </Form.Item>
      </ActForm>
    </SidePanel>
  )
}

export function DissolvePanel({ unit, onClose }: PanelProps) {
  const { today } = useMe()
  const form = useActForm<{ on: string }>({ draft: null, initial: { on: today } })
  const dissolve = useAct(dissolveUnit, {
    refreshes,
    onDone: () => {
      form.done()
      onClose()
    },
  })
  return (
    <SidePanel label="撤销单位" title={`撤销“${unit.name}”`} width={400} onClose={onClose}>
      <p className="quiet">撤销后不能再选作上级或填报单位；它的历史记录照旧可查。下面还有单位或企业的，请先移走。</p>
      <ActForm
        form={form}
        act={dissolve}
        submit="撤销"
        onCancel={onClose}
        onSubmit={({ on }) => dissolve.act({ params: { unitId: unit.id }, body: { on, version: unit.version } })}
      >
        <Form.Item name="on" label="撤销日期" rules={[{ required: true, message: '请选择日期' }]}>
          <DateField min={unit.existsFrom} />
        </Form.Item>
      </ActForm>
    </SidePanel>
  )
}
