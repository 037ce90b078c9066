import type { PlanAnnex, PlanReport } from '@bihuan/domain'
import { datesOf, readTimes, type Issue, type TimeSpan } from '../lexicon/date.js'
import { cadenceOf, readSchedules, type Schedule } from '../lexicon/due.js'
import { readCounts, readPeriods, type Rhythm } from '../lexicon/frequency.js'
import type { Found } from '../lexicon/rule.js'
import type { Words } from '../normalise/canonical-text.js'
import type { Paragraph } from '../outline/paragraph.js'
import { actorOf, statementsOf, type Clause, type Statement } from '../outline/statement.js'
import { attributesIn, deliverablesIn, pointsIn, sectionsIn } from './report-attributes.js'
import { isCountedBy, isSending, SEND, sendIn } from './report-clause.js'
import { namesIn, type AnnexName, type ReportName } from './report-names.js'

export interface ReportContext {
  readonly issue: Issue
  readonly annexes: readonly PlanAnnex[]
}

/** A report as the text says it, before the notes of its annexes are laid beside it. */
export interface ToldReport {
  readonly report: PlanReport
  readonly words: Words
}

const UNIT_END =
  /(?:办公室|安委办|安办|消安办|专委办|办|局|委|厅|部|处|科|股|所|站|队|中心|政府|街道|办事处|镇|乡|管委会|委员会|部门|单位|专班|领导小组|小组|指挥部|室|会|公司|集团|机构|上级|企业|学校|党委|党工委|村委会|居委会|社区|大队|支队|组)(?:（[^（）]{1,30}）)?$/

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
    if (found.length === 0) laySentenceOver(statement.words, before, told, context)
  }
  return told
}

type Send = NonNullable<ReturnType<typeof sendIn>>

type Time =
  | { readonly kind: 'schedule'; readonly schedules: readonly Schedule[]; readonly at: number }
  /** `rhythm` where they come again in a rhythm that has no word: 每年11月30日. */
  | { readonly kind: 'dates'; readonly dates: readonly string[]; readonly at: number; readonly rhythm: string | null }
  | { readonly kind: 'period'; readonly rhythm: Rhythm; readonly text: string; readonly at: number }

class SentenceReader {
  private readonly told: ToldReport[] = []
  private lastSent: ToldReport[] = []
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
    if (!isSending(plain)) return
    if (readCounts(plain).some(({ meaning, text }) => 'quota' in meaning && /^(?:至少|不少于)/.test(text))) return
    if (isCountedBy(clauses[at + 1])) return
    const send = sendIn(plain)
    if (send === null) return
    const bare = plain.replace(/^(?:并|且|要|应|须|将|其中)+/, '')
    if (/^(?:分别)?(?:电子|纸质|扫描|书面|可编辑|盖章|以上材料|相关材料电子)/.test(bare) && this.layForms(clause.words))
      return
    const own = timeOf(plain, this.context.issue)
    const isVague = /及时|立即|第一时间|随时|适时|限时|按规定|按程序|按照程序|逐级上报|如实/.test(plain) && own === null
    const inherited = own === null && !isVague ? this.timeBefore(clauses, at) : null
    const time = own ?? inherited
    const isPassedOn = /汇总|整理后|审核后|统一(?:报|上报)/.test(plain.slice(0, send.index + send.length))
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
    const apart = dates.length > 1 && /分别/.test(plain) && pieces(what) === dates.length
    const names = namesIn(what, annexNames(this.context.annexes), apart)
    if (names.length === 0) return
    const said = `${this.untimed?.said ?? ''}，${this.attributeText(clauses, at, inherited !== null)}`
    this.untimed = null
    const attributes = attributesIn(said, this.context.issue)
    const from = this.fromOf(clause)
    const receivers = to.length > 0 ? to : this.receiversBefore(from)
    const after = behind(clause.words, send.index).filter(({ start }) => start >= what.end || start < what.start)
    const pairs = this.respondentsIn(clauses, at)
    if (pairs.length > 1) {
      const made = pairs.flatMap(({ from: who, schedule }) =>
        names.map((name): ToldReport => {
          const report = reportOf(name, who, receivers, schedule, attributes, time, after)
          return { words: name.words, report }
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
        report: reportOf(name, from, receivers, schedule, attributes, time, after),
      }))
    })
    this.told.push(...made)
    this.lastSent = made
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
    const by = /由([^，；。]{2,30}?)(?:汇总|统一|负责|审核|收集|整理)/.exec(clause.words.text)
    if (by !== null) return clause.words.slice(by.index + 1, by.index + 1 + (by[1] ?? '').length).own
    return clause.actor?.own ?? null
  }

  /** 汇总后报上级: the same, by another, in the same rhythm. */
  private passOn(clause: Clause, plain: string, send: Send, time: Time | null): void {
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
        deliverables: [],
        mustContain: [],
      }
      return { words: clause.words, report: { ...report, ...passed, notes: null, source: clause.words.source } }
    })
    this.told.push(...made)
  }

  /** The nearest time before in the same member: 11月底前完成总结，并将总结报送… */
  private timeBefore(clauses: readonly Clause[], at: number): Time | null {
    for (let index = at - 1; index >= 0; index--) {
      const text = blank(clauses[index]?.words.text ?? '')
      const time = timeOf(text, this.context.issue)
      if (time !== null) return time
      if (isSending(text)) return null
    }
    return null
  }

  /** A bare time in front (每月25日前，…) and what follows the clause in its sentence say more of the report. */
  private attributeText(clauses: readonly Clause[], at: number, withTime: boolean): string {
    let from = at
    while (from > 0 && !isSending(blank(clauses[from - 1]?.words.text ?? ''))) from--
    let to = at
    while (to + 1 < clauses.length && !isSending(blank(clauses[to + 1]?.words.text ?? ''))) to++
    return clauses
      .slice(withTime ? from : Math.max(from, at - 2), to + 1)
      .map(({ words }) => words.text)
      .join('，')
  }

  private layForms(words: Words): boolean {
    const forms = deliverablesIn(words)
    if (forms.length === 0) return false
    const given = this.told.length > 0 ? this.told : this.before
    for (const one of given) addForms(one, forms)
    return given.length > 0
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
function laySentenceOver(
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
  const forms = /(?:电子|纸质|扫描|盖章|可编辑)/.test(words.text) ? deliverablesIn(words) : []
  if (forms.length > 0) for (const one of before) addForms(one, forms)
}

function addForms(one: ToldReport, forms: PlanReport['deliverables']): void {
  const known = one.report.deliverables
  const added = forms.filter(({ form }) => !known.some((other) => other.form === form))
  Object.assign(one.report, { deliverables: [...known, ...added] })
}

export const annexNames = (annexes: readonly PlanAnnex[]): AnnexName[] =>
  annexes.map(({ ordinal, title }) => ({ ordinal, title }))

const HIDDEN = '\u0001'
/** Without the words of brackets, which belong to what they follow, and of quotations and titles. */
const blank = (text: string) =>
  text.replace(
    /（(?:[^（）]|（[^（）]*）)*）|《[^《》]*》/g,
    (found) => found.charAt(0) + HIDDEN.repeat(found.length - 2) + found.charAt(found.length - 1),
  )

function timeOf(plain: string, issue: Issue): Time | null {
  const [schedule] = readSchedules(plain)
  if (schedule !== undefined) {
    const schedules = [schedule.meaning, ...furtherDays(plain.slice(schedule.end), schedule.meaning)]
    return { kind: 'schedule', schedules, at: schedule.start }
  }
  const times = readTimes(plain).filter((time) => isDue(time, plain))
  const yearly = /每年(?=\d|[一二三四五六七八九十]+月)/.exec(plain)
  if (times.length > 0) {
    const dates = times.map(({ meaning }) => datesOf(meaning, issue).to).filter((date): date is string => date !== null)
    if (dates.length > 0)
      return {
        kind: 'dates',
        dates,
        at: times[0]?.start ?? 0,
        rhythm: yearly === null ? null : `每年${times[0]?.text ?? ''}`,
      }
  }
  const [period] = readPeriods(plain)
  if (period !== undefined) return { kind: 'period', rhythm: period.meaning, text: period.text, at: period.start }
  return null
}

/** 每月5日前、20日前: each day is a report of its own. */
function furtherDays(rest: string, { cadence }: Schedule): Schedule[] {
  const more = /^(?:之?前)?(?:(?:[、和]\d{1,2}[日号](?:之?前)?)+)/.exec(rest)
  return [...(more?.[0] ?? '').matchAll(/\d{1,2}/g)].map(([day]) => ({ cadence, due: { day: Number(day) } }))
}

function isDue({ meaning, start, end }: Found<TimeSpan>, plain: string): boolean {
  if (meaning.bound === 'since' || meaning.isRange) return false
  if (/截[至止]到?$/.test(plain.slice(0, start))) return false
  const { grain } = meaning.from
  if (meaning.bound === 'by') return grain !== 'issue'
  if (grain === 'day' || grain === 'end') return true
  // 8月中旬报送: a vague date is due at its end; 6月份工作情况 names what is sent.
  return grain === 'part' && /^[，、]?(?:前|将|向|报|上报|和|、|$)/.test(plain.slice(end))
}

const scheduleOf = (time: Time): Schedule => {
  if (time.kind === 'schedule') return time.schedules[0] ?? { cadence: null, due: null }
  if (time.kind === 'period') return { cadence: cadenceOf(time.rhythm.per), due: null }
  const [first] = time.dates
  return first === undefined ? { cadence: null, due: null } : onDate(first, time.rhythm)
}
const onDate = (date: string, rhythm: string | null): Schedule => ({
  cadence: rhythm === null ? 'once' : null,
  due: { date },
})

function reportOf(
  { name, words, annexes, brackets }: ReportName,
  from: string | null,
  to: readonly string[],
  { cadence, due }: Schedule,
  attributes: ReturnType<typeof attributesIn>,
  time: Time,
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
    notes: time.kind === 'dates' ? time.rhythm : cadence === null && time.kind === 'period' ? time.text : null,
    source: words.source,
    confidence: from === null || to.length === 0 ? 0.75 : 0.95,
  }
}

/** The brackets behind the verb: they close the clause, and tell how what it names is sent. */
function behind(words: Words, at: number): Words[] {
  return [...words.text.matchAll(/（((?:[^（）]|（[^（）]*）)*)）/g)]
    .filter(({ index }) => index > at)
    .map((match) => words.slice(match.index + 1, match.index + match[0].length - 1))
}

const pieces = (words: Words) => words.split(/[、，]/).flatMap((piece) => piece.split(/[和及]/)).length

/** Where the object of 将 ends: before its time, its way of sending, or the verb. */
function endOfObject(text: string): number {
  const stop =
    /(?:分别)?(?:于|在)(?=每|\d|[一二三四五六七八九十]+月|今|明|次|下|本|当|年)|(?<=.)(?:通过|以(?=[^，]{2,12}形式)|采取|经(?!济|营|信|发|开|理)|按时|按要求|按期|及时|统一|汇总|书面|一并|一式|分别|逐级|每(?:月|周|季)|(?:20\d{2}年)?\d{1,2}月\d{0,2}日?(?:底|末)?前)|向(?=[^，]{2,30}$)/.exec(
      text,
    )
  return stop === null ? text.length : stop.index
}

/** 工作总结于11月30日前报…: what is sent stands before its time. */
function subjectBefore(lead: string): { start: number; end: number } | null {
  const stop = /(?:分别)?(?:于|在|要|应|须|需|请|自|从|每|统一|及时|按时|由|一式|经)/.exec(lead)
  const skip = /^(?:并|且|请|要|应|须|其中|同时|另|对)*/.exec(lead)?.[0].length ?? 0
  const end = stop !== null && stop.index > skip ? stop.index : lead.length
  const text = lead.slice(skip, end)
  if (text.length < 2 || /^(?:向|每|于|在|自|从|\d)/.test(text) || !THING.test(text)) return null
  return { start: skip, end }
}

const THING =
  /(?:表|情况|总结|报告|方案|清单|台账|名单|材料|信息|数据|案例|计划|进展|汇总|统计|小结|简报|问题|隐患|意见|附件[\d、和]*|附表|说明|记录|图片|照片|结果|》)(?:[（（].*)?$/

/** Who receives, and what is sent when it stands behind the verb. */
function receivers(
  words: Words,
  plain: string,
  send: Send,
  isNamedBefore: boolean,
): { to: string[]; what: Words | null } {
  const end = send.index + send.length
  const toward = /向([^，；。]{2,40}?)(?:及时|按时|书面|统一|专题|分别)?$/.exec(plain.slice(0, send.index))
  const stop = /[，；。（]/.exec(plain.slice(end))
  let limit = end + (stop?.index ?? plain.length - end)
  // A bracket within the list of what is sent does not end it.
  if (!isNamedBefore) limit = endOfList(plain, end)
  const rest = words.slice(end, limit)
  if (toward?.[1] !== undefined) {
    const at = send.index - (toward[0].length - 1)
    const to = unitsIn(words.slice(at, at + toward[1].length))
    return { to, what: isNamedBefore || rest.length < 2 ? null : rest }
  }
  const given = /(?:至|到|给|于)(?!少|今)([^，；。至到给]{2,40})$/.exec(rest.text)
  if (!isNamedBefore && given?.[1] !== undefined && UNIT_END.test(clean(given[1]))) {
    const what = rest.slice(0, given.index)
    const to = unitsIn(rest.slice(given.index + 1))
    return { to, what: what.length < 2 ? null : what }
  }
  if (isNamedBefore) return { to: unitsIn(rest), what: null }
  return UNIT_END.test(clean(rest.text)) && !THING.test(rest.text)
    ? { to: unitsIn(rest), what: null }
    : { to: [], what: rest.length < 2 ? null : rest }
}

function endOfList(plain: string, from: number): number {
  let depth = 0
  for (let at = from; at < plain.length; at++) {
    const character = plain.charAt(at)
    if (character === '（') depth++
    else if (character === '）') depth--
    else if (depth === 0 && /[，；。]/.test(character)) return at
  }
  return plain.length
}

const TAIL =
  /(?:备案|备查|汇总|存档|备存|审核|审定|审查|统计|邮箱|信箱|指定邮箱|电子邮箱|各一份|一份|备用|统一汇总|审批|把关|研究|同意|掌握|办理|登记|公示)+$/
const clean = (text: string) => text.replace(/^(?:至|到|给|送|于)+/, '').replace(TAIL, '')

function unitsIn(words: Words): string[] {
  const lead = /^(?:至|到|给|送|于)+/.exec(words.text)?.[0].length ?? 0
  const whole = words.slice(lead)
  return whole.split(/[、，和及与]/).flatMap((unit) => {
    const bracket = /（[^（）]*）$/.exec(unit.text)
    const bare = bracket !== null && /联系|邮箱|电话|附件|@|传真/.test(bracket[0]) ? unit.slice(0, bracket.index) : unit
    const tail = TAIL.exec(bare.text)
    const name = tail === null ? bare : bare.slice(0, tail.index)
    return name.length >= 2 && UNIT_END.test(name.text) ? [name.own] : []
  })
}

/** The report that an annex's notes ask for, or null where they name no rhythm. */
export function readNoteReport(annex: PlanAnnex, notes: readonly Words[], issue: Issue): ToldReport | null {
  const [first] = notes
  if (first === undefined || (annex.kind !== 'metric-table' && annex.kind !== 'ledger')) return null
  const all = notes.map(({ text }) => text).join('。')
  const sending =
    notes.find(({ text }) => SEND.test(text) && (readSchedules(text).length > 0 || readPeriods(text).length > 0)) ??
    null
  const attributes = attributesIn(all, issue)
  const schedule: Schedule =
    sending === null
      ? { cadence: null, due: null }
      : scheduleOf(timeOf(sending.text, issue) ?? { kind: 'dates', dates: [], at: 0, rhythm: null })
  const groups = annex.kind === 'metric-table' ? annex.groups.map(({ name }) => name) : []
  const sections = notes.flatMap((note) => sectionsIn(note, groups))
  const send = sending === null ? null : sendIn(blank(sending.text))
  const to = sending === null || send === null ? [] : receivers(sending, blank(sending.text), send, true).to
  const report: PlanReport = {
    ...reportOf(
      { name: annex.title, words: first, annexes: [annex.ordinal], brackets: [] },
      null,
      to,
      schedule,
      attributes,
      { kind: 'dates', dates: [], at: 0, rhythm: null },
      [],
    ),
    since: attributes.since ?? null,
    sections,
  }
  const nil = notes.map((note) => /（([^（）]*零报[^（）]*)）/.exec(note.own)?.[1]).find((said) => said !== undefined)
  return { words: sending ?? first, report: { ...report, notes: nil?.replace(/[。；]$/, '') ?? null } }
}

/** Lays what the notes of an annex say beside what the text says of it: the text's due and beginning hold. */
export function mergeReports(
  told: readonly ToldReport[],
  noted: readonly (ToldReport & { readonly ordinal: number })[],
): ToldReport[] {
  const merged = [...told]
  for (const note of noted) {
    const holders = merged.filter(({ report }) => report.annexes.includes(note.ordinal) && report.cadence !== 'once')
    if (holders.length === 0) {
      const { cadence, due } = note.report
      if (cadence !== null || due !== null) merged.push(note)
      continue
    }
    for (const { report } of holders) {
      const { cumulative, cutoff, nilReport, holidayShift, splitBy, sections, since, notes } = note.report
      Object.assign(report, {
        since: report.since ?? since,
        due: report.due ?? note.report.due,
        cumulative: report.cumulative || cumulative,
        cutoff: report.cutoff ?? cutoff,
        nilReport: report.nilReport || nilReport,
        holidayShift: report.holidayShift ?? holidayShift,
        splitBy: report.splitBy ?? splitBy,
        sections: report.sections.length > 0 ? report.sections : sections,
        notes: report.notes ?? notes,
      })
    }
  }
  return merged
}
