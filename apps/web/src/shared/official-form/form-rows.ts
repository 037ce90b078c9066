/** The rows of a 调度表 as its form prints them: group cells down the left, then number, label and value, so many side by side. */
import { metricTableFrom, type MetricFigure, type PlanMetricTable } from '@bihuan/domain'

export interface Triple {
  readonly ordinal: number
  /** The whole text of the label's cell. */
  readonly cell: string
  readonly figures: readonly MetricFigure[]
}

export interface FormRow {
  readonly key: string
  /** The group that begins here, with its height in rows. */
  readonly group: { readonly name: string; readonly index: number; readonly rows: number } | null
  /** As many as stand side by side; null closes a group with an odd number. */
  readonly triples: readonly (Triple | null)[]
}

export function formRows(form: PlanMetricTable, pairsPerRow: 1 | 2): FormRow[] {
  return metricTableFrom(form).groups.flatMap(({ index, name, rows: metrics }) => {
    const rows = Math.ceil(metrics.length / pairsPerRow)
    return Array.from({ length: rows }, (_, r): FormRow => ({
      key: `${index}.${r}`,
      group: r === 0 ? { name, index, rows } : null,
      triples: Array.from({ length: pairsPerRow }, (__, p) => metrics[r * pairsPerRow + p] ?? null),
    }))
  })
}

/** Every figure of the form, in reading order. */
export function figuresOf(rows: readonly FormRow[]): MetricFigure[] {
  return rows.flatMap((row) => row.triples.flatMap((triple) => triple?.figures ?? []))
}

export type Step = 'up' | 'down' | 'left' | 'right' | 'next' | 'previous' | 'first' | 'last'

/** Where a key leads from a figure; null at the edge. Up and down stay in the column, over what has no figure there. */
export function stepFrom(rows: readonly FormRow[], at: string, step: Step): string | null {
  const columns = rows.map((row) => row.triples.map((triple) => triple?.figures ?? []))
  const r = columns.findIndex((row) => row.some((figures) => figures.some(({ key }) => key === at)))
  if (r === -1) return null
  const p = columns[r]?.findIndex((figures) => figures.some(({ key }) => key === at)) ?? 0
  const f = columns[r]?.[p]?.findIndex(({ key }) => key === at) ?? 0
  const line = columns[r]?.flat().map(({ key }) => key) ?? []
  const all = columns.flat(2).map(({ key }) => key)
  switch (step) {
    case 'left':
      return line[line.indexOf(at) - 1] ?? null
    case 'right':
      return line[line.indexOf(at) + 1] ?? null
    case 'previous':
      return all[all.indexOf(at) - 1] ?? null
    case 'next':
      return all[all.indexOf(at) + 1] ?? null
    case 'first':
      return all[0] ?? null
    case 'last':
      return all.at(-1) ?? null
    case 'up':
    case 'down': {
      const by = step === 'up' ? -1 : 1
      for (let row = r + by; row >= 0 && row < columns.length; row += by) {
        const figures = columns[row]?.[p] ?? []
        const there = figures[Math.min(f, figures.length - 1)]
        if (there !== undefined) return there.key
      }
      return null
    }
  }
}
