import type { PlanReport } from '@bihuan/domain'
import type { Issue } from '../lexicon/date.js'
import type { Words } from '../normalise/canonical-text.js'
import type { Clause } from '../outline/statement.js'
import { attributesIn } from './report-attributes.js'
import { sendIn } from './report-clause.js'
import { scheduleOf, timeOf, type ReportTime } from './report-time.js'
import { isCalled } from './report-remark.js'
import { blank } from './report-wording.js'
import type { ToldReport } from './told-report.js'

/** 甲局汇总后，于每月10日前报乙局: what is gathered may stand in the clause before. */
export const isGathering = (plain: string) =>
  /(?:汇总|审核|整理)(?:审核|汇总|把关)?(?:后|[^，将把]{2,16}后)?$/.test(plain)

/** Whether a clause sends on what others sent; `lead` is the clause up to its verb. */
export const isPassing = (lead: string, before: Clause | undefined) =>
  /汇总|整理后|审核后|统一(?:报|上报)/.test(lead) || isGathering(before?.words.text ?? '')

/** What is passed on: what was sent last, or of the paragraph that which has the same rhythm. */
export function givenTo(
  sender: string | null,
  all: readonly ToldReport[],
  lastSent: readonly ToldReport[],
  cadence: PlanReport['cadence'],
): readonly ToldReport[] {
  const toSender = all.filter(({ report }) => sender !== null && report.to.includes(sender))
  const from = toSender.length > 0 ? toSender : all
  const same = from.filter(({ report }) => cadence !== null && report.cadence === cadence)
  if (same.length > 0) return same
  const last = lastSent.filter((one) => from.includes(one))
  if (last.length > 0) return last
  return lastSent.length > 0 ? lastSent : from.slice(-1)
}

/** 将调度表汇总后: of several things only those that are named are passed on. */
export function gatheredOf(
  given: readonly ToldReport[],
  before: Clause | undefined,
  clause: Clause,
): readonly ToldReport[] {
  const said = `${before?.words.text ?? ''}，${clause.words.text}`
  const named = (
    /(?:将|把|对)(?<what>[^，。；]{2,40}?)(?:进行)?(?:汇总|审核|整理)/.exec(said) ??
    /(?:汇总|审核|整理)(?<what>[^，。；将把]{2,24}?)后/.exec(said)
  )?.groups?.what
  const meant = given.filter(({ report }) => named?.split(/[、和及与]/).some((one) => isCalled(report.name, one)))
  return meant.length > 0 ? meant : given
}

export const receivesWhat = (sender: string | null, given: readonly ToldReport[]) =>
  sender !== null && given.some(({ report }) => report.to.includes(sender) && report.from !== sender)

/** 于每月23日前审核汇总并报…: the day on which it is gathered is that on which it is passed on. */
export function timeOfGathering(before: Clause | undefined, issue: Issue): ReportTime | null {
  const plain = blank(before?.words.text ?? '')
  const time = sendIn(plain) === null && /汇总|审核|整理|梳理|研判/.test(plain) ? timeOf(plain, issue) : null
  return time?.kind === 'days' ? time : null
}

/** 汇总后报上级: the same, by another, in the same rhythm; the rules for those who fill it in are not passed on. */
export function passedOn(
  given: readonly ToldReport[],
  { clause, sentence, before, from, to, time, issue }: Passing,
): readonly ToldReport[] {
  const schedule = time === null ? null : scheduleOf(time)
  const gathered = isGathering(blank(before?.words.text ?? '')) ? `${before?.words.text ?? ''}，` : ''
  return given.map(({ report }): ToldReport => ({
    words: clause.words,
    sentence,
    isPassedOn: true,
    report: {
      ...report,
      from,
      to,
      cadence: schedule?.cadence ?? report.cadence,
      due: schedule?.due ?? null,
      since: null,
      nilReport: false,
      holidayShift: null,
      splitBy: null,
      sections: [],
      deliverables: [],
      mustContain: [],
      ...attributesIn(`${gathered}${clause.words.text}`, issue),
      notes: null,
      source: clause.words.source,
    },
  }))
}

interface Passing {
  readonly clause: Clause
  readonly sentence: Words
  readonly before: Clause | undefined
  readonly from: string | null
  readonly to: readonly string[]
  readonly time: ReportTime | null
  readonly issue: Issue
}
