import type { CivilDate, PlanDuty, PlanPhase, PlanReport, PlanTask, PlanWarning } from '@bihuan/domain'
import type { Issue } from '../lexicon/date.js'
import { numberOf } from '../lexicon/rule.js'
import type { CanonicalText, Words } from '../normalise/canonical-text.js'
import type { Paragraph, Part } from '../outline/paragraph.js'
import type { ReadAnnex } from './annexes.js'
import { announcedCounts } from './announced-count.js'
import { isOfPast, saidDates } from './said-date.js'
import type { ToldReport } from './told-report.js'

export interface WarningContext {
  readonly issue: Issue
  readonly canonical: CanonicalText
  readonly paragraphs: readonly Paragraph[]
  readonly parts: readonly Part[]
  readonly phases: readonly PlanPhase[]
  readonly phaseIntro: Words | null
  readonly duties: readonly PlanDuty[]
  readonly reports: readonly PlanReport[]
  readonly told: readonly ToldReport[]
  readonly noted: readonly (ToldReport & { readonly ordinal: number })[]
  readonly annexes: readonly ReadAnnex[]
  readonly declared: readonly { readonly ordinal: number; readonly title: Words }[]
}

/** What in the document cannot be true or contradicts itself. */
export function readWarnings(context: WarningContext): PlanWarning[] {
  return [
    ...conflictingDues(context),
    ...countMismatches(context),
    ...yearsAndDates(context),
    ...duesBeforeCutoff(context),
    ...missingAnnexes(context),
    ...phaseOrder(context),
  ]
}

const chinese = (date: CivilDate) => {
  const [year = '', month = '', day = ''] = date.split('-')
  return `${year}年${Number(month)}月${Number(day)}日`
}

function clauseAt(words: Words): string {
  return words.own.length > 60 ? `${words.own.slice(0, 60)}…` : words.own
}

const dueInWords = (due: PlanReport['due']) =>
  due === null
    ? ''
    : 'day' in due
      ? due.day === 'last'
        ? '月底'
        : `${due.day}日`
      : 'weekday' in due
        ? `周${'一二三四五六日'.charAt(due.weekday - 1)}`
        : chinese(due.date)

/** The text and the notes of the form name two due days, or two beginnings, for the same report. */
function conflictingDues({ told, noted }: WarningContext): PlanWarning[] {
  const found: PlanWarning[] = []
  for (const note of noted) {
    const holders = told.filter(({ report }) => report.annexes.includes(note.ordinal))
    // A form that the text asks for on named days, and its own note in a rhythm, is asked for twice.
    const holder = holders.find(({ report }) => report.cadence !== 'once') ?? holders[0]
    if (holder === undefined) continue
    const quotes = [clauseAt(holder.sentence), clauseAt(note.words)]
    const [one, other] = [holder.report, note.report]
    const isOther = other.due !== null && one.due !== null && JSON.stringify(one.due) !== JSON.stringify(other.due)
    const isOtherRhythm = other.cadence !== null && one.cadence !== null && other.cadence !== one.cadence
    if (isOther || isOtherRhythm) {
      const message = `“${one.name}”的报送时间前后不一：正文要求${dueInWords(one.due)}，附件${note.ordinal}的说明要求${dueInWords(other.due)}。请确定以哪个为准。`
      found.push({ code: 'conflicting-due', message, quotes })
    }
    if (one.since !== null && other.since !== null && one.since !== other.since) {
      const message = `“${one.name}”的开始报送时间前后不一：正文自${chinese(one.since)}起，附件${note.ordinal}的说明自${chinese(other.since)}起。请确定以哪个为准。`
      found.push({ code: 'conflicting-due', message, quotes })
    }
  }
  return [...found, ...conflictsInText(told)]
}

/** The same form asked for twice in the text, in the same rhythm, on another day. */
function conflictsInText(told: readonly ToldReport[]): PlanWarning[] {
  const byName = new Map<string, ToldReport>()
  return told.flatMap((one) => {
    const key = `${one.report.cadence}|${one.report.name}`
    const twin = byName.get(key)
    if (twin === undefined) byName.set(key, one)
    if (twin === undefined || !isInConflict(twin, one)) return []
    const quotes = [twin, one].map(({ sentence }) => sentence.own)
    const message = `“${one.report.name}”的报送时间前后不一：一处要求${dueInWords(twin.report.due)}，另一处要求${dueInWords(one.report.due)}。请确定以哪个为准。`
    return [{ code: 'conflicting-due' as const, message, quotes }]
  })
}

/** What a campaign has one of: what is sent of it on two days contradicts itself, unlike reports of progress. */
const SENT_ONCE =
  /^(?!.*(?:阶段|半年|季度|月度|中期|期中)).*(?:总结|总结报告|实施方案|工作方案|联络员名单|联络员信息表)$/

/** Two days named in one sentence are two reports; the same thing sent to two, or by two, is no conflict either. */
function isInConflict(one: ToldReport, other: ToldReport): boolean {
  const [a, b] = [one.report, other.report]
  if (a.due === null || b.due === null || one.sentence.start === other.sentence.start) return false
  if (a.cadence === 'once' && !SENT_ONCE.test(a.name)) return false
  const isBySame = a.from === null || b.from === null || a.from === b.from
  const isToSame = a.to.length === 0 || b.to.length === 0 || a.to.some((unit) => b.to.includes(unit))
  return isBySame && isToSame && JSON.stringify(a.due) !== JSON.stringify(b.due)
}

/** A number said, and another number of items that follow. */
function countMismatches({ paragraphs, parts, phases, phaseIntro, annexes }: WarningContext): PlanWarning[] {
  const found = announcedCounts(paragraphs, parts).map(({ words, stated, listed, last }) =>
    mismatch(words, stated, listed, last ?? words),
  )
  if (phaseIntro !== null && phases.length >= 2) {
    const said = /(?:分|按|共|划分)[^，。；]{0,8}?(?<n>\d|[一二三四五六七八]|两)个?(?<unit>阶段|步骤|步)/.exec(
      phaseIntro.text,
    )
    const stated = numberOf(said?.groups?.n ?? '')
    if (said !== null && stated !== null && stated !== phases.length)
      found.push(mismatch(said[0], stated, phases.length, said[0]))
  }
  for (const { annex, records } of annexes) {
    if (annex.kind !== 'task-list') continue
    const areas = new Set(annex.tasks.map(({ area }) => area).filter((area) => area !== ''))
    for (const heading of new Set(records.flatMap(({ headings }) => headings))) {
      const said = /^(?<n>\d{1,2}|[一二三四五六七八九十]{1,2})(?:个|项|大)(?:专项)?(?:行动|任务|重点|方面|专项)/.exec(
        heading?.text ?? '',
      )
      const stated = numberOf(said?.groups?.n ?? '')
      if (stated !== null && areas.size >= 2 && stated !== areas.size)
        found.push(mismatch(heading?.own ?? '', stated, areas.size, [...areas].at(-1) ?? ''))
    }
  }
  return found
}

const mismatch = (words: string, stated: number, follows: number, quote: string): PlanWarning => ({
  code: 'count-mismatch',
  message: `文中写“${words}”，实际列出${follows}项，与所写的${stated}项不符。请核对。`,
  quotes: [words, quote].filter((one, at, all) => all.indexOf(one) === at),
})

interface Dated {
  readonly date: CivilDate
  readonly words: readonly string[]
  readonly about: string
  /** A bare month or 旬 that holds the date of issue is not before it. */
  readonly from?: CivilDate | null
}

/** A year that cannot be that of the plan; what is due or begins before the plan was issued. */
function yearsAndDates(context: WarningContext): PlanWarning[] {
  const { issue } = context
  const dated = datesDue(context)
  const found: PlanWarning[] = []
  const { issuedOn, year } = issue
  const last = lastYear(context)
  for (const { date, words, about } of dated) {
    const own = Number(date.slice(0, 4))
    const isYearBehind = issuedOn !== null && isAYearBehind(date, issuedOn, context)
    if (year !== null && (isOffYear(date, year, last) || isYearBehind)) {
      found.push({
        code: 'year-mismatch',
        message: `“${about}”写的是${own}年，与方案的年份不符。请核对年份。`,
        quotes: words,
      })
    } else if (issuedOn !== null && date < issuedOn) {
      found.push({
        code: 'date-before-issue',
        message: `方案${chinese(issuedOn)}印发，“${about}”却要求在${chinese(date)}前，早于印发日期。请核对。`,
        quotes: words,
      })
    }
  }
  return unique(found)
}

/** 2023年3月20日 in a plan of November 2023 to March 2024: long before the plan began, and in it a year later. */
function isAYearBehind(date: CivilDate, issuedOn: CivilDate, context: WarningContext): boolean {
  const [year, month] = date.split('-').map(Number) as [number, number]
  const months = (Number(issuedOn.slice(0, 4)) - year) * 12 + Number(issuedOn.slice(5, 7)) - month
  const isSaid = context.canonical.text.includes(`${year}年${month}月`)
  return months > 3 && isSaid && `${year + 1}${date.slice(4)}` <= lastDay(context)
}

/** The last day that the plan names of its phases. */
const lastDay = ({ phases }: WarningContext) =>
  phases.reduce((last, { endsOn }) => (endsOn !== null && endsOn > last ? endsOn : last), '')

const isOffYear = (date: CivilDate, first: number, last: number) =>
  Number(date.slice(0, 4)) < first || Number(date.slice(0, 4)) > last

const unique = (warnings: readonly PlanWarning[]) =>
  warnings.filter(
    (one, at) =>
      warnings.findIndex((other) => other.message === one.message && other.quotes.join() === one.quotes.join()) === at,
  )

/** The last year that the plan can speak of: that of its end, or of a span of years in its title, with one to conclude it in. */
function lastYear({ issue, phases, canonical }: WarningContext): number {
  const year = issue.year ?? 9999
  const title = [...canonical.text.slice(0, 600).matchAll(/20\d{2}/g)]
    .map(([found]) => Number(found))
    .filter((one) => one <= year + 5)
  const ends = phases
    .flatMap(({ endsOn }) => (endsOn === null ? [] : [Number(endsOn.slice(0, 4))]))
    .filter((one) => one <= year + 3)
  return Math.max(year, ...title, ...ends) + (Math.max(...ends, 0) > year ? 0 : 1)
}

function datesDue({ phases, duties, reports, annexes, canonical, issue, paragraphs }: WarningContext): Dated[] {
  const wordsAt = (source: { start: number; end: number } | undefined) =>
    source === undefined ? '' : canonical.wordsBetween(source.start, source.end).own
  const canonicalAt = (source: { start: number; end: number } | undefined) =>
    source === undefined ? '' : canonical.wordsBetween(source.start, source.end).text
  const ofPhases = phases.flatMap(({ name, startsOn, endsOn, source }): Dated[] => {
    const words = [wordsAt(source)]
    const isMonth =
      startsOn !== null &&
      endsOn !== null &&
      issue.issuedOn !== null &&
      startsOn <= issue.issuedOn &&
      issue.issuedOn <= endsOn
    const begins =
      startsOn !== null && !isMonth && !isBareStart(startsOn, issue) ? [{ date: startsOn, words, about: name }] : []
    return [...begins, ...(endsOn === null ? [] : [{ date: endsOn, words, about: name }])].slice(0, 1)
  })
  const ofDuties = duties.flatMap(({ action, deadline, source }): Dated[] =>
    deadline === null || isOfPast(canonicalAt(source))
      ? []
      : [{ date: deadline, words: [wordsAt(source)], about: action }],
  )
  const ofReports = reports.flatMap(({ name, due, since, source }): Dated[] => {
    const words = [wordsAt(source)]
    if (due !== null && 'date' in due) return [{ date: due.date, words, about: name }]
    return since === null || isBareStart(since, issue) ? [] : [{ date: since, words, about: name }]
  })
  const ofTasks = annexes.flatMap(({ annex }) => (annex.kind === 'task-list' ? annex.tasks.flatMap(taskDates) : []))
  const read = [...ofPhases, ...ofDuties, ...ofReports, ...ofTasks]
  const ofText = saidDates(paragraphs, issue).flatMap(({ date, words }): Dated[] =>
    read.some((one) => one.date === date) ? [] : [{ date, words: [words.own], about: words.own }],
  )
  return [...read, ...ofText]
}

/** The first day of the month of issue stands for the month. */
const isBareStart = (date: CivilDate, { issuedOn }: Issue) =>
  issuedOn !== null && date.slice(0, 7) === issuedOn.slice(0, 7) && date.endsWith('-01')

function taskDates({ requirement, task, dueText, due }: PlanTask): Dated[] {
  const about = requirement === '' ? task : requirement
  if (due?.kind === 'date') return [{ date: due.date, words: [about, dueText], about }]
  return due?.kind === 'dates'
    ? due.windows.slice(0, 1).map(({ to }) => ({ date: to, words: [about, dueText], about }))
    : []
}

/** Reported by the end of the month or earlier, and up to the end of the month. */
function duesBeforeCutoff({ reports, noted, told }: WarningContext): PlanWarning[] {
  return reports.flatMap((report): PlanWarning[] => {
    if (report.cutoff !== 'month-end' || report.cadence !== 'monthly' || report.due === null || !('day' in report.due))
      return []
    const body = told.find((one) => one.report === report)
    const sentence = body?.sentence ?? null
    const note = noted.find(({ ordinal }) => report.annexes.includes(ordinal))
    const own = sentence?.split(/；/).find(({ end }) => end > (body?.words.start ?? 0))
    if (/次月|下月|下个月/.test(own?.text ?? '')) return []
    const quotes = [
      ...(sentence === null ? [] : [clauseAt(sentence)]),
      ...(note === undefined ? [] : [clauseAt(note.words)]),
    ]
    const message = `“${report.name}”要求每月${dueInWords(report.due)}前报送，统计却截至本月末，报送时本月尚未结束。请确定统计截止时间。`
    return [{ code: 'due-before-cutoff', message, quotes }]
  })
}

/** Annexes that the text or its list names and that are not there: one warning for all. */
function missingAnnexes({ annexes }: WarningContext): PlanWarning[] {
  const missing = annexes.filter(({ annex }) => annex.kind === 'other' && annex.attached === false)
  if (missing.length === 0) return []
  const named = missing
    .map(({ annex }) => `附件${annex.ordinal}${annex.title === '' ? '' : `《${annex.title}》`}`)
    .join('、')
  return [
    {
      code: 'missing-annex',
      message: `正文提到${named}，文件里没有。请向发文单位补要。`,
      quotes: missing.map(({ annex, words }) => words?.own ?? `附件${annex.ordinal}`),
    },
  ]
}

/** Phases that follow one another and leave days between them, or share some. */
function phaseOrder(context: WarningContext): PlanWarning[] {
  const { phases, issue } = context
  // A year that cannot be is told of as such, and what follows from it is not.
  const isOff = ({ startsOn, endsOn }: PlanPhase) =>
    [startsOn, endsOn].some(
      (date) => date !== null && issue.year !== null && isOffYear(date, issue.year, lastYear(context)),
    )
  return phases.slice(1).flatMap((phase, at): PlanWarning[] => {
    const before = phases[at] as PlanPhase
    if (before.endsOn === null || phase.startsOn === null || isOff(before) || isOff(phase)) return []
    const quotes = [before.name, phase.name]
    const next = dayAfter(before.endsOn)
    if (phase.startsOn > next)
      return [
        {
          code: 'phase-gap',
          message: `“${before.name}”到${chinese(before.endsOn)}为止，“${phase.name}”从${chinese(phase.startsOn)}才开始，中间有空档。请核对。`,
          quotes,
        },
      ]
    if (phase.startsOn <= before.endsOn)
      return [
        {
          code: 'phase-overlap',
          message: `“${phase.name}”从${chinese(phase.startsOn)}开始，“${before.name}”到${chinese(before.endsOn)}才结束，时间重叠。请核对。`,
          quotes,
        },
      ]
    return []
  })
}

function dayAfter(date: CivilDate): CivilDate {
  const day = new Date(`${date}T00:00:00Z`)
  if (Number.isNaN(day.getTime())) return date
  day.setUTCDate(day.getUTCDate() + 1)
  return day.toISOString().slice(0, 10)
}
