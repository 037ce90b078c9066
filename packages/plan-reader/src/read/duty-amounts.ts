import type { PlanDuty, PlanFrequency } from '@bihuan/domain'
import { datesOf, type Issue, type TimeSpan } from '../lexicon/date.js'
import { frequencyOf, readCounts, readPeriods, type Count, type Rhythm } from '../lexicon/frequency.js'
import type { Found } from '../lexicon/rule.js'
import { namesOccasion } from '../lexicon/verb.js'
import type { Words } from '../normalise/canonical-text.js'
import type { Clause } from '../outline/statement.js'
import { isOfCondition, quotaOf, timesOf } from './duty-words.js'
import { blank, type Owed } from './owed.js'

/** What the clauses before have said of when. */
interface SaidBefore {
  readonly time: Found<TimeSpan> | null
  readonly period: Found<Rhythm> | null
  readonly before: Clause | null
}

/** How often, how many and by when, told by the debt's own words or by the clauses before. */
export function amountsOf(
  { period, count, time, words, namesActor, day }: Owed,
  open: SaidBefore,
  issue: Issue,
): Pick<PlanDuty, 'frequency' | 'quota' | 'deadline'> {
  const isPart = words.text.startsWith('其中')
  const isOwn = time !== null || namesOccasion(words.text) || (namesActor && !isPart)
  const rhythm = (period ?? open.period)?.meaning ?? (isOwn ? null : periodOfBefore(open.before, count, isPart))
  const quota = quotaOf(count)
  const frequency: PlanFrequency | null = quota !== null && rhythm === null ? null : frequencyOf(rhythm, timesOf(count))
  // 4月至10月每月检查1次: as long as it goes on, not by when.
  const until = time?.meaning.isRange === true && rhythm !== null ? null : (time ?? day ?? open.time)
  return { frequency, quota, deadline: until === null ? null : datesOf(until.meaning, issue).to }
}

/** 每月宣传1次经验，曝光1次问题: the second number is of the same month. */
function periodOfBefore(before: Clause | null, count: Found<Count> | null, isPart: boolean): Rhythm | null {
  if (before === null || (timesOf(count) === null && !isPart)) return null
  // 每周行动2次，其中夜间行动至少1次: some of those of the week.
  if (/^(?:至少|不少于)/.test(count?.text ?? '') && !isPart) return null
  const period = readPeriods(blank(before.words.text)).at(-1)
  return period !== undefined && readCounts(before.words.text).length > 0 ? period.meaning : null
}

/** （涉氨企业每月不少于1次）: the act of a duty, otherwise often, of those that the bracket names. */
export function exceptionTo(duty: PlanDuty, words: Words): PlanDuty | null {
  const [period] = readPeriods(words.text)
  const count = readCounts(words.text).find((one) => !isOfCondition(words.text, one))
  if (period === undefined && count === undefined) return null
  const start = Math.min(period?.start ?? words.length, count?.start ?? words.length)
  const lead = /^(?:其中[，：]?|对|属于)?/.exec(words.text)?.[0].length ?? 0
  const whom = words.slice(lead, start)
  const tail =
    /(?:要|应当|应|须|需|必须|至少|不少于|组织|开展|进行|搞|再|，|：|原则上|由|为)+$/.exec(whom.text)?.[0].length ?? 0
  const condition = whom.slice(0, whom.length - tail)
  if (condition.length === 0) return null
  // （消防部门不少于2个）: other in number alone.
  const isSameRhythm = period === undefined && quotaOf(count) !== null
  const own = frequencyOf(period?.meaning ?? null, timesOf(count) ?? (period === undefined ? null : 1))
  const frequency = isSameRhythm ? duty.frequency : own
  return { ...duty, frequency, quota: quotaOf(count), condition: condition.own, source: words.source }
}
