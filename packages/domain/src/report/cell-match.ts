/**
 * Which cell of a form is which of another version of it. A cell's key is its place, and a redesign that adds a row above moves it; what
 * was filed in it before is still its history.
 */
export interface FormCell {
  /** Its place: `g1.m3`, `g1.m3.p2`. */
  readonly key: string
  /** The metric that records give it; null where it is typed. */
  readonly metricId: string | null
  readonly group: string
  readonly label: string
  readonly unit: string | null
  /** The words of the cell that contains it. */
  readonly whole: string | null
}

/** How two cells are known to be one, the surest first. */
const waysToMatch: readonly ((cell: FormCell) => string | null)[] = [
  ({ metricId }) => metricId,
  // Typed figures are kept by place: a cell that holds some keeps place, words and unit, while its group may get another name.
  (cell) => words(cell, cell.key),
  (cell) => words(cell, cell.group),
  (cell) => words(cell),
]

/** From the other version's keys to those of `now`. What cannot be told from another cell of the same words is left out, and begins anew. */
export function matchCells(before: readonly FormCell[], now: readonly FormCell[]): ReadonlyMap<string, string> {
  const matched = new Map<string, string>()
  const taken = new Set<string>()
  for (const nameOf of waysToMatch) {
    const left = byName(
      before.filter(({ key }) => !matched.has(key)),
      nameOf,
    )
    const free = byName(
      now.filter(({ key }) => !taken.has(key)),
      nameOf,
    )
    for (const [name, was] of left) {
      const is = free.get(name)
      if (was === null || is === undefined || is === null || countsAnother(was, is)) continue
      matched.set(was.key, is.key)
      taken.add(is.key)
    }
  }
  return matched
}

/** Alike in words, but bound to two metrics: the words came to mean another thing. */
function countsAnother(was: FormCell, is: FormCell): boolean {
  return was.metricId !== null && is.metricId !== null && was.metricId !== is.metricId
}

/** Null where two cells have the same name. */
function byName(cells: readonly FormCell[], nameOf: (cell: FormCell) => string | null): Map<string, FormCell | null> {
  const named = new Map<string, FormCell | null>()
  for (const cell of cells) {
    const name = nameOf(cell)
    if (name !== null) named.set(name, named.has(name) ? null : cell)
  }
  return named
}

function words({ label, unit, whole }: FormCell, ...where: readonly string[]): string {
  return JSON.stringify([label, unit, whole, ...where])
}
