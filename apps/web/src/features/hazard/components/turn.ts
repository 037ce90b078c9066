import type { HazardPage, Me } from '@bihuan/contracts'
import { mainAct } from './act-order.js'

/** Whose turn it is, as the box says it; mine where I am of that unit, or may take the step for it. */
export function turnOf(page: HazardPage, me: Pick<Me, 'unit'>) {
  const { turn, hazard } = page
  if (turn === null) {
    return {
      who: null,
      what:
        hazard.status === 'cancelled'
          ? `已作废：${hazard.cancelReason ?? ''}`
          : `${hazard.signedOffBy?.name ?? ''}于 ${hazard.signedOffOn ?? ''} 销号`,
      until: null,
      mine: false,
    }
  }
  return {
    who: turn.unitName ?? '未定单位',
    what: turn.what,
    until: turn.until,
    // A draft is its writer's; everything else is the unit's that it waits for, though those above it may step in.
    mine: mainAct(page) !== null && (turn.unitId === me.unit.id || hazard.status === 'draft'),
  }
}
