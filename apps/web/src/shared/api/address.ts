/** From a route and what is asked to the address that is called. */

/** `/api/hazards/:hazardId` + `{ hazardId }`. A missing part is a bug of ours, so it throws. */
export function pathOf(path: string, params: unknown): string {
  const given = (params ?? {}) as Record<string, string | number | null | undefined>
  return path.replace(/:([A-Za-z]\w*)/g, (_, name: string) => {
    const value = given[name]
    if (value === undefined || value === null || value === '') throw new Error(`${path} misses :${name}`)
    return encodeURIComponent(String(value))
  })
}

/** Blank values are left out; a list repeats its key; the order is fixed, so that the same question is the same address. */
export function queryOf(query: unknown): string {
  const pairs = new URLSearchParams()
  const given = Object.entries((query ?? {}) as Record<string, unknown>).sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [key, value] of given) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') pairs.append(key, String(one))
    }
  }
  const text = pairs.toString()
  return text === '' ? '' : `?${text}`
}
