import type { Words } from '../normalise/canonical-text.js'
import type { Due } from './report-time.js'
import { THING } from './report-wording.js'

export interface ThingWithDay {
  readonly what: Words
  readonly due: Due
}

/** 3月底前将方案、12月底前将总结报…: each thing stands behind its own day. Empty unless all do. */
export function daysWithThings(words: Words, plain: string, verb: number, dues: readonly Due[]): ThingWithDay[] {
  const before = dues.filter(({ end }) => end <= verb)
  if (before.length < 2 || before.length !== dues.length) return []
  const pairs = before.flatMap((due, at): ThingWithDay[] => {
    const end = before[at + 1]?.start ?? verb
    const text = plain.slice(due.end, end)
    const said = /^(?:之前|以前|前)?(?:将|把|报送|上报)(?<what>.{2,40}?)[、，和及]*(?:于|在)?$/.exec(text)?.groups?.what
    if (said === undefined || !THING.test(said)) return []
    const start = due.end + text.indexOf(said)
    return [{ what: words.slice(start, start + said.length), due }]
  })
  return pairs.length === before.length ? pairs : []
}

/** 方案于4月15日前、报告于9月30日前报…: each thing stands before its own day. Empty unless all do. */
export function thingsWithDays(words: Words, plain: string, verb: number, dues: readonly Due[]): ThingWithDay[] {
  const before = dues.filter(({ end }) => end <= verb)
  if (before.length < 2 || before.length !== dues.length) return []
  const taken = /(?:将|把)(?!来|要|会|对|于)/.exec(plain.slice(0, verb))
  let from = taken === null ? 0 : taken.index + 1
  const pairs = before.map((due): ThingWithDay => {
    const text = plain.slice(from, due.start)
    const lead = /^(?:之前|以前|前)?[、，和及与]?(?:并|将|把)?/.exec(text)?.[0].length ?? 0
    const tail = /(?:分别)?(?:于|在|请于|应于)?$/.exec(text)?.index ?? text.length
    const what = words.slice(from + lead, from + Math.max(lead, tail))
    from = due.end
    return { what, due }
  })
  return pairs.every(({ what }) => what.length >= 2 && THING.test(what.text)) ? pairs : []
}
