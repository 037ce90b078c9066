import type { PlanReport } from '@bihuan/domain'
import type { Schedule } from '../lexicon/due.js'
import type { Words } from '../normalise/canonical-text.js'
import { deliverablesIn, pointsIn, type Attributes } from './report-attributes.js'
import type { ReportName } from './report-names.js'
import type { ReportTime } from './report-time.js'

/** A report as the text says it, before the notes of its annexes are laid beside it. */
export interface ToldReport {
  readonly report: PlanReport
  readonly words: Words
  readonly sentence: Words
  /** What others told, sent on: the rules for those who fill it in are not of this sending. */
  readonly isPassedOn?: boolean
}

export function reportOf(
  { name, words, annexes, brackets }: ReportName,
  from: string | null,
  to: readonly string[],
  { cadence, due }: Schedule,
  attributes: Partial<Attributes>,
  time: ReportTime | null,
  rhythm: string | null,
  after: readonly Words[],
): PlanReport {
  const said = [...brackets, ...after]
  const isRhythm = cadence !== 'once'
  return {
    name,
    from,
    to,
    annexes,
    cadence,
    due,
    since: isRhythm ? (attributes.since ?? null) : null,
    cumulative: attributes.cumulative ?? false,
    cutoff: attributes.cutoff ?? null,
    nilReport: attributes.nilReport ?? false,
    holidayShift: attributes.holidayShift ?? null,
    splitBy: attributes.splitBy ?? null,
    sections: [],
    deliverables: said.flatMap(deliverablesIn),
    mustContain: said.flatMap((one) => (deliverablesIn(one).length > 0 ? [] : pointsIn(one))),
    notes: rhythm ?? (cadence === null && time?.kind === 'period' ? time.text : null),
    source: words.source,
    confidence: from === null || to.length === 0 ? 0.75 : 0.95,
  }
}
