/** What this actor may do with this hazard now, and whose turn it is. Travels with the hazard; the web asks it and no role. */
import type { CivilDate } from '../shared/civil-date.js'
import type { HazardContext } from './command.js'
import { permitted } from './guards.js'
import { needsOutsideSupervision, pendingExtension, type Hazard } from './hazard.js'
import { hazardCommandKinds, type HazardCommandKind } from './lifecycle.js'

export type HazardAbilities = Readonly<Record<HazardCommandKind, boolean>>

export function hazardAbilities(state: Hazard | null, context: HazardContext): HazardAbilities {
  const entries = hazardCommandKinds.map((kind) => [kind, permitted(state, kind, context).ok])
  return Object.fromEntries(entries) as HazardAbilities
}

export interface HazardTurn {
  readonly side: 'finder' | 'responsible' | 'authority' | 'listing-authority' | 'receiver'
  readonly unitId: string | null
  /** What is to be done, as a Chinese phrase. */
  readonly what: string
  readonly until: CivilDate | null
}

/** 轮到谁: `null` when nobody has to do anything. */
export function whoseTurn(hazard: Hazard): HazardTurn | null {
  const { deadline, responsibleUnitId, authorityUnitId } = hazard
  const responsible = (what: string): HazardTurn => ({
    side: 'responsible',
    unitId: responsibleUnitId,
    what,
    until: deadline,
  })
  const supervising = (what: string): HazardTurn =>
    needsOutsideSupervision(hazard)
      ? { side: 'authority', unitId: authorityUnitId, what, until: null }
      : { side: 'responsible', unitId: responsibleUnitId, what: `${what}（由没有参与整改的人办理）`, until: null }

  if (hazard.status === 'closed' || hazard.status === 'cancelled') return null
  if (hazard.status === 'draft') {
    return { side: 'finder', unitId: hazard.finder?.unitId ?? null, what: '补全内容并登记', until: null }
  }
  if (hazard.status === 'transferring') {
    return { side: 'receiver', unitId: hazard.transfer?.toUnitId ?? null, what: '签收移送', until: null }
  }
  if (hazard.status === 'awaiting-reinspection') return supervising('复查')
  if (hazard.status === 'awaiting-sign-off') return supervising('销号')
  if (pendingExtension(hazard) !== null) {
    return hazard.listing === null
      ? { side: 'authority', unitId: authorityUnitId, what: '审批延期申请', until: deadline }
      : { side: 'listing-authority', unitId: hazard.listing.authorityUnitId, what: '审批延期申请', until: deadline }
  }
  return responsible(hazard.status === 'registered' ? '制定整改措施' : '完成整改并申请复查')
}
