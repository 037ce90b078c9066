/** The conditions of a list, their spelling in the address, and what is asked of the server for them. */

export interface Choice {
  readonly value: string
  readonly label: string
  /** Quiet, behind the label: how many there are, or the unit above. */
  readonly note?: string
}

interface Common {
  /** Its name in the address and, unless `toQuery` says otherwise, in the query: a flag asks `yes`, several are joined by commas. */
  readonly key: string
  readonly label: string
  readonly toQuery?: (value: string) => Record<string, unknown>
}

export type Condition =
  | (Common & {
      readonly kind: 'one' | 'many'
      readonly choices: readonly Choice[]
      /** Sets that have a name of their own: five states together are 未销号. */
      readonly called?: readonly { readonly values: readonly string[]; readonly label: string }[]
    })
  /** Holds or is not asked: 「超期」. `label` is how it reads in the sentence. */
  | (Common & { readonly kind: 'flag' })
  | (Common & { readonly kind: 'text' })
  /** `from..to`, either end open. Becomes `<key>From` and `<key>To`. */
  | (Common & { readonly kind: 'dates' })
  /** From a long list, looked up as one types: units, enterprises, people. */
  | (Common & {
      readonly kind: 'pick'
      readonly find: (text: string, signal: AbortSignal) => Promise<readonly Choice[]>
      readonly nameOf: (value: string, signal: AbortSignal) => Promise<string>
    })

export type ConditionValues = Readonly<Record<string, string>>

/** How a value reads: 行业=工贸. A flag is its own label. `names` are looked up for `pick`. */
export function reading(condition: Condition, value: string, names: ReadonlyMap<string, string> = new Map()): string {
  switch (condition.kind) {
    case 'flag':
      return condition.label
    case 'text':
      return `${condition.label}含“${value}”`
    case 'dates': {
      const { from, to } = datesOf(value)
      if (from && to) return from === to ? `${condition.label}=${from}` : `${condition.label} ${from} 至 ${to}`
      return from ? `${condition.label} ${from} 起` : `${condition.label} ${to ?? ''} 止`
    }
    case 'pick':
      return `${condition.label}=${names.get(value) ?? '…'}`
    default: {
      const values = value.split(',')
      const called = condition.called?.find(
        (set) => set.values.length === values.length && set.values.every((one) => values.includes(one)),
      )
      if (called) return `${condition.label}=${called.label}`
      const labels = values.map((one) => condition.choices.find((choice) => choice.value === one)?.label ?? one)
      return `${condition.label}=${labels.join('或')}`
    }
  }
}

export function datesOf(value: string): { from: string | null; to: string | null } {
  const [from = '', to = ''] = value.split('..')
  return { from: isDate(from) ? from : null, to: isDate(to) ? to : null }
}

export function datesText(from: string | null, to: string | null): string {
  return from || to ? `${from ?? ''}..${to ?? ''}` : ''
}

export function valuesFrom(conditions: readonly Condition[], search: URLSearchParams): ConditionValues {
  return Object.fromEntries(
    conditions.flatMap(({ key }) => {
      const value = search.get(key)
      return value ? [[key, value]] : []
    }),
  )
}

export function conditionsQuery(conditions: readonly Condition[], values: ConditionValues): Record<string, unknown> {
  const query: Record<string, unknown> = {}
  for (const condition of conditions) {
    const value = values[condition.key]
    if (value === undefined) continue
    Object.assign(query, condition.toQuery ? condition.toQuery(value) : asQuery(condition, value))
  }
  return query
}

function asQuery(condition: Condition, value: string): Record<string, unknown> {
  switch (condition.kind) {
    case 'flag':
      return { [condition.key]: 'yes' }
    case 'dates': {
      const { from, to } = datesOf(value)
      return { [`${condition.key}From`]: from ?? undefined, [`${condition.key}To`]: to ?? undefined }
    }
    default:
      return { [condition.key]: value }
  }
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text)
}
