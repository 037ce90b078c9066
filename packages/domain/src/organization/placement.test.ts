import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decideCancellation,
  decideCorrection,
  decidePlacement,
  type NewPlacement,
  type UnitFacts,
} from './placement.js'
import { treeAt, type PlacementAssertion } from './tree.js'
import type { UnitKind } from './unit-kind.js'

const unit = (id: string, kind: UnitKind, more: Partial<UnitFacts> = {}): UnitFacts => ({
  id,
  name: id,
  kind,
  tenantId: 't1',
  establishedOn: '2020-01-01',
  ...more,
})
const units = new Map(
  [
    unit('区', 'district'),
    unit('东镇', 'town'),
    unit('西镇', 'town'),
    unit('河村', 'village'),
    unit('新村', 'village', { establishedOn: '2023-05-01' }),
    unit('厂', 'enterprise'),
    unit('外区', 'district', { tenantId: 't2' }),
    unit('局', 'department'),
    unit('股', 'office'),
    unit('上级局', 'department'),
  ].map((each) => [each.id, each]),
)
const unitOf = (id: string) => units.get(id)

let ids = 0
const placement = (more: Partial<NewPlacement>): NewPlacement => ({
  id: `n${++ids}`,
  unitId: '河村',
  parentId: '东镇',
  axis: 'territory',
  validFrom: '2023-01-01',
  ...more,
})
const codeOf = (answer: ReturnType<typeof decidePlacement>) => (answer.ok ? 'ok' : answer.refusal.code)

function histories(...placements: NewPlacement[]): PlacementAssertion[] {
  const made: PlacementAssertion[] = []
  for (const each of placements) {
    const answer = decidePlacement(made, each, unitOf)
    if (!answer.ok) throw new Error(answer.refusal.message)
    made.push({ ...answer.value, position: made.length + 1 })
  }
  return made
}

const base = () =>
  histories(
    placement({ unitId: '区', parentId: null }),
    placement({ unitId: '东镇', parentId: '区' }),
    placement({ unitId: '西镇', parentId: '区' }),
    placement({ unitId: '河村', parentId: '东镇' }),
  )

describe('a placement', () => {
  it('is refused where the kinds do not fit, with the kinds that would', () => {
    const answer = decidePlacement(
      base(),
      placement({ unitId: '东镇', parentId: '河村', validFrom: '2023-03-01' }),
      unitOf,
    )
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'organization.parent-kind', path: 'parentId' } })
    expect(answer.ok ? '' : answer.refusal.message).toContain('区县')
  })

  it.each([
    ['organization.before-unit-exists', placement({ unitId: '新村', validFrom: '2023-04-30' })],
    ['organization.parent-required', placement({ unitId: '东镇', parentId: null, validFrom: '2023-02-01' })],
    ['organization.other-tenant', placement({ unitId: '东镇', parentId: '外区', validFrom: '2023-02-01' })],
    ['organization.moved-twice-a-day', placement({ parentId: '西镇' })],
    ['organization.no-such-unit', placement({ unitId: '没有' })],
    ['organization.cycle', placement({ unitId: '河村', parentId: '河村', validFrom: '2023-02-01' })],
    ['ok', placement({ parentId: '西镇', validFrom: '2023-02-01' })],
  ])('gives %s', (code, added) => {
    expect(codeOf(decidePlacement(base(), added, unitOf))).toBe(code)
  })

  it('that closes a circle on a later day is refused with that day', () => {
    const line = { axis: 'line' as const }
    const made = histories(
      placement({ ...line, unitId: '局', parentId: null }),
      placement({ ...line, unitId: '上级局', parentId: null }),
      placement({ ...line, unitId: '局', parentId: '上级局', validFrom: '2023-06-01' }),
    )
    const answer = decidePlacement(
      made,
      placement({ ...line, unitId: '上级局', parentId: '局', validFrom: '2023-03-01' }),
      unitOf,
    )
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'organization.cycle' } })
    expect(answer.ok ? '' : answer.refusal.message).toContain('2023-06-01')
  })
})

describe('taking a placement back', () => {
  it('revives what stood before it', () => {
    const moved = [...base()]
    const move = decidePlacement(moved, placement({ parentId: '西镇', validFrom: '2023-06-01' }), unitOf)
    if (!move.ok) throw new Error('refused')
    moved.push({ ...move.value, position: 5 })
    const answer = decideCancellation(moved, { id: 'c', cancels: move.value.id }, unitOf)
    if (!answer.ok) throw new Error('refused')
    const after = [...moved, answer.value]
    expect(treeAt(after, 'territory', '2023-07-01', null).parentOf('河村')).toBe('东镇')
    expect(codeOf(decideCancellation(after, { id: 'd', cancels: move.value.id }, unitOf))).toBe(
      'organization.already-cancelled',
    )
    // The day is free again.
    expect(codeOf(decidePlacement(after, placement({ parentId: '西镇', validFrom: '2023-06-01' }), unitOf))).toBe('ok')
  })

  it('may not leave a unit with no place; a correction may, since it gives one', () => {
    const made = base()
    const only = made.find(({ unitId }) => unitId === '河村')?.id ?? ''
    expect(codeOf(decideCancellation(made, { id: 'c', cancels: only }, unitOf))).toBe('organization.last-placement')
    const right = placement({ parentId: '西镇', validFrom: '2022-01-01' })
    const answer = decideCorrection(made, { cancellationId: 'c', cancels: only, placement: right }, unitOf)
    if (!answer.ok) throw new Error(answer.refusal.message)
    expect(treeAt([...made, ...answer.value], 'territory', '2022-06-01', null).parentOf('河村')).toBe('西镇')
  })
})

it('no sequence of accepted commands ever closes a circle, on any day', () => {
  const offices = ['o1', 'o2', 'o3', 'o4']
  const lookup = (id: string) => (offices.includes(id) ? unit(id, 'office') : undefined)
  const days = ['2023-01-01', '2023-02-01', '2023-03-01']
  const command = fc.record({
    unit: fc.nat(3),
    parent: fc.option(fc.nat(3)),
    day: fc.nat(2),
    cancel: fc.option(fc.nat(9), { freq: 4 }),
  })
  fc.assert(
    fc.property(fc.array(command, { maxLength: 14 }), (commands) => {
      const made: PlacementAssertion[] = []
      commands.forEach((each, n) => {
        const named = each.cancel === null ? undefined : made[each.cancel]
        const answer =
          named !== undefined
            ? decideCancellation(made, { id: `c${n}`, cancels: named.id }, lookup)
            : decidePlacement(
                made,
                {
                  id: `p${n}`,
                  unitId: offices[each.unit] ?? '',
                  parentId: each.parent === null ? null : (offices[each.parent] ?? ''),
                  axis: 'line',
                  validFrom: days[each.day] ?? '',
                },
                lookup,
              )
        if (answer.ok) made.push({ ...answer.value, position: made.length })
      })
      for (const day of days)
        for (let p = 0; p <= made.length; p++) expect(treeAt(made, 'line', day, p).severed).toEqual([])
    }),
    { numRuns: 500 },
  )
})
