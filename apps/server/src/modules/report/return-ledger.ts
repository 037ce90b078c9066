/** The rows of a return that is filed by ledger: the records found up to its day, as known at its position. */
import { ledgerMetrics, type Metric } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'
import { readFigureRecords } from './figure.repo.js'
import type { Asked } from './table-question.js'
import { findHazardLines } from './table.repo.js'

export interface LedgerRow {
  readonly recordId: string
  /** The id of the metric that counts it. */
  readonly metric?: string
  readonly code: string
  readonly subjectName: string
  readonly description: string
  readonly state: string
  readonly foundOn: string | null
}

const MOST_ROWS = 20_000

/** Which records they are is a question to the facts, and the same at the same position for ever; their words are those of now. */
export async function ledgerRowsOf(handle: Handle, { byDoing, question }: Asked): Promise<LedgerRow[]> {
  const metrics = ledgerMetrics.map((metric): Metric => (byDoing ? { ...metric, attributedTo: 'doer' } : metric))
  const counted = new Map<string, string>()
  for (const { id } of metrics) {
    for (const record of await readFigureRecords(handle, metrics, id, question, null, MOST_ROWS))
      counted.set(record, id)
  }
  const lines = await findHazardLines(handle, [...counted.keys()])
  return [...counted]
    .map(([recordId, metric]) => {
      const line = lines.get(recordId)
      return {
        recordId,
        metric,
        code: line?.code ?? '',
        subjectName: line?.subjectName ?? '',
        description: line?.description ?? '',
        state: line?.state ?? '',
        foundOn: line?.foundOn ?? null,
      }
    })
    .sort((a, b) => (a.code < b.code ? -1 : 1))
}
