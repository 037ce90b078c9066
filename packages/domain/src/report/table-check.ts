/** Checks of a filled table before it is signed. They point; the officer decides. */
import { figureText } from './figure-text.js'
import type { Metric } from './metric.js'
import type { Spread } from './spread.js'
import { compareFigure, type ComparisonCode } from './table-comparison.js'

export type TableCheckCode =
  | 'blank'
  | 'part-exceeds-whole'
  | 'negative'
  | 'not-whole'
  | 'flag-neither'
  | 'money-without-act'
  | 'fell'
  | 'ledger-differs'
  | 'rule-at-most'
  | 'rule-sum'
  | ComparisonCode

export interface TableFinding {
  readonly code: TableCheckCode
  /** Whether the table cannot be signed like this; otherwise it asks for an explanation. */
  readonly blocking: boolean
  readonly message: string
  /** The metrics of the cells it is about. */
  readonly cells: readonly string[]
}

export interface CheckedCell {
  readonly metric: Metric
  /** In smallest units; null is a blank cell. */
  readonly value: number | null
  /** The same cell of the unit's last submitted return; null where there is none, or it was blank. */
  readonly previous: number | null
  /** Why a figure is as it is, if somebody has said so: what only asks is answered. */
  readonly reason: string | null
  /** The same cell of all earlier filed returns, oldest first, blanks left out. */
  readonly history?: readonly number[]
  readonly peers?: Spread | null
}

/** `cumulative`: counted from the campaign's first day on (累计数), not of the period alone. */
export function checkTable(
  cells: readonly CheckedCell[],
  { cumulative = true }: { readonly cumulative?: boolean } = {},
): readonly TableFinding[] {
  const byId = new Map(cells.map((cell) => [cell.metric.id, cell]))
  return cells.flatMap((cell) => [
    ...checkCell(cell, cumulative),
    ...checkPart(cell, cell.metric.partOf === null ? undefined : byId.get(cell.metric.partOf)),
    ...checkMoney(cell, cells),
  ])
}

function checkCell(cell: CheckedCell, cumulative: boolean): readonly TableFinding[] {
  const { metric, value, previous, reason, history = [], peers = null } = cell
  const { id, label, kind, scale } = metric
  const finding = (code: TableCheckCode, blocking: boolean, message: string): readonly TableFinding[] => [
    { code, blocking, message, cells: [id] },
  ]
  if (value === null) {
    return finding('blank', true, `“${label}”没有填写；没有相关情况的，请${kind === 'flag' ? '选择“否”' : '填0'}。`)
  }
  if (kind === 'flag') {
    return value === 0 || value === 1 ? [] : finding('flag-neither', true, `“${label}”只能填“是”或“否”。`)
  }
  if (value < 0) return finding('negative', true, `“${label}”为${figureText(value, scale)}，不能小于0；请核对。`)
  if (!Number.isInteger(value)) return finding('not-whole', true, `“${label}”应为整数；请核对。`)
  if ((reason ?? '').trim() !== '') return []
  if (cumulative && kind !== 'stock' && previous !== null && value < previous) {
    const [from, to] = [figureText(previous, scale), figureText(value, scale)]
    return finding('fell', false, `“${label}”是累计数，由上次的${from}降为${to}；请核对，或写明原因。`)
  }
  const compared = compareFigure({ metric, value, history, peers, cumulative })
  return compared === null ? [] : finding(compared.code, false, compared.message)
}

function checkPart(part: CheckedCell, whole: CheckedCell | undefined): readonly TableFinding[] {
  if (whole === undefined || part.value === null || whole.value === null) return []
  // 家 are not compared with 次, nor 万元 with 个.
  if (part.metric.unit !== whole.metric.unit || part.value <= whole.value) return []
  const [partText, wholeText] = [figureText(part.value, part.metric.scale), figureText(whole.value, whole.metric.scale)]
  return [
    {
      code: 'part-exceeds-whole',
      blocking: true,
      message: `“${part.metric.label}”（${partText}）大于“${whole.metric.label}”（${wholeText}）；请核对两个数。`,
      cells: [part.metric.id, whole.metric.id],
    },
  ]
}

/** 行政处罚（次，万元）: two figures under one label. Money without a case cannot be; a case without money (a warning) can. */
function checkMoney(money: CheckedCell, cells: readonly CheckedCell[]): readonly TableFinding[] {
  if (money.metric.scale === 1 || (money.value ?? 0) === 0) return []
  const act = cells.find(({ metric }) => metric.label === money.metric.label && metric.unit === '次')
  if (act?.value !== 0) return []
  const amount = figureText(money.value ?? 0, money.metric.scale)
  return [
    {
      code: 'money-without-act',
      blocking: true,
      message: `“${money.metric.label}”填了${amount}${money.metric.unit ?? ''}，次数却是0；请核对。`,
      cells: [act.metric.id, money.metric.id],
    },
  ]
}
