/** A table and a ledger (清单) of one unit for the same days say one thing: the rows of a grade are as many as the metric that counts them. */
import { figureText } from './figure-text.js'
import { hazardMetrics, type Metric } from './metric.js'
import type { TableFinding } from './table-check.js'

/** What a ledger lists: hazards found, 重大 and 重点, by enterprises and by departments. What is put up for supervision is among them. */
export const ledgerMetrics: readonly Metric[] = hazardMetrics.filter(
  ({ id, partOf }) => partOf === null && !id.includes('.listed.'),
)

export interface LedgerBeside {
  /** Which of the two was filed already: the other one is asked about. */
  readonly filed: 'ledger' | 'table'
  /** Of the one that was filed. */
  readonly title: string
  readonly periodTitle: string
  /** The figures of the table; null is a blank cell. */
  readonly figures: readonly { readonly metric: Metric; readonly value: number | null }[]
  /** How many rows the ledger has, by the id of the metric that counts them. */
  readonly rows: ReadonlyMap<string, number>
}

/** Asks, and does not stop: between the two filings a record may have come or gone, and then one of them is right to differ. */
export function checkLedger({ filed, title, periodTitle, figures, rows }: LedgerBeside): readonly TableFinding[] {
  const counted = new Set(ledgerMetrics.map(({ id }) => id))
  return figures.flatMap(({ metric, value }): TableFinding[] => {
    const listed = rows.get(metric.id) ?? 0
    if (!counted.has(metric.id) || value === null || value === listed) return []
    const figure = `${figureText(value, metric.scale)}${metric.unit ?? ''}`
    const there = `《${title}》（${periodTitle}）`
    const what =
      filed === 'ledger'
        ? `“${metric.label}”为${figure}，已上报的${there}里列出${listed}条`
        : `清单里列出${listed}条“${metric.label}”，已上报的${there}里是${figure}`
    return [
      {
        code: 'ledger-differs',
        blocking: false,
        message: `${what}；请核对两边，属实的请写明原因。`,
        cells: [metric.id],
      },
    ]
  })
}
