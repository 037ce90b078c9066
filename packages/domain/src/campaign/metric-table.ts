/**
 * A metric table (调度表) as a template: every figure that the form asks for has a key that stays, a kind of value, and, where
 * the form says so, the figure that contains it. Which metric of the ledger fills a figure is bound elsewhere (report).
 */
import { decided, refused, type Decision } from '../shared/decision.js'
import type { PlanForm, PlanMetric, PlanMetricTable } from './plan.js'

/** `count`: whole and not negative. `money`: two decimals. `decimal`: up to two (％, hours). `flag`: 是 or 否. */
export type FigureKind = 'count' | 'money' | 'decimal' | 'flag'
/** Money is in the unit that the form names (万元). `null` is blank, and blank is not zero. */
export type FigureValue = number | boolean | null

export interface MetricFigure {
  /** `g1.m3`, or `g1.m3.p2` for the second figure of a cell; groups, metrics and parts are counted from 1. */
  readonly key: string
  readonly label: string
  readonly unit: string | null
  readonly kind: FigureKind
  /** The key of the figure that contains this one. */
  readonly partOf: string | null
}

export interface MetricRow {
  readonly ordinal: number
  readonly cell: string
  readonly label: string
  readonly figures: readonly MetricFigure[]
}

export interface MetricTableTemplate extends PlanForm {
  readonly ordinal: number
  readonly title: string
  readonly groups: readonly { readonly index: number; readonly name: string; readonly rows: readonly MetricRow[] }[]
}

export function metricTableFrom(table: PlanMetricTable): MetricTableTemplate {
  const { ordinal, title, head, notes, foot, signatures } = table
  const groups = table.groups.map((group, at) => {
    const taken = new Set<string>()
    const rows: MetricRow[] = []
    for (const metric of group.metrics) {
      const base = freeKey(`g${at + 1}.m${metric.ordinal}`, taken)
      rows.push(rowFrom(metric, base, rows))
    }
    return { index: at + 1, name: group.name, rows }
  })
  return { ordinal, title, head, notes, foot, signatures, groups }
}

/** A form may number two rows alike by a slip; the second one gets a key of its own. */
function freeKey(wanted: string, taken: Set<string>): string {
  let key = wanted
  for (let again = 2; taken.has(key); again += 1) key = `${wanted}-${again}`
  taken.add(key)
  return key
}

function rowFrom(metric: PlanMetric, base: string, before: readonly MetricRow[]): MetricRow {
  const { ordinal, cell, label, parts } = metric
  if (parts.length === 0) {
    const whole = wholeBefore(label, metric.unit, before)
    const figure = { key: base, label, unit: metric.unit, kind: figureKind(label, metric.unit), partOf: whole }
    return { ordinal, cell, label, figures: [figure] }
  }
  const figures = parts.map((part, at): MetricFigure => {
    const whole = part.partOf === null ? -1 : parts.findIndex((other) => other !== part && other.label === part.partOf)
    return {
      key: `${base}.p${at + 1}`,
      label: part.label,
      unit: part.unit,
      kind: figureKind(part.label, part.unit),
      partOf: whole === -1 ? null : `${base}.p${whole + 1}`,
    }
  })
  return { ordinal, cell, label, figures }
}

/** …发现重大事故隐患中已完成整改的, under 企业自查发现的重大事故隐患: the row above, when it names what this one is 中 of. */
function wholeBefore(label: string, unit: string | null, before: readonly MetricRow[]): string | null {
  const stem = /^(.{2,}?)(?:的)?(?:中|，其中|其中)已/.exec(label)?.[1]
  const [above] = before.at(-1)?.figures ?? []
  if (stem === undefined || above === undefined || above.unit !== unit) return null
  return above.label.replaceAll('的', '').includes(stem.replaceAll('的', '')) ? above.key : null
}

export function figureKind(label: string, unit: string | null): FigureKind {
  if (unit === null) return label.startsWith('是否') ? 'flag' : 'count'
  if (unit === '是/否' || unit === '是、否') return 'flag'
  if (unit.endsWith('元')) return 'money'
  return /^(%|％|吨|公里|千米|米|平方米|亩|公顷|小时|学时|分)$/.test(unit) ? 'decimal' : 'count'
}

export function tableFigures(template: MetricTableTemplate): readonly MetricFigure[] {
  return template.groups.flatMap(({ rows }) => rows.flatMap(({ figures }) => figures))
}

/** One figure as an official form prints it: 12, 3.50, 是; blank stays blank; thousands are not separated. */
export function formatFigure(value: FigureValue, kind: FigureKind): string {
  if (value === null) return ''
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (kind === 'money') return value.toFixed(2)
  return kind === 'decimal' ? String(Math.round(value * 100) / 100) : String(value)
}

/** The figures of one cell: `12，3.50`. A blank among figures is a dash, so that the others keep their places. */
export function formatRow(row: MetricRow, values: Readonly<Record<string, FigureValue>>): string {
  const texts = row.figures.map(({ key, kind }) => formatFigure(values[key] ?? null, kind))
  if (texts.every((text) => text === '')) return ''
  return texts.map((text) => (text === '' ? '—' : text)).join('，')
}

/** Reads what a person typed into one figure's field. */
export function parseTypedFigure(typed: string, figure: MetricFigure): Decision<FigureValue> {
  const wrong = (code: string, what: string) =>
    refused(`campaign.figure-${code}`, `“${figure.label}”${what}`, figure.key)
  let text = halfWidth(typed)
  if (figure.kind === 'flag') {
    if (/^(是|有|√|✓)$/.test(text)) return decided(true)
    if (/^(否|无|没有|×)$/.test(text)) return decided(false)
    return text === '' ? wrong('blank', '没有填写，请填是或否。') : wrong('flag', '只能填是或否。')
  }
  if (figure.unit !== null && text.endsWith(figure.unit)) text = text.slice(0, -figure.unit.length).trim()
  if (text === '') return wrong('blank', '没有填写；没有发生的请填 0，空白不等于 0。')
  if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) text = text.replaceAll(',', '')
  if (/^-\s*\d+(\.\d+)?$/.test(text)) return wrong('negative', '不能是负数，请核对。')
  if (!/^\d+(\.\d+)?$/.test(text)) return wrong('unreadable', `填的“${typed.trim()}”不是数，请填阿拉伯数字。`)
  const fraction = (text.split('.')[1] ?? '').replace(/0+$/, '')
  const unit = figure.unit === null ? '' : `单位是${figure.unit}，`
  if (figure.kind === 'count' && fraction !== '') return wrong('fraction', `${unit}应是整数，请核对。`)
  if (fraction.length > 2) return wrong('decimals', `${unit}最多保留两位小数，请核对。`)
  const value = Number(text)
  return value > 1e12 ? wrong('too-large', '填的数过大，请核对。') : decided(value)
}

/** Reads a whole cell: as many figures as the form asks for, apart by ，、； or white space. */
export function parseTypedRow(typed: string, row: MetricRow): Decision<Readonly<Record<string, FigureValue>>> {
  const texts = row.figures.length === 1 ? [typed] : typed.trim().split(/\s*[，,、；;\s]\s*/)
  if (texts.length !== row.figures.length) {
    const names = row.figures.map(({ label, unit }) => (unit === null ? label : `${label}（${unit}）`)).join('、')
    const path = row.figures[0]?.key
    return refused(
      'campaign.figures-missing',
      `“${row.label}”要填${row.figures.length}个数：${names}，请用“，”隔开。`,
      path,
    )
  }
  const values: Record<string, FigureValue> = {}
  for (const [at, figure] of row.figures.entries()) {
    const value = parseTypedFigure(texts[at] ?? '', figure)
    if (!value.ok) return value
    values[figure.key] = value.value
  }
  return decided(values)
}

export interface PartExcess {
  readonly key: string
  readonly partOf: string
  /** What is wrong and what to do, in Chinese. */
  readonly message: string
}

/** Every figure that exceeds the one that contains it. Blanks are not compared. */
export function checkParts(
  template: MetricTableTemplate,
  values: Readonly<Record<string, FigureValue>>,
): readonly PartExcess[] {
  const figures = tableFigures(template)
  return figures.flatMap(({ key, label, kind, partOf }) => {
    if (partOf === null) return []
    const whole = figures.find((figure) => figure.key === partOf)
    const [part, all] = [values[key] ?? null, values[partOf] ?? null]
    if (whole === undefined || typeof part !== 'number' || typeof all !== 'number' || part <= all) return []
    const message = `“${label}”填的${formatFigure(part, kind)}大于“${whole.label}”的${formatFigure(all, whole.kind)}，请核对。`
    return [{ key, partOf, message }]
  })
}

function halfWidth(text: string): string {
  return text
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/．/g, '.')
    .replace(/[－−–—]/g, '-')
    .trim()
}
