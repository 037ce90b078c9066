import { addUnit, listUnits, showUnit, showUnitTree, type UnitPage } from '@bihuan/contracts'
import Form from 'antd/es/form'
import Input from 'antd/es/input'
import Select from 'antd/es/select'
import { useAct } from '../../../shared/api/use-act.js'
import { ActForm } from '../../../shared/form/act-form.js'
import { DateField } from '../../../shared/form/date-field.js'
import { PickField } from '../../../shared/form/pick-field.js'
import { findUnitsOf, nameOfUnit } from '../../../shared/form/unit-pick.js'
import { useActForm } from '../../../shared/form/use-act-form.js'
import { useAddressState } from '../../../shared/list/address-state.js'
import { SidePanel } from '../../../shared/list/side-panel.js'
import { useMe } from '../../../shared/session/me.js'
import { kindChoices, type UnitKind } from './unit-kinds.js'

interface Values {
  readonly kind: UnitKind
  readonly name: string
  readonly code?: string
  readonly parentId: string
  readonly lineParentId?: string | null
  readonly existsFrom: string
}

const anyUnit = findUnitsOf()

export function AddPanel({ above, onClose }: { above: UnitPage | null; onClose: () => void }) {
  const { today } = useMe()
  const [, change] = useAddressState()
  const form = useActForm<Values>({
    draft: null,
    initial: { existsFrom: today, ...(above === null ? {} : { parentId: above.id }) },
  })
  const add = useAct(addUnit, {
    refreshes: [showUnitTree, listUnits, showUnit],
    onDone: (unit) => {
      form.done()
      change({ unit: unit.id, do: null, of: null })
    },
  })
  return (
    <SidePanel label="登记单位" title="登记单位" width={400} onClose={onClose}>
      <ActForm
        form={form}
        act={add}
        submit="登记"
        onCancel={onClose}
        onSubmit={({ code, lineParentId, ...values }) =>
          add.act({ body: { ...values, code: code?.trim() || null, lineParentId: lineParentId ?? null } })
        }
      >
        <Form.Item name="name" label="名称" rules={[{ required: true, whitespace: true, message: '请填写名称' }]}>
          <Input maxLength={60} placeholder="单位全称" />
        </Form.Item>
        <Form.Item name="kind" label="类别" rules={[{ required: true, message: '请选择类别' }]}>
          <Select<UnitKind> options={[...kindChoices]} placeholder="选择类别" />
        </Form.Item>
        <Form.Item name="parentId" label="上级单位（块）" rules={[{ required: true, message: '请选择上级单位' }]}>
          <PickField kind="unit" find={anyUnit} nameOf={nameOfUnit} />
        </Form.Item>
        <Form.Item name="lineParentId" label="条线上级" tooltip="业务上向谁负责；没有就不填">
          <PickField kind="unit" find={anyUnit} nameOf={nameOfUnit} />
        </Form.Item>
        <Form.Item name="code" label="代码" tooltip="镇街、村社区填 12 位统计用区划代码，其他单位可自编">
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="existsFrom" label="从哪天起" rules={[{ required: true, message: '请选择日期' }]}>
          <DateField />
        </Form.Item>
      </ActForm>
    </SidePanel>
  )
}
