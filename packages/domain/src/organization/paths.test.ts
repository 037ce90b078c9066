import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isInScope, pathRange, scopePaths, unitLabelOf, unitPath } from './paths.js'
import { treeAt, type PlacementAssertion } from './tree.js'

const UNITS = ['a', 'b', 'c', 'd', 'e']
const labelOf = (id: string) => unitLabelOf(id.charCodeAt(0))
const pathOf = (...ids: string[]) => `/${ids.map(labelOf).join('/')}/`

const placed = (n: number, unitId: string, parentId: string | null, validFrom: string): PlacementAssertion => ({
  id: `p${n}`,
  unitId,
  parentId,
  axis: 'territory',
  validFrom,
  position: n,
  cancels: null,
})

describe('paths', () => {
  it('hold everything under a unit between two bounds of byte order, and nothing beside it', () => {
    const { from, to } = pathRange('/00002p/')
    const inside = (path: string) => path >= from && path < to
    expect(inside('/00002p/')).toBe(true)
    expect(inside('/00002p/zzzzzz/')).toBe(true)
    expect(inside('/00002q/')).toBe(false)
    expect(inside('/00002o/00002p/')).toBe(false)
    expect(() => pathRange('/')).toThrow(RangeError)
    expect(() => pathRange('')).toThrow(RangeError)
  })

  it('an empty scope, and an empty path in a scope, see nothing', () => {
    expect(isInScope('/00002p/', [])).toBe(false)
    expect(isInScope('/00002p/', ['', '/'])).toBe(false)
  })

  it('a moved village is still found under its former town by the village, and not any more by that town', () => {
    const history = [
      placed(1, 'a', null, '2023-01-01'),
      placed(2, 'b', 'a', '2023-01-01'),
      placed(3, 'c', 'a', '2023-01-01'),
      placed(4, 'd', 'b', '2023-01-01'),
      placed(5, 'd', 'c', '2023-06-01'),
    ]
    const scope = (unit: string, today: string) => scopePaths(history, 'territory', labelOf, unit, today)
    expect(scope('d', '2023-07-01')).toEqual([pathOf('a', 'b', 'd'), pathOf('a', 'c', 'd')])
    expect(scope('c', '2023-07-01')).toEqual([pathOf('a', 'b', 'd'), pathOf('a', 'c')])
    expect(scope('b', '2023-07-01')).toEqual([pathOf('a', 'b')])
    expect(scope('a', '2023-07-01')).toEqual([pathOf('a')])
    // Before the day of the move nobody has moved.
    expect(scope('c', '2023-05-31')).toEqual([pathOf('a', 'c')])
  })
})

const DAYS = ['2023-01-01', '2023-02-01', '2023-03-01', '2023-04-01']

/** Moves without circles (a unit stands under one that comes earlier in the alphabet), mistakes cancelled later. */
const histories = fc
  .array(
    fc.record({ unit: fc.nat(4), parent: fc.nat(4), day: fc.nat(3), cancels: fc.option(fc.nat(9), { freq: 3 }) }),
    {
      maxLength: 10,
    },
  )
  .map((steps) => {
    const made: PlacementAssertion[] = []
    steps.forEach((step, index) => {
      const named = step.cancels === null ? undefined : made[step.cancels]
      if (named?.cancels === null) {
        made.push({ ...named, id: `p${index}`, parentId: null, cancels: named.id, position: index })
      } else {
        const parent = step.parent < step.unit ? (UNITS[step.parent] ?? null) : null
        made.push(placed(index, UNITS[step.unit] ?? 'a', parent, DAYS[step.day] ?? '2023-01-01'))
      }
    })
    return made.map((each, index) => (index >= made.length - 2 ? { ...each, position: null } : each))
  })

/** Every path that a row of the unit could have been written under: all days up to today, at every state of knowledge. */
function thenPaths(history: readonly PlacementAssertion[], unitId: string, today: string): string[] {
  const paths = new Set<string>()
  for (let known = 0; known <= history.length; known++) {
    for (const day of DAYS.filter((each) => each <= today)) {
      const tree = treeAt(history.slice(0, known), 'territory', day, null)
      if (tree.has(unitId)) paths.add(unitPath(tree, labelOf, unitId))
    }
  }
  return [...paths]
}

describe('the scope of a unit, whatever has moved', () => {
  const asked = fc.tuple(histories, fc.constantFrom(...UNITS), fc.constantFrom(...DAYS))

  it('sees every row that a present descendant wrote, under whatever path', () => {
    fc.assert(
      fc.property(asked, ([history, unit, today]) => {
        const scope = scopePaths(history, 'territory', labelOf, unit, today)
        const tree = treeAt(history, 'territory', today, null)
        for (const descendant of tree.descendantsOf(unit, true)) {
          for (const path of thenPaths(history, descendant, today)) expect(isInScope(path, scope)).toBe(true)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('lists no path that is not a then-path of a present descendant, and none under another', () => {
    fc.assert(
      fc.property(asked, ([history, unit, today]) => {
        const scope = scopePaths(history, 'territory', labelOf, unit, today)
        const tree = treeAt(history, 'territory', today, null)
        const allowed = new Set(tree.descendantsOf(unit, true).flatMap((each) => thenPaths(history, each, today)))
        allowed.add(unitPath(tree, labelOf, unit))
        for (const path of scope) {
          expect(allowed).toContain(path)
          expect(scope.filter((other) => path.startsWith(other))).toEqual([path])
        }
        expect(isInScope(unitPath(tree, labelOf, unit), scope)).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })
})

it('the scope of a district of 60,000 units is found in less than half a second', () => {
  const many = Array.from({ length: 60_000 }, (_, n) =>
    placed(n + 1, `u${n}`, n === 0 ? null : `u${Math.floor((n - 1) / 20)}`, '2023-01-01'),
  )
  // Time of this process alone: others may be busy on the same cores.
  const times = Array.from({ length: 5 }, () => {
    const start = process.cpuUsage()
    const scope = scopePaths(many, 'territory', (id) => unitLabelOf(Number(id.slice(1))), 'u0', '2023-06-01')
    expect(scope).toEqual(['/000000/'])
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1_000
  })
  expect(Math.min(...times)).toBeLessThan(500)
})
