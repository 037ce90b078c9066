/** Small changes of a list that is being edited. */

export function replaced<T extends { readonly id: string }>(list: readonly T[], next: T): T[] {
  return list.map((one) => (one.id === next.id ? next : one))
}

export function replacedAt<T>(list: readonly T[], index: number, next: T): T[] {
  return list.map((one, at) => (at === index ? next : one))
}

export function removed<T>(list: readonly T[], index: number): T[] {
  return list.filter((_, at) => at !== index)
}

export function moved<T>(list: readonly T[], index: number, by: -1 | 1): T[] {
  const next = [...list]
  const [one] = next.splice(index, 1)
  if (one !== undefined) next.splice(index + by, 0, one)
  return next
}
