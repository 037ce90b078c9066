/**
 * 下发: a campaign goes to the units and enterprises that carry it out, to be read and confirmed by each (阅读并确认). Once and again: who
 * comes later is sent what the others have. A notice that is corrected is another one, and is confirmed anew.
 */
import type { UnitKind } from '../organization/index.js'
import { enterpriseClasses, respondentsOf, type EnterpriseClass, type ReportingUnit } from '../report/respondents.js'
import type { CivilDate } from '../shared/civil-date.js'
import { decided, refused, type Decision } from '../shared/decision.js'
import type { CampaignStatus } from './campaign.js'

/** Whom a sending means: every unit of these kinds in the territory that the campaign binds, of enterprises those of a class, and these. */
export interface ReceiverRule {
  readonly kinds: readonly UnitKind[]
  readonly enterprises?: EnterpriseClass | undefined
  readonly unitIds: readonly string[]
}

/** `outdated`: what it confirmed is not what holds now. `gone`: dissolved or out of business, and waited for no longer. */
export const receiptStateLabels = {
  waiting: '未确认',
  outdated: '新版待确认',
  confirmed: '已确认',
  gone: '已撤销或停业',
} as const
export type ReceiptState = keyof typeof receiptStateLabels

export function receiversOf(
  rules: readonly ReceiverRule[],
  standing: readonly ReportingUnit[],
  ownUnitId: string,
): readonly string[] {
  const asked = rules.map((rule) => ({ ...rule, groups: null }))
  return respondentsOf(asked, [], standing, ownUnitId).map(({ unitId }) => unitId)
}

export interface SendingContext {
  readonly status: CampaignStatus
  readonly ownUnitId: string
  /** Every unit that stands today where the campaign binds, as far as the sender sees them. */
  readonly standing: readonly ReportingUnit[]
  readonly sentTo: ReadonlySet<string>
}

/** Those that are sent it now; `passed` have it already. */
export function decideSending(
  rule: ReceiverRule,
  { status, ownUnitId, standing, sentTo }: SendingContext,
): Decision<{ readonly added: readonly string[]; readonly passed: number }> {
  if (status !== 'running') return notRunning(status, '下发')
  if (rule.kinds.length + rule.unitIds.length === 0)
    return refused('sending.no-receiver', '没有选定下发给谁，请选择单位类别、企业，或者逐个指定。', 'rule')
  if (rule.enterprises !== undefined && !rule.kinds.includes('enterprise'))
    return refused(
      'sending.class-misplaced',
      `选了“${enterpriseClasses[rule.enterprises]}”，而没有选企业；请加上企业，或去掉这个条件。`,
      'rule.enterprises',
    )
  const known = new Set(standing.map(({ id }) => id))
  const strange = rule.unitIds.filter((id) => !known.has(id))
  if (strange.length > 0)
    return refused(
      'sending.receiver-out-of-reach',
      `指定的单位里有 ${strange.length} 个不在这个行动的范围内，或者已经撤销、停业，请去掉后再下发。`,
      'rule.unitIds',
    )
  const meant = receiversOf([rule], standing, ownUnitId)
  const added = meant.filter((id) => !sentTo.has(id))
  if (added.length === 0)
    return refused(
      'sending.nobody-new',
      meant.length === 0
        ? '行动的范围内没有这样的单位，请另选。'
        : `选定的 ${meant.length} 个单位都已经下发过了；要提醒没有确认的，请用“催办”。`,
      'rule',
    )
  return decided({ added, passed: meant.length - added.length })
}

/** Units that stand now, are meant by a sending that went before, and were not there, or not of its class, when it went. */
export function sentToLater(
  rules: readonly ReceiverRule[],
  { ownUnitId, standing, sentTo }: Omit<SendingContext, 'status'>,
): readonly string[] {
  return receiversOf(rules, standing, ownUnitId).filter((id) => !sentTo.has(id))
}

/** What is sent to those that joined since. */
export function ruleForLater(
  rules: readonly ReceiverRule[],
  context: Omit<SendingContext, 'status'>,
): Decision<ReceiverRule> {
  const unitIds = sentToLater(rules, context)
  return unitIds.length === 0
    ? refused('sending.nobody-new', '没有后来新设、新登记的单位要补发。', 'rule')
    : decided({ kinds: [], unitIds })
}

export interface Receipt {
  readonly state: ReceiptState
  /** Of the last confirmation, whichever version it was of. */
  readonly confirmedBy: string | null
  readonly confirmedOn: CivilDate | null
}

/** What was read is named by the notice's file: null of a campaign that has none. */
export function decideConfirmation(
  receipt: Receipt,
  read: { readonly noticeFileId: string | null },
  { status, noticeFileId }: { readonly status: CampaignStatus; readonly noticeFileId: string | null },
): Decision<{ readonly isAgain: boolean }> {
  if (status !== 'running') return notRunning(status, '确认')
  if (read.noticeFileId !== noticeFileId)
    return refused('confirmation.changed-meanwhile', '通知刚换了新的版本，请刷新，读过新版再确认。')
  if (receipt.state === 'confirmed')
    return refused(
      'confirmation.already-exists',
      `${receipt.confirmedBy ?? '本单位'}已在 ${receipt.confirmedOn ?? ''} 确认过，不用再确认。`,
    )
  if (receipt.state === 'gone') return refused('confirmation.unit-gone', '本单位已经撤销或停业，不用确认。')
  return decided({ isAgain: receipt.state === 'outdated' })
}

export interface WaitingReceiver {
  readonly unitId: string
  readonly state: ReceiptState
  readonly remindedOn: CivilDate | null
}

/** Whoever owes a confirmation is reminded once a day. */
export function decideReminding(
  receivers: readonly WaitingReceiver[],
  { status, today }: { readonly status: CampaignStatus; readonly today: CivilDate },
): Decision<{ readonly reminded: readonly string[]; readonly passed: number }> {
  if (status !== 'running') return notRunning(status, '催办')
  const owing = receivers.filter(({ state }) => state === 'waiting' || state === 'outdated')
  if (owing.length === 0) return refused('sending.nobody-waits', '都已经确认了，没有要催办的单位。')
  const reminded = owing.filter(({ remindedOn }) => remindedOn === null || remindedOn < today)
  if (reminded.length === 0)
    return refused('sending.reminded-today', `没有确认的 ${owing.length} 个单位今天都催办过了，请明天再催。`)
  return decided({ reminded: reminded.map(({ unitId }) => unitId), passed: owing.length - reminded.length })
}

function notRunning(status: CampaignStatus, what: string) {
  return status === 'preparing'
    ? refused('campaign.not-running', `行动还没有启动，请先启动，再${what}。`)
    : refused('campaign.closed', `行动已经结束，不能再${what}。`)
}
