/**
 * A duty as a rule: who must do it, what record shows that it was done, on which enterprises, how often or by when, and the sentence of
 * the notice that says so. Its occurrences are made of it elsewhere.
 */
import type { EnterpriseSelector } from '../enterprise/enterprise-selector.js'
import type { PlanDuty } from './plan.js'
import type { RecordKind } from './record-kind.js'
import {
  readAction,
  readActor,
  readCondition,
  type ReadBy,
  type Who,
  type WordChoice,
  type WordReading,
} from './word-reading.js'

export type DutyStanding = 'rule' | 'wording' | 'open'

export interface DutyRule {
  readonly duty: PlanDuty
  readonly sentence: string | null
  /** `wording`: somebody decided to keep it as words; nothing is asked of anybody. `open`: something is still to be decided. */
  readonly standing: DutyStanding
  readonly who: Who | null
  readonly recordKind: RecordKind | null
  /** On which enterprises it is laid, any of these; null where the notice names no condition. */
  readonly enterprises: readonly EnterpriseSelector[] | null
  readonly readings: readonly WordReading[]
}

export function dutyRule(duty: PlanDuty, sentence: string | null, by: ReadBy): DutyRule {
  const action = readAction(duty.action, duty.level, by)
  const actor = readActor(duty.actor, duty.level, by)
  const condition = duty.condition === null ? null : readCondition(duty.condition, by)
  const readings = [action, actor, ...(condition === null ? [] : [condition])]
  const standing = readings.some((one) => one.standing === 'wording')
    ? 'wording'
    : readings.some((one) => one.standing === 'open')
      ? 'open'
      : 'rule'
  return {
    duty,
    sentence,
    standing,
    who: actor.meaning,
    recordKind: action.meaning?.recordKind ?? null,
    enterprises: condition?.meaning?.enterprises ?? null,
    readings,
  }
}

/** Choices for words that stand in none of the rules would be remembered for nothing. */
export function strayChoice(
  rules: readonly Pick<DutyRule, 'readings'>[],
  choices: readonly Pick<WordChoice, 'subject' | 'words'>[],
): number {
  const known = new Set(rules.flatMap(({ readings }) => readings).map(({ subject, words }) => `${subject} ${words}`))
  return choices.findIndex(({ subject, words }) => !known.has(`${subject} ${words}`))
}
