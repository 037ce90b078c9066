/**
 * A return (报表): one unit's table for one period, from the day it is opened to the day it is accepted and locked. What is filed
 * is kept as it was filed, each time; a later version stands beside the earlier one and never in its place.
 */
import type { CivilDate } from '../shared/civil-date.js'
import { daysBetween } from '../shared/civil-date.js'
import { decided, refused, type Decision } from '../shared/decision.js'
import { drawLifecycle, type Lifecycle } from '../shared/lifecycle-check.js'

export const returnStatusLabels = {
  open: '待报',
  signing: '待审签',
  signed: '待上报',
  submitted: '已上报',
  'sent-back': '已退回',
  accepted: '已接收',
} as const
export type ReturnStatus = keyof typeof returnStatusLabels

export const returnCommandLabels = {
  open: '开启',
  edit: '填写',
  sign: '签名',
  'sign-last': '签齐',
  submit: '上报',
  accept: '接收',
  'accept-last': '全部接收',
  'send-back': '退回',
  reopen: '重新开启',
  excuse: '准予延期',
  receive: '收到数据包',
} as const
export type ReturnCommandKind = keyof typeof returnCommandLabels

/** The one table of a return's life. A signature is `sign-last` when it is the last that the form asks for, and the taking `accept-last` when every receiver has taken it. */
export const returnLifecycle: Lifecycle<ReturnStatus, ReturnCommandKind> = {
  states: returnStatusLabels,
  commands: returnCommandLabels,
  final: ['accepted'],
  transitions: [
    { command: 'open', from: [null], to: 'open' },
    // What is changed is no longer what was signed: the signatures fall.
    { command: 'edit', from: ['open', 'signing', 'signed', 'sent-back'], to: 'open' },
    // From `signed` only when the figures have changed since: then what was signed is void, and the first signs anew.
    { command: 'sign', from: ['open', 'signing', 'signed', 'sent-back'], to: 'signing' },
    { command: 'sign-last', from: ['open', 'signing', 'signed', 'sent-back'], to: 'signed' },
    { command: 'submit', from: ['signed'], to: 'submitted' },
    { command: 'accept', from: ['submitted'], to: 'same' },
    { command: 'accept-last', from: ['submitted'], to: 'accepted' },
    { command: 'send-back', from: ['submitted'], to: 'sent-back' },
    { command: 'reopen', from: ['accepted'], to: 'sent-back' },
    // Signed and filed on another server: it comes with its signatures.
    { command: 'receive', from: ['open', 'signing', 'signed', 'sent-back'], to: 'submitted' },
    { command: 'excuse', from: ['open', 'signing', 'signed', 'sent-back'], to: 'same' },
  ],
}

export function drawReturnLifecycle(): string {
  return drawLifecycle(returnLifecycle)
}

export interface ReturnSignature {
  /** As the form calls it: 填报人; 填表人, 审核人. */
  readonly label: string
  readonly personId: string
  readonly name: string
  readonly on: CivilDate
  /** Of what was signed. A signature holds for this content and no other. */
  readonly contentHash: string
}

export interface CellRemark {
  /** Null: about the return as a whole. */
  readonly cell: string | null
  readonly text: string
  readonly byPersonId: string
  readonly byName: string
  readonly on: CivilDate
  /** The version that it was said about. */
  readonly round: number
  /** Of an answer to a soft finding: its key, and the content that was signed with it. A receiver's remark has neither. */
  readonly finding?: string
  readonly contentHash?: string
}

/** What the respondent said to soft findings of the content that stands signed: this travels up with the figures. */
export function standingAnswers({
  remarks,
  signatures,
}: Pick<ReturnState, 'remarks' | 'signatures'>): readonly CellRemark[] {
  const [first] = signatures
  const answers = remarks.filter(
    ({ finding, contentHash }) => finding !== undefined && contentHash === first?.contentHash,
  )
  return [...new Map(answers.map((answer) => [answer.finding, answer])).values()]
}

export interface ReturnState {
  readonly id: string
  readonly status: ReturnStatus
  readonly version: number
  /** Counts what was filed: 0 before the first time. */
  readonly round: number
  readonly dueOn: CivilDate
  /** The day allowed instead, when an exception was granted. */
  readonly excusedUntil: CivilDate | null
  /** What the form asks for, in the order of signing. */
  readonly signatureLabels: readonly string[]
  readonly signatures: readonly ReturnSignature[]
  readonly nil: boolean
  readonly firstSubmittedOn: CivilDate | null
  readonly lastSubmittedOn: CivilDate | null
  readonly timesSentBack: number
  /** Receivers that have taken what was filed last. */
  readonly takenBy: readonly { readonly unitId: string; readonly name: string; readonly on: CivilDate }[]
  /** Every remark that was ever made, by a receiver at a cell or by the respondent to a soft finding. */
  readonly remarks: readonly CellRemark[]
}

/** What stands in the cells at the moment of an act, as the service computed it. */
export interface ReturnContent {
  readonly hash: string
  /** Every figure is zero, 否 or nothing: what a nil return may say. */
  readonly isNil: boolean
  readonly blockers: readonly string[]
  /** Findings that want a sentence: the rule and cell, and what it says. */
  readonly questions: readonly { readonly key: string; readonly cell: string | null; readonly message: string }[]
}

export type ReturnCommand =
  | {
      readonly kind: 'open'
      readonly id: string
      readonly dueOn: CivilDate
      readonly signatureLabels: readonly string[]
    }
  | { readonly kind: 'edit' }
  | {
      readonly kind: 'sign'
      readonly label: string
      /** 零报告, said as such: a person states that there is nothing to report. */
      readonly nil: boolean
      /** What the signatory was shown. Signed is what was seen, or nothing. */
      readonly seenHash: string
      /** Answers to `questions`, by their keys. */
      readonly answers: Readonly<Record<string, string>>
    }
  | { readonly kind: 'submit'; readonly seenHash: string }
  | { readonly kind: 'accept' }
  | {
      readonly kind: 'send-back'
      readonly remarks: readonly { readonly cell: string | null; readonly text: string }[]
    }
  | { readonly kind: 'reopen'; readonly reason: string }
  | {
      readonly kind: 'receive'
      readonly contentHash: string
      readonly nil: boolean
      readonly signatures: readonly { readonly label: string; readonly name: string; readonly on: CivilDate }[]
    }
  | { readonly kind: 'excuse'; readonly until: CivilDate; readonly reason: string }

export interface ReturnContext {
  readonly today: CivilDate
  readonly actor: { readonly personId: string; readonly name: string }
  /** On which side of the return the actor stands, by scope and role; a superior of both may stand on each. */
  readonly isRespondent: boolean
  readonly isReceiver: boolean
  /** For `accept`: every unit that it was filed to, and those of them that the actor works for. */
  readonly receivers?: { readonly all: readonly string[]; readonly own: readonly string[] }
  /** For `sign` and `submit`. */
  readonly content?: ReturnContent
  /** For `sign`: the person has just proved who they are. */
  readonly isProved?: boolean
  /** The period has begun, and its cut-off is not in the future beyond the due day. */
  readonly hasBegun?: boolean
}

export interface ReturnEvent {
  readonly kind: ReturnCommandKind
  readonly from: ReturnStatus | null
  readonly to: ReturnStatus
  readonly on: CivilDate
  readonly byPersonId: string
  readonly byName: string
  readonly sentence: string
}

export interface ReturnOutcome {
  readonly next: ReturnState
  readonly event: ReturnEvent
  /** The remarks that this act added. */
  readonly remarks: readonly CellRemark[]
}

export function decideReturn(
  state: ReturnState | null,
  command: ReturnCommand,
  context: ReturnContext,
): Decision<ReturnOutcome> {
  const kind = stepOf(state, command, context)
  const row = returnLifecycle.transitions.find((one) => one.command === kind)
  if (row === undefined || !row.from.includes(state?.status ?? null)) {
    const where = state === null ? '尚未开启' : `现在是“${returnStatusLabels[state.status]}”`
    return refused('return.wrong-state', `这张报表${where}，不能${returnCommandLabels[command.kind]}；请刷新后再办理。`)
  }
  const change = changeOf(state, command, context)
  if (!change.ok) return change
  const { note, added = [], ...changes } = change.value
  const before = state ?? newborn(command)
  const to = row.to === 'same' || row.to === 'remembered' ? before.status : row.to
  const next: ReturnState = {
    ...before,
    ...changes,
    status: to,
    version: before.version + 1,
    remarks: [...before.remarks, ...added],
  }
  const { personId, name } = context.actor
  const event: ReturnEvent = {
    kind,
    from: state?.status ?? null,
    to,
    on: context.today,
    byPersonId: personId,
    byName: name,
    sentence: [returnCommandLabels[command.kind], note].filter((part) => part !== '').join('：'),
  }
  return decided({ next, event, remarks: added })
}

function stepOf(state: ReturnState | null, command: ReturnCommand, context: ReturnContext): ReturnCommandKind {
  if (command.kind === 'accept' && state !== null) {
    const left = leftToTake(state, context).filter((id) => !(context.receivers?.own ?? []).includes(id))
    return left.length === 0 ? 'accept-last' : 'accept'
  }
  if (command.kind !== 'sign' || state === null) return command.kind
  return standing(state, context.content).length + 1 === state.signatureLabels.length ? 'sign-last' : 'sign'
}

/** Receivers that have not taken it yet. */
function leftToTake({ takenBy }: ReturnState, { receivers }: ReturnContext): readonly string[] {
  return (receivers?.all ?? []).filter((id) => !takenBy.some(({ unitId }) => unitId === id))
}

/** A signature of other content is none of this. */
function standing({ signatures }: ReturnState, content: ReturnContent | undefined): readonly ReturnSignature[] {
  return signatures.filter(({ contentHash }) => contentHash === content?.hash)
}

type Change = Partial<Omit<ReturnState, 'id' | 'status' | 'version' | 'remarks'>> & {
  readonly note: string
  readonly added?: readonly CellRemark[]
}

function changeOf(state: ReturnState | null, command: ReturnCommand, context: ReturnContext): Decision<Change> {
  if (command.kind === 'open') {
    return command.signatureLabels.length === 0
      ? refused(
          'return.no-signature',
          '这张报表没有规定由谁签名，不能开启；请在报表设计中补上签名栏。',
          'signatureLabels',
        )
      : decided({ note: '' })
  }
  if (state === null) return refused('return.wrong-state', '这张报表尚未开启。')
  const { today, actor, isReceiver, isRespondent } = context
  const byReceiver = command.kind !== 'edit' && command.kind !== 'sign' && command.kind !== 'submit'
  if (byReceiver ? !isReceiver : !isRespondent) {
    return refused(
      'return.not-allowed',
      byReceiver
        ? `只有接收单位能${returnCommandLabels[command.kind]}这张报表。`
        : `只有填报单位能${returnCommandLabels[command.kind]}这张报表。`,
    )
  }
  switch (command.kind) {
    case 'edit':
      return decided({ signatures: [], nil: false, note: '' })
    case 'sign':
      return sign(state, command, context)
    case 'submit': {
      const fault = contentFault(command.seenHash, context)
      if (fault !== null) return fault
      if (state.signatures.some(({ contentHash }) => contentHash !== command.seenHash)) {
        return refused('return.changed-since-signed', '签名之后数字有了变化，请重新核对、签名后再上报。')
      }
      const late = Math.max(0, daysBetween(state.excusedUntil ?? state.dueOn, today))
      return decided({
        round: state.round + 1,
        firstSubmittedOn: state.firstSubmittedOn ?? today,
        lastSubmittedOn: today,
        takenBy: [],
        note: [state.nil ? '零报告' : '', late > 0 && state.round === 0 ? `逾期${late}天` : '']
          .filter(Boolean)
          .join('，'),
      })
    }
    case 'accept': {
      const left = leftToTake(state, context)
      const own = (context.receivers?.own ?? []).filter((id) => left.includes(id))
      if (context.receivers !== undefined && own.length === 0)
        return refused('return.taken-already', '本单位已经接收过这张报表，等其他接收单位办理。')
      return decided({
        takenBy: [...state.takenBy, ...own.map((unitId) => ({ unitId, name: actor.name, on: today }))],
        note: left.length > own.length ? `还有${left.length - own.length}个接收单位未接收` : '',
      })
    }
    case 'send-back': {
      const remarks = command.remarks.filter(({ text }) => text.trim() !== '')
      if (remarks.length === 0)
        return refused('return.remark-missing', '请写明退回的原因，可以写在有问题的格子上。', 'remarks')
      return decided({
        signatures: [],
        nil: false,
        timesSentBack: state.timesSentBack + 1,
        added: remarks.map(({ cell, text }) => remarkOf(cell, text, state.round, context)),
        note: remarks.map(({ text }) => text.trim()).join('；'),
      })
    }
    case 'receive': {
      if (command.signatures.length < state.signatureLabels.length)
        return refused('return.signatures-missing', '数据包里的签名不齐，请发送方补签后重新发送。', 'signatures')
      if (new Set(command.signatures.map(({ name }) => name)).size < state.signatureLabels.length)
        return refused(
          'return.same-signatory',
          '数据包里的两个签名是同一人，请发送方由另一人审签后重新发送。',
          'signatures',
        )
      return decided({
        round: state.round + 1,
        firstSubmittedOn: state.firstSubmittedOn ?? today,
        lastSubmittedOn: today,
        takenBy: [],
        nil: command.nil,
        signatures: command.signatures.map((one) => ({ ...one, personId: '', contentHash: command.contentHash })),
        note: command.signatures.map(({ label, name }) => `${label} ${name}`).join('，'),
      })
    }
    case 'reopen':
      if (command.reason.trim() === '') return refused('return.reason-missing', '请写明重新开启的原因。', 'reason')
      return decided({
        signatures: [],
        nil: false,
        added: [remarkOf(null, command.reason, state.round, context)],
        note: command.reason.trim(),
      })
    case 'excuse':
      if (command.reason.trim() === '') return refused('return.reason-missing', '请写明准予延期的原因。', 'reason')
      if (command.until <= state.dueOn)
        return refused('return.excuse-too-early', `延期应晚于上报期限${state.dueOn}。`, 'until')
      return decided({
        excusedUntil: command.until,
        note: `延至${command.until}；${command.reason.trim()}（${actor.name}）`,
      })
  }
}

function sign(
  state: ReturnState,
  command: Extract<ReturnCommand, { kind: 'sign' }>,
  context: ReturnContext,
): Decision<Change> {
  const { actor, content, today } = context
  const fault = contentFault(command.seenHash, context)
  if (fault !== null || content === undefined) return fault ?? refused('return.changed', '请刷新后再办理。')
  if (context.isProved !== true) return refused('return.proof-missing', '签名前请输入口令确认是本人。', 'password')
  const kept = standing(state, content)
  const wanted = state.signatureLabels[kept.length]
  if (wanted === undefined) return refused('return.signed-already', '签名已经齐全，请直接上报。')
  if (command.label !== wanted) return refused('return.wrong-signature', `现在应由“${wanted}”签名。`, 'label')
  const own = kept.find(({ personId }) => personId === actor.personId)
  if (own !== undefined) {
    return refused('return.same-signatory', `${actor.name}已作为“${own.label}”签名，“${wanted}”应由另一人签。`, 'label')
  }
  if (content.blockers.length > 0) {
    return refused('return.checks-failed', `还有${content.blockers.length}处不能上报：${content.blockers.join('')}`)
  }
  const open = content.questions.filter(({ key }) => (command.answers[key] ?? '').trim() === '')
  const [first] = open
  if (kept.length === 0 && first !== undefined) {
    return refused('return.remark-wanted', `${first.message}（请写一句说明）`, `answers.${first.key}`)
  }
  if (command.nil && !content.isNil)
    return refused('return.not-nil', '有不为零的数字，不能作零报告；请按实际数字签名上报。', 'nil')
  if (kept.length > 0 && command.nil !== state.nil)
    return refused(
      'return.nil-differs',
      `“${kept[0]?.label ?? ''}”签的${state.nil ? '是' : '不是'}零报告，请核对后再签。`,
      'nil',
    )
  const signatures = [
    ...kept,
    { label: wanted, personId: actor.personId, name: actor.name, on: today, contentHash: content.hash },
  ]
  return decided({
    signatures,
    nil: command.nil,
    added:
      kept.length > 0
        ? []
        : content.questions.map(({ key, cell }) => ({
            ...remarkOf(cell, command.answers[key] ?? '', state.round, context),
            finding: key,
            contentHash: content.hash,
          })),
    note: `${wanted} ${actor.name}${command.nil ? '，零报告' : ''}`,
  })
}

function contentFault(seenHash: string, { content, hasBegun }: ReturnContext): ReturnType<typeof refused> | null {
  if (hasBegun === false)
    return refused('return.not-begun', '这一期还没有开始，不能签名上报；请在报送期开始之后核对、签名。')
  return content === undefined || content.hash !== seenHash
    ? refused('return.changed', '您看到的数字之后又有变化，没有签名。请刷新，核对新的数字后再签。')
    : null
}

function remarkOf(cell: string | null, text: string, round: number, { actor, today }: ReturnContext): CellRemark {
  return { cell, text: text.trim(), byPersonId: actor.personId, byName: actor.name, on: today, round }
}

function newborn(command: ReturnCommand): ReturnState {
  if (command.kind !== 'open') throw new Error('a return begins by being opened')
  return {
    id: command.id,
    status: 'open',
    version: 0,
    round: 0,
    dueOn: command.dueOn,
    excusedUntil: null,
    signatureLabels: command.signatureLabels,
    signatures: [],
    nil: false,
    firstSubmittedOn: null,
    lastSubmittedOn: null,
    timesSentBack: 0,
    takenBy: [],
    remarks: [],
  }
}

export const timelinessLabels = {
  'not-due': '未到期',
  due: '今日到期',
  overdue: '逾期未报',
  'on-time': '按时',
  late: '迟报',
} as const
export type Timeliness = keyof typeof timelinessLabels

/** By the day of the first filing: what is sent back and filed again was filed in time all the same, and counts as sent back. */
export function timelinessOf(
  { dueOn, excusedUntil, firstSubmittedOn }: Pick<ReturnState, 'dueOn' | 'excusedUntil' | 'firstSubmittedOn'>,
  today: CivilDate,
): { readonly state: Timeliness; readonly daysLate: number } {
  const until = excusedUntil ?? dueOn
  const daysLate = Math.max(0, daysBetween(until, firstSubmittedOn ?? today))
  if (firstSubmittedOn !== null) return { state: daysLate > 0 ? 'late' : 'on-time', daysLate }
  if (daysLate > 0) return { state: 'overdue', daysLate }
  return { state: today === until ? 'due' : 'not-due', daysLate: 0 }
}
