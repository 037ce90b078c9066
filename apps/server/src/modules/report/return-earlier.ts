/**
 * What was filed before, cell by cell of the form that a return has now. A form may have been designed anew in between: then the figures of
 * the earlier one stand under other keys.
 */
import { matchCells, metricTableFrom, type FormCell, type PlanMetricTable } from '@bihuan/domain'
import type { TableDesign } from '@bihuan/contracts'
import type { Handle } from '../../platform/db/scope.js'
import { readHistory, type FigureAt, type FiledUnder } from './return-comparison.repo.js'
import type { ReturnRecord } from './return.repo.js'
import { listTableVersions } from './table.repo.js'

type OfForm = Pick<ReturnRecord, 'table_id' | 'table_version'>

/** Of each of these versions, from its keys to those of the return's own. */
export type KeysByVersion = ReadonlyMap<number, ReadonlyMap<string, string>>

/** Of these versions, or of all (null). Nothing is read as long as all is filed under one. */
export async function keysSince(
  handle: Handle,
  { table_id: tableId, table_version: own }: OfForm,
  versions: readonly number[] | null,
): Promise<KeysByVersion> {
  if (versions?.every((version) => version === own) === true) return new Map()
  const designs = await listTableVersions(handle, tableId, versions === null ? null : [own, ...versions])
  const now = designs.find(({ version }) => version === own)
  if (now === undefined) throw new Error('a return has a table')
  const cells = formCells(now)
  return new Map(
    designs
      .filter(({ version }) => version !== own)
      .map((design) => [design.version, matchCells(formCells(design), cells)] as const),
  )
}

export function formCells({ form, bindings }: Pick<TableDesign, 'form' | 'bindings'>): FormCell[] {
  return metricTableFrom(form as PlanMetricTable).groups.flatMap(({ name, rows }) => {
    const figures = rows.flatMap((row) => row.figures)
    const labels = new Map(figures.map(({ key, label }) => [key, label]))
    return figures.map(({ key, label, unit, partOf }) => ({
      key,
      metricId: bindings[key] ?? null,
      group: name,
      label,
      unit,
      whole: labels.get(partOf ?? '') ?? null,
    }))
  })
}

/** Under the keys of now; a cell that is not in the form any more is left out. */
export function rekeyed<Figure extends { readonly key: string }>(
  figures: readonly Figure[],
  keys: ReadonlyMap<string, string> | undefined,
): readonly Figure[] {
  if (keys === undefined) return figures
  return figures.flatMap((figure) => {
    const key = keys.get(figure.key)
    return key === undefined ? [] : { ...figure, key }
  })
}

export async function rekeyedAll(
  handle: Handle,
  of: OfForm,
  filed: readonly FiledUnder[],
): Promise<(readonly FigureAt[])[]> {
  const keys = await keysSince(
    handle,
    of,
    filed.map(({ table_version: version }) => version),
  )
  return filed.map(({ table_version: version, figures }) => rekeyed(figures, keys.get(version)))
}

/** The figures of the unit's filed returns before this one, the oldest first. */
export async function historyOf(handle: Handle, of: ReturnRecord): Promise<(readonly FigureAt[])[]> {
  return rekeyedAll(handle, of, await readHistory(handle, of))
}
