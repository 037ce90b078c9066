export interface Change {
  readonly key: string
  readonly before: string | null
  readonly after: string | null
}

/** What differs between two objects of an audit entry, by member; what stayed the same is left out where both are there. */
export function changesOf(before: unknown, after: unknown): Change[] {
  const [was, is] = [membersOf(before), membersOf(after)]
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key) => {
    const change = { key, before: was.get(key) ?? null, after: is.get(key) ?? null }
    return change.before === change.after ? [] : [change]
  })
}

function membersOf(value: unknown): Map<string, string | null> {
  if (value === null || value === undefined) return new Map()
  if (typeof value !== 'object' || Array.isArray(value)) return new Map([['', textOf(value)]])
  return new Map(Object.entries(value).map(([key, member]) => [key, textOf(member)]))
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}
