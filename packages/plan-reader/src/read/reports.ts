import type { PlanAnnex, PlanReport } from '@bihuan/domain'
import type { Issue } from '../lexicon/date.js'
import { readSchedules, type Schedule } from '../lexicon/due.js'
import { readCounts } from '../lexicon/frequency.js'
import type { Words } from '../normalise/canonical-text.js'
import type { Paragraph } from '../outline/paragraph.js'
import { actorOf, statementsOf, type Clause, type Statement } from '../outline/statement.js'
import { attributesIn } from './report-attributes.js'
import { isCountedBy, isSending, sendIn, type Send } from './report-clause.js'
import { namesIn, type AnnexName, type ReportName } from './report-names.js'
import { isRemark, layClauseOver, laySentenceOver, reportsNamed, saidOf } from './report-remark.js'
import { onDate, scheduleOf, timeOf, type ReportTime } from './report-time.js'
import { behind, blank, endOfObject, receivers, subjectBefore } from './report-wording.js'
import { reportOf, type ToldReport } from './told-report.js'

export interface ReportContext {
  readonly issue: Issue
  readonly annexes: readonly PlanAnnex[]
}

/** What is reported in a rhythm or by a date, from the text. */
export function readTextReports(paragraphs: readonly Paragraph[], context: ReportContext): ToldReport[] {
  const told: ToldReport[] = []
  let paragraph: Paragraph | null = null
  let before: ToldReport[] = []
  for (const statement of statementsOf(paragraphs)) {
    if (statement.paragraph !== paragraph) before = []
    paragraph = statement.paragraph
    const found = new SentenceReader(statement, before, context).read()
    told.push(...found)
    before.push(...found)
    if (found.length === 0) layAttributesOver(statement.words, before, told, context)
    laySentenceOver(statement, before, (ordinal) => groupsOf(context.annexes, ordinal))
  }
  return told
}

class SentenceReader {
  private readonly told: ToldReport[] = []
  private lastSent: ToldReport[] = []
  /** Of what the clauses speak that say more of what is told already. */
  private topic: readonly ToldReport[] | null = null
  /** What a clause before sends, without saying when: 分行业报送情况，每季度末报…. */
  private untimed: { readonly what: Words; readonly said: string } | null = null

  constructor(
    private readonly statement: Statement,
    private readonly before: readonly ToldReport[],
    private readonly context: ReportContext,
  ) {}

  read(): ToldReport[] {
    for (const { clauses } of this.statement.members) {
      clauses.forEach((clause, at) => this.readClause(clauses, clause, at))
    }
    return this.told
  }

  private readClause(clauses: readonly Clause[], clause: Clause, at: number): void {
    const plain = blank(clause.words.text)
    if (!isSending(plain) || isRemark(plain)) {
      this.readRemark(clause)
      return
    }
    if (readCounts(plain).some(({ meaning, text }) => 'quota' in meaning && /^(?:至少|不少于)/.test(text))) return
    if (isCountedBy(clauses[at + 1])) return
    const send = sendIn(plain)
    if (send === null) return
    const own = this.timeOf(clauses, at, plain)
    const isVague = /及时|立即|第一时间|随时|适时|限时|按规定|按程序|按照程序|逐级上报|如实/.test(plain) && own === null
    const inherited = own === null && !isVague ? this.timeBefore(clauses, at) : null
    const time = own ?? inherited
    const isPassedOn = isPassing(plain.slice(0, send.index + send.length), clauses[at - 1])
    const sent = time === null ? null : (this.sentIn(clause, plain, send) ?? this.untimedSent(clause, plain, send))
    if (time === null || sent === null) {
      if (isPassedOn) this.passOn(clause, plain, send, own)
      else if (time === null && !isVague) {
        const what = this.sentIn(clause, plain, send)?.what
        this.untimed = what === undefined ? null : { what, said: plain }
      }
      return
    }
    const { what, to } = sent
    const dates = time.kind === 'dates' ? time.dates : []
    const isEach = /分别/.test(
      inherited === null
        ? plain
        : clauses
            .slice(0, at + 1)
            .map(({ words }) => words.text)
            .join('，'),
    )
    const apart = dates.length > 1 && isEach && pieces(what) === dates.length
    const names = namesIn(what, annexNames(this.context.annexes), apart)
    if (names.length === 0) return
    const around = this.clausesAround(clauses, at, inherited !== null)
    const untimed = this.untimed?.said ?? ''
    this.untimed = null
    const attributesOf = ({ name }: ReportName) => {
      const said = saidOf(
        around,
        name,
        names.map((one) => one.name),
      )
      return attributesIn(`${untimed}，${said}`, this.context.issue)
    }
    const from = this.fromOf(clause)
    const receivers = to.length > 0 ? to : this.receiversBefore(from)
    const after = behind(clause.words, send.index).filter(({ start }) => start >= what.end || start < what.start)
    const pairs = this.respondentsIn(clauses, at)
    if (pairs.length > 1) {
      const made = pairs.flatMap(({ from: who, schedule }) =>
        names.map((name): ToldReport => {
          const report = reportOf(name, who, receivers, schedule, attributesOf(name), time, after)
          return { words: name.words, sentence: this.statement.words, report }
        }),
      )
      this.told.push(...made)
      this.lastSent = made
      return
    }
    const made = names.flatMap((name, index): ToldReport[] => {
      const dues =
        time.kind === 'schedule'
          ? time.schedules
          : time.kind === 'period'
            ? [scheduleOf(time)]
            : (apart ? dates.slice(index, index + 1) : dates).map((date) => onDate(date, time.rhythm))
      return dues.map((schedule) => ({
        words: name.words,
        sentence: this.statement.words,
        report: reportOf(name, from, receivers, schedule, attributesOf(name), time, after),
      }))
    })
    this.told.push(...made)
    this.lastSent = made
  }

  private readRemark(clause: Clause): void {
    const all = [...this.before, ...this.told]
    this.topic = reportsNamed(clause.words.text, all) ?? this.topic
    layClauseOver(clause, this.topic ?? (this.lastSent.length > 0 ? this.lastSent : this.before))
  }

  /** …按季度报送，时间为每季度末月28日前: the day may stand in a clause of its own. */
  private timeOf(clauses: readonly Clause[], at: number, plain: string): ReportTime | null {
    const own = timeOf(plain, this.context.issue)
    const next = blank(clauses[at + 1]?.words.text ?? '')
    if (own !== null && own.kind !== 'period') return own
    return /^(?:报送|上报)?时间为/.test(next) ? timeOf(next, this.context.issue) : own
  }

  private untimedSent(clause: Clause, plain: string, send: Send): { what: Words; to: string[] } | null {
    if (this.untimed === null) return null
    return { what: this.untimed.what, to: receivers(clause.words, plain, send, true).to }
  }

  /** What is passed on: what was sent last, or of the paragraph that which has the same rhythm. */
  private given(cadence: PlanReport['cadence']): readonly ToldReport[] {
    const all = [...this.before, ...this.told]
    const same = all.filter(({ report }) => cadence !== null && report.cadence === cadence)
    if (same.length > 0) return same
    return this.lastSent.length > 0 ? this.lastSent : all.slice(-1)
  }

  /** 各企业每周四前、各乡镇每月25日前，将…: each with the rhythm of its own. */
  private respondentsIn(clauses: readonly Clause[], at: number): { from: string; schedule: Schedule }[] {
    const lead = clauses
      .slice(Math.max(0, at - 1), at + 1)
      .find(({ words }) => readSchedules(blank(words.text)).length > 1)
    if (lead === undefined) return []
    return lead.words.split(/[、]/).flatMap((piece) => {
      const [schedule] = readSchedules(piece.text)
      const who = actorOf(piece)?.actor
      return schedule === undefined || who === undefined ? [] : [{ from: who.own, schedule: schedule.meaning }]
    })
  }

  /** A sentence that goes on names its receiver once. */
  private receiversBefore(from: string | null): readonly string[] {
    const named = [...this.before, ...this.told].filter(({ report }) => report.to.length > 0)
    return (named.filter(({ report }) => report.from === from).at(-1) ?? named.at(-1))?.report.to ?? []
  }

  private fromOf(clause: Clause): string | null {
    const by = /由([^，；。]{2,30}?)(?:汇总|统一|负责|审核|收集|整理|更新|按[周月季]|于|每|报(?!告))/.exec(
      clause.words.text,
    )
    if (by !== null) return clause.words.slice(by.index + 1, by.index + 1 + (by[1] ?? '').length).own
    return clause.actor?.own ?? null
  }

  /** 汇总后报上级: the same, by another, in the same rhythm. */
  private passOn(clause: Clause, plain: string, send: Send, time: ReportTime | null): void {
    const { to } = receivers(clause.words, plain, send, true)
    if (to.length === 0) return
    const schedule = time === null ? null : scheduleOf(time)
    const made = this.given(schedule?.cadence ?? null).map(({ report }): ToldReport => {
      const cadence = schedule?.cadence ?? report.cadence
      const passed = {
        from: this.fromOf(clause),
        to,
        cadence,
        due: schedule?.due ?? null,
        since: null,
        nilReport: false,
        holidayShift: null,
        sections: [],
        deliverables: [],
        mustContain: [],
        ...attributesIn(clause.words.text, this.context.issue),
      }
      return {
        words: clause.words,
        sentence: this.statement.words,
        isPassedOn: true,
        report: { ...report, ...passed, notes: null, source: clause.words.source },
      }
    })
    this.told.push(...made)
  }

  /** The nearest time before in the same member: 11月底前完成总结，并将总结报送… */
  private timeBefore(clauses: readonly Clause[], at: number): ReportTime | null {
    for (let index = at - 1; index >= 0; index--) {
      const text = blank(clauses[index]?.words.text ?? '')
      const time = timeOf(text, this.context.issue)
      if (time !== null) return time
      if (isSending(text)) return null
    }
    return null
  }

  /** A bare time in front (每月25日前，…) and what follows the clause in its sentence say more of the report. */
  private clausesAround(clauses: readonly Clause[], at: number, withTime: boolean): Words[] {
    const tellsOfAnother = (clause: Clause | undefined) => {
      const plain = blank(clause?.words.text ?? '')
      return isSending(plain) && !isRemark(plain)
    }
    let from = at
    while (from > 0 && !tellsOfAnother(clauses[from - 1])) from--
    let to = at
    while (to + 1 < clauses.length && !tellsOfAnother(clauses[to + 1])) to++
    return clauses.slice(withTime ? from : Math.max(from, at - 2), to + 1).map(({ words }) => words)
  }

  private sentIn(clause: Clause, plain: string, send: Send): { what: Words; to: string[] } | null {
    const { words } = clause
    const offset = clause.rest.start - words.start
    const taken = /(?:将|把)(?!来|要|会|对|于)/.exec(plain.slice(Math.max(0, offset - 1), send.index))
    const start = taken === null ? -1 : Math.max(0, offset - 1) + taken.index + 1
    if (start >= 0) {
      const end = start + endOfObject(plain.slice(start, send.index))
      const what = words.slice(start, end)
      if (what.length < 2) return null
      return { what, to: receivers(words, plain, send, true).to }
    }
    const lead = plain.slice(offset, send.index)
    const subject = subjectBefore(lead)
    const after = receivers(words, plain, send, subject !== null)
    if (after.what !== null) return { what: after.what, to: after.to }
    if (subject === null) return null
    return { what: words.slice(offset + subject.start, offset + subject.end), to: after.to }
  }
}

/** Said in a sentence of its own: 遇节假日顺延。实行零报告。 */
function layAttributesOver(
  words: Words,
  before: readonly ToldReport[],
  told: ToldReport[],
  { issue }: ReportContext,
): void {
  const last = before.at(-1)
  if (last === undefined) return
  const said = attributesIn(words.text, issue)
  const isShort = words.length <= 120
  for (const one of before) {
    const at = told.indexOf(one)
    const isRhythm = one.report.cadence !== 'once'
    if (at < 0 || !isShort || !isRhythm) continue
    Object.assign(one.report, { ...said, since: one.report.since ?? said.since ?? null })
  }
}

/** 甲局汇总后，于每月10日前报乙局: what is gathered may stand in the clause before. */
const isPassing = (lead: string, before: Clause | undefined) =>
  /汇总|整理后|审核后|统一(?:报|上报)/.test(lead) ||
  /(?:汇总|整理|审核)(?:审核|汇总|把关)?后$/.test(before?.words.text ?? '')

const groupsOf = (annexes: readonly PlanAnnex[], ordinal: number): string[] =>
  annexes.flatMap((annex) =>
    annex.ordinal === ordinal && annex.kind === 'metric-table' ? annex.groups.map(({ name }) => name) : [],
  )

const annexNames = (annexes: readonly PlanAnnex[]): AnnexName[] =>
  annexes.map(({ ordinal, title }) => ({ ordinal, title }))

const pieces = (words: Words) => words.split(/[、，]/).flatMap((piece) => piece.split(/[和及]/)).length
