/**
 * Who may act on a hazard, and when, apart from what the command says. Both `decideHazard` and `hazardAbilities` ask here and
 * nowhere else, so a button that shows is a command that passes this far.
 *
 * The permission to touch hazards at all (roles, scope) is the server's; these are the rules of the closed loop itself.
 */
import { refused, type Decision } from '../shared/decision.js'
import { formatChinese } from '../shared/civil-date.js'
import { isSamePerson, needsOutsideSupervision, pendingExtension, rectifiersOf, type Hazard } from './hazard.js'
import type { HazardContext } from './command.js'
import { hazardCommandLabels, hazardStatusLabels, hazardTransition } from './lifecycle.js'
import type { HazardCommandKind, HazardStatus } from './lifecycle.js'

export type Refused = Extract<Decision<never>, { ok: false }>
type Guard = (hazard: Hazard, context: HazardContext) => Refused | null

/** The state that a permitted command leads to, or why it is not permitted. */
export function permitted(
  hazard: Hazard | null,
  kind: HazardCommandKind,
  context: HazardContext,
): Decision<HazardStatus> {
  const to = hazardTransition(hazard?.status ?? null, kind)
  if (to === null) return refusedByTable(hazard, kind)
  if (hazard === null) {
    return campaignIsOpen(context) ?? { ok: true, value: to as HazardStatus }
  }
  const refusal = guards[kind](hazard, context)
  if (refusal !== null) return refusal
  return { ok: true, value: to === 'remembered' ? (hazard.transfer?.cameFrom ?? 'registered') : to }
}

function refusedByTable(hazard: Hazard | null, kind: HazardCommandKind): Refused {
  const label = hazardCommandLabels[kind]
  if (hazard === null) return refused('hazard.not-registered', `隐患尚未登记，不能${label}，请先登记。`)
  if (hazard.status === 'transferring') {
    return refused('hazard.in-transfer', `隐患正在移送，接收单位签收或退回之前不能${label}。`)
  }
  return refused(
    'hazard.wrong-state',
    `隐患现在是“${hazardStatusLabels[hazard.status]}”，不能${label}，请刷新后按当前状态办理。`,
  )
}

/** Re-inspecting, sending back and signing off: by whom the hazard's weight asks for. */
const supervises: Guard = (hazard, { authorities }) => {
  if (needsOutsideSupervision(hazard)) {
    if (authorities.actorInsideEnterprise) {
      return refused(
        'hazard.inside-enterprise',
        '重大隐患、挂牌督办的隐患和部门检查、举报、上级交办的隐患，不能由企业内部复查销号，请由监管部门办理。',
      )
    }
    return authorities.actorIsOfAuthority ? null : notYours('负责监管的部门')
  }
  const { actorIsOfAuthority, actorIsOfFinderUnit, actorIsOfResponsibleUnit } = authorities
  return actorIsOfAuthority || actorIsOfFinderUnit || actorIsOfResponsibleUnit ? null : notYours('整改、发现或监管单位')
}

const isNoRectifier: Guard = (hazard, { actor }) =>
  rectifiersOf(hazard).some((person) => isSamePerson(person, actor))
    ? refused('hazard.same-person', `${actor.name}参与了这项整改，复查和销号须由没有参与整改的人办理。`)
    : null

const isOutsideAuthority: Guard = (_, { authorities }) => {
  if (authorities.actorInsideEnterprise) {
    return refused('hazard.inside-enterprise', '此事须由监管部门办理，企业内部不能自行决定。')
  }
  return authorities.actorIsOfAuthority ? null : notYours('负责监管的部门')
}

const rectifies: Guard = (_, { authorities }) =>
  authorities.actorIsOfResponsibleUnit || authorities.actorIsOfAuthority ? null : notYours('整改责任单位')

const foundOrSupervises: Guard = (_, { authorities }) =>
  authorities.actorIsOfFinderUnit || authorities.actorIsOfAuthority ? null : notYours('发现单位或负责监管的部门')

const answersExtension: Guard = (hazard, context) => {
  const pending = pendingExtension(hazard)
  if (pending === null) return refused('hazard.no-extension-asked', '没有待审批的延期申请。')
  if (context.authorities.actorInsideEnterprise) return isOutsideAuthority(hazard, context)
  if (hazard.listing !== null) {
    if (!context.authorities.actorIsOfListingAuthority) return notYours('挂牌督办的单位')
  } else if (!context.authorities.actorIsOfAuthority) return notYours('负责监管的部门')
  return isSamePerson(pending.askedBy, context.actor)
    ? refused('hazard.own-extension', '延期不能由申请人自己审批，请由监管部门的其他人审批。')
    : null
}

const guards: Readonly<Record<HazardCommandKind, Guard>> = {
  'save-draft': foundOrSupervises,
  register: (hazard, context) => campaignIsOpen(context) ?? foundOrSupervises(hazard, context),
  correct: (hazard, context) =>
    hazard.status === 'closed' ? isOutsideAuthority(hazard, context) : foundOrSupervises(hazard, context),
  // Whom a new grade suits is seen in decide-registration.ts: anybody concerned may raise it, the authority alone may lower it.
  judge: (_, { authorities }) =>
    authorities.actorIsOfAuthority || authorities.actorIsOfFinderUnit || authorities.actorIsOfResponsibleUnit
      ? null
      : notYours('发现、整改或监管单位'),
  'plan-rectification': rectifies,
  'report-progress': rectifies,
  'request-extension': (hazard, context) => {
    const refusal = rectifies(hazard, context)
    if (refusal !== null) return refusal
    if (hazard.deadline === null) return refused('hazard.no-deadline', '隐患没有整改时限，不需要申请延期。')
    if (pendingExtension(hazard) !== null) {
      return refused('hazard.extension-pending', '已有一项延期申请待审批，请等审批后再申请。')
    }
    return context.today > hazard.deadline
      ? refused(
          'hazard.deadline-passed',
          `整改时限${formatChinese(hazard.deadline)}已过，不能再申请延期，请尽快完成整改。`,
        )
      : null
  },
  'approve-extension': answersExtension,
  'refuse-extension': answersExtension,
  'report-rectified': rectifies,
  'reinspect-passed': (hazard, context) => supervises(hazard, context) ?? isNoRectifier(hazard, context),
  'reinspect-failed': (hazard, context) => supervises(hazard, context) ?? isNoRectifier(hazard, context),
  'sign-off': (hazard, context) => {
    if (hazard.reinspection?.passed !== true) {
      return refused('hazard.not-reinspected', '还没有通过复查，请先复查再销号。')
    }
    // A hazard may have become major or listed after an inside re-inspection: that one no longer carries a sign-off.
    if (needsOutsideSupervision(hazard) && !hazard.reinspection.byAuthority) {
      return refused(
        'hazard.reinspected-inside',
        '这项隐患须由监管部门复查，原来的复查不是监管部门做的，请退回后重新复查。',
      )
    }
    return supervises(hazard, context) ?? isNoRectifier(hazard, context)
  },
  'send-back': supervises,
  reopen: (hazard, context) => {
    if (needsOutsideSupervision(hazard)) return isOutsideAuthority(hazard, context)
    return supervises(hazard, context)
  },
  'list-for-supervision': (hazard, { actor, authorities }) => {
    if (hazard.listing !== null) {
      return refused('hazard.already-listed', `隐患已由《${hazard.listing.documentName}》挂牌督办，不能重复挂牌。`)
    }
    if (hazard.grade === 'general') {
      return refused('hazard.listing-grade', '一般隐患不挂牌督办，确需挂牌的请先重新判定等级。')
    }
    if (actor.side === 'enterprise' || authorities.actorInsideEnterprise) {
      return refused('hazard.inside-enterprise', '挂牌督办须由政府或部门办理。')
    }
    return authorities.actorIsOfAuthority || authorities.actorIsOfListingAuthority
      ? null
      : notYours('负责监管的部门或其上级')
  },
  transfer: (hazard, { authorities }) => {
    // A finder may pass on what was never its own to supervise, as long as nobody has begun to work on it.
    const finder = hazard.status === 'registered' && authorities.actorIsOfFinderUnit
    return finder || authorities.actorIsOfAuthority || authorities.actorIsOfResponsibleUnit
      ? null
      : notYours('发现、整改或监管单位')
  },
  'accept-transfer': isReceiver,
  'decline-transfer': isReceiver,
  'withdraw-transfer': (hazard, { actor }) =>
    hazard.transfer?.fromUnitId === actor.unitId ? null : notYours('移送单位'),
  'carry-over': (_, { campaign, today }) =>
    campaign.closed || campaign.closing === true || (campaign.endsOn !== null && today >= campaign.endsOn)
      ? null
      : refused('hazard.campaign-running', '行动还没有结束，结转在行动结束时办理。'),
  cancel: (hazard, context) => {
    if (hazard.status === 'draft') return foundOrSupervises(hazard, context)
    if (hazard.status === 'closed' || needsOutsideSupervision(hazard)) return isOutsideAuthority(hazard, context)
    return foundOrSupervises(hazard, context)
  },
}

function isReceiver(_: Hazard, { authorities }: HazardContext): Refused | null {
  return authorities.actorIsOfReceivingUnit ? null : notYours('接收单位')
}

function campaignIsOpen({ campaign }: HazardContext): Refused | null {
  return campaign.closed
    ? refused('hazard.campaign-closed', '行动已结束，不能再登记隐患，请选择进行中的行动。', 'campaignId')
    : null
}

function notYours(whose: string): Refused {
  return refused('hazard.not-yours', `这一步由${whose}办理，您所在的单位不能办。`)
}
