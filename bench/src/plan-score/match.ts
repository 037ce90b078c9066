/** One field of an item: how it is compared, and how it is shown when it differs. */
export interface Field<T> {
  readonly name: string
  readonly same: (expected: T, found: T) => boolean
  readonly show: (item: T) => unknown
}

export interface Difference<T> {
  readonly expected: T
  readonly found: T
  readonly fields: readonly string[]
}

export interface Matching<T> {
  readonly right: number
  readonly missed: readonly T[]
  readonly invented: readonly T[]
  readonly differing: readonly Difference<T>[]
}

/**
 * Pairs what was expected with what was found, as sets: first those that agree in every field, then those that agree in most. A pair
 * that differs counts as one missed and one invented; it is named apart so that one sees which field is wrong.
 *
 * `weigh` says how alike two items are beyond their fields (0 to 1), which settles which of several equal candidates is meant.
 */
export function matchItems<T>(
  expected: readonly T[],
  found: readonly T[],
  fields: readonly Field<T>[],
  weigh: (expected: T, found: T) => number = () => 0,
): Matching<T> {
  const candidates: { at: number; of: number; wrong: string[]; score: number }[] = []
  expected.forEach((item, at) => {
    found.forEach((other, of) => {
      const wrong = fields.filter(({ same }) => !same(item, other)).map(({ name }) => name)
      const score = wrong.length === 0 ? 1000 : fields.length - wrong.length + weigh(item, other)
      candidates.push({ at, of, wrong, score: score + weigh(item, other) / 10 })
    })
  })
  candidates.sort((one, other) => other.score - one.score)
  const paired = new Map<number, { of: number; wrong: string[] }>()
  const taken = new Set<number>()
  for (const { at, of, wrong } of candidates) {
    if (paired.has(at) || taken.has(of)) continue
    if (wrong.length * 2 > fields.length && fields.length > 1) continue
    if (wrong.length > 0 && fields.length === 1) continue
    paired.set(at, { of, wrong })
    taken.add(of)
  }
  const differing: Difference<T>[] = []
  let right = 0
  for (const [at, { of, wrong }] of paired) {
    if (wrong.length === 0) right++
    else differing.push({ expected: expected[at] as T, found: found[of] as T, fields: wrong })
  }
  return {
    right,
    missed: expected.filter((_, at) => !paired.has(at)),
    invented: found.filter((_, of) => !taken.has(of)),
    differing,
  }
}
