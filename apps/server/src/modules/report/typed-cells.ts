/** Cells that people type into: read as they are written, and kept with who wrote them. */
import { v7 as uuidv7 } from 'uuid'
import { parseFigure, type CivilDate } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { Handle } from '../../platform/db/scope.js'
import { notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import * as figures from './figure.repo.js'
import { cellsOf, type TableCell } from './table-cells.js'
import type { TableRow } from './table.repo.js'

export interface TypedCell {
  readonly id: string
  readonly cell: string
  /** In the cell's smallest unit; null empties it. */
  readonly amount: number | null
}

/** All or nothing: one wrong cell, and none is read. `fills`: which cells the unit fills at all. */
export function readTypedCells(
  table: TableRow,
  values: Readonly<Record<string, string>>,
  fills: (cell: TableCell) => boolean = () => true,
): Answer<TypedCell[]> {
  const cells = new Map(cellsOf(table).map((cell) => [cell.key, cell]))
  const typed: TypedCell[] = []
  for (const [key, text] of Object.entries(values)) {
    const cell = cells.get(key)
    if (cell === undefined || !fills(cell)) return { ok: false, refusal: { ...notFound('格'), path: `values.${key}` } }
    if (cell.metric.source === 'derived') {
      return {
        ok: false,
        refusal: {
          code: 'report.derived-cell',
          message: `“${cell.label}”由隐患记录自动计算，不能手填。数字不对时，请打开它核对背后的记录。`,
          path: `values.${key}`,
        },
      }
    }
    const amount = readCell(cell, text)
    if (!amount.ok) {
      const message = `“${cell.label}”：${amount.refusal.message}`
      return { ok: false, refusal: { ...amount.refusal, message, path: `values.${key}` } }
    }
    typed.push({ id: uuidv7(), cell: key, amount: amount.value })
  }
  if (typed.length === 0)
    return { ok: false, refusal: { code: 'report.nothing-typed', message: '没有填写或改动任何数字。', path: 'values' } }
  return { ok: true, value: typed }
}

function readCell(cell: TableCell, text: string): Answer<number | null> {
  if (cell.kind !== 'flag') return parseFigure(text, cell.scale)
  const word = text.trim()
  if (word === '') return { ok: true, value: null }
  if (word === '是') return { ok: true, value: 1 }
  if (word === '否') return { ok: true, value: 0 }
  return { ok: false, refusal: { code: 'report.flag', message: '只能填“是”或“否”。' } }
}

export interface TypedPlace {
  readonly tableId: string
  readonly unitId: string
  readonly territoryPath: string
  readonly linePath: string | null
  readonly parties: readonly string[]
  readonly asOf: CivilDate
  readonly sector: string
  readonly returnId: string | null
}

export async function insertTypedCells(
  handle: Handle,
  actor: Actor,
  cells: readonly TypedCell[],
  place: TypedPlace,
  entryId: string,
  now: Date,
): Promise<void> {
  for (const cell of cells) {
    await figures.insertTyped(handle, {
      ...cell,
      ...place,
      entryId,
      accountId: actor.accountId,
      personName: actor.personName,
      now,
    })
  }
}
