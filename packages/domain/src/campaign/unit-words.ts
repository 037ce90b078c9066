/** The words by which a plan names units outside its duties: who answers for a task, who files a return and who receives it. */
import type { Plan } from './plan.js'
import { readActor, type ActorReading, type ReadBy, type Who, type WordReading } from './word-reading.js'
import type { NamedUnit } from './unit-name.js'

export type WordPlace = 'duty' | 'task' | 'report'

export interface UnitWords {
  readonly words: string
  readonly place: Exclude<WordPlace, 'duty'>
}

export function unitWordsOf(plan: Plan): readonly UnitWords[] {
  const tasks = plan.annexes.flatMap((annex) => (annex.kind === 'task-list' ? annex.tasks : []))
  const found = [
    ...tasks.flatMap(({ responsible }) => responsible.map((words): UnitWords => ({ words, place: 'task' }))),
    ...plan.reports.flatMap(({ from, to }) =>
      // The one receiver that is named is the unit that asks for it, whatever it is called there.
      [...(from === null ? [] : [from]), ...(to.length > 1 ? to : [])].map((words): UnitWords => ({
        words,
        place: 'report',
      })),
    ),
  ]
  return found.filter(({ words }) => words.trim() !== '')
}

/** A post alone names no unit: 主要负责人 answers for a task of whom? */
export function readUnits(words: string, by: ReadBy): ActorReading {
  const reading = readActor(words, null, by)
  const isNobody = reading.meaning !== null && reading.meaning.kinds.length + reading.meaning.unitIds.length === 0
  return isNobody ? { ...reading, meaning: null, standing: 'open', by: null, left: words } : reading
}

export interface PlacedUnit extends NamedUnit {
  readonly territoryPath: string
}

/** 各镇 in a task of the district: each of them. Enterprises are many and have no tasks of their own. */
export function unitsMeant(who: Who, units: readonly PlacedUnit[], boundPath: string): readonly string[] {
  const kinds = units.filter(
    ({ kind, territoryPath }) => who.kinds.includes(kind) && territoryPath.startsWith(boundPath),
  )
  return [...new Set([...who.unitIds, ...kinds.map(({ id }) => id)])]
}

export interface PlacedReading {
  readonly reading: WordReading
  readonly places: readonly WordPlace[]
}

/** Each once, those that need a decision first, and of these those that keep the campaign from starting. */
export function wordsOf(found: readonly PlacedReading[]): readonly PlacedReading[] {
  const once = new Map<string, PlacedReading>()
  for (const { reading, places } of found) {
    if (reading.words === '') continue
    const key = `${reading.subject} ${reading.words} ${JSON.stringify(reading.meaning)}`
    const known = once.get(key)
    once.set(key, { reading, places: [...new Set([...(known?.places ?? []), ...places])] })
  }
  const rank = ({ reading, places }: PlacedReading) =>
    reading.standing === 'open' ? (places.includes('duty') ? 0 : 1) : 2
  return [...once.values()].sort((a, b) => rank(a) - rank(b))
}
