import type { ReturnPage, TablePage } from '@bihuan/contracts'
import type { FormRow } from '../../../shared/official-form/form-rows.js'

/** What a sheet needs of a table, whether it is looked at or filed. Figures that are not here have no row. */
export type SheetTable = Pick<TablePage, 'design' | 'unitId' | 'unitName' | 'figures' | 'cutOff'> & {
  /** Of a return that is signed. */
  readonly signatures?: ReturnPage['signatures']
}

/** What the figures were at the last period, as text by cell. */
export type EarlierTexts = Readonly<Record<string, string>>

/** The rows that hold a figure: whoever fills two groups of four sees two. */
export function rowsWith(rows: readonly FormRow[], figures: ReadonlyMap<string, unknown>): readonly FormRow[] {
  return rows.filter(({ triples }) => triples.some((triple) => triple?.figures.some(({ key }) => figures.has(key))))
}
