/** A 调度表 while it is being designed: what gives a figure stays with the figure, wherever it is moved. */
import {
  bindTable,
  figureKind,
  metricTableFrom,
  type PlanMetric,
  type PlanMetricTable,
  type TableRule,
  type TableRuleKind,
} from '@bihuan/domain'

export interface FigureDraft {
  readonly id: string
  readonly label: string
  readonly unit: string
  /** The id of the figure of the same cell that contains this one. */
  readonly within: string | null
  /** The metric of the ledger that gives it; null: a person types it. */
  readonly metricId: string | null
}

export interface MetricDraft {
  readonly id: string
  /** As the form prints it; null: made from the labels and units. */
  readonly cell: string | null
  readonly figures: readonly FigureDraft[]
}

export interface GroupDraft {
  readonly id: string
  readonly name: string
  readonly metrics: readonly MetricDraft[]
}

/** A check between figures, by their ids: it goes where they are moved. */
export interface CheckDraft {
  readonly id: string
  readonly kind: TableRuleKind
  readonly figureId: string | null
  readonly of: readonly string[]
  readonly blocking: boolean
}

export interface TableDraft {
  readonly ordinal: number
  readonly title: string
  readonly head: readonly string[]
  readonly groups: readonly GroupDraft[]
  readonly notes: readonly string[]
  readonly foot: readonly string[]
  readonly signatures: readonly string[]
  readonly pairsPerRow: 1 | 2
  readonly checks: readonly CheckDraft[]
}

/** Units that tables of the field ask in; any other may be typed. */
export const usualUnits = ['个', '家', '次', '人', '家次', '个次', '万元', '处', '项', '起', '场', '部', '份', '是/否']

export const newFigure = (): FigureDraft => ({
  id: crypto.randomUUID(),
  label: '',
  unit: '个',
  within: null,
  metricId: null,
})
export const newMetric = (): MetricDraft => ({ id: crypto.randomUUID(), cell: null, figures: [newFigure()] })
export const newCheck = (): CheckDraft => ({
  id: crypto.randomUUID(),
  kind: 'at-most',
  figureId: null,
  of: [],
  blocking: true,
})
export const newGroup = (): GroupDraft => ({ id: crypto.randomUUID(), name: '', metrics: [newMetric()] })

export function newTable(ordinal: number, title = ''): TableDraft {
  return {
    ordinal,
    title,
    head: ['单位名称：____________ 时间：    年 月 日'],
    groups: [newGroup()],
    notes: [],
    foot: ['填报人： 联系电话：'],
    signatures: ['填报人'],
    pairsPerRow: 2,
    checks: [],
  }
}

/** 行政处罚（次，万元）; 公布典型执法案例（个），其中危险作业罪案例（个）; 是否开设专栏. */
export function cellText(figures: readonly FigureDraft[]): string {
  const bracket = (unit: string) => (unit === '' || unit === '是/否' ? '' : `（${unit}）`)
  const [first] = figures
  if (first === undefined) return ''
  if (figures.every((figure) => figure.label === first.label)) {
    return `${first.label}${bracket(
      figures
        .map(({ unit }) => unit)
        .filter((unit) => unit !== '')
        .join('，'),
    )}`
  }
  return figures.map(({ label, unit, within }) => `${within === null ? '' : '其中'}${label}${bracket(unit)}`).join('，')
}

/** What the row is called without its units: the whole, and what is 其中 of it. */
function labelText(figures: readonly FigureDraft[]): string {
  const [first] = figures
  if (first === undefined) return ''
  if (figures.every((figure) => figure.label === first.label)) return first.label
  return figures.map(({ label, within }) => `${within === null ? '' : '其中'}${label}`).join('，')
}

const unitOrNull = (unit: string) => (unit.trim() === '' ? null : unit.trim())

function metricOf({ cell, figures }: MetricDraft, ordinal: number): PlanMetric {
  const [first] = figures
  const units = [...new Set(figures.map(({ unit }) => unit.trim()).filter((unit) => unit !== ''))]
  return {
    ordinal,
    cell: cell ?? cellText(figures),
    label: labelText(figures).trim(),
    unit: figures.length === 1 ? unitOrNull(first?.unit ?? '') : unitOrNull(units.join('，')),
    parts:
      figures.length < 2
        ? []
        : figures.map(({ label, unit, within }) => ({
            label: label.trim(),
            unit: unitOrNull(unit),
            partOf: figures.find(({ id }) => id === within)?.label.trim() ?? null,
          })),
  }
}

/** Rows are numbered by their place: an official form leaves no number out. */
export function formOf(draft: TableDraft): PlanMetricTable {
  const { ordinal, title, head, notes, foot, signatures } = draft
  return {
    ordinal,
    title: title.trim(),
    kind: 'metric-table',
    head,
    notes,
    foot,
    signatures,
    groups: draft.groups.map((group) => ({
      name: group.name.trim(),
      metrics: group.metrics.map((metric, index) => metricOf(metric, index + 1)),
    })),
  }
}

const keysOf = (form: PlanMetricTable) =>
  metricTableFrom(form).groups.flatMap(({ rows }) => rows.flatMap((row) => row.figures.map(({ key }) => key)))
const figuresIn = ({ groups }: Pick<TableDraft, 'groups'>) =>
  groups.flatMap(({ metrics }) => metrics.flatMap((metric) => metric.figures))

export function bindingsOf(draft: TableDraft): Record<string, string> {
  const keys = keysOf(formOf(draft))
  const figures = figuresIn(draft)
  return Object.fromEntries(
    keys.flatMap((key, index) => (figures[index]?.metricId ? [[key, figures[index].metricId]] : [])),
  )
}

/** Those that are chosen to the end; `faultsOf` tells of the others. */
export function checksOf(draft: TableDraft): TableRule[] {
  const keys = keysOf(formOf(draft))
  const keyOf = new Map(figuresIn(draft).map(({ id }, index) => [id, keys[index] ?? '']))
  return draft.checks.flatMap(({ kind, figureId, of, blocking }) => {
    const cell = keyOf.get(figureId ?? '')
    return cell === undefined ? [] : [{ kind, cell, of: of.flatMap((id) => keyOf.get(id) ?? []), blocking }]
  })
}

/** What a check may be about: every number of the form, with its unit. */
export function figureChoices(draft: TableDraft): { value: string; label: string }[] {
  return figuresIn(draft)
    .filter(({ label, unit }) => label.trim() !== '' && figureKind(label, unitOrNull(unit)) !== 'flag')
    .map(({ id, label, unit }) => ({ value: id, label: unit.trim() === '' ? label : `${label}（${unit.trim()}）` }))
}

export function draftOf(
  form: PlanMetricTable,
  pairsPerRow: 1 | 2,
  bindings: Readonly<Record<string, string>>,
  checks: readonly TableRule[] = [],
): TableDraft {
  const groups = groupsOf(form, bindings)
  const keys = keysOf(form)
  const idOf = new Map(figuresIn({ groups }).map(({ id }, index) => [keys[index] ?? '', id]))
  const { ordinal, title, head, notes, foot, signatures } = form
  return {
    ordinal,
    title,
    head,
    notes,
    foot,
    signatures,
    pairsPerRow,
    groups,
    checks: checks.map(({ kind, cell, of, blocking }) => ({
      id: crypto.randomUUID(),
      kind,
      figureId: idOf.get(cell) ?? null,
      of: of.flatMap((key) => idOf.get(key) ?? []),
      blocking,
    })),
  }
}

function groupsOf(form: PlanMetricTable, bindings: Readonly<Record<string, string>>): GroupDraft[] {
  const template = metricTableFrom(form)
  return form.groups.map((group, g) => ({
    id: crypto.randomUUID(),
    name: group.name,
    metrics: group.metrics.map((metric, m): MetricDraft => {
      const printed = template.groups[g]?.rows[m]?.figures ?? []
      const asked =
        metric.parts.length === 0 ? [{ label: metric.label, unit: metric.unit, partOf: null }] : metric.parts
      const ids = asked.map(() => crypto.randomUUID())
      const figures = asked.map(({ label, unit, partOf }, index): FigureDraft => {
        const whole = partOf === null ? -1 : asked.findIndex((other, at) => at !== index && other.label === partOf)
        return {
          id: ids[index] ?? '',
          label,
          unit: unit ?? '',
          within: ids[whole] ?? null,
          metricId: bindings[printed[index]?.key ?? ''] ?? null,
        }
      })
      return { id: crypto.randomUUID(), cell: metric.cell === cellText(figures) ? null : metric.cell, figures }
    }),
  }))
}

/** Binds what is typed and whose label says which metric it is; what somebody has bound by hand stays. */
export function boundByLabel(draft: TableDraft): TableDraft {
  const cells = bindTable(formOf(draft))
  const taken = new Set(
    draft.groups.flatMap(({ metrics }) => metrics.flatMap(({ figures }) => figures.map(({ metricId }) => metricId))),
  )
  let at = 0
  return {
    ...draft,
    groups: draft.groups.map((group) => ({
      ...group,
      metrics: group.metrics.map((metric) => ({
        ...metric,
        figures: metric.figures.map((figure) => {
          const binding = cells[at++]?.binding
          if (figure.metricId !== null || binding?.source !== 'derived' || taken.has(binding.metricId)) return figure
          taken.add(binding.metricId)
          return { ...figure, metricId: binding.metricId }
        }),
      })),
    })),
  }
}

/** What would be refused, or printed wrongly: said while one designs, each with its place. */
export function faultsOf(draft: TableDraft): string[] {
  const faults: string[] = []
  if (draft.title.trim() === '') faults.push('还没有表名。')
  for (const [g, group] of draft.groups.entries()) {
    const where = group.name.trim() === '' ? `第${g + 1}组` : `“${group.name.trim()}”`
    if (group.name.trim() === '') faults.push(`第${g + 1}组还没有名称。`)
    if (group.metrics.length === 0) faults.push(`${where}里还没有指标。`)
    for (const [m, metric] of group.metrics.entries()) {
      if (metric.figures.some(({ label }) => label.trim() === '')) faults.push(`${where}第${m + 1}项还没有名称。`)
    }
  }
  const ids = new Set(figuresIn(draft).map(({ id }) => id))
  for (const [index, { figureId, of, kind }] of draft.checks.entries()) {
    const which = `第${index + 1}条核对规则`
    if (figureId === null || of.length < (kind === 'sum' ? 2 : 1)) faults.push(`${which}还没有选好指标。`)
    else if (![figureId, ...of].every((id) => ids.has(id)))
      faults.push(`${which}里的指标已经删去，请重新选择，或删去这条规则。`)
  }
  return faults
}

/** 次, 万元, 是/否: how a figure is typed. */
export function kindText(figure: Pick<FigureDraft, 'label' | 'unit'>): string {
  const kind = figureKind(figure.label, unitOrNull(figure.unit))
  return { count: '整数', money: '金额', decimal: '小数', flag: '是或否' }[kind]
}
