/**
 * The rows of a ledger and the figure that counts them come from the same facts. That they agree is a property of how facts follow
 * from a hazard's state, held here for every mixture of states; a check of each return would compare a thing with itself.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { figuresOf, hazardMetrics, type Fact } from '../report/index.js'
import { factsOf } from './facts.js'
import type { Hazard } from './hazard.js'
import { HazardStory, selfFound } from './test-builders.js'

const lives = {
  registered: (details) => HazardStory.registered(details),
  rectifying: (details) => HazardStory.rectifying(details),
  'awaiting-reinspection': (details) => HazardStory.awaitingReinspection(details),
  'awaiting-sign-off': (details) => HazardStory.awaitingSignOff(details),
  closed: (details) => HazardStory.closed(details),
  cancelled: (details) => HazardStory.registered(details).does('officer', { kind: 'cancel', reason: '重复登记' }),
} satisfies Record<string, (details: Parameters<typeof HazardStory.registered>[0]) => HazardStory>

const one = fc.record({
  life: fc.constantFrom(...(Object.keys(lives) as (keyof typeof lives)[])),
  grade: fc.constantFrom('major' as const, 'key' as const, 'general' as const),
  selfFound: fc.boolean(),
  foundOn: fc.constantFrom('2023-05-10', '2023-06-05', '2023-06-16'),
})

function hazardOf(
  { life, grade, selfFound: bySelf, foundOn }: typeof one extends fc.Arbitrary<infer T> ? T : never,
  at: number,
) {
  const story = lives[life]({ grade, foundOn, ...(bySelf ? selfFound : {}) })
  return { ...story.state, id: `h-${at}` }
}

function factsFor(hazard: Hazard): Fact[] {
  return factsOf(hazard).map((fact, at) => ({ ...fact, id: `${hazard.id}-${at}`, position: null, reverses: null }))
}

/** What the ledger shows: registered, not cancelled, found by the day. */
const rowsOf = (hazards: readonly Hazard[], grade: string, cutOff: string) =>
  hazards.filter(
    (hazard) =>
      hazard.status !== 'draft' &&
      hazard.status !== 'cancelled' &&
      hazard.grade === grade &&
      (hazard.foundOn ?? '') <= cutOff,
  )

describe('the ledger of a grade', () => {
  it('has as many rows as the figures that count it say, and as many closed ones as say they are rectified', () => {
    fc.assert(
      fc.property(
        fc.array(one, { maxLength: 25 }),
        fc.constantFrom('2023-05-31', '2023-06-10', '2023-12-31'),
        (plans, cutOff) => {
          const hazards = plans.map(hazardOf)
          const figures = figuresOf(hazards.flatMap(factsFor), hazardMetrics, {
            unitIds: new Set(['u-enterprise']),
            ownUnitId: null,
            campaign: { startsOn: '2023-05-01', sectors: null },
            cutOff,
            knownAt: null,
          })
          const value = (id: string) => figures.find(({ metricId }) => metricId === id)?.value ?? NaN
          for (const grade of ['major', 'key'] as const) {
            const rows = rowsOf(hazards, grade, cutOff)
            expect(value(`hazard.${grade}.enterprise.all`) + value(`hazard.${grade}.department.all`)).toBe(rows.length)
            const closed = rows.filter(
              ({ status, signedOffOn }) => status === 'closed' && (signedOffOn ?? '') <= cutOff,
            )
            expect(value(`hazard.${grade}.enterprise.rectified`) + value(`hazard.${grade}.department.rectified`)).toBe(
              closed.length,
            )
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})
