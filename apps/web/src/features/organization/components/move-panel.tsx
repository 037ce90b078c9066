import { listUnits, moveUnit, showUnit, showUnitTree, type PlacementView } from '@bihuan/contracts'
import Form from 'antd/es/form'
import { useMemo } from 'react'
import { useAct } from '../../../shared/api/use-act.js'
import { ActForm } from '../../../shared/form/act-form.js'
import { DateField } from '../../../shared/form/date-field.js'
import { PickField } from '../../../shared/form/pick-field.js'
import { findUnitsOf, nameOfUnit } from '../../../shared/form/unit-pick.js'
import { useActForm } from '../../../shared/form/use-act-form.js'
import { SidePanel } from '../../../shared/list/side-panel.js'
import { useMe } from '../../../shared/session/me.js'
import type { PanelProps } from './panel-props.js'

interface Values {
  readonly parentId?: string | null
  readonly validFrom: string
}

/** From a day on under another; or, where the record was wrong, what it should have said. */
export function MovePanel({
  unit,
  axis,
  corrects,
  onClose,
}: PanelProps & { axis: PlacementView['axis']; corrects: PlacementView | null }) {
  const { today } = useMe()
  const find = useMemo(() => findUnitsOf(unit.parentKinds[axis]), [unit, axis])
  const form = useActForm<Values>({
    draft: null,
    initial:
      corrects === null
        ? { validFrom: today }
        : { validFrom: corrects.validFrom, ...(corrects.parent === null ? {} : { parentId: corrects.parent.id }) },
  })
  const move = useAct(moveUnit, {
    refreshes: [showUnitTree, showUnit, listUnits],
    onDone: () => {
      form.done()
      onClose()
    },
  })
  const way = axis === 'territory' ? '属地' : '条线'
  const title = corrects === null ? `调整${way}隶属` : `更正${way}隶属`
  return (
    <SidePanel label={title} title={title} width={400} onClose={onClose}>
      <p className="quiet">
        {corrects === null
          ? `“${unit.name}”从选定的日期起归新的上级；之前的隶属保留，以前的数据仍按当时的隶属统计。日期可以在以后，到时自动生效。`
          : `撤回“${corrects.validFrom} 起归${corrects.parent?.name ?? '无上级'}”这条记录，改为下面填写的。两条都留在历史里；已报送的报表不变。`}
      </p>
      <ActForm
        form={form}
        act={move}
        submit={corrects === null ? '调整' : '更正'}
        onCancel={onClose}
        onSubmit={({ parentId, validFrom }) =>
          move.act({
            params: { unitId: unit.id },
            body: {
              axis,
              parentId: parentId ?? null,
              validFrom,
              corrects: corrects?.id ?? null,
              version: unit.version,
            },
          })
        }
      >
        <Form.Item
          name="parentId"
          label={axis === 'territory' ? '新的上级单位' : '新的条线上级'}
          {...(axis === 'territory'
            ? { rules: [{ required: true, message: '请选择上级单位' }] }
            : { tooltip: '不填表示不再有条线上级' })}
        >
          <PickField kind={`unit ${axis} ${unit.kind}`} find={find} nameOf={nameOfUnit} />
        </Form.Item>
        <Form.Item name="validFrom" label="从哪天起" rules={[{ required: true, message: '请选择日期' }]}>
          <DateField min={unit.existsFrom} />
        </Form.Item>
      </ActForm>
    </SidePanel>
  )
}
