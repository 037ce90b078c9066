/** What a return has from the returns below it: the remarks that came up with them, and where it counts otherwise than they did. */
import type { ReturnPage } from '@bihuan/contracts'
import type { Handle } from '../../platform/db/scope.js'
import * as figures from './figure.repo.js'
import { listRemarksBelow, readFiledBelow, type FiledBelow } from './return-below.repo.js'
import { askedOf } from './return-content.js'
import { keysSince, rekeyed } from './return-earlier.js'
import type { ComputedContent, FiledFigure } from './return-filed.js'
import { findReturn, type BelowRow, type ReturnRecord } from './return.repo.js'
import { printed } from './table-fill.js'
import type { TableCell } from './table-cells.js'

/** Of one figure of one unit; the rest is told as a number. */
const MOST_LISTED = 50
/** A figure of more records is told with its two values, and without the records: nobody goes through a difference in it here. */
const MOST_RECORDS = 20_000

export async function remarksBelow(
  handle: Handle,
  record: ReturnRecord,
  { asked }: Pick<ComputedContent, 'asked'>,
): Promise<ReturnPage['remarksBelow']> {
  const labels = new Map(asked.cells.map(({ key, label }) => [key, label]))
  const rows = await listRemarksBelow(handle, record)
  const keys = await keysSince(handle, record, versionsOf(rows))
  return rows.map(({ return_id, unit_id, unit_name, table_version: version, remark }) => {
    const renamed = keys.get(version)
    const cell = renamed === undefined ? remark.cell : (renamed.get(remark.cell ?? '') ?? null)
    return {
      returnId: return_id,
      unitId: unit_id,
      unitName: unit_name,
      cell,
      label: labels.get(cell ?? '') ?? '',
      text: remark.text,
      byName: remark.byName,
      on: remark.on,
    }
  })
}

/**
 * A derived figure counts the records of the whole subtree as they are known to this return; each return below counted its branch as
 * it was known to that one. What was entered, corrected or taken back between the two is the difference. Only counts and sums add up
 * over the tree; and a department's figures, which are of its doing, are not a branch of a territory's.
 */
export async function differencesBelow(
  handle: Handle,
  record: ReturnRecord,
  below: readonly BelowRow[],
  { asked, cells }: ComputedContent,
): Promise<ReturnPage['differences']> {
  const branches = new Map(
    below
      .filter(({ status, unit_kind: kind }) => isFiled(status) && (kind === 'department') === asked.byDoing)
      .map((row) => [row.id, { ...row, unitIds: new Set(asked.tree.descendantsOf(row.unit_id, true)) }]),
  )
  const within = new Set(asked.question.unitIds)
  const additive = cells.filter(
    ({ metric }) => metric.source === 'derived' && (metric.kind === 'count' || metric.kind === 'sum'),
  )
  if (branches.size === 0 || additive.length === 0) return []
  const filed = await readFiledBelow<FiledFigure>(handle, [...branches.keys()])
  const keys = await keysSince(handle, record, versionsOf(filed))
  const thenOf = new Map(
    filed.map((one) => {
      const under = rekeyed(one.figures, keys.get(one.table_version))
      return [one.return_id, new Map(under.map(({ key, derived }) => [key, derived]))] as const
    }),
  )
  const found: ReturnPage['differences'] = []
  for (const cell of additive) {
    const metric = asked.metrics.find(({ id }) => id === cell.metric.id) ?? cell.metric
    const byUnit = await figures.readFigureByUnit(handle, asked.metrics, metric, asked.question)
    for (const one of filed) {
      const branch = branches.get(one.return_id)
      const then = thenOf.get(one.return_id)?.get(cell.key) ?? null
      // Not below any more, or it does not fill this group.
      if (branch === undefined || then === null || !within.has(branch.unit_id)) continue
      const now = [...byUnit].reduce((sum, [unitId, value]) => sum + (branch.unitIds.has(unitId) ? value : 0), 0)
      if (now === then) continue
      found.push({
        cell: cell.key,
        returnId: branch.id,
        unitId: branch.unit_id,
        unitName: branch.unit_name,
        filed: printed(cell, then),
        now: printed(cell, now),
        ...(await recordsBetween(handle, asked, cell, one, [...branch.unitIds])),
      })
    }
  }
  return found
}

const versionsOf = (rows: readonly { readonly table_version: number }[]) => rows.map((row) => row.table_version)

const isFiled = (status: string) => status === 'submitted' || status === 'accepted'

async function recordsBetween(
  handle: Handle,
  asked: ComputedContent['asked'],
  cell: TableCell,
  { return_id: returnId, counted_to: to, position, span }: FiledBelow<FiledFigure>,
  unitIds: readonly string[],
): Promise<Pick<ReturnPage['differences'][number], 'records' | 'more'>> {
  const record = await findReturn(handle, returnId)
  if (record === null) return { records: [], more: 0 }
  const then = await askedOf(handle, record, { to, position, span })
  const question = { ...asked.question, unitIds }
  const recordsOf = (metrics: typeof asked.metrics, of: figures.FigureQuestion) =>
    figures.readFigureRecords(handle, metrics, cell.metric.id, of, null, MOST_RECORDS)
  const before = new Set(await recordsOf(then.metrics, then.question))
  const after = new Set(await recordsOf(asked.metrics, question))
  if (before.size === MOST_RECORDS || after.size === MOST_RECORDS) return { records: [], more: 0 }
  const changed = [
    ...[...after].filter((id) => !before.has(id)).map((id) => [id, 'added'] as const),
    ...[...before].filter((id) => !after.has(id)).map((id) => [id, 'removed'] as const),
  ]
  const listed = changed.slice(0, MOST_LISTED)
  const facts = await figures.readFactsOf(
    handle,
    listed.map(([id]) => id),
    cell.metric.measures,
    question,
  )
  const dayOf = new Map(facts.map(({ record_id, occurred_on }) => [record_id, occurred_on]))
  return {
    records: listed.map(([recordId, change]) => ({
      recordId,
      change,
      occurredOn: dayOf.get(recordId) ?? question.cutOff,
    })),
    more: changed.length - listed.length,
  }
}
