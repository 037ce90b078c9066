import type { Plan, PlanAnnex, PlanDuty, PlanReport, PlanTask } from '@bihuan/domain'
import { matchItems, type Field } from './match.js'
import { closeWording, likeness, plainWording, sameSector, sameWording } from './wording.js'

/** The kinds of items that are scored apart, in the order in which they are printed. */
export const KINDS = [
  'facts',
  'phases',
  'leadership',
  'responsibilities',
  'duties',
  'reports',
  'targets',
  'contacts',
  'annexes',
  'tasks',
  'warnings',
] as const
export type Kind = (typeof KINDS)[number]

export interface Tally {
  readonly expected: number
  readonly found: number
  readonly right: number
}

export interface Wrong {
  readonly kind: Kind
  readonly what: 'missed' | 'invented' | 'differs'
  readonly text: string
}

export interface PlanScore {
  readonly tallies: Readonly<Record<Kind, Tally>>
  readonly wrong: readonly Wrong[]
}

export const precision = ({ right, found }: Tally) => (found === 0 ? 1 : right / found)
export const recall = ({ right, expected }: Tally) => (expected === 0 ? 1 : right / expected)
export function f1(tally: Tally): number {
  const [p, r] = [precision(tally), recall(tally)]
  return p + r === 0 ? 0 : (2 * p * r) / (p + r)
}

/** Items of all documents together. */
export function pool(scores: readonly PlanScore[]): Readonly<Record<Kind, Tally>> {
  const entries = KINDS.map((kind) => {
    const sum = (key: keyof Tally) => scores.reduce((all, { tallies }) => all + tallies[kind][key], 0)
    return [kind, { expected: sum('expected'), found: sum('found'), right: sum('right') }] as const
  })
  return Object.fromEntries(entries) as Record<Kind, Tally>
}

const field = <T>(name: string, of: (item: T) => unknown, same: (a: never, b: never) => boolean): Field<T> => ({
  name,
  show: of,
  same: (a, b) => same(of(a) as never, of(b) as never),
})
const exact = <T>(name: string, of: (item: T) => unknown) =>
  field<T>(name, of, (a, b) => JSON.stringify(a) === JSON.stringify(b))
const worded = <T>(name: string, of: (item: T) => string | null) => field<T>(name, of, sameWording)
const close = <T>(name: string, of: (item: T) => string | null) => field<T>(name, of, closeWording)
/** As a set: each once, whatever the order. */
const wordedSet = <T>(name: string, of: (item: T) => readonly string[], plain = plainWording) =>
  field<T>(name, of, (a: readonly string[], b: readonly string[]) => {
    const key = (list: readonly string[]) => JSON.stringify([...list.map(plain)].sort())
    return key(a) === key(b)
  })
/** A frequency, a due: its keys in any order. */
const record = <T>(name: string, of: (item: T) => object | null) =>
  field<T>(name, of, (a: object | null, b: object | null) => canonical(a) === canonical(b))

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value !== 'object' || value === null)
    return JSON.stringify(typeof value === 'string' ? plainWording(value) : value)
  return `{${Object.entries(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, inner]) => `${key}:${canonical(inner)}`)
    .join()}}`
}

const dutyFields: Field<PlanDuty>[] = [
  worded('actor', ({ actor }) => actor),
  close('action', ({ action }) => action),
  record('frequency', ({ frequency }) => frequency),
  exact('deadline', ({ deadline }) => deadline),
  exact('level', ({ level }) => level),
  worded('condition', ({ condition }) => condition),
  record('quota', ({ quota }) => quota),
]

const reportFields: Field<PlanReport>[] = [
  close('name', ({ name }) => name),
  worded('from', ({ from }) => from),
  wordedSet('to', ({ to }) => to),
  record('annexes', ({ annexes }) => annexes),
  exact('cadence', ({ cadence }) => cadence),
  record('due', ({ due }) => due),
  exact('since', ({ since }) => since),
  exact('cumulative', ({ cumulative }) => cumulative),
  exact('cutoff', ({ cutoff }) => cutoff),
  exact('nilReport', ({ nilReport }) => nilReport),
  exact('holidayShift', ({ holidayShift }) => holidayShift),
  exact('splitBy', ({ splitBy }) => splitBy),
  record('sections', ({ sections }) => sections),
  record('deliverables', ({ deliverables }) => deliverables),
  wordedSet('mustContain', ({ mustContain }) => mustContain),
]

const taskFields: Field<PlanTask>[] = [
  worded('area', ({ area }) => area),
  worded('task', ({ task }) => task),
  close('requirement', ({ requirement }) => requirement),
  wordedSet('responsible', ({ responsible }) => responsible),
  record('frequency', ({ frequency }) => frequency),
  record('quota', ({ quota }) => quota),
  worded('dueText', ({ dueText }) => dueText),
  record('due', ({ due }) => due),
]

interface Fact {
  readonly key: string
  readonly value: string
}

/** One entry for each fact that is stated, and for each title, addressee and sector of a list. */
function factsOf(plan: Plan): Fact[] {
  const single: [string, string | null][] = [
    ['title', plan.title],
    ['issuer', plan.issuer],
    ['docNo', plan.docNo],
    ['issuedOn', plan.issuedOn],
    ['campaign.name', plan.campaign.name],
    ['campaign.startsOn', plan.campaign.startsOn],
    ['campaign.endsOn', plan.campaign.endsOn],
    ['parentPlan', plan.parentPlan],
  ]
  const lists = (['basis', 'recipients', 'sectors', 'criteria'] as const).flatMap((key) =>
    plan[key].map((value): Fact => ({ key, value })),
  )
  return [...single.flatMap(([key, value]) => (value === null || value === '' ? [] : [{ key, value }])), ...lists]
}

const sameFact = (one: Fact, other: Fact): boolean => {
  if (one.key !== other.key) return false
  if (one.key === 'basis' || one.key === 'parentPlan') return closeWording(one.value, other.value)
  if (one.key === 'sectors') return sameSector(one.value, other.value)
  return sameWording(one.value, other.value)
}

interface AnnexPart {
  readonly path: string
  readonly value: string
}

/** An annex as the parts that are counted: itself, its lines, columns and metrics. The rows of a task list are counted apart. */
function annexParts(annexes: readonly PlanAnnex[]): AnnexPart[] {
  return annexes.flatMap((annex) => {
    const part = (name: string, value: string): AnnexPart => ({ path: `${annex.ordinal}/${name}`, value })
    const self = `${annex.kind}${annex.kind === 'other' && annex.attached === false ? ' (missing)' : ''}`
    const parts = [part(`kind ${self}`, annex.title)]
    if (annex.kind === 'other' || annex.kind === 'task-list') return parts
    for (const key of ['head', 'notes', 'foot', 'signatures'] as const)
      parts.push(...annex[key].map((line) => part(key, line)))
    if (annex.kind === 'ledger')
      return [...parts, ...annex.columns.map((column, at) => part(`column ${at + 1}`, column))]
    for (const { name, metrics } of annex.groups) {
      for (const metric of metrics) {
        const of = metric.parts.map((one) => `${one.label}[${one.unit ?? ''}]<${one.partOf ?? ''}`).join('+')
        parts.push(
          part(
            `metric ${plainWording(name)} ${metric.ordinal}`,
            `${metric.cell}|${metric.label}|${metric.unit ?? ''}|${of}`,
          ),
        )
      }
    }
    return parts
  })
}

/** What the reader of the plan got right: each item in all its fields but `notes`, `message`, `quotes`, `source` and `confidence`. */
export function scorePlan(expected: Plan, found: Plan): PlanScore {
  const tallies: Partial<Record<Kind, Tally>> = {}
  const wrong: Wrong[] = []
  const compare = <T>(
    kind: Kind,
    a: readonly T[],
    b: readonly T[],
    fields: readonly Field<T>[],
    weigh?: (one: T, other: T) => number,
  ) => {
    const { right, missed, invented, differing } = matchItems(a, b, fields, weigh)
    tallies[kind] = { expected: a.length, found: b.length, right }
    const show = (item: T) => fields.map((one) => JSON.stringify(one.show(item))).join(' ')
    for (const item of missed) wrong.push({ kind, what: 'missed', text: show(item) })
    for (const item of invented) wrong.push({ kind, what: 'invented', text: show(item) })
    for (const one of differing) {
      const named = fields.filter(({ name }) => one.fields.includes(name))
      const told = named.map(
        ({ name, show: of }) => `${name}: ${JSON.stringify(of(one.found))}, not ${JSON.stringify(of(one.expected))}`,
      )
      wrong.push({ kind, what: 'differs', text: `${show(one.expected)}\n        ${told.join('\n        ')}` })
    }
  }

  compare('facts', factsOf(expected), factsOf(found), [{ name: 'fact', same: sameFact, show: (one) => one }])
  compare('phases', expected.phases, found.phases, [
    close('name', ({ name }) => name),
    exact('ordinal', ({ ordinal }) => ordinal),
    exact('startsOn', ({ startsOn }) => startsOn),
    exact('endsOn', ({ endsOn }) => endsOn),
  ])
  compare('leadership', expected.leadership, found.leadership, [
    worded('role', ({ role }) => role),
    worded('name', ({ name }) => name),
    worded('post', ({ post }) => post),
  ])
  compare('responsibilities', expected.responsibilities, found.responsibilities, [
    worded('unit', ({ unit }) => unit),
    exact('role', ({ role }) => role),
    wordedSet(
      'sectors',
      ({ sectors }) => sectors,
      (text) => plainWording(text).replace(/安全$/, ''),
    ),
  ])
  compare('duties', expected.duties, found.duties, dutyFields, (a, b) => likeness(a.action, b.action))
  compare('reports', expected.reports, found.reports, reportFields, (a, b) => likeness(a.name, b.name))
  compare('targets', expected.targets, found.targets, [
    worded('name', ({ name }) => name),
    worded('type', ({ type }) => type),
  ])
  compare('contacts', expected.contacts, found.contacts, [
    worded('name', ({ name }) => name),
    exact('phone', ({ phone }) => phone),
    exact('mail', ({ mail }) => mail),
    worded('scope', ({ scope }) => scope),
  ])
  compare('annexes', annexParts(expected.annexes), annexParts(found.annexes), [
    {
      name: 'part',
      show: (one) => one,
      same: (a, b) =>
        a.path === b.path &&
        (a.path.includes('/kind ') ? closeWording(a.value, b.value) : sameWording(a.value, b.value)),
    },
  ])
  const tasksOf = (plan: Plan) => plan.annexes.flatMap((annex) => (annex.kind === 'task-list' ? annex.tasks : []))
  compare('tasks', tasksOf(expected), tasksOf(found), taskFields, (a, b) => likeness(a.requirement, b.requirement))
  // Two of one code tell of two contradictions: which is which stands in what is not compared.
  compare('warnings', expected.warnings, found.warnings, [
    {
      name: 'code',
      same: (a, b) => a.code === b.code,
      show: ({ code, quotes }) => [code, ...quotes],
    },
  ])
  return { tallies: tallies as Record<Kind, Tally>, wrong }
}
