import type { Place } from '../api/failure.js'

export type FieldName = (string | number)[]

/** `elements.0.name` or `elements[0].name` to antd's name path. */
export function fieldNameOf(path: string): FieldName {
  return path
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part))
}

export interface PlacedErrors {
  readonly fields: { name: FieldName; errors: string[] }[]
  /** Wrong, but nowhere in this form: said above it. */
  readonly elsewhere: Place[]
}

/** Each place goes to its own field, or to the nearest one that holds it: `photos.2` belongs to the field `photos`. */
export function placeErrors(places: readonly Place[], known: readonly FieldName[]): PlacedErrors {
  const byKey = new Map(known.map((name) => [name.join('.'), name]))
  const errors = new Map<string, string[]>()
  const elsewhere: Place[] = []
  for (const place of places) {
    let name = place.path === undefined ? [] : fieldNameOf(place.path)
    if (name[0] === 'body') name = name.slice(1)
    while (name.length > 0 && !byKey.has(name.join('.'))) name = name.slice(0, -1)
    const key = name.join('.')
    if (name.length === 0) elsewhere.push(place)
    else errors.set(key, [...(errors.get(key) ?? []), place.message])
  }
  return { fields: [...errors].map(([key, messages]) => ({ name: byKey.get(key) ?? [], errors: messages })), elsewhere }
}
