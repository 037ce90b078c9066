/** The figures of a table: what the records give, what was typed, and what a hand must look at. */
import type { FigureView, TablePage } from '@bihuan/contracts'
import {
  cellFigures,
  checkTable,
  figureText,
  findAgainstRules,
  typedFigures,
  type CellFigure,
  type TypedValue,
} from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'
import * as figures from './figure.repo.js'
import { askFigures } from './roll-up-question.js'
import type { TableCell } from './table-cells.js'
import type { Asked } from './table-question.js'

export interface Filled {
  /** In the order of the cells. */
  readonly figures: readonly CellFigure[]
  readonly views: FigureView[]
  readonly problems: TablePage['problems']
  readonly typedRows: readonly figures.TypedRow[]
}

export async function fillTable(handle: Handle, asked: Asked): Promise<Filled> {
  const { table, unit, cells, metrics, question } = asked
  const rows = await askFigures(handle, metrics, question)
  const typedRows = await figures.readTyped(handle, table.id, question, { ...asked.typed, unitId: unit.id })
  const typed: TypedValue[] = typedRows.map((row) => ({
    id: row.id,
    unitId: row.unit_id,
    metricId: row.cell,
    value: row.amount,
    asOf: row.as_of,
    position: row.position,
    typedBy: row.person_name,
    sector: row.sector,
  }))
  const own = cells.map((cell) => cell.metric)
  const derived = rows.map((row) => ({ ...row, recordIds: [], answers: null }))
  const filled = cellFigures(
    own,
    derived,
    typedFigures(typed, own, {
      unitIds: new Set(question.unitIds),
      ownUnitId: unit.id,
      cutOff: question.cutOff,
      knownAt: question.knownAt,
    }),
  )
  const views = cells.map((cell, index) => viewOf(cell, filled[index], typedRows))
  const checked = cells.map((cell, index) => ({
    metric: cell.metric,
    value: filled[index]?.value ?? null,
    previous: null,
    reason: null,
  }))
  const keyOf = new Map(cells.map((cell) => [cell.metric.id, cell.key]))
  // A blank asks for nothing until the table is signed.
  const ruled = cells.map((cell, index) => ({ ...cell, value: filled[index]?.value ?? null }))
  const problems = [...checkTable(checked), ...findAgainstRules(table.checks, ruled)]
    .filter((finding) => finding.code !== 'blank')
    .map((finding) => ({
      code: finding.code,
      message: finding.message,
      cells: finding.cells.map((id) => keyOf.get(id) ?? id),
    }))
  return { figures: filled, views, problems, typedRows }
}

function viewOf(cell: TableCell, figure: CellFigure | undefined, typedRows: readonly figures.TypedRow[]): FigureView {
  if (figure === undefined) return blank(cell)
  const text = (value: number | null): string | null => (value === null ? null : printed(cell, value))
  return {
    key: cell.key,
    label: cell.label,
    unit: cell.unit,
    kind: cell.kind,
    metric: cell.metric.source === 'derived' ? cell.metric.id : null,
    derived: text(figure.derived),
    typed: text(figure.typed),
    text: text(figure.value) ?? '',
    answers: figure.answers,
    typedBy: typedRows
      .filter((row) => row.cell === cell.key)
      .map((row) => ({
        unitId: row.unit_id,
        unitName: row.unit_name,
        value: text(row.amount),
        personName: row.person_name,
        asOf: row.as_of,
        recordedAt: row.recorded_at.toISOString(),
        returnId: row.return_id,
      })),
  }
}

export function blank(cell: TableCell): FigureView {
  return {
    key: cell.key,
    label: cell.label,
    unit: cell.unit,
    kind: cell.kind,
    metric: cell.metric.source === 'derived' ? cell.metric.id : null,
    derived: null,
    typed: null,
    text: '',
    answers: null,
    typedBy: [],
  }
}

/** As the official form prints it: 万元 with two decimals at least, 是/否, whole numbers without separators. */
export function printed(cell: TableCell, value: number): string {
  if (cell.kind === 'flag') return value === 0 ? '否' : '是'
  const text = figureText(value, cell.scale)
  if (cell.kind !== 'money') return text
  const [whole = '0', fraction = ''] = text.split('.')
  return `${whole}.${fraction.padEnd(2, '0')}`
}
