import type { CivilDate, PlanDuty, PlanPhase, PlanReport, PlanTask, PlanWarning } from '@bihuan/domain'
import type { Issue } from '../lexicon/date.js'
import { numberOf } from '../lexicon/rule.js'
import type { CanonicalText, Words } from '../normalise/canonical-text.js'
import type { Paragraph } from '../outline/paragraph.js'
import type { ReadAnnex } from './annexes.js'
import type { ToldReport } from './told-report.js'

export interface WarningContext {
  readonly issue: Issue
  readonly canonical: CanonicalText
  readonly paragraphs: readonly Paragraph[]
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
    const holder = told.find(({ report }) => report.annexes.includes(note.ordinal) && report.cadence !== 'once')
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

/** The same form asked for twice in the text, in the same rhythm, by the same, on another day. */
function conflictsInText(told: readonly ToldReport[]): PlanWarning[] {
  const byName = new Map<string, ToldReport>()
  return told.flatMap((one) => {
    const key = `${one.report.cadence}|${one.report.from}|${one.report.name}`
    const twin = byName.get(key)
    if (twin === undefined) byName.set(key, one)
    if (twin === undefined || !isInConflict(twin, one)) return []
    const quotes = [twin, one].map(({ sentence }) => sentence.own)
    const message = `“${one.report.name}”的报送时间前后不一：一处要求${dueInWords(twin.report.due)}，另一处要求${dueInWords(one.report.due)}。请确定以哪个为准。`
    return [{ code: 'conflicting-due' as const, message, quotes }]
  })
}

/** Two days named in one sentence are two reports; the same thing sent to two is no conflict either. */
function isInConflict(one: ToldReport, other: ToldReport): boolean {
  const [a, b] = [one.report, other.report]
  if (a.cadence === 'once' || a.due === null || b.due === null || one.sentence.start === other.sentence.start)
    return false
  const isToSame = a.to.length === 0 || b.to.length === 0 || a.to.some((unit) => b.to.includes(unit))
  return isToSame && JSON.stringify(a.due) !== JSON.stringify(b.due)
}

const COUNTED =
  /(?:(?:以下|如下|下列|下面|抓好|做好|开展|围绕|分为?|划分为|按照|实施|完成|落实|突出|重点|聚焦|推进|从|共|等)[^，。；：]{0,12}?)(?<n>\d{1,2}|[一二三四五六七八九十]{1,3}|两)(?<unit>个方面|方面|个阶段|阶段|个步骤|步|项|个专项行动|个行动|大行动|个专项|条|点|类|个环节|个重点|大任务|个层面)(?<what>[^，。；：]{0,16})/g

/** A number said, and another number of items that follow. */
function countMismatches({ paragraphs, phases, phaseIntro, annexes }: WarningContext): PlanWarning[] {
  const found: PlanWarning[] = []
  paragraphs.forEach((paragraph, at) => {
    for (const match of paragraph.words.text.matchAll(COUNTED)) {
      const stated = numberOf(match.groups?.n ?? '')
      const unit = match.groups?.unit ?? ''
      if (stated === null || stated < 2) continue
      if (/阶段|步/.test(unit) || /简称/.test(match[0])) continue
      const isLast = /^[^。]*[。：；]?$/.test(paragraph.words.text.slice(match.index + match[0].length))
      const listed = inlineCount(paragraph.words.text.slice(match.index + match[0].length))
      const below = childCount(paragraphs, at)
      const follows =
        listed ??
        (isLast && announces(match[0], paragraph.words.text.slice(match.index + match[0].length)) ? below : null)
      if (follows === null || follows < 2 || follows === stated) continue
      found.push(mismatch(match[0], stated, follows, match[0]))
    }
  })
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

/** 以下六项工作：, 做好四项工作。: what stands below is what was announced. */
const announces = (words: string, rest: string) =>
  (/以下|如下|下列|下面/.test(words) ||
    /[：]$/.test(rest) ||
    /(?:抓好|做好|开展|完成|落实|实施|推进)[^，。；：]{0,12}$/.test(
      words.replace(/(?:\d{1,2}|[一二三四五六七八九十]{1,3}).*$/, ''),
    )) &&
  /^[^，；]{0,20}[。：]?$/.test(rest)

/** How many paragraphs of the next level stand directly below. */
function childCount(paragraphs: readonly Paragraph[], at: number): number | null {
  const paragraph = paragraphs[at] as Paragraph
  const level = paragraph.numbering?.level ?? paragraph.under.at(-1)?.numbering?.level ?? -1
  const children: Paragraph[] = []
  let next = at + 1
  while (next < paragraphs.length && paragraphs[next]?.numbering === null) next++
  const first = paragraphs[next]?.numbering
  if (first === null || first === undefined || first.level <= level || first.ordinal !== 1) return null
  for (let index = next; index < paragraphs.length; index++) {
    const numbering = paragraphs[index]?.numbering
    if (numbering === null || numbering === undefined || numbering.level > first.level) continue
    if (numbering.level < first.level || numbering.ordinal !== children.length + 1) break
    children.push(paragraphs[index] as Paragraph)
  }
  return children.length
}

/** Items told in the same sentence: 1.…2.…, 一是…二是…. */
function inlineCount(rest: string): number | null {
  for (const pattern of [
    /(?:^|(?<=[。；：，]))([一二三四五六七八九十])是/g,
    /(?:^|(?<=[。；：，、]))(\d{1,2})[.、](?!\d)/g,
    /([①②③④⑤⑥⑦⑧⑨⑩])/g,
    /（(\d{1,2})）/g,
  ]) {
    const marks = [...rest.matchAll(pattern)]
    if (marks.length < 2 || (marks[0]?.index ?? 99) > 24) continue
    const ordinals = marks.map((mark) =>
      /[①-⑩]/.test(mark[1] ?? '') ? '①②③④⑤⑥⑦⑧⑨⑩'.indexOf(mark[1] ?? '') + 1 : (numberOf(mark[1] ?? '') ?? 0),
    )
    if (ordinals.every((ordinal, at) => ordinal === at + 1)) return marks.length
  }
  return null
}

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
    if (year !== null && (own < year || own > last)) {
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

function datesDue({ phases, duties, reports, annexes, canonical, issue }: WarningContext): Dated[] {
  const wordsAt = (source: { start: number; end: number } | undefined) =>
    source === undefined ? '' : canonical.wordsBetween(source.start, source.end).own
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
    deadline === null ? [] : [{ date: deadline, words: [wordsAt(source)], about: action }],
  )
  const ofReports = reports.flatMap(({ name, due, source }): Dated[] =>
    due !== null && 'date' in due ? [{ date: due.date, words: [wordsAt(source)], about: name }] : [],
  )
  const ofTasks = annexes.flatMap(({ annex }) => (annex.kind === 'task-list' ? annex.tasks.flatMap(taskDates) : []))
  return [...ofPhases, ...ofDuties, ...ofReports, ...ofTasks]
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
function phaseOrder({ phases }: WarningContext): PlanWarning[] {
  return phases.slice(1).flatMap((phase, at): PlanWarning[] => {
    const before = phases[at] as PlanPhase
    if (before.endsOn === null || phase.startsOn === null) return []
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
