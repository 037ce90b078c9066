import type { PlanMetricTable } from '@bihuan/domain'

/** Figures already formatted, by `metricKey`. A metric without one has an empty cell: a blank is not a zero. */
export type MetricValues = Readonly<Record<string, string>>

/** The key of a metric's value: its group counted from 1, and its number in the group; `again` from 2 where a form numbers two alike. */
export function metricKey(group: number, ordinal: number, again = 1): string {
  return again === 1 ? `${group}.${ordinal}` : `${group}.${ordinal}-${again}`
}

/** Several figures in one cell, as they are written: 12，3.50. */
export function joinFigures(figures: readonly string[]): string {
  return figures.join('，')
}

export interface MetricTriple {
  readonly ordinal: string
  readonly label: string
  readonly value: string
}

export interface MetricGridRow {
  /** Name and height in rows of the group that begins here, otherwise null. */
  readonly group: { readonly name: string; readonly rows: number } | null
  /** As many as there are side by side; blank ones close a group with an odd number of metrics. */
  readonly triples: readonly MetricTriple[]
}

const BLANK: MetricTriple = { ordinal: '', label: '', value: '' }

/** The rows of a 调度表, whatever it is written as. */
export function metricGrid(table: PlanMetricTable, values: MetricValues, pairsPerRow: 1 | 2): readonly MetricGridRow[] {
  return table.groups.flatMap(({ name, metrics }, g) => {
    const triples = metrics.map(({ ordinal, cell }, at): MetricTriple => {
      const again = metrics.slice(0, at + 1).filter((other) => other.ordinal === ordinal).length
      return { ordinal: String(ordinal), label: cell, value: values[metricKey(g + 1, ordinal, again)] ?? '' }
    })
    const rows = Math.ceil(triples.length / pairsPerRow)
    return Array.from({ length: rows }, (_, r): MetricGridRow => ({
      group: r === 0 ? { name, rows } : null,
      triples: Array.from({ length: pairsPerRow }, (__, p) => triples[r * pairsPerRow + p] ?? BLANK),
    }))
  })
}
