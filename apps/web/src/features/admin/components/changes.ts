import { fieldName, valueName } from './field-names.js'

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
  if (typeof value !== 'object' || Array.isArray(value)) return new Map([['', textOf('', value)]])
  return new Map(Object.entries(value).map(([key, member]) => [key, textOf(key, member)]))
}

/** A list has a line for each of its things, a thing its members one after the other. */
function textOf(key: string, value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return valueName(key, value)
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (Array.isArray(value)) return value.map((one) => textOf(key, one) ?? '').join('\n')
  if (typeof value !== 'object') return JSON.stringify(value)
  return Object.entries(value)
    .flatMap(([inner, member]) => {
      const text = textOf(inner, member)
      return text === null || text === '' ? [] : [`${fieldName(inner)}：${text}`]
    })
    .join('；')
}
