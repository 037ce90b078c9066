/** Enterprises whose names are like one that somebody typed, when nothing but the name is known. For thousands of names in one import. */
import { bigramDice, nameCore } from './similarity.js'

export interface SimilarName {
  readonly id: string
  readonly name: string
  /** 0 to 1, of what identifies a firm in its name. */
  readonly likeness: number
}

export interface NameIndex {
  /** The likest first; none that is less alike than a half. */
  readonly like: (name: string, atMost?: number) => readonly SimilarName[]
}

const LEAST_LIKENESS = 0.55
/** 加工, 机械: a pair that thousands of firms share finds nobody. */
const MOST_HOLDERS = 400

export function nameIndex(enterprises: readonly { readonly id: string; readonly name: string }[]): NameIndex {
  const cores = enterprises.map(({ name }) => nameCore(name))
  const holders = new Map<string, number[]>()
  cores.forEach((core, at) => {
    for (const pair of pairsOf(core)) {
      const list = holders.get(pair)
      if (list === undefined) holders.set(pair, [at])
      else list.push(at)
    }
  })
  return {
    like(name, atMost = 5) {
      const core = nameCore(name)
      const near = new Set<number>()
      for (const pair of pairsOf(core)) {
        const list = holders.get(pair) ?? []
        if (list.length <= MOST_HOLDERS) for (const at of list) near.add(at)
      }
      return [...near]
        .map((at) => ({ at, likeness: bigramDice(core, cores[at] ?? '') }))
        .filter(({ likeness }) => likeness >= LEAST_LIKENESS)
        .sort((a, b) => b.likeness - a.likeness || a.at - b.at)
        .slice(0, atMost)
        .flatMap(({ at, likeness }) => {
          const enterprise = enterprises[at]
          return enterprise === undefined ? [] : [{ id: enterprise.id, name: enterprise.name, likeness }]
        })
    },
  }
}

function pairsOf(text: string): ReadonlySet<string> {
  const pairs = new Set<string>()
  for (let at = 0; at + 1 < text.length; at++) pairs.add(text.slice(at, at + 2))
  return pairs
}
