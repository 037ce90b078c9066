/** A campaign (专项行动): preparing, running, closed. It starts when what is doubtful in its plan has been decided. */
import { addDays, isCivilDate, type CivilDate } from '../shared/civil-date.js'
import { decided, refused, type Decision } from '../shared/decision.js'
import { drawLifecycle, type Lifecycle } from '../shared/lifecycle-check.js'
import { openQuestions, type CampaignQuestion, type QuestionDecision } from './plan-check.js'
import type { PlanPhase } from './plan.js'

export const campaignStatusLabels = { preparing: '筹备', running: '进行中', closed: '已结束' } as const
export type CampaignStatus = keyof typeof campaignStatusLabels

export const campaignCommandLabels = {
  create: '建立',
  'set-dates': '确定起止日期',
  'set-sectors': '确定统计的行业领域',
  'decide-question': '裁定疑点',
  revise: '应用更正后的通知',
  start: '启动',
  close: '结束',
} as const
export type CampaignCommandKind = keyof typeof campaignCommandLabels

export const campaignLifecycle: Lifecycle<CampaignStatus, CampaignCommandKind> = {
  states: campaignStatusLabels,
  commands: campaignCommandLabels,
  final: ['closed'],
  transitions: [
    { command: 'create', from: [null], to: 'preparing' },
    { command: 'set-dates', from: ['preparing', 'running'], to: 'same' },
    { command: 'set-sectors', from: ['preparing', 'running'], to: 'same' },
    { command: 'decide-question', from: ['preparing', 'running'], to: 'same' },
    { command: 'revise', from: ['preparing', 'running'], to: 'same' },
    { command: 'start', from: ['preparing'], to: 'running' },
    { command: 'close', from: ['running'], to: 'closed' },
  ],
}

export function drawCampaignLifecycle(): string {
  return drawLifecycle(campaignLifecycle)
}

/** The campaign as the rules see it; what the plan says besides (tasks, tables, duties) stands beside it. */
export interface Campaign {
  readonly id: string
  readonly unitId: string
  readonly name: string
  readonly status: CampaignStatus
  readonly version: number
  readonly startsOn: CivilDate | null
  readonly endsOn: CivilDate | null
  /**
   * Whose facts its tables count; null counts every sector. Not what the plan stresses (聚焦…): a notice that stresses nine fields still
   * wants the hazards of a tenth.
   */
  readonly countedSectors: readonly string[] | null
  readonly questions: readonly CampaignQuestion[]
  readonly decisions: readonly DecidedQuestion[]
  readonly startedOn: CivilDate | null
  readonly closedOn: CivilDate | null
}

/** The last decision of a question holds; earlier ones stay on record. */
export interface DecidedQuestion extends QuestionDecision {
  readonly code: string
  readonly decidedBy: string
  readonly decidedOn: CivilDate
}

export type CampaignCommand =
  | {
      readonly kind: 'create'
      readonly unitId: string
      readonly name: string
      readonly startsOn: CivilDate | null
      readonly endsOn: CivilDate | null
      readonly questions: readonly CampaignQuestion[]
    }
  | {
      readonly kind: 'set-dates'
      readonly startsOn: CivilDate
      readonly endsOn: CivilDate | null
      readonly reason: string
    }
  | { readonly kind: 'set-sectors'; readonly sectors: readonly string[] | null; readonly reason: string }
  | ({ readonly kind: 'decide-question' } & QuestionDecision)
  | {
      readonly kind: 'revise'
      readonly startsOn: CivilDate | null
      readonly endsOn: CivilDate | null
      readonly questions: readonly CampaignQuestion[]
      readonly reason: string
    }
  | { readonly kind: 'start' }
  | { readonly kind: 'close'; readonly carryOvers: readonly CarryOverDecision[] }

/** Open hazards that are decided on together: those of a town, of a sector, or all. */
export interface OpenHazardSet {
  readonly key: string
  readonly title: string
  readonly count: number
}

export interface CarryOverDecision {
  readonly setKey: string
  readonly toCampaignId: string
}

export interface CampaignContext {
  readonly today: CivilDate
  readonly actor: { readonly personId: string; readonly name: string }
  readonly identity?: { readonly id: string }
  /** For `start`: duties of which something is to be decided, as the plan words them. */
  readonly openDuties?: readonly string[]
  /** For `start`: figures of its tables that are likely a known metric, which nobody decided. */
  readonly openFigures?: readonly string[]
  /** For `close`: every hazard of the campaign that is not signed off or cancelled stands in exactly one set. */
  readonly openHazards?: readonly OpenHazardSet[]
  /** For `close`: campaigns that are running and may take hazards over. */
  readonly runningCampaignIds?: readonly string[]
}

export interface CampaignEvent {
  readonly kind: CampaignCommandKind
  readonly campaignId: string
  readonly from: CampaignStatus | null
  readonly to: CampaignStatus
  readonly on: CivilDate
  readonly byPersonId: string
  readonly sentence: string
}

export interface CampaignOutcome {
  readonly events: readonly CampaignEvent[]
  readonly next: Campaign
  /** What the service has to carry over in the same transaction (command `carry-over` of each hazard). */
  readonly carryOvers: readonly CarryOverDecision[]
}

export function decideCampaign(
  state: Campaign | null,
  command: CampaignCommand,
  context: CampaignContext,
): Decision<CampaignOutcome> {
  const row = campaignLifecycle.transitions.find((one) => one.command === command.kind)
  if (row === undefined || !row.from.includes(state?.status ?? null)) {
    const where = state === null ? '尚未建立' : `现在是“${campaignStatusLabels[state.status]}”`
    return refused('campaign.wrong-state', `行动${where}，不能${campaignCommandLabels[command.kind]}，请刷新后再办理。`)
  }
  const change = changeOf(state, command, context)
  if (!change.ok) return change
  const { note, ...changes } = change.value
  const before = state ?? newborn(command, context)
  const to = row.to === 'same' || row.to === 'remembered' ? before.status : row.to
  const next: Campaign = { ...before, ...changes, status: to, version: before.version + 1 }
  const event: CampaignEvent = {
    kind: command.kind,
    campaignId: next.id,
    from: state?.status ?? null,
    to,
    on: context.today,
    byPersonId: context.actor.personId,
    sentence: [campaignCommandLabels[command.kind], note].filter((part) => part !== '').join('：'),
  }
  return decided({ events: [event], next, carryOvers: command.kind === 'close' ? command.carryOvers : [] })
}

type Change = Partial<Omit<Campaign, 'id' | 'status' | 'version'>> & { readonly note: string }

function changeOf(state: Campaign | null, command: CampaignCommand, context: CampaignContext): Decision<Change> {
  const { today } = context
  if (command.kind === 'create') {
    if (command.name.trim() === '') return refused('campaign.name-missing', '请填写行动名称。', 'name')
    return datesFit(command.startsOn, command.endsOn) ?? decided({ note: command.name.trim() })
  }
  if (state === null) return refused('campaign.wrong-state', '行动尚未建立，请先建立。')
  switch (command.kind) {
    case 'set-dates': {
      if (command.reason.trim() === '')
        return refused('campaign.reason-missing', '请写明调整起止日期的原因。', 'reason')
      const { startsOn, endsOn } = command
      return (
        datesFit(startsOn, endsOn) ??
        decided({ startsOn, endsOn, note: `${startsOn}至${endsOn ?? '未定'}；原因：${command.reason.trim()}` })
      )
    }
    case 'set-sectors': {
      if (command.reason.trim() === '')
        return refused('campaign.reason-missing', '请写明调整统计行业的原因。', 'reason')
      const sectors = command.sectors === null ? null : trimmedOnce(command.sectors)
      if (sectors !== null && sectors.length === 0)
        return refused('campaign.sectors-empty', '请至少选定一个行业领域，或者选择统计全部行业。', 'sectors')
      return decided({
        countedSectors: sectors,
        note: `${sectors === null ? '全部行业' : sectors.join('、')}；原因：${command.reason.trim()}`,
      })
    }
    case 'decide-question': {
      const question = state.questions.find(({ key }) => key === command.key)
      if (question === undefined) return refused('campaign.question-unknown', '找不到这个疑点，请刷新后再办理。', 'key')
      if (command.chosen.trim() === '') return refused('campaign.choice-missing', '请写明以哪个为准。', 'chosen')
      if (command.reason.trim() === '') return refused('campaign.reason-missing', '请写明裁定的理由。', 'reason')
      const decision: DecidedQuestion = {
        key: question.key,
        code: question.code,
        chosen: command.chosen.trim(),
        reason: command.reason.trim(),
        decidedBy: context.actor.personId,
        decidedOn: today,
      }
      return decided({
        decisions: [...state.decisions, decision],
        note: `${question.message}以“${decision.chosen}”为准`,
      })
    }
    case 'revise': {
      if (command.reason.trim() === '')
        return refused('campaign.reason-missing', '请写明为什么更正，如“区里重新印发”。', 'reason')
      const { startsOn, endsOn, questions } = command
      if (state.status === 'running' && startsOn === null)
        return refused('campaign.start-missing', '行动已经启动，开始日期不能空。', 'startsOn')
      const decisions = decisionsKept(state, questions)
      return (
        datesFit(startsOn, endsOn) ?? decided({ startsOn, endsOn, questions, decisions, note: command.reason.trim() })
      )
    }
    case 'start': {
      if (state.startsOn === null)
        return refused('campaign.start-missing', '行动没有开始日期，请先确定开始日期。', 'startsOn')
      const left = openQuestions(state.questions, state.decisions).filter(({ code }) => code !== 'start-missing')
      const [first] = left
      if (first !== undefined) {
        return refused(
          'campaign.questions-open',
          `方案中还有${left.length}处疑点没有裁定（${first.message}），请先裁定。`,
          'questions',
        )
      }
      const [duty] = context.openDuties ?? []
      if (duty !== undefined) {
        const count = context.openDuties?.length ?? 0
        return refused(
          'campaign.duties-open',
          `还有${count}项职责里的词语没有选定指什么（“${duty}”），请先选定，或者选“只留文字”。`,
          'duties',
        )
      }
      const [figure] = context.openFigures ?? []
      if (figure !== undefined) {
        const count = context.openFigures?.length ?? 0
        return refused(
          'campaign.metrics-open',
          `调度表里还有${count}个数没有选定由什么指标计算（“${figure}”），请先选定，或者选“人工填写”。`,
          'tables',
        )
      }
      return decided({ startedOn: today, note: '' })
    }
    case 'close':
      return close(state, command.carryOvers, context)
  }
}

/** Keys count on among questions of a code, so another question may come to bear the key of one that was decided. */
function decisionsKept(state: Campaign, questions: readonly CampaignQuestion[]): readonly DecidedQuestion[] {
  const words = ({ code, message, quotes }: CampaignQuestion) => JSON.stringify([code, message, quotes])
  return state.decisions.flatMap((decision) => {
    const asked = state.questions.find(({ key }) => key === decision.key)
    const still = asked && questions.find((question) => words(question) === words(asked))
    return still === undefined ? [] : [{ ...decision, key: still.key }]
  })
}

function close(state: Campaign, carryOvers: readonly CarryOverDecision[], context: CampaignContext): Decision<Change> {
  const sets = (context.openHazards ?? []).filter(({ count }) => count > 0)
  for (const set of sets) {
    const choices = carryOvers.filter(({ setKey }) => setKey === set.key)
    const [choice] = choices
    if (choice === undefined || choices.length > 1) {
      const what = `“${set.title}”还有${set.count}项未销号的隐患`
      return refused('campaign.hazards-open', `${what}，请选定一个进行中的行动来结转。`, `carryOvers.${set.key}`)
    }
    const isRunning = context.runningCampaignIds?.includes(choice.toCampaignId) ?? false
    if (!isRunning || choice.toCampaignId === state.id) {
      return refused(
        'campaign.carry-over-target',
        `“${set.title}”只能结转到另一个进行中的行动，请重新选择。`,
        `carryOvers.${set.key}`,
      )
    }
  }
  const stray = carryOvers.find(({ setKey }) => !sets.some(({ key }) => key === setKey))
  if (stray !== undefined) {
    return refused(
      'campaign.carry-over-unknown',
      '要结转的隐患已有变化，请刷新后再办理。',
      `carryOvers.${stray.setKey}`,
    )
  }
  const total = sets.reduce((sum, { count }) => sum + count, 0)
  return decided({ closedOn: context.today, note: total === 0 ? '' : `结转隐患${total}项` })
}

function trimmedOnce(words: readonly string[]): readonly string[] {
  return [...new Set(words.map((word) => word.trim()).filter((word) => word !== ''))]
}

function datesFit(
  startsOn: CivilDate | null,
  endsOn: CivilDate | null,
): Extract<Decision<never>, { ok: false }> | null {
  for (const [path, date] of [
    ['startsOn', startsOn],
    ['endsOn', endsOn],
  ] as const) {
    if (date !== null && !isCivilDate(date))
      return refused('campaign.date-invalid', `“${date}”不是一个存在的日期，请核对。`, path)
  }
  return startsOn !== null && endsOn !== null && endsOn < startsOn
    ? refused('campaign.dates-reversed', '结束日期早于开始日期，请核对。', 'endsOn')
    : null
}

function newborn(command: CampaignCommand, { identity }: CampaignContext): Campaign {
  if (command.kind !== 'create' || identity === undefined) throw new Error('a new campaign needs context.identity')
  const { unitId, startsOn, endsOn, questions } = command
  return {
    id: identity.id,
    unitId,
    name: command.name.trim(),
    status: 'preparing',
    version: 0,
    startsOn,
    endsOn,
    countedSectors: null,
    questions,
    decisions: [],
    startedOn: null,
    closedOn: null,
  }
}

export interface PhaseAsOf {
  readonly ordinal: number
  readonly name: string
  readonly startsOn: CivilDate | null
  readonly endsOn: CivilDate | null
  /** The plan gives no start; it is the campaign's, or the day after the phase before. */
  readonly startIsInferred: boolean
  readonly state: 'past' | 'current' | 'future' | 'undated'
}

/** Where a campaign stands among its phases on a day. Plans often say only by when a phase is over; phases may overlap. */
export function phasesAsOf(
  phases: readonly PlanPhase[],
  campaignStartsOn: CivilDate | null,
  asOf: CivilDate,
): readonly PhaseAsOf[] {
  return phases.map((phase, at) => {
    const before = phases[at - 1]
    const ended = before?.endsOn ?? null
    const inferred = at === 0 ? campaignStartsOn : ended === null ? null : addDays(ended, 1)
    // An inferred start may not pass the end that is stated (a campaign made after its first phase was to be over).
    const usable = inferred !== null && phase.endsOn !== null && inferred > phase.endsOn ? phase.endsOn : inferred
    const startsOn = phase.startsOn ?? usable
    const { ordinal, name, endsOn } = phase
    return {
      ordinal,
      name,
      startsOn,
      endsOn,
      startIsInferred: phase.startsOn === null && startsOn !== null,
      state: stateOn(startsOn, endsOn, asOf),
    }
  })
}

function stateOn(startsOn: CivilDate | null, endsOn: CivilDate | null, asOf: CivilDate): PhaseAsOf['state'] {
  if (startsOn === null && endsOn === null) return 'undated'
  if (endsOn !== null && asOf > endsOn) return 'past'
  return startsOn !== null && asOf < startsOn ? 'future' : 'current'
}
