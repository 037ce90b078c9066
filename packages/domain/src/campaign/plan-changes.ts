/**
 * What a corrected notice changes: two readings are compared, and the differences are put into the plan as it stands, which officers may
 * have put right since. What the notice did not change stays as they left it.
 */
import { planPartKinds, planParts, type Kept, type PlanEntries, type PlanPart, type PlanPartKind } from './plan-part.js'
import type { Plan, PlanProvenance } from './plan.js'

export interface ChangedField {
  readonly name: string
  readonly label: string
  readonly before: string
  readonly after: string
}

export interface PlanChange {
  /** By its place in the corrected reading, or in the one before where it is gone: stays while others are put right. */
  readonly key: string
  readonly part: PlanPartKind | 'basics'
  readonly kind: 'added' | 'changed' | 'dropped'
  readonly title: string
  readonly fields: readonly ChangedField[]
  /** Places in the lists of the reading before and of the corrected one. */
  readonly was: number | null
  readonly is: number | null
  /** In the corrected text. */
  readonly source: PlanProvenance['source'] | null
}

export function planPartLabel(part: PlanChange['part']): string {
  return part === 'basics' ? '基本情况' : planParts[part].label
}

/** Without places in the text: two readings differ in these alone when a line was added above. */
function bare(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) => (key === 'source' || key === 'confidence' ? undefined : inner))
}

const squeezed = (text: string) => text.normalize('NFKC').replace(/[\s\p{P}]/gu, '')

/** Of pairs of characters, how many two texts share: 0 to 1. */
function likeness(one: string, other: string): number {
  const pairs = (text: string) =>
    Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2))
  const [a, b] = [pairs(squeezed(one)), pairs(squeezed(other))]
  const left = [...b]
  const shared = a.filter((pair) => {
    const at = left.indexOf(pair)
    if (at !== -1) left.splice(at, 1)
    return at !== -1
  })
  return a.length + b.length === 0 ? 0 : (2 * shared.length) / (a.length + b.length)
}

const ALIKE = 0.5

/** For each entry of `after` its counterpart in `before`, each taken once: the same; of the same identity; the most alike. */
function counterparts<T extends PlanProvenance>(
  part: PlanPart<T>,
  before: readonly T[],
  after: readonly T[],
): readonly (number | null)[] {
  const found = after.map((): number | null => null)
  const free = new Set(before.keys())
  const take = (is: number, was: number) => {
    found[is] = was
    free.delete(was)
  }
  for (const same of [bare, (entry: T) => squeezed(part.identity(entry))] as const) {
    after.forEach((entry, is) => {
      if (found[is] !== null) return
      const was = [...free].find((at) => same(before[at] as T) === same(entry))
      if (was !== undefined) take(is, was)
    })
  }
  const pairs = after.flatMap((entry, is) =>
    found[is] !== null
      ? []
      : [...free].map((was) => ({ is, was, alike: likeness(part.identity(before[was] as T), part.identity(entry)) })),
  )
  for (const { is, was, alike } of pairs.sort((a, b) => b.alike - a.alike)) {
    if (alike >= ALIKE && found[is] === null && free.has(was)) take(is, was)
  }
  return found
}

/** Where in a list the entry stands that is meant: the list may have been put right by hand. -1: nowhere. */
export function counterpartOf<K extends PlanPartKind>(
  kind: K,
  list: readonly PlanEntries[K][],
  wanted: PlanEntries[K],
): number {
  const [at] = counterparts<PlanEntries[K]>(planParts[kind], list, [wanted])
  return at ?? -1
}

function fieldsBetween<T extends PlanProvenance>(part: PlanPart<T>, before: T | null, after: T | null): ChangedField[] {
  const names = Object.keys(part.fields) as (keyof T & string)[]
  return names.flatMap((name) => {
    const field = part.fields[name]
    if (field === undefined) return []
    if (before !== null && after !== null && bare(before[name]) === bare(after[name])) return []
    const said = (entry: T | null) => (entry === null ? '' : field.words(entry[name]))
    const [was, is] = [said(before), said(after)]
    // Of one side alone, what it does not say is no news.
    if ((before === null || after === null) && was === is) return []
    return [{ name, label: field.label, before: was, after: is }]
  })
}

function changesOf<K extends PlanPartKind>(kind: K, before: Plan, after: Plan): PlanChange[] {
  const part: PlanPart<PlanEntries[K]> = planParts[kind]
  const [old, now] = [part.entries(before), part.entries(after)]
  const found = counterparts(part, old, now)
  const changes: Omit<PlanChange, 'key'>[] = now.flatMap((entry, is) => {
    const was = found[is] ?? null
    const former = was === null ? null : (old[was] ?? null)
    const fields = fieldsBetween(part, former, entry)
    if (former !== null && fields.length === 0) return []
    const shape = former === null ? ('added' as const) : ('changed' as const)
    return [{ part: kind, kind: shape, title: part.title(entry), fields, was, is, source: entry.source ?? null }]
  })
  old.forEach((entry, was) => {
    if (found.includes(was)) return
    const fields = fieldsBetween(part, entry, null)
    changes.push({ part: kind, kind: 'dropped', title: part.title(entry), fields, was, is: null, source: null })
  })
  return changes.map((change) => ({
    key: `${kind}#${change.is === null ? `-${change.was ?? 0}` : change.is}`,
    ...change,
  }))
}

const basics = {
  startsOn: ['开始日期', ({ campaign }: Plan) => campaign.startsOn],
  endsOn: ['结束日期', ({ campaign }: Plan) => campaign.endsOn],
  title: ['标题', ({ title }: Plan) => title],
  issuer: ['部署单位', ({ issuer }: Plan) => issuer],
  docNo: ['文号', ({ docNo }: Plan) => docNo],
  issuedOn: ['印发日期', ({ issuedOn }: Plan) => issuedOn],
  sectors: ['重点行业', ({ sectors }: Plan) => sectors.join('、')],
  criteria: ['判定标准', ({ criteria }: Plan) => criteria.join('、')],
} as const

function basicChanges(before: Plan, after: Plan): PlanChange[] {
  const fields = Object.entries(basics).flatMap(([name, [label, of]]): ChangedField[] => {
    const [was, is] = [of(before) ?? '', of(after) ?? '']
    // A correction of one page need not say again what the notice said.
    return was === is || is === '' ? [] : [{ name, label, before: was, after: is }]
  })
  // Each for itself: the number of the document may be taken over and the dates not.
  return fields.map((field) => ({
    key: `basics#${field.name}`,
    part: 'basics',
    kind: 'changed',
    title: field.label,
    fields: [field],
    was: null,
    is: null,
    source: null,
  }))
}

export function planChanges(before: Plan, after: Plan): readonly PlanChange[] {
  return [...basicChanges(before, after), ...planPartKinds.flatMap((kind) => changesOf(kind, before, after))]
}

/** The fields that a change touches, taken from the corrected entry; the rest as it stands. */
export function withFields<T extends object>(entry: T, corrected: T, fields: readonly ChangedField[]): T {
  const taken = Object.fromEntries(fields.map(({ name }) => [name, corrected[name as keyof T]]))
  return { ...entry, ...taken }
}

export interface Readings {
  readonly before: Plan
  readonly after: Plan
}

/**
 * A list as it stands, with changes put in. A changed entry that is not there any more comes in as a new one, one to be dropped that is not
 * there is gone already; a new one stands behind the one that it follows in the corrected notice.
 */
export function revisedEntries<K extends PlanPartKind>(
  kind: K,
  list: readonly PlanEntries[K][],
  readings: Readings,
  changes: readonly PlanChange[],
): readonly Kept<PlanEntries[K]>[] {
  type T = PlanEntries[K]
  const part: PlanPart<T> = planParts[kind]
  const [old, now] = [part.entries(readings.before), part.entries(readings.after)]
  const kept: Kept<T>[] = list.map((entry, from) => ({ entry, from }))
  const placeOf = (wanted: T | undefined) =>
    wanted === undefined
      ? -1
      : counterpartOf(
          kind,
          kept.map(({ entry }) => entry),
          wanted,
        )
  for (const change of changes.filter((one) => one.part === kind)) {
    const former = change.was === null ? undefined : old[change.was]
    const corrected = change.is === null ? undefined : now[change.is]
    const at = placeOf(former)
    if (corrected === undefined) {
      if (at !== -1) kept.splice(at, 1)
      continue
    }
    const standing = kept[at]
    if (standing !== undefined) kept[at] = { ...standing, entry: withFields(standing.entry, corrected, change.fields) }
    else {
      const before = change.is === null ? -1 : placeOf(now[change.is - 1])
      kept.splice(before === -1 && change.is !== 0 ? kept.length : before + 1, 0, { entry: corrected, from: null })
    }
  }
  return kept
}

/** The plan as it stands with the changes put in; places are those of the corrected text, warnings are its own. */
export function revisedPlan(plan: Plan, readings: Readings, changes: readonly PlanChange[]): Plan {
  const { after } = readings
  const basic = new Set(
    changes.filter(({ part }) => part === 'basics').flatMap(({ fields }) => fields.map((f) => f.name)),
  )
  const take = <T>(name: keyof typeof basics, corrected: T, standing: T) => (basic.has(name) ? corrected : standing)
  const revised: Plan = {
    ...plan,
    title: take('title', after.title, plan.title),
    issuer: take('issuer', after.issuer, plan.issuer),
    docNo: take('docNo', after.docNo, plan.docNo),
    issuedOn: take('issuedOn', after.issuedOn, plan.issuedOn),
    sectors: take('sectors', after.sectors, plan.sectors),
    criteria: take('criteria', after.criteria, plan.criteria),
    campaign: {
      ...plan.campaign,
      startsOn: take('startsOn', after.campaign.startsOn, plan.campaign.startsOn),
      endsOn: take('endsOn', after.campaign.endsOn, plan.campaign.endsOn),
    },
    warnings: after.warnings,
  }
  return planPartKinds.reduce((next, kind) => withPart(kind, next, readings, changes), revised)
}

function withPart<K extends PlanPartKind>(
  kind: K,
  plan: Plan,
  readings: Readings,
  changes: readonly PlanChange[],
): Plan {
  const part: PlanPart<PlanEntries[K]> = planParts[kind]
  const corrected = part.entries(readings.after)
  const kept = revisedEntries(kind, part.entries(plan), readings, changes)
  const placed = kept.map(({ entry, from }) => {
    const { source: _, confidence: __, ...rest } = entry
    const there = corrected[counterpartOf(kind, corrected, entry)]
    const source = there?.source
    return { from, entry: (source === undefined ? rest : { ...rest, source }) as PlanEntries[K] }
  })
  return part.withEntries(plan, placed)
}
