/**
 * Timeliness and quality of returns as a score for appraisal. Every point that is taken has a line that says why, so that whoever is
 * appraised can check it; docs/return-score.md is drawn from the table below.
 */
import type { CivilDate } from '../shared/civil-date.js'
import type { CellRemark, ReturnState } from './return.js'
import { isOwed, timelinessOf, type TimedReturn } from './timeliness.js'

export interface ScoreRule {
  readonly label: string
  /** Points for each time (each day, each finding). */
  readonly each: number
  /** No more than so many points are taken by this rule from one return. */
  readonly most: number
  readonly counted: string
}

export const FULL_SCORE = 100
/** Of a return that is past its day and not filed. Nothing, or whoever files late and badly (25 at the worst) would do better not to file. */
export const OVERDUE_SCORE = 0
/** A sentence shorter than this explains nothing. */
export const SHORTEST_EXPLANATION = 4

export const scoreRules = {
  late: { label: '迟报', each: 2, most: 20, counted: '迟报一天' },
  'sent-back': { label: '被退回', each: 5, most: 20, counted: '被退回一次' },
  unexplained: { label: '提示未作说明', each: 3, most: 15, counted: '一处提示的说明不足4个字' },
  corrected: { label: '上报后更正', each: 5, most: 20, counted: '接收后重新开启一次' },
} as const satisfies Readonly<Record<string, ScoreRule>>
export type ScoreRuleName = keyof typeof scoreRules

export interface ScoredReturn extends TimedReturn, Pick<ReturnState, 'timesSentBack'> {
  readonly remarks: readonly Pick<CellRemark, 'finding' | 'text'>[]
  /** How often it was opened again after it had been accepted. */
  readonly timesReopened: number
}

export interface ScoreLine {
  readonly rule: ScoreRuleName | 'overdue' | 'excused'
  /** Negative, or 0 for what is only mentioned. */
  readonly points: number
  readonly text: string
}

export interface ReturnScore {
  readonly score: number
  /** From the full score to `score`, line by line. */
  readonly lines: readonly ScoreLine[]
}

/** Null while it is not filed and its day is not past, and of what the unit did not owe: there is nothing to score. */
export function scoreOf(of: ScoredReturn, today: CivilDate): ReturnScore | null {
  const { state, daysLate } = timelinessOf(of, today)
  if (!isOwed(of)) return null
  if (state === 'overdue' || (state === 'dissolved' && daysLate > 0)) {
    const late = state === 'dissolved' ? `到撤销时逾期${daysLate}天未报` : `逾期${daysLate}天未报`
    const text = `${late}，本期计${OVERDUE_SCORE}分`
    return { score: OVERDUE_SCORE, lines: [{ rule: 'overdue', points: OVERDUE_SCORE - FULL_SCORE, text }] }
  }
  if (of.firstSubmittedOn === null) return null
  const excused: readonly ScoreLine[] =
    of.excusedUntil === null ? [] : [{ rule: 'excused', points: 0, text: `准予延期至${of.excusedUntil}，不扣分` }]
  const lines = [
    ...excused,
    ...taken('late', daysLate, `迟报${daysLate}天`),
    ...taken('sent-back', of.timesSentBack, `被退回${of.timesSentBack}次`),
    ...unexplained(of),
    ...taken('corrected', of.timesReopened, `接收后重新开启${of.timesReopened}次`),
  ]
  return { score: lines.reduce((score, { points }) => score + points, FULL_SCORE), lines }
}

function unexplained({ remarks }: ScoredReturn): readonly ScoreLine[] {
  // Asked about again in a later version and answered well: what counts is what was said last.
  const last = new Map(remarks.flatMap(({ finding, text }) => (finding === undefined ? [] : [[finding, text]])))
  const count = [...last.values()].filter((text) => [...text.trim()].length < SHORTEST_EXPLANATION).length
  return taken('unexplained', count, `${count}处提示的说明不足${SHORTEST_EXPLANATION}个字`)
}

function taken(rule: ScoreRuleName, count: number, what: string): readonly ScoreLine[] {
  if (count === 0) return []
  const { each, most }: ScoreRule = scoreRules[rule]
  const points = Math.min(each * count, most)
  return [{ rule, points: -points, text: `${what}，扣${points}分${each * count > most ? `（最多扣${most}分）` : ''}` }]
}

/** Of several returns: the mean, to one decimal; null of none. Every return weighs the same, whatever it asks for. */
export function meanScore(scores: readonly number[]): number | null {
  if (scores.length === 0) return null
  return Math.round((scores.reduce((sum, score) => sum + score, 0) / scores.length) * 10) / 10
}

/** The month that a return is appraised in: that of its due day by the schedule, also where a later day was allowed. */
export function scoredMonth(dueOn: CivilDate): string {
  return dueOn.slice(0, 7)
}

export function scoreRulesAsMarkdown(): string {
  return [
    '| 情形 | 每次扣 | 最多扣 | 怎么数 |',
    '| --- | --- | --- | --- |',
    ...Object.values(scoreRules).map(
      ({ label, each, most, counted }) => `| ${label} | ${each} | ${most} | ${counted} |`,
    ),
  ].join('\n')
}
