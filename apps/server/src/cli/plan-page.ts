/** A Plan as a page of Chinese text: what an officer checks before a campaign is made from it. */
import type {
  Plan,
  PlanAnnex,
  PlanDuty,
  PlanFrequency,
  PlanMetric,
  PlanPeriod,
  PlanQuota,
  PlanReport,
  PlanTask,
  PlanTaskDue,
  PlanWarning,
} from '@bihuan/domain'

const levels: Readonly<Record<PlanDuty['level'], string>> = {
  enterprise: '企业',
  department: '部门',
  government: '党委政府',
}
const periods: Readonly<Record<PlanPeriod, string>> = {
  week: '每周',
  month: '每月',
  'two-months': '每两个月',
  quarter: '每季度',
  'half-year': '每半年',
  year: '每年',
  campaign: '行动期间',
}
const cadences: Readonly<Record<NonNullable<PlanReport['cadence']>, string>> = {
  weekly: '每周',
  monthly: '每月',
  quarterly: '每季度',
  'half-yearly': '每半年',
  once: '一次',
}
const warnings: Readonly<Record<PlanWarning['code'], string>> = {
  'conflicting-due': '时限前后不一',
  'date-before-issue': '早于印发日期',
  'year-mismatch': '年份不对',
  'count-mismatch': '数目不符',
  'due-before-cutoff': '截止前就要报送',
  'missing-annex': '缺附件',
  'phase-gap': '阶段之间有空档',
  'phase-overlap': '阶段重叠',
}

export function planPage(plan: Plan): string {
  return [
    plan.title,
    '',
    ...facts([
      ['印发单位', plan.issuer],
      ['文号', plan.docNo],
      ['印发日期', plan.issuedOn],
      ['行动', plan.campaign.name],
      ['起止', span(plan.campaign.startsOn, plan.campaign.endsOn)],
      ['上级方案', plan.parentPlan],
      ['主送', plan.recipients.join('、')],
      ['重点行业', plan.sectors.join('、')],
      ['判定标准', plan.criteria.map((title) => `《${title}》`).join('、')],
    ]),
    ...part(
      '组织领导',
      plan.leadership.map(({ role, name, post }) => listed([role, name, post])),
    ),
    ...part(
      '责任分工',
      plan.responsibilities.map(
        (one) => `${one.unit}${one.role === 'lead' ? '牵头' : '配合'}：${one.sectors.join('、')}`,
      ),
    ),
    ...part(
      '阶段',
      plan.phases.map(({ name, startsOn, endsOn }) => listed([name, span(startsOn, endsOn)])),
    ),
    ...part('职责', plan.duties.map(dutyLine)),
    ...part('报送', plan.reports.map(reportLine)),
    ...part(
      '名单',
      plan.targets.map(({ name, type }) => listed([name, type])),
    ),
    ...plan.annexes.flatMap(annexPart),
    ...part(
      '联系人',
      plan.contacts.map(({ name, phone, mail, scope }) => listed([name, scope, phone, mail])),
    ),
    ...part('待定的矛盾', plan.warnings.map(warningText)),
    '',
  ].join('\n')
}

/** What a notice contradicts itself in, with its own words below. */
export function warningText({ code, message, quotes }: PlanWarning): string {
  return [`${warnings[code]}：${message}`, ...quotes.map((quote) => `  “${quote}”`)].join('\n')
}

function facts(rows: readonly (readonly [name: string, value: string | null])[]): string[] {
  return rows.filter(([, value]) => value !== null && value !== '').map(([name, value]) => `${name}：${value ?? ''}`)
}

function part(title: string, items: readonly string[]): string[] {
  if (items.length === 0) return []
  // A second line of an item stands under its text, not under its number.
  const numbered = items.map((item, index) => `  ${index + 1}. ${item.replaceAll('\n', '\n     ')}`)
  return ['', `【${title}】${items.length} 项`, ...numbered]
}

function listed(words: readonly (string | null | undefined)[]): string {
  return words.filter((word) => word !== null && word !== undefined && word !== '').join('，')
}

function span(from: string | null, to: string | null): string {
  if (from === null && to === null) return ''
  return from === to ? (from ?? '') : `${from ?? '未写明'} 至 ${to ?? '未写明'}`
}

function rhythm(frequency: PlanFrequency | null, quota: PlanQuota | null): string {
  const often = frequency === null ? '' : `${periods[frequency.per]}${quota === null ? ` ${frequency.times} 次` : ''}`
  return `${often}${quota === null ? '' : `不少于 ${quota.atLeast} ${quota.unit}`}`
}

function dutyLine(duty: PlanDuty): string {
  return listed([
    `${levels[duty.level]}｜${duty.actor ?? '未写明谁'}：${duty.action}`,
    rhythm(duty.frequency, duty.quota),
    duty.deadline === null ? null : `${duty.deadline} 前`,
    duty.condition === null ? null : `限于${duty.condition}`,
  ])
}

function reportLine(report: PlanReport): string {
  const due = report.due
  const when =
    due === null
      ? null
      : 'date' in due
        ? `${due.date} 前`
        : 'weekday' in due
          ? `周${'一二三四五六日'[due.weekday - 1] ?? ''}前`
          : due.day === 'last'
            ? '月底前'
            : `${due.day} 日前`
  const cutoff = report.cutoff === null ? null : report.cutoff === 'month-end' ? '截至本月末' : '截至上月末'
  const first = listed([
    `${report.name}：${report.from ?? '未写明谁'}报${report.to.join('、') || '未写明何处'}`,
    report.cadence === null ? null : cadences[report.cadence],
    when,
    report.holidayShift === null ? null : '遇节假日顺延',
    report.since === null ? null : `自 ${report.since} 起`,
    report.cumulative ? '累计数' : null,
    cutoff,
    report.nilReport ? '零报送' : null,
    report.splitBy === null ? null : report.splitBy === 'sector' ? '分行业' : '分区域',
    report.annexes.length === 0 ? null : `附件 ${report.annexes.join('、')}`,
  ])
  const sections = report.sections.map(({ respondent, groups }) => `${respondent}填：${groups.join('、')}`)
  const contents = report.mustContain.map((point) => `须写明：${point}`)
  return [first, ...sections, ...contents, ...(report.notes === null ? [] : [report.notes])].join('\n')
}

function annexPart(annex: PlanAnnex): string[] {
  const title = `附件 ${annex.ordinal} ${annex.title}`
  switch (annex.kind) {
    case 'metric-table':
      return [
        ...heading(title, `调度表，${annex.groups.reduce((sum, { metrics }) => sum + metrics.length, 0)} 个指标`),
        ...annex.groups.flatMap(({ name, metrics }) => [
          `  ${name}`,
          ...metrics.map((metric) => `    ${metricLine(metric)}`),
        ]),
        ...annex.notes.map((note) => `  注：${note}`),
      ]
    case 'ledger':
      return [
        ...heading(title, `清单，${annex.columns.length} 栏`),
        `  ${annex.columns.join('｜')}`,
        ...annex.notes.map((note) => `  注：${note}`),
      ]
    case 'task-list':
      return [...heading(title, `任务清单，${annex.tasks.length} 项`), ...annex.tasks.flatMap(taskLines)]
    case 'other':
      return heading(title, annex.attached === false ? '文中提到而未附' : '其他')
  }
}

/** Cells merged over several rows are told once, as the notice prints them. */
function taskLines(task: PlanTask, index: number, tasks: readonly PlanTask[]): string[] {
  const above = tasks[index - 1]
  return [
    ...(task.area === above?.area ? [] : [`  ${task.area}`]),
    ...(task.area === above?.area && task.task === above.task ? [] : [`    ${task.task}`]),
    `      ${index + 1}. ${task.requirement}`,
    `         ${listed([
      rhythm(task.frequency, task.quota),
      dueLine(task.dueText, task.due),
      `责任单位：${task.responsible.join('、') || '未写明'}`,
    ])}`,
  ]
}

function heading(title: string, what: string): string[] {
  return ['', `【${title}】${what}`]
}

function metricLine(metric: PlanMetric): string {
  const parts = metric.parts.map(
    ({ label, unit, partOf }) =>
      `${label}${unit === null ? '' : `（${unit}）`}${partOf === null ? '' : `，${partOf}之中`}`,
  )
  return `${metric.ordinal}. ${metric.label}${metric.unit === null ? '' : `（${metric.unit}）`}${parts.length === 0 ? '' : `：${parts.join('；')}`}`
}

/** The words of the notice, and what was read from them where that says more. */
function dueLine(words: string, due: PlanTaskDue | null): string {
  const read = dueText(due)
  return words === read ? `时限 ${words}` : `时限 ${words}（${read}）`
}

function dueText(due: PlanTaskDue | null): string {
  if (due === null) return '没有读出日期'
  switch (due.kind) {
    case 'date':
      return due.date
    case 'recurring':
      return periods[due.per]
    case 'standing':
      return '常态化'
    case 'dates':
      return due.windows.map(({ from, to }) => span(from, to)).join('；')
  }
}
