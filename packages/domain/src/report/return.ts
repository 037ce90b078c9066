/**
 * A return (报表): one unit's table for one period, from the day it is opened to the day it is accepted and locked. What is filed
 * is kept as it was filed, each time; a later version stands beside the earlier one and never in its place.
 */
import type { CivilDate } from '../shared/civil-date.js'
import { daysBetween } from '../shared/civil-date.js'
import { decided, refused, type Decision } from '../shared/decision.js'
import {
  returnCommandLabels,
  returnLifecycle,
  returnStatusLabels,
  type ReturnCommandKind,
  type ReturnStatus,
} from './return-lifecycle.js'

export interface ReturnSignature {
  /** As the form calls it: 填报人; 填表人, 审核人. */
  readonly label: string
  readonly personId: string
  readonly name: string
  readonly on: CivilDate
  /** Of what was signed. A signature holds for this content and no other. */
  readonly contentHash: string
}

/** Who has filled in a form signs before whoever reviews it, and whoever answers for the unit last; many forms print 审核人 first. */
export function signingOrder(labels: readonly string[]): readonly string[] {
  const rank = (label: string) =>
    /负责|主管|领导|主任|签发|批准|审批/u.test(label) ? 2 : /审核|复核|核对|校核/u.test(label) ? 1 : 0
  return [...labels].sort((one, other) => rank(one) - rank(other))
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
  /** What the form asks for, in the order of signing (`signingOrder`). */
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
      /** A narrative report may be signed and sealed on paper alone; a table is signed here. */
      readonly mayBeUnsigned?: boolean
    }
  | { readonly kind: 'edit' }
  /** Files take the place of those that stood delivered in their form. `what` says which, for the record. */
  | { readonly kind: 'deliver'; readonly what: string }
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
  | {
      readonly kind: 'submit'
      readonly seenHash: string
      /** To `questions`, where no signature has answered them. */
      readonly answers?: Readonly<Record<string, string>>
    }
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
  | { readonly kind: 're-date'; readonly dueOn: CivilDate }
  /** `receivers`: their names, for the record. */
  | { readonly kind: 're-address'; readonly receivers: readonly string[] }

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
  /** For `accept`: paper was asked for, and taking the return says that it has come. */
  readonly asksPaper?: boolean
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
  if (command.kind === 'deliver' && state?.signatureLabels.length === 0) return 'deliver-unsigned'
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
    return command.signatureLabels.length === 0 && command.mayBeUnsigned !== true
      ? refused(
          'return.no-signature',
          '这张报表没有规定由谁签名，不能开启；请在报表设计中补上签名栏。',
          'signatureLabels',
        )
      : decided({ note: '' })
  }
  if (state === null) return refused('return.wrong-state', '这张报表尚未开启。')
  const { today, actor, isReceiver, isRespondent } = context
  if (command.kind === 're-date') return redate(state, command.dueOn, today)
  if (command.kind === 're-address') return readdress(state, command.receivers)
  const byReceiver = !['edit', 'deliver', 'sign', 'submit'].includes(command.kind)
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
    case 'deliver':
      return decided({ signatures: [], nil: false, note: command.what })
    case 'sign':
      return sign(state, command, context)
    case 'submit': {
      const fault = contentFault(command.seenHash, context)
      if (fault !== null) return fault
      const unsigned = state.signatureLabels.length === 0 ? asked(state, command.answers ?? {}, context) : null
      if (unsigned !== null && !unsigned.ok) return unsigned
      if (state.signatures.some(({ contentHash }) => contentHash !== command.seenHash)) {
        return refused('return.changed-since-signed', '签名之后数字有了变化，请重新核对、签名后再上报。')
      }
      const late = Math.max(0, daysBetween(state.excusedUntil ?? state.dueOn, today))
      return decided({
        round: state.round + 1,
        firstSubmittedOn: state.firstSubmittedOn ?? today,
        lastSubmittedOn: today,
        takenBy: [],
        ...(unsigned === null ? {} : { added: unsigned.value }),
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
        note: [
          context.asksPaper === true ? '纸质件已收到' : '',
          left.length > own.length ? `还有${left.length - own.length}个接收单位未接收` : '',
        ]
          .filter(Boolean)
          .join('，'),
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

/** Whether a return that is due on `before` gets `after` instead: nobody is late for a day that was not the due day while it lasted. */
export function movesDue(before: CivilDate, after: CivilDate, today: CivilDate): boolean {
  return after > before || (after < before && after >= today)
}

/** By the calendar, and by nobody in particular. */
function redate(state: ReturnState, dueOn: CivilDate, today: CivilDate): Decision<Change> {
  if (state.firstSubmittedOn !== null)
    return refused('return.filed-already', '这张报表已经上报过，上报日期不再调整。', 'dueOn')
  if (dueOn === state.dueOn) return refused('return.same-day', '上报日期没有变化。', 'dueOn')
  if (!movesDue(state.dueOn, dueOn, today))
    return refused('return.day-past', `${dueOn}已经过去，上报日期仍为${state.dueOn}。`, 'dueOn')
  const { excusedUntil } = state
  return decided({
    dueOn,
    excusedUntil: excusedUntil !== null && excusedUntil <= dueOn ? null : excusedUntil,
    note: `节假日安排有变化，由${state.dueOn}改为${dueOn}`,
  })
}

/** By the tree of units, and by nobody in particular. Signatures stay: they say that the figures are right, whoever gets them. */
function readdress({ firstSubmittedOn }: ReturnState, receivers: readonly string[]): Decision<Change> {
  if (firstSubmittedOn !== null)
    return refused('return.filed-already', '这张报表已经上报过，接收单位不再改变。', 'receivers')
  if (receivers.length === 0) return refused('return.no-receiver', '没有单位接收这张报表，接收单位不变。', 'receivers')
  return decided({ note: `单位隶属有变化，改报${receivers.join('、')}` })
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
  const said = asked(state, kept.length === 0 ? command.answers : null, context)
  if (!said.ok) return said
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
    added: said.value,
    note: `${wanted} ${actor.name}${command.nil ? '，零报告' : ''}`,
  })
}

/** Nothing stands against the content, and what it asks is answered; gives the answers. Null: the first signatory answered already. */
function asked(
  state: ReturnState,
  answers: Readonly<Record<string, string>> | null,
  context: ReturnContext,
): Decision<readonly CellRemark[]> {
  const { blockers = [], questions = [], hash = '' } = context.content ?? {}
  if (blockers.length > 0)
    return refused('return.checks-failed', `还有${blockers.length}处不能上报：${blockers.join('')}`)
  if (answers === null) return decided([])
  const open = questions.find(({ key }) => (answers[key] ?? '').trim() === '')
  if (open !== undefined)
    return refused('return.remark-wanted', `${open.message}（请写一句说明）`, `answers.${open.key}`)
  return decided(
    questions.map(({ key, cell }) => ({
      ...remarkOf(cell, answers[key] ?? '', state.round, context),
      finding: key,
      contentHash: hash,
    })),
  )
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
