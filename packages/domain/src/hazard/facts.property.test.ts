import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../shared/civil-date.js'
import type { HazardAuthorities, HazardCommand, HazardContext } from './command.js'
import { decideHazard } from './decide.js'
import { hazardAbilities } from './abilities.js'
import type { FactDraft } from './facts.js'
import { hazardGrades, hazardSources, reopenReasons, type Hazard } from './hazard.js'
import { hazardCommandKinds, hazardTransition, type HazardCommandKind, type HazardStatus } from './lifecycle.js'
import { buildDetails, nobody, people } from './test-builders.js'

/** A row of the ledger, as the service would write it. */
interface Row extends Omit<FactDraft, 'amount'> {
  readonly id: string
  readonly amount: 1 | -1
  readonly reverses: string | null
}

const step = fc.record({
  kind: fc.constantFrom(...hazardCommandKinds),
  /** Mostly the next step of the loop, often another that the table offers, now and then any at all: pure chance gets nowhere. */
  way: fc.constantFrom('forward', 'forward', 'forward', 'forward', 'offered', 'offered', 'any'),
  turn: fc.nat({ max: 30 }),
  days: fc.nat({ max: 12 }),
  back: fc.nat({ max: 25 }),
  choice: fc.nat({ max: 60 }),
  who: fc.constantFrom(...(Object.keys(people) as (keyof typeof people)[])),
  flags: fc.oneof(
    { weight: 5, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }) },
  ),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const forward: Record<HazardStatus, HazardCommandKind> = {
  draft: 'register',
  registered: 'plan-rectification',
  rectifying: 'report-rectified',
  'awaiting-reinspection': 'reinspect-passed',
  'awaiting-sign-off': 'sign-off',
  transferring: 'accept-transfer',
  closed: 'reopen',
  cancelled: 'cancel',
}

const every: HazardAuthorities = {
  actorIsOfResponsibleUnit: true,
  actorIsOfAuthority: true,
  actorIsOfListingAuthority: true,
  actorIsOfFinderUnit: true,
  actorIsOfReceivingUnit: true,
  actorInsideEnterprise: false,
}

function authorities(flags: readonly boolean[] | null): HazardAuthorities {
  if (flags === null) return every
  const keys = Object.keys(nobody) as (keyof HazardAuthorities)[]
  return Object.fromEntries(keys.map((key, index) => [key, flags[index] === true])) as unknown as HazardAuthorities
}

const pick = <T>(list: readonly T[], choice: number): T => list[choice % list.length] as T

function commandOf(kind: HazardCommandKind, { back, choice }: Step, today: string): HazardCommand {
  const on = addDays(today, -(back % 6))
  const past = addDays(today, -back)
  const later = addDays(today, choice)
  const source = pick(hazardSources, choice)
  const finder = {
    personId: 'p-x',
    name: '甲',
    unitId: pick(['u-department', 'u-enterprise'], choice),
    side: source === 'self-check' ? 'enterprise' : 'department',
  } as const
  const details = buildDetails({
    foundOn: past,
    grade: pick(hazardGrades, choice),
    source,
    finder,
    deadline: pick([null, addDays(today, 30)], back),
  })
  const evidenceFileIds: readonly string[] = []
  const corrections = [
    { foundOn: past },
    { sector: pick(['工贸', '消防', '燃气'], back) },
    { source, finder },
    { territoryUnitId: pick(['u-town', 'u-street'], back) },
    { subject: { kind: 'place', id: null, name: '广场' } as const },
    { subject: { kind: 'enterprise', id: pick(['u-enterprise', 'u-e2'], back), name: '厂' } as const },
    { foundOn: past, sector: pick(['工贸', '消防'], back) },
    { description: `描述${back}` },
  ]
  const commands: Record<HazardCommandKind, HazardCommand> = {
    'save-draft': { kind: 'save-draft', details },
    register: { kind: 'register', details: choice % 3 === 0 ? null : details },
    correct: { kind: 'correct', changes: pick(corrections, choice), reason: '录错' },
    judge: { kind: 'judge', grade: pick(hazardGrades, choice), reason: '复核', criteriaItem: null },
    'plan-rectification': {
      kind: 'plan-rectification',
      rectification:
        choice % 4 === 0
          ? { mode: 'immediate' }
          : {
              mode: 'planned',
              responsible: { personId: 'p-x', name: '甲' },
              measures: '改',
              funds: 0,
              deadline: addDays(today, back),
              contingency: '有',
            },
    },
    'report-progress': { kind: 'report-progress', on, text: '推进', evidenceFileIds },
    'request-extension': { kind: 'request-extension', deadline: addDays(today, 60 + choice), reason: '缺料' },
    'approve-extension': { kind: 'approve-extension' },
    'refuse-extension': { kind: 'refuse-extension', reason: '不准' },
    'report-rectified': {
      kind: 'report-rectified',
      rectifiedOn: addDays(today, -(back % 2)),
      rectifiedBy: { personId: 'p-x', name: '甲' },
      text: '完成',
      evidenceFileIds,
    },
    'reinspect-passed': { kind: 'reinspect-passed', on: addDays(today, -(back % 2)), text: '通过', evidenceFileIds },
    'reinspect-failed': {
      kind: 'reinspect-failed',
      on: today,
      text: '不行',
      evidenceFileIds,
      deadline: pick([null, later], choice),
    },
    'sign-off': { kind: 'sign-off' },
    'send-back': { kind: 'send-back', reason: '缺照片', deadline: pick([null, later], choice) },
    reopen: {
      kind: 'reopen',
      reason: pick(reopenReasons, choice),
      text: '复发',
      deadline: pick([null, later], choice),
    },
    'list-for-supervision': {
      kind: 'list-for-supervision',
      documentName: '通知',
      documentNumber: '〔2023〕1号',
      on,
      authorityUnitId: pick([null, 'u-government'], choice),
    },
    transfer: {
      kind: 'transfer',
      of: pick(['supervision', 'rectification'] as const, choice),
      toUnitId: pick(['u-a', 'u-b'], back),
      reason: '非本部门',
    },
    'accept-transfer': { kind: 'accept-transfer' },
    'decline-transfer': { kind: 'decline-transfer', reason: '不收' },
    'withdraw-transfer': { kind: 'withdraw-transfer', reason: '撤回' },
    'carry-over': { kind: 'carry-over', toCampaignId: 'c-2024' },
    cancel: { kind: 'cancel', reason: '误登' },
  }
  return commands[kind]
}

/** Written out without a look at facts.ts: what must be counted for this hazard now. */
function expectedNet(hazard: Hazard | null): Record<string, number> {
  if (hazard === null || hazard.status === 'draft' || hazard.status === 'cancelled') return {}
  const tail = `${hazard.grade}/${hazard.source === 'self-check' ? 'enterprise' : 'department'}`
  const net: Record<string, number> = { [`hazard/found/${tail}`]: 1 }
  if (hazard.listing !== null) net[`hazard/listed/${tail}`] = 1
  if (hazard.status === 'closed') net[`hazard/rectified/${tail}`] = 1
  if (hazard.status === 'closed' && hazard.listing !== null) net[`hazard/listed-rectified/${tail}`] = 1
  return net
}

function sums<R extends Row>(rows: readonly R[], keyOf: (row: R) => string): Record<string, number> {
  const totals: Record<string, number> = {}
  for (const row of rows) totals[keyOf(row)] = (totals[keyOf(row)] ?? 0) + row.amount
  return Object.fromEntries(Object.entries(totals).filter(([, total]) => total !== 0))
}

/** Every way in which a table may slice the facts. */
const slices: readonly ((row: Row) => string)[] = [
  () => 'all',
  ({ sector }) => sector,
  ({ unitId }) => unitId,
  ({ subjectId }) => subjectId,
  ({ doerUnitIds }) => doerUnitIds.join(),
  ({ sector, unitId, doerUnitIds }) => [sector, unitId, doerUnitIds.join()].join(),
]

/** Plain comparisons: it runs a million times. Returns the first violation. */
function violation(rows: readonly Row[], cutoff: string): string | null {
  const upTo = rows
    .filter(({ occurredOn }) => occurredOn <= cutoff)
    .map((row) => ({ ...row, words: row.measure.split('/') }))
  for (const slice of slices) {
    const net = new Map<string, number>()
    for (const row of upTo) {
      const key = [...row.words.slice(1), slice(row)].join('|')
      net.set(key, (net.get(key) ?? 0) + row.amount)
    }
    for (const [key, value] of net) {
      if (value !== 0 && value !== 1) return `${key} is ${value} up to ${cutoff}`
      const [kind = '', ...rest] = key.split('|')
      const whole = kind === 'rectified' ? 'found' : kind === 'listed-rectified' ? 'listed' : null
      if (whole !== null && value > (net.get([whole, ...rest].join('|')) ?? 0))
        return `${key} exceeds its whole up to ${cutoff}`
    }
  }
  // One hazard is counted once, whatever grade or sector it was told under.
  for (const [kind, total] of Object.entries(sums(upTo, ({ words }) => words[1] ?? ''))) {
    if (total > 1) return `${kind} counts ${total} of one hazard up to ${cutoff}`
  }
  return null
}

describe('for any sequence of commands', () => {
  it('the facts say what the state says, at every cut-off a part stays within its whole, and abilities never promise in vain', () => {
    const seen = new Map<string, number>()
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 32, size: 'max' }), (steps) => {
        let hazard: Hazard | null = null
        let rows: Row[] = []
        let today = '2023-06-01'
        for (const one of steps) {
          if (hazard?.status === 'cancelled') break
          today = addDays(today, one.days)
          const offered: HazardCommandKind[] = hazardCommandKinds.filter(
            (kind) => hazardTransition(hazard?.status ?? null, kind) !== null,
          )
          const onward = hazard === null ? 'register' : forward[hazard.status]
          const kind =
            one.way === 'forward'
              ? onward
              : one.way === 'any' || offered.length === 0
                ? one.kind
                : pick(offered, one.turn)
          const reversed = new Map(
            rows.flatMap(({ id, reverses }) => (reverses === null ? [] : [[reverses, id] as const])),
          )
          const context: HazardContext = {
            today,
            actor: people[one.who],
            authorities: authorities(one.flags),
            campaign: {
              id: hazard?.campaignId ?? 'c-2023',
              startsOn: '2023-05-01',
              endsOn: '2023-07-01',
              closed: false,
            },
            carryOverTo: { id: 'c-2024', startsOn: '2024-01-01', endsOn: null, closed: false },
            putFacts: rows
              .filter(({ amount }) => amount === 1)
              .map(({ id, measure, occurredOn }) => ({
                id,
                measure,
                occurredOn,
                reversedBy: reversed.get(id) ?? null,
              })),
            identity: { id: 'h-1', code: 'YH-1' },
          }
          const abilities = hazardAbilities(hazard, context)
          const decision = decideHazard(hazard, commandOf(kind, one, today), context)
          if (!decision.ok) {
            expect(decision.refusal.code).toMatch(/^hazard\./)
            expect(decision.refusal.message).toMatch(/[。]$/)
            continue
          }
          expect(abilities[kind]).toBe(true)
          const { next, facts, reversals, events } = decision.value
          const target = hazardTransition(hazard === null ? null : hazard.status, kind)
          expect(target).not.toBeNull()
          if (target !== 'remembered') expect(next.status).toBe(target)
          expect(next.version).toBe((hazard?.version ?? 0) + 1)
          expect(events).toHaveLength(1)

          for (const { factId, occurredOn } of reversals) {
            const fact = rows.find(({ id }) => id === factId)
            if (fact === undefined) throw new Error(`no fact ${factId}`)
            expect(reversed.has(factId)).toBe(false)
            expect(occurredOn >= fact.occurredOn).toBe(true)
            if (kind === 'reopen') expect(occurredOn).toBe(today)
            else if (next.reopenings.length === 0) expect(occurredOn).toBe(fact.occurredOn)
            rows = [...rows, { ...fact, id: `f-${rows.length}`, amount: -1, occurredOn, reverses: factId }]
          }
          for (const fact of facts) {
            expect(fact.occurredOn <= today).toBe(true)
            rows = [...rows, { ...fact, id: `f-${rows.length}`, reverses: null }]
          }
          hazard = next
          seen.set(kind, (seen.get(kind) ?? 0) + 1)
          if (kind === 'judge' && next.factsFrom !== null) seen.set('regraded after reopening', 1)

          expect(sums(rows, ({ measure }) => measure)).toEqual(expectedNet(hazard))
          if (facts.length === 0 && reversals.length === 0) continue
          for (const cutoff of new Set(rows.map(({ occurredOn }) => occurredOn)))
            expect(violation(rows, cutoff)).toBeNull()
          const live = rows.filter(({ id, amount }) => amount === 1 && !rows.some(({ reverses }) => reverses === id))
          for (const row of live) {
            expect(row.sector).toBe(hazard.sector)
            expect(row.subjectId).toBe(hazard.subject?.id ?? hazard.id)
            expect(row.unitId).toBe(hazard.subject?.id ?? hazard.territoryUnitId)
          }
        }
      }),
      { numRuns: 1000 },
    )
    // A run that never gets to a command proves nothing about it.
    for (const kind of [...hazardCommandKinds, 'regraded after reopening'])
      expect(seen.get(kind), kind).toBeGreaterThan(0)
  }, 60_000)
})
