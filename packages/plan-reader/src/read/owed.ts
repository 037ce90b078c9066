import type { PlanQuota } from '@bihuan/domain'
import { levelOf } from '../lexicon/level.js'
import type { TimeSpan } from '../lexicon/date.js'
import { DAY_OF_PERIOD, type Count, type Rhythm } from '../lexicon/frequency.js'
import { numberOf, type Found } from '../lexicon/rule.js'
import { ACT_VERBS } from '../lexicon/verb.js'
import type { Words } from '../normalise/canonical-text.js'
import { actorOf, type Clause } from '../outline/statement.js'
import { actionOf, drop, slice, type Wording } from './duty-action.js'

/** One thing that is owed: so often, so many, or by a date. */
export interface Owed {
  readonly clause: Clause
  /** The words that belong to this debt alone: a clause may hold several. */
  readonly words: Words
  readonly actor: Words | null
  readonly namesActor: boolean
  /** Where in `words` the one who acts has been named. */
  readonly from: number
  readonly period: Found<Rhythm> | null
  readonly count: Found<Count> | null
  readonly time: Found<TimeSpan> | null
  /** One of several days that the clause before named. */
  readonly day?: Found<TimeSpan>
}

const HIDDEN = '\u0001'
/** 开捕前（8月16日前）: what stands in such a bracket is the time itself. */
const TIME_IN_BRACKET = /^（(?:即)?(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|[上中下]旬|底)?(?:之前|以前|前)）$/
/** 县（市、区）: what the word before it may be besides. */
const ALTERNATIVE = /^（(?:[省市县区州盟旗镇乡村街办场]|街道|社区|园区|、)+）$/
/** Brackets kept in length and out of sight. */
export const blank = (text: string): string =>
  text.replace(/（[^（）]*）/g, (bracket, at: number) =>
    ALTERNATIVE.test(bracket)
      ? bracket
      : TIME_IN_BRACKET.test(bracket) && text.charAt(at - 1) === '前'
        ? `${HIDDEN}${bracket.slice(1, -1)}${HIDDEN}`
        : HIDDEN.repeat(bracket.length),
  )
export const withoutBlanks = (text: string): string => text.split(HIDDEN).join('')
const unblank = (words: Wording): Wording => drop(words, new RegExp(`${HIDDEN}+`, 'g'))

/** The whole clause as one debt. */
export function wholeClause(clause: Clause, time: Found<TimeSpan> | null): Owed {
  const { words, actor, namesActor, rest } = clause
  return { clause, words, actor, namesActor, from: rest.start - words.start, period: null, count: null, time }
}

interface Debt {
  readonly start: number
  readonly end: number
  readonly period: Found<Rhythm> | null
  count: Found<Count> | null
}

/** The debts of a clause, cut before every period but the first, and before a count that has none of its own before it. */
export function owedIn(
  clause: Clause,
  periods: readonly Found<Rhythm>[],
  counts: readonly Found<Count>[],
  times: readonly Found<TimeSpan>[],
): Owed[] {
  if (periods.length === 0 && isListOfDates(clause.words.text, times)) {
    const [start, end] = [times[0]?.start ?? 0, times.at(-1)?.end ?? 0]
    return times.flatMap((time) => owedIn(clause, periods, counts, [{ ...time, start, end }]))
  }
  const debts: Debt[] = []
  for (const period of periods) debts.push({ start: period.start, end: period.end, period, count: null })
  for (const count of counts) {
    const open = debts.filter(({ count: taken, period }) => taken === null && period !== null)
    const before = open.filter(({ start }) => start < count.start).at(-1)
    const after = debts.length === open.length ? open.find(({ start }) => start >= count.end) : undefined
    const nearest = before ?? after
    // 每月调度1次、带队检查1次: the second number is of the same period.
    const shared = debts.filter(({ end }) => end <= count.start).at(-1)?.period ?? null
    if (nearest === undefined) debts.push({ start: count.start, end: count.end, period: shared, count })
    else nearest.count = count
  }
  debts.sort((one, other) => one.start - other.start)
  const time = times[0] ?? null
  if (debts.length === 0) {
    if (times.length < 2) return time === null ? [] : [wholeClause(clause, time)]
    // 规上企业6月底前、规下企业9月底前: a date for each.
    debts.push(...times.map(({ start, end }) => ({ start, end, period: null, count: null })))
  }
  return debts.map((debt, at): Owed => {
    const from = at === 0 ? 0 : cutBefore(clause.words.text, debt.start, debts[at - 1]?.end ?? 0)
    const next = debts[at + 1]
    const to = next === undefined ? clause.words.length : cutBefore(clause.words.text, next.start, debt.end)
    const words = clause.words.slice(from, to)
    // 项目经理每周、企业负责人每月: a later part may name another who acts.
    // 抽查水库不少于3座、电站不少于1座: without a period of its own, what stands before the number is counted.
    const isListed = debt.count !== null && 'quota' in debt.count.meaning && debt.period === debts[at - 1]?.period
    const own = at === 0 || (isListed && !/^(?:各|每|其他|[省市县区镇乡村]级)/.test(words.text)) ? null : actorOf(words)
    const named = own?.actor ?? (clause.namesActor ? clause.actor : null)
    return {
      clause,
      words,
      actor: named ?? clause.actor,
      namesActor: named !== null,
      from: own === null ? Math.max(0, clause.rest.start - words.start) : own.rest.start - words.start,
      period: debt.period,
      count: debt.count,
      time: times.filter(({ start, end }) => start >= from && end <= to).at(-1) ?? time,
    }
  })
}

/** 6月、9月、12月各开展一次: one by each of the dates. */
const isListOfDates = (text: string, times: readonly Found<TimeSpan>[]): boolean =>
  times.length > 1 &&
  times.slice(1).every((time, at) => /^[、和及]$/.test(text.slice(times[at]?.end ?? 0, time.start))) &&
  /^(?:各|分别)/.test(text.slice(times.at(-1)?.end ?? 0))

/** Where a debt's own words begin: behind the last sign that divides it from the one before. */
function cutBefore(text: string, at: number, after: number): number {
  const between = text.slice(after, at)
  const sign = Math.max(...['、', '和', '，', '及'].map((mark) => between.lastIndexOf(mark)))
  return sign < 0 ? at : after + sign + 1
}

const LEAST = /^(?:至少|不少于|不低于|不得少于|应不少于|最少|不能少于|不得低于)?(?:要|应)?(?:再)?(?:分别)?(?:各)?/
const NUMBER = /[\d〇零一二三四五六七八九十百两]/

/** Within the words of a count: the signs of 至少, then the verb that it took with it (至少公布1起). */
function verbOf(count: Found<Count> | null): { start: number; end: number } {
  if (count === null) return { start: 0, end: 0 }
  const start = LEAST.exec(count.text)?.[0].length ?? 0
  const number = count.text.slice(start).search(NUMBER)
  return { start, end: start + Math.max(0, number) }
}

/** What is to be done: the words of the debt without who, when, how often and how many. */
export function actIn(owed: Owed): Wording {
  const { clause, period, count, time, words } = owed
  const offset = words.start - clause.words.start
  const whole: Wording = { text: blank(words.text), own: words.own }
  const verb = verbOf(count)
  const cuts: [number, number][] = []
  for (const cut of [period, time]) {
    if (cut === null) continue
    const lead =
      /(?:最迟|最晚|力争|确保|务必|限)?(?:[于在到自从]|最迟|限)?$/.exec(
        whole.text.slice(0, Math.max(0, cut.start - offset)),
      )?.[0].length ?? 0
    const day = cut === period ? (DAY_OF_PERIOD.exec(whole.text.slice(cut.end - offset))?.[0].length ?? 0) : 0
    cuts.push([cut.start - offset - lead, cut.end - offset + day])
  }
  const edge = count === null ? whole.text.length : count.start - offset + verb.end
  if (count !== null) cuts.push([count.start - offset, count.start - offset + verb.start], [edge, count.end - offset])
  cuts.sort(([one], [other]) => one - other)
  const behind = behindActor(owed)
  const end = behind === null ? edge : Math.min(edge, behind.start - words.start)
  const before = unblank(between(whole, cuts, Math.min(owed.from, end), end))
  const from = count === null ? whole.text.length : Math.max(count.end - offset, owed.from)
  const after = behind === null ? unblank(between(whole, cuts, from, whole.text.length)) : { text: '', own: '' }
  return actionOf(before, after)
}

function between(whole: Wording, cuts: readonly [number, number][], start: number, end: number): Wording {
  let text = ''
  let own = ''
  let reached = start
  const take = (to: number) => {
    const piece = slice(whole, Math.min(reached, end), Math.max(Math.min(reached, end), Math.min(to, end)))
    text += piece.text
    own += piece.own
  }
  for (const [from, to] of cuts) {
    if (to <= reached || from >= end) continue
    take(from)
    reached = Math.max(reached, to)
  }
  take(end)
  return { text, own }
}

/** 查处违法行为各乡不少于2起: the one who acts stands behind the act, before the number. */
export function behindActor({ words, clause, count, namesActor }: Owed): Words | null {
  if (count === null || namesActor || !/^(?:至少|不少于|不低于|不得少于)/.test(count.text)) return null
  const end = count.start - (words.start - clause.words.start)
  const before = blank(words.text).slice(0, end)
  const each = /(?<actor>各[^，各]{1,24}(?:各[^，各]{1,12})?)$/.exec(before)
  const listed = new RegExp(`${HIDDEN}(?<actor>[^，${HIDDEN}]{2,60}等?(?:部门|单位|企业))$`).exec(before)
  const actor = (listed ?? each)?.groups?.actor
  if (actor === undefined || levelOf(actor) === null || end - actor.length < 4) return null
  return words.slice(end - actor.length, end)
}

/** 明确1家甲企业和1家乙企业: what is further owed by the same verb. */
export function furtherQuotas({ words, clause, count }: Owed): { quota: PlanQuota; what: Words; verb: string }[] {
  if (count === null || !('quota' in count.meaning)) return []
  const offset = words.start - clause.words.start
  const own = verbOf(count)
  const before = new RegExp(`(?:${ACT_VERBS})$`).exec(words.text.slice(0, Math.max(0, count.start - offset)))?.[0] ?? ''
  const verb = count.text.slice(own.start, own.end) || before
  const from = count.end - offset
  const further =
    /[和、及](?<n>\d+|[一两二三四五六七八九十])(?<unit>家|个|处|户|所|名|块|条|座|台|辆)(?<what>[^，、和及\d]{2,24})/g
  return [...words.text.slice(from).matchAll(further)].map(({ index, 0: all, groups }) => {
    const what = groups?.what ?? ''
    const at = from + index + all.length - what.length
    return {
      quota: { atLeast: numberOf(groups?.n ?? '') ?? 1, unit: groups?.unit ?? '' },
      what: words.slice(at, at + what.length),
      verb,
    }
  })
}
