/** What was read of a notice as a list to go through: each item with its words, and where in the text it stands. */
import type { ImportedNotice } from '@bihuan/contracts'
import type { PlanDraft, TaskBody } from './plan-draft.js'
import { dueWords, periods } from './words.js'

export interface Stretch {
  readonly start: number
  readonly end: number
}

export const itemKinds = {
  warning: '疑点',
  phase: '阶段',
  duty: '职责',
  report: '报送',
  table: '附表',
  task: '任务',
  leader: '组织领导',
  responsibility: '责任分工',
  target: '重点对象',
  contact: '联系人',
} as const
export type ItemKind = keyof typeof itemKinds

/** Who leads, and who helps. */
const shares = { lead: '牵头', support: '配合' } as const

export interface PlanItem {
  /** Stays while others are dropped: the kind, where it stands, and which of those that stand there. */
  readonly key: string
  readonly kind: ItemKind
  /** Its place in its list. */
  readonly at: number
  readonly title: string
  readonly detail: string
  readonly source: Stretch | null
  readonly confidence: number | null
}

const joined = (...parts: readonly (string | null | undefined | false)[]) =>
  parts.filter((part): part is string => typeof part === 'string' && part !== '').join('；')

const span = (from: string | null, to: string | null) =>
  from === null && to === null ? '没有写明起止' : `${from ?? ''}至${to ?? ''}`

type Report = PlanDraft['plan']['reports'][number]
const cadences = {
  weekly: '每周',
  monthly: '每月',
  quarterly: '每季度',
  'half-yearly': '每半年',
  once: '一次',
} as const
const weekdays = '一二三四五六日'

export function reportWords({ cadence, due, from, to, cumulative, cutoff, nilReport, holidayShift }: Report): string {
  const day =
    due === null
      ? '没有写明何时报'
      : 'date' in due
        ? due.date
        : 'weekday' in due
          ? `周${weekdays[due.weekday - 1] ?? ''}`
          : due.day === 'last'
            ? '月底'
            : `${due.day}日`
  return joined(
    `${cadence === null ? '频次没有写明' : cadences[cadence]} ${day}`,
    from !== null && `${from}报`,
    to.length > 0 && `报至${to.join('、')}`,
    cumulative && '累计数',
    cutoff === 'month-end' && '截至本月末',
    cutoff === 'previous-month-end' && '截至上月末',
    nilReport && '零报告',
    holidayShift !== null && '遇节假日顺延',
  )
}

export function frequencyWords(frequency: TaskBody['frequency']): string {
  if (frequency === null) return ''
  const label = periods.find(({ value }) => value === frequency.per)?.label ?? ''
  return `${label}${frequency.times}次`
}

export function itemsOf({ plan, annexes }: PlanDraft, text: string): readonly PlanItem[] {
  const items: PlanItem[] = []
  const seen = new Map<string, number>()
  const add = (
    kind: ItemKind,
    at: number,
    of: { readonly source?: Stretch | undefined; readonly confidence?: number | undefined },
    title: string,
    detail: string,
  ) => {
    // One that was added by hand is named while it is written: its place tells it apart.
    const named = kind === 'duty' || kind === 'report' ? `+${at}` : title
    const place = `${kind}:${of.source === undefined ? named : `${of.source.start}-${of.source.end}`}`
    const count = seen.get(place) ?? 0
    seen.set(place, count + 1)
    items.push({
      key: `${place}#${count}`,
      kind,
      at,
      title,
      detail,
      source: of.source ?? null,
      confidence: of.confidence ?? null,
    })
  }
  plan.warnings.forEach((warning, at) => {
    const source = warning.quotes.map((quote) => findQuote(text, quote)).find((found) => found !== null) ?? null
    add(
      'warning',
      at,
      source === null ? {} : { source },
      warning.message,
      warning.quotes.map((one) => `“${one}”`).join(' '),
    )
  })
  plan.phases.forEach((phase, at) => add('phase', at, phase, phase.name, span(phase.startsOn, phase.endsOn)))
  plan.duties.forEach((duty, at) =>
    add(
      'duty',
      at,
      duty,
      `${duty.actor ?? '（没有写明谁）'}：${duty.action}`,
      joined(
        frequencyWords(duty.frequency),
        duty.deadline !== null && `${duty.deadline}前`,
        duty.quota !== null && `不少于${duty.quota.atLeast}${duty.quota.unit}`,
        duty.condition !== null && `限${duty.condition}`,
      ),
    ),
  )
  plan.reports.forEach((report, at) => add('report', at, report, report.name, reportWords(report)))
  annexes.forEach((annex, at) => {
    if (annex.kind === 'task-list') {
      annex.tasks.forEach((task, row) =>
        add(
          'task',
          row,
          task,
          task.requirement,
          joined(task.responsible.join('、'), task.dueText || dueWords(task.due)),
        ),
      )
    } else if (annex.kind === 'metric-table') {
      const figures = annex.table.groups.reduce((count, group) => count + group.metrics.length, 0)
      add('table', at, {}, annex.table.title, `调度表，${annex.table.groups.length} 组 ${figures} 项`)
    } else if (annex.kind === 'ledger') {
      add('table', at, annex.ledger, annex.ledger.title, `清单，${annex.ledger.columns.length} 栏`)
    } else if (annex.annex.kind === 'other') {
      add(
        'table',
        at,
        annex.annex,
        annex.annex.title,
        annex.annex.attached === false ? '正文提到，没有附上' : '其他附件',
      )
    }
  })
  plan.leadership.forEach((one, at) => add('leader', at, one, `${one.role} ${one.name ?? ''}`, one.post ?? ''))
  plan.responsibilities.forEach((one, at) =>
    add('responsibility', at, one, one.unit, `${shares[one.role]}：${one.sectors.join('、')}`),
  )
  plan.targets.forEach((one, at) => add('target', at, one, one.name, one.type ?? ''))
  plan.contacts.forEach((one, at) =>
    add('contact', at, one, one.name ?? one.scope ?? '', joined(one.phone, one.mail, one.scope)),
  )
  return items
}

/** Quotes have no white space; the text has. */
export function findQuote(text: string, quote: string): Stretch | null {
  const wanted = quote.replace(/\s/gu, '')
  if (wanted === '') return null
  const kept: number[] = []
  let packed = ''
  for (let at = 0; at < text.length; at++) {
    if (/\s/u.test(text[at] ?? '')) continue
    packed += text[at]
    kept.push(at)
  }
  const found = packed.indexOf(wanted)
  return found === -1 ? null : { start: kept[found] ?? 0, end: (kept[found + wanted.length - 1] ?? 0) + 1 }
}

/** Without it. What a list of the plan holds goes by its place. */
export function withoutItem(draft: PlanDraft, item: PlanItem): PlanDraft {
  const { plan } = draft
  const left = <T>(list: readonly T[]) => list.filter((_, at) => at !== item.at)
  switch (item.kind) {
    case 'warning':
      return draft
    case 'phase':
      return { ...draft, plan: { ...plan, phases: left(plan.phases) } }
    case 'duty':
      return { ...draft, plan: { ...plan, duties: left(plan.duties) } }
    case 'report':
      return { ...draft, plan: { ...plan, reports: left(plan.reports) } }
    case 'leader':
      return { ...draft, plan: { ...plan, leadership: left(plan.leadership) } }
    case 'responsibility':
      return { ...draft, plan: { ...plan, responsibilities: left(plan.responsibilities) } }
    case 'target':
      return { ...draft, plan: { ...plan, targets: left(plan.targets) } }
    case 'contact':
      return { ...draft, plan: { ...plan, contacts: left(plan.contacts) } }
    case 'table':
      return { ...draft, annexes: left(draft.annexes) }
    case 'task':
      return {
        ...draft,
        annexes: draft.annexes.map((annex) =>
          annex.kind === 'task-list' ? { ...annex, tasks: left(annex.tasks) } : annex,
        ),
      }
  }
}

const blankDuty: PlanDraft['plan']['duties'][number] = {
  level: 'enterprise',
  actor: null,
  action: '',
  frequency: null,
  deadline: null,
  condition: null,
  quota: null,
}

const blankReport: Report = {
  name: '',
  from: null,
  to: [],
  annexes: [],
  cadence: 'monthly',
  due: null,
  since: null,
  cumulative: false,
  cutoff: null,
  nilReport: false,
  holidayShift: null,
  splitBy: null,
  sections: [],
  deliverables: [],
  mustContain: [],
  notes: null,
}

/** With a blank one at the end of its list, to be written beside the text; other kinds are added among the fields. */
export function withBlankItem(draft: PlanDraft, kind: 'duty' | 'report'): PlanDraft {
  const { plan } = draft
  return kind === 'duty'
    ? { ...draft, plan: { ...plan, duties: [...plan.duties, blankDuty] } }
    : { ...draft, plan: { ...plan, reports: [...plan.reports, blankReport] } }
}

export type NoticeBlock = ImportedNotice['document']['blocks'][number]

export interface Segment extends Stretch {
  readonly keys: readonly string[]
}

/** A stretch of the text, cut where an item begins or ends; each piece with the items that it belongs to, the shortest first. */
export function segmentsOf(stretch: Stretch, items: readonly PlanItem[]): readonly Segment[] {
  const inside = items.filter(
    ({ source }) => source !== null && source.start < stretch.end && source.end > stretch.start,
  )
  const cuts = new Set([stretch.start, stretch.end])
  for (const { source } of inside) {
    if (source === null) continue
    if (source.start > stretch.start) cuts.add(source.start)
    if (source.end < stretch.end) cuts.add(source.end)
  }
  const at = [...cuts].sort((a, b) => a - b)
  const length = ({ source }: PlanItem) => (source === null ? 0 : source.end - source.start)
  return at.slice(0, -1).map((start, index) => {
    const end = at[index + 1] ?? stretch.end
    const keys = inside
      .filter(({ source }) => source !== null && source.start <= start && source.end >= end)
      .sort((a, b) => length(a) - length(b))
      .map(({ key }) => key)
    return { start, end, keys }
  })
}
