/** The rows of a return that is filed by ledger: the records found up to its day, as known at its position. */
import { hazardMetrics, type Metric } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'
import { readFigureRecords } from './figure.repo.js'
import type { Asked } from './table-question.js'
import { findHazardLines } from './table.repo.js'

export interface LedgerRow {
  readonly recordId: string
  readonly code: string
  readonly subjectName: string
  readonly description: string
  readonly state: string
  readonly foundOn: string | null
}

const MOST_ROWS = 20_000

/** Whatever the ledgers of the notices hold: 重大 and 重点, found by enterprises and by departments. */
const found = hazardMetrics.filter(({ id, partOf }) => partOf === null && !id.includes('.listed.'))

/** Which records they are is a question to the facts, and the same at the same position for ever; their words are those of now. */
export async function ledgerRowsOf(handle: Handle, { byDoing, question }: Asked): Promise<LedgerRow[]> {
  const metrics = found.map((metric): Metric => (byDoing ? { ...metric, attributedTo: 'doer' } : metric))
  const ids = new Set<string>()
  for (const { id } of metrics) {
    for (const record of await readFigureRecords(handle, metrics, id, question, null, MOST_ROWS)) ids.add(record)
  }
  const lines = await findHazardLines(handle, [...ids])
  return [...ids]
    .map((recordId) => {
      const line = lines.get(recordId)
      return {
        recordId,
        code: line?.code ?? '',
        subjectName: line?.subjectName ?? '',
        description: line?.description ?? '',
        state: line?.state ?? '',
        foundOn: line?.foundOn ?? null,
      }
    })
    .sort((a, b) => (a.code < b.code ? -1 : 1))
}
