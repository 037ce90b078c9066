/**
 * What a plan asks to be filed, as schedules to be set up: a draft for each form that it sends in a rhythm. What the plan does not say,
 * or says in two ways, stands in `open` as a sentence; a draft without any can be set up as it is.
 */
import type { CampaignQuestion, QuestionDecision } from '../campaign/plan-check.js'
import type { Plan, PlanReport, PlanReportDue } from '../campaign/plan.js'
import type { UnitKind } from '../organization/index.js'
import { addMonths, latestDate, startOfMonth, yearOf, type CivilDate } from '../shared/civil-date.js'
import { narrativeAsked } from './narrative-plan.js'
import { dueInWords } from './due-words.js'
import type { EnterpriseClass, RespondentRule } from './respondents.js'
import type { Cadence, DueRule, Schedule } from './schedule.js'

export interface ScheduleDraft {
  /** Its place among the plan's reports, and the annex that it sends; they name the draft. */
  readonly report: number
  readonly annex: number | null
  readonly files: 'table' | 'ledger' | 'narrative'
  readonly title: string
  /** What is to be handed in, of a report in words. */
  readonly narrative: ReturnType<typeof narrativeAsked> | null
  readonly rule: Schedule
  readonly respondents: readonly RespondentRule[]
  /** Who files where the plan names no kind of units but one unit (区安委办汇总后上报): found out, as the receivers are, where units are known. */
  readonly respondent: string | null
  readonly receivers: readonly string[]
  readonly isSplitBySector: boolean
  /** What was decided of what the plan says in two ways, and why; and what else it says of how to send it. */
  readonly note: string
  readonly open: readonly string[]
}

export interface DraftedFrom {
  readonly plan: Plan
  readonly questions: readonly CampaignQuestion[]
  readonly decisions: readonly QuestionDecision[]
  /** The campaign's own dates: they may have been set by hand. */
  readonly startsOn: CivilDate | null
  readonly endsOn: CivilDate | null
}

export function draftSchedules(from: DraftedFrom): readonly ScheduleDraft[] {
  const { reports } = from.plan
  return reports.flatMap((report, index) => {
    // Words that are due on several days are one schedule, though the plan has an entry a day.
    const alike = reports.filter((other) => isOneReport(report, other))
    if (alike.length > 1 && alike[0] !== report) return []
    const forms = from.plan.annexes.flatMap((annex): { files: 'table' | 'ledger'; annex: number }[] =>
      report.annexes.includes(annex.ordinal) && (annex.kind === 'metric-table' || annex.kind === 'ledger')
        ? [{ files: annex.kind === 'ledger' ? 'ledger' : 'table', annex: annex.ordinal }]
        : [],
    )
    const sent = forms.length > 0 ? forms : [{ files: 'narrative' as const, annex: null }]
    return sent.map((form) => draftOf(from, report, index, form, sent.length > 1, alike))
  })
}

function draftOf(
  from: DraftedFrom,
  report: PlanReport,
  index: number,
  form: Pick<ScheduleDraft, 'files' | 'annex'>,
  isOneOfSeveral: boolean,
  alike: readonly PlanReport[],
): ScheduleDraft {
  const open: string[] = []
  const settled = settle(from, report, open)
  const respondents = respondentsIn(from.plan, report)
  if (respondents.length === 0 && report.from === null) open.push('方案没有写明由谁填报，请选定填报单位。')
  const annex = from.plan.annexes.find(({ ordinal }) => ordinal === form.annex)
  return {
    report: index,
    ...form,
    title: isOneOfSeveral && annex !== undefined ? annex.title : report.name,
    narrative: form.files === 'narrative' ? narrativeAsked(alike, report.name) : null,
    rule: ruleOf(from, { ...report, due: settled.due, since: settled.since }, open, alike),
    respondents,
    respondent: respondents.length === 0 ? report.from : null,
    receivers: report.to,
    isSplitBySector: report.splitBy === 'sector',
    note: [...settled.notes, ...(report.notes === null ? [] : [report.notes])].join('\n'),
    open,
  }
}

/** 正文 and 附件 differ: what the officer took of the two holds, in the words of the document or in their own. */
function settle(
  { plan, questions, decisions }: DraftedFrom,
  report: PlanReport,
  open: string[],
): { readonly due: PlanReportDue | null; readonly since: CivilDate | null; readonly notes: readonly string[] } {
  let { due, since } = report
  const notes: string[] = []
  const isOnly = plan.reports.filter((other) => other.annexes.length > 0).length === 1 && report.annexes.length > 0
  for (const question of questions) {
    if (question.code !== 'conflicting-due' && question.code !== 'due-before-cutoff') continue
    const said = question.quotes.map(dueInWords)
    const isNamed = [question.message, ...question.quotes].some((quote) => quote.includes(report.name))
    const isItsOwn = said.some((one) => one.due !== null && isSame(one.due, report.due))
    if (!isNamed && !isItsOwn && !isOnly) continue
    const decision = decisions.findLast(({ key }) => key === question.key)
    if (decision === undefined) {
      if (question.code === 'conflicting-due') open.push(`请先裁定疑点：${question.message}`)
      continue
    }
    notes.push(`${question.message}裁定以“${decision.chosen}”为准，理由：${decision.reason}`)
    if (question.code !== 'conflicting-due') continue
    const chosen = dueInWords(decision.chosen)
    if (chosen.due !== null && said.some((one) => one.due !== null)) due = chosen.due
    if (chosen.sinceMonth !== null && said.some((one) => one.sinceMonth !== null)) {
      const year = yearOf(since ?? plan.issuedOn ?? plan.campaign.startsOn ?? '2000-01-01')
      since = `${year}-${String(chosen.sinceMonth).padStart(2, '0')}-01`
    }
  }
  return { due, since, notes }
}

const isSame = (one: PlanReportDue, other: PlanReportDue | null) => JSON.stringify(one) === JSON.stringify(other)

function isOneReport(one: PlanReport, other: PlanReport): boolean {
  const isWords = ({ annexes, cadence }: PlanReport) => annexes.length === 0 && cadence === 'once'
  const sides = ({ name, from, to }: PlanReport) => JSON.stringify([name, from, to])
  return one === other || (isWords(one) && isWords(other) && sides(one) === sides(other))
}

function ruleOf(
  { plan, startsOn, endsOn }: DraftedFrom,
  report: PlanReport,
  open: string[],
  alike: readonly PlanReport[],
): Schedule {
  const { cadence, due } = report
  const begins = startsOn ?? plan.issuedOn
  if (begins === null) open.push('行动还没有开始日期，请先确定。')
  const common = {
    shift: report.holidayShift === 'next-working-day' ? 'next' : 'none',
    counts: report.cumulative ? 'cumulative' : 'period',
    lastDay: endsOn,
  } as const
  const first = begins ?? '2000-01-01'
  if (cadence === 'once') {
    const days = alike.length > 1 ? alike.map((one) => one.due) : [due]
    const dates = days.flatMap((day) => (day !== null && 'date' in day ? [day.date] : []))
    if (dates.length === 0) open.push('方案没有写明报送的日期，请填写。')
    // A report of a named day sums up what has been done until then.
    const firstDay = dates.reduce((earliest, date) => (date < earliest ? date : earliest), first)
    const named = { cadence: 'named', due: { kind: 'on-date' }, cutOff: 'due-day', dates } as const
    return { ...common, ...named, firstDay, lastDay: null }
  }
  // 截至上月末: the figures are those of the month before the one in which they are due.
  const after = report.cutoff === 'previous-month-end' ? 1 : 0
  const cutOff = report.cutoff === null ? 'due-day' : 'period-end'
  const since = report.since ?? first
  return {
    ...common,
    cadence: cadenceOf(report, open),
    due: dueRuleOf(cadence, due, after, open),
    cutOff,
    // Runs from June on, and counts until the end of May: the first one is that of May. None counts what was before the campaign.
    firstDay: after === 1 && report.since !== null ? latestDate(addMonths(startOfMonth(since), -1), first) : since,
    dates: [],
  }
}

function cadenceOf({ cadence, notes }: PlanReport, open: string[]): Exclude<Cadence, 'named'> {
  if (cadence !== null && cadence !== 'once') return cadence
  open.push(`方案写的报送频次${notes === null ? '' : `（${notes}）`}没有现成的规则，请选定。`)
  return 'monthly'
}

function dueRuleOf(cadence: PlanReport['cadence'], due: PlanReportDue | null, after: number, open: string[]): DueRule {
  if (cadence === 'weekly') {
    if (due !== null && 'weekday' in due) return { kind: 'weekday', weekday: due.weekday, after: 0 }
    open.push('方案没有写明每周星期几报，请填写。')
    return { kind: 'weekday', weekday: 5, after: 0 }
  }
  if (due !== null && 'day' in due) {
    return due.day === 'last' ? { kind: 'last-day', after } : { kind: 'day-of-month', day: due.day, after }
  }
  open.push('方案没有写明每期几日报，请填写。')
  return { kind: 'last-day', after }
}

/** Words for kinds of respondents. The longer word first: 乡镇 is both. */
const kindWords: readonly (readonly [RegExp, readonly UnitKind[]])[] = [
  [/各级|各单位|各有关单位|各相关单位/u, ['town', 'township', 'street', 'department', 'area-committee']],
  [/镇/u, ['town']],
  [/乡/u, ['township']],
  [/街道/u, ['street']],
  [/村(?!镇)/u, ['village']],
  [/社区|居委会|居民委员会/u, ['community']],
  [/部门|成员单位|各局|委办局/u, ['department']],
  [/各部、|科室|股室|各部(?!门)|内设机构|站所|中心(?!组)/u, ['office']],
  [/园区|管委会|景区|功能区|开发区/u, ['area-committee']],
  [/企业|公司|经营单位/u, ['enterprise']],
]

const classWords: readonly (readonly [RegExp, EnterpriseClass])[] = [
  [/规模以上|规上/u, 'above-designated'],
  [/高危/u, 'high-risk'],
  [/重点监管|重点企业/u, 'key-supervised'],
]

/** Who files, by the kinds that the words name. Empty where they name none. */
export function respondentWords(words: string): Pick<RespondentRule, 'kinds' | 'enterprises'> {
  // 镇、街道 and 乡镇（街道） alike; what a unit is part of (街道各社区, 园区各企业) is not who files.
  const filing = words.replace(/^.*?(?:园区|景区|街道|乡镇|全区|全县|全市|辖区)(?:内)?各/u, '各')
  const kinds = kindWords.flatMap(([word, found]) => (word.test(filing) ? found : []))
  const found = classWords.find(([word]) => word.test(filing))
  return {
    kinds: [...new Set(kinds)],
    ...(found === undefined || !kinds.includes('enterprise') ? {} : { enterprises: found[1] }),
  }
}

function respondentsIn(plan: Plan, report: PlanReport): readonly RespondentRule[] {
  const form = plan.annexes.find((annex) => annex.kind === 'metric-table' && report.annexes.includes(annex.ordinal))
  const all = form?.kind === 'metric-table' ? form.groups.map(({ name }) => name) : []
  if (report.sections.length > 0) {
    const rules = report.sections.map(({ respondent, groups }) => ({
      ...respondentWords(respondent),
      unitIds: [],
      groups: groups.length === all.length ? null : groups,
    }))
    if (rules.every(({ kinds }) => kinds.length > 0)) return rules
  }
  const words = report.from === null ? plan.recipients : [report.from]
  const found = words.map(respondentWords).filter(({ kinds }) => kinds.length > 0)
  const narrowed = found.find(({ enterprises }) => enterprises !== undefined)
  const kinds = [...new Set(found.flatMap((one) => one.kinds))]
  return kinds.length === 0
    ? []
    : [{ kinds, unitIds: [], groups: null, ...(narrowed?.enterprises ? { enterprises: narrowed.enterprises } : {}) }]
}
