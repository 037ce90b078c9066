import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { treeAt, type PlacementAssertion } from './tree.js'

const placed = (
  id: string,
  unitId: string,
  parentId: string | null,
  validFrom: string,
  position: number | bigint | null = null,
): PlacementAssertion => ({ id, unitId, parentId, axis: 'territory', validFrom, position, cancels: null })

const cancelled = (id: string, named: PlacementAssertion, position: number | null = null): PlacementAssertion => ({
  ...named,
  id,
  parentId: null,
  position,
  cancels: named.id,
})

describe('the tree of a day, as known at a position', () => {
  const history = [
    placed('1', 'district', null, '2023-01-01', 1),
    placed('2', 'east', 'district', '2023-01-01', 2),
    placed('3', 'west', 'district', '2023-01-01', 3),
    placed('4', 'village', 'east', '2023-01-01', 4),
    placed('5', 'works', 'village', '2023-02-01', 5),
    placed('6', 'village', 'west', '2023-06-01', 6n),
  ]

  it('keeps where a unit stood before it moved, and takes what stands under it along', () => {
    const before = treeAt(history, 'territory', '2023-05-31', null)
    const after = treeAt(history, 'territory', '2023-06-01', null)
    expect(before.ancestorsOf('works')).toEqual(['village', 'east', 'district'])
    expect(after.ancestorsOf('works')).toEqual(['village', 'west', 'district'])
    expect(after.descendantsOf('west', true)).toEqual(['west', 'village', 'works'])
    expect(after.descendantsOf('east', false)).toEqual([])
  })

  it('does not know a move before the position at which it was sealed', () => {
    expect(treeAt(history, 'territory', '2023-07-01', 5).parentOf('village')).toBe('east')
    expect(treeAt(history, 'territory', '2023-07-01', 6).parentOf('village')).toBe('west')
  })

  it('counts what is not sealed yet as the latest, and only for those who ask about now', () => {
    const more = [...history, placed('7', 'village', 'district', '2023-08-01')]
    expect(treeAt(more, 'territory', '2023-09-01', null).parentOf('village')).toBe('district')
    expect(treeAt(more, 'territory', '2023-09-01', 1_000).parentOf('village')).toBe('west')
  })

  it('takes a cancelled placement back from the position of the cancelling on', () => {
    const wrong = history[5]
    if (wrong === undefined) throw new Error('no such assertion')
    const more = [...history, cancelled('7', wrong, 7)]
    expect(treeAt(more, 'territory', '2023-07-01', 6).parentOf('village')).toBe('west')
    expect(treeAt(more, 'territory', '2023-07-01', 7).parentOf('village')).toBe('east')
  })

  it('has no circle even when two moves crossed: the one known last is left out', () => {
    const crossed = [
      placed('1', 'a', null, '2023-01-01', 1),
      placed('2', 'b', null, '2023-01-01', 2),
      placed('3', 'a', 'b', '2023-02-01', 3),
      placed('4', 'b', 'a', '2023-02-01', 4),
    ]
    const tree = treeAt(crossed, 'territory', '2023-03-01', null)
    expect(tree.severed).toEqual(['b'])
    expect(tree.ancestorsOf('a')).toEqual(['b'])
    expect(tree.descendantsOf('b', true)).toEqual(['b', 'a'])
  })

  it('keeps the two axes apart', () => {
    const line: PlacementAssertion = { ...placed('8', 'works', 'bureau', '2023-01-01', 8), axis: 'line' }
    expect(treeAt([...history, line], 'line', '2023-09-01', null).childrenOf('bureau')).toEqual(['works'])
    expect(treeAt([...history, line], 'territory', '2023-09-01', null).has('bureau')).toBe(false)
  })
})

/** Assertions with ascending positions, the last of them not sealed, some of them cancelling an earlier one. */
const UNITS = ['a', 'b', 'c', 'd', 'e']
const DAYS = ['2023-01-01', '2023-02-01', '2023-03-01', '2023-04-01']
const histories = fc
  .array(
    fc.record({
      unit: fc.nat(4),
      parent: fc.option(fc.nat(4)),
      day: fc.nat(3),
      cancels: fc.option(fc.nat(11), { freq: 3 }),
    }),
    { maxLength: 12 },
  )
  .chain((steps) => fc.tuple(fc.constant(steps), fc.nat(3)))
  .map(([steps, unsealed]) => {
    const made: PlacementAssertion[] = []
    steps.forEach((step, index) => {
      const position = index < steps.length - unsealed ? index + 1 : null
      const named = step.cancels === null ? undefined : made[step.cancels]
      if (named !== undefined && named.cancels === null) made.push({ ...cancelled(`x${index}`, named), position })
      else {
        const parent = step.parent === null || step.parent === step.unit ? null : (UNITS[step.parent] ?? null)
        made.push(placed(`x${index}`, UNITS[step.unit] ?? 'a', parent, DAYS[step.day] ?? '2023-01-01', position))
      }
    })
    return made
  })

/** What the rule says, asked of one unit at a time. */
function naiveParent(history: readonly PlacementAssertion[], unitId: string, day: string, knownAt: number | null) {
  const known = history.filter((a) => knownAt === null || (a.position !== null && a.position <= knownAt))
  const live = known.filter((a) => a.cancels === null && !known.some((b) => b.cancels === a.id))
  const own = live.filter((a) => a.unitId === unitId && a.validFrom <= day)
  const order = (a: PlacementAssertion) => (a.position === null ? 1_000 + history.indexOf(a) : Number(a.position))
  own.sort((a, b) => (a.validFrom === b.validFrom ? order(a) - order(b) : a.validFrom < b.validFrom ? -1 : 1))
  return own.at(-1)?.parentId ?? null
}

describe('any history', () => {
  const asked = fc.tuple(histories, fc.constantFrom(...DAYS), fc.option(fc.nat(13)))

  it('gives each unit the parent that the rule gives it, circles apart', () => {
    fc.assert(
      fc.property(asked, ([history, day, knownAt]) => {
        const tree = treeAt(history, 'territory', day, knownAt)
        for (const unit of UNITS) {
          const expected = tree.severed.includes(unit) ? null : naiveParent(history, unit, day, knownAt)
          expect(tree.parentOf(unit)).toBe(expected)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('is a tree: nobody stands above himself, and descendants are those whose ancestors one is', () => {
    fc.assert(
      fc.property(asked, ([history, day, knownAt]) => {
        const tree = treeAt(history, 'territory', day, knownAt)
        for (const unit of UNITS) {
          const ancestors = tree.ancestorsOf(unit)
          expect(ancestors).not.toContain(unit)
          expect(new Set(ancestors).size).toBe(ancestors.length)
          const below = UNITS.filter((other) => tree.ancestorsOf(other).includes(unit))
          expect([...tree.descendantsOf(unit, false)].sort()).toEqual(below)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('never changes as known at a position by anything appended after it', () => {
    fc.assert(
      fc.property(asked, ([history, day, knownAt]) => {
        const at = knownAt ?? 0
        const then = history.filter(({ position }) => position !== null && position <= at)
        const tree = treeAt(history, 'territory', day, at)
        for (const unit of UNITS) expect(tree.parentOf(unit)).toBe(treeAt(then, 'territory', day, at).parentOf(unit))
      }),
    )
  })
})

it('is built for 60,000 units in less than 200 ms', () => {
  const many = Array.from({ length: 60_000 }, (_, n) =>
    placed(`p${n}`, `u${n}`, n === 0 ? null : `u${Math.floor((n - 1) / 20)}`, '2023-01-01', n + 1),
  )
  // Time of this process alone: others may be busy on the same cores.
  const times = Array.from({ length: 5 }, () => {
    const start = process.cpuUsage()
    expect(treeAt(many, 'territory', '2023-06-01', null).descendantsOf('u0', true)).toHaveLength(60_000)
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1_000
  })
  expect(Math.min(...times)).toBeLessThan(200)
})
