/**
 * What a schema takes: values of its form, every alternative of a union once. Not random: a failure comes back when it is asked
 * for again. Ids and a few words of the field come from `fill`, by the key under which they stand.
 */
import type { z } from 'zod'

export interface Fill {
  /** The id that stands under this key; throws for a key that nobody has thought of. */
  idFor(key: string): string
  /** What stands under this key, if the form alone does not say it. */
  valueFor(key: string): unknown
}

const someId = '0190a000-0000-7000-8000-000000000000'
const words = ['测试', '2023-06-15', '2023-06-15T08:00:00+08:00', '测', '123456', 'a', 'a'.repeat(64)]
const numbers = [1, 2, 10, 0.5]
/** Words that decide what else is looked at; of the others one is as good as another. */
const allOf: ReadonlySet<string> = new Set(['axis', 'format', 'of', 'is', 'mode'])

/** Values that the schema takes: each alternative of each union stands in at least one of them. */
export function validSamples(schema: z.ZodType, fill: Fill, key = ''): unknown[] {
  const given = fill.valueFor(key)
  if (given !== undefined && schema.safeParse(given).success) return [given]
  const made = make(schema, fill, key)
  for (const sample of made) {
    const parsed = schema.safeParse(sample)
    if (!parsed.success) throw new Error(`the generator makes no valid ${key || 'value'}: ${parsed.error.message}`)
  }
  return made
}

/** Queries: the required alone, then each id, each axis and each text search beside it; all at once would ask for nothing. */
export function validQueries(schema: z.ZodType, fill: Fill): Record<string, unknown>[] {
  const { def } = schema as z.ZodObject
  if (def.type !== 'object') return [{}]
  const keys = Object.entries(def.shape) as [string, z.ZodType][]
  const base: Record<string, unknown> = {}
  for (const [key, member] of keys) {
    if (!member.safeParse(undefined).success) base[key] = validSamples(member, fill, key)[0]
  }
  const queries = [base]
  for (const [key, member] of keys) {
    const needed = !member.safeParse(undefined).success
    const worth = takesId(member) || fill.valueFor(key) !== undefined || needed || allOf.has(key)
    if (!worth) continue
    for (const value of validSamples(member, fill, key)) queries.push({ ...base, [key]: value })
  }
  return queries.filter((query) => schema.safeParse(query).success)
}

function make(schema: z.ZodType, fill: Fill, key: string): unknown[] {
  const { def } = schema as unknown as { def: z.core.$ZodTypes['_zod']['def'] }
  switch (def.type) {
    case 'undefined':
      return [undefined]
    case 'unknown':
    case 'any':
      return [{}]
    case 'boolean':
      return [true]
    case 'null':
      return [null]
    case 'literal':
      return [def.values[0]]
    case 'enum':
      return allOf.has(key) ? Object.values(def.entries) : [Object.values(def.entries)[0]]
    case 'string':
      return [takesId(schema) ? fill.idFor(key) : first(schema, words, key)]
    case 'number':
      return [first(schema, numbers, key)]
    case 'optional':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
      return validSamples(def.innerType as z.ZodType, fill, key)
    case 'nullable':
      return [...validSamples(def.innerType as z.ZodType, fill, key), null]
    case 'array':
      return [[validSamples(def.element as z.ZodType, fill, key)[0]]]
    case 'record':
      return [{}]
    case 'union':
      return def.options.flatMap((option) => validSamples(option as z.ZodType, fill, key))
    case 'object':
      return objects(def.shape as Readonly<Record<string, z.ZodType>>, fill)
    case 'pipe':
      return validSamples(def.in as z.ZodType, fill, key)
    default:
      throw new Error(`the generator does not know what a ${def.type} takes (${key})`)
  }
}

/** As many as the member with the most alternatives has; the others go round. */
function objects(shape: Readonly<Record<string, z.ZodType>>, fill: Fill): unknown[] {
  const members = Object.entries(shape).map(([key, member]) => [key, validSamples(member, fill, key)] as const)
  const most = Math.max(1, ...members.map(([, samples]) => samples.length))
  return Array.from({ length: most }, (_, at) =>
    Object.fromEntries(members.map(([key, samples]) => [key, samples[at % samples.length]])),
  )
}

export function takesId(schema: z.ZodType): boolean {
  return schema.safeParse(someId).success && !schema.safeParse('不是编号').success
}

function first<T>(schema: z.ZodType, candidates: readonly T[], key: string): T {
  const fits = candidates.find((candidate) => schema.safeParse(candidate).success)
  if (fits === undefined) throw new Error(`no word or number at hand is a valid ${key}`)
  return fits
}
