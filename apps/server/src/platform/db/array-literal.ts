/**
 * Arrays as PostgreSQL reads them, for statements that take hundreds of rows. `pg` makes them too, but looks through every text twice
 * for what it has to escape; ids hold nothing of the kind, and of JSON `JSON.stringify` escapes the same by itself.
 */

/** Of ids only. As one element of another array too, which `unnest` would otherwise take apart as well. */
export function idArray(ids: readonly (string | null)[]): string {
  return `{${ids.map((id) => id ?? 'NULL').join(',')}}`
}

/** Of values for `jsonb[]` or `json[]`; null and undefined are SQL's null. */
export function jsonArray(values: readonly unknown[]): string {
  return `{${values.map((value) => (value === null || value === undefined ? 'NULL' : quoted(value))).join(',')}}`
}

/** JSON has its own escapes for line breaks and the like, so quotes and backslashes are all that is left: as in JSON itself. */
function quoted(value: unknown): string {
  return JSON.stringify(JSON.stringify(value))
}
