import { showUnit } from '@bihuan/contracts'
import { useRoute } from '../../../shared/api/use-route.js'
import { Answered } from '../../../shared/states/answered.js'
import { AddPanel } from './add-panel.js'
import { DissolvePanel, RenamePanel } from './change-panels.js'
import { DutyPanel, EndDutyPanel } from './duty-panels.js'
import { MovePanel } from './move-panel.js'
import type { PanelProps } from './panel-props.js'

/** The panels in which a unit is changed: `?do=add`, `move`, `move-line`, `correct`, `rename`, `dissolve`, `duty`, `end-duty`. */
export function UnitAct(props: { act: string; unitId: string | null; of: string | null; onClose: () => void }) {
  const { act, unitId, of, onClose } = props
  const answer = useRoute(showUnit, { params: { unitId: unitId ?? '' } }, { when: unitId !== null })
  if (act === 'add' && unitId === null) return <AddPanel above={null} onClose={onClose} />
  return (
    <Answered answer={answer} loading={<span />}>
      {(unit) => panelOf(act, { unit, onClose }, of)}
    </Answered>
  )
}

function panelOf(act: string, props: PanelProps, of: string | null) {
  const { unit, onClose } = props
  switch (act) {
    case 'add':
      return <AddPanel above={unit} onClose={onClose} />
    case 'move':
      return <MovePanel {...props} axis="territory" corrects={null} />
    case 'move-line':
      return <MovePanel {...props} axis="line" corrects={null} />
    case 'correct': {
      const corrects = unit.placements.find(({ id }) => id === of)
      return corrects ? <MovePanel {...props} axis={corrects.axis} corrects={corrects} /> : null
    }
    case 'rename':
      return <RenamePanel {...props} />
    case 'dissolve':
      return <DissolvePanel {...props} />
    case 'duty':
      return <DutyPanel {...props} />
    case 'end-duty': {
      const duty = unit.responsibilities.find(({ id }) => id === of)
      return duty ? <EndDutyPanel {...props} duty={duty} /> : null
    }
    default:
      return null
  }
}
