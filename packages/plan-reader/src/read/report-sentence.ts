import { readForms } from '../lexicon/deliverable.js'
import type { Schedule } from '../lexicon/due.js'
import { readCounts } from '../lexicon/frequency.js'
import type { Words } from '../normalise/canonical-text.js'
import type { Clause, Statement } from '../outline/statement.js'
import { antecedentIn } from './report-antecedent.js'
import { clausesAround, DUE_SAID, FIRST_TIME, respondentsIn, timeAt, timeBefore } from './report-around.js'
import { attributesIn } from './report-attributes.js'
import { cutAtJoint, isCountedBy, isSending, sendIn, type Send } from './report-clause.js'
import { headIn, joinElliptic } from './report-head.js'
import { namesIn, type AnnexName, type ReportName } from './report-names.js'
import { daysWithThings, thingsWithDays, type ThingWithDay } from './report-pairs.js'
import {
  gatheredOf,
  givenTo,
  isGathering,
  isPassing,
  passedOn,
  receivesWhat,
  timeOfGathering,
} from './report-passing.js'
import {
  isFormsAlone,
  isRemark,
  isSentAs,
  layAttributesOver,
  layBracketsOver,
  layFormsOver,
  reportsNamed,
  saidOf,
} from './report-remark.js'
import { bareSender, isSender, senderIn, withUnitsBefore } from './report-sender.js'
import { madeIn, sentIn, type Sent } from './report-sent.js'
import { scheduleOf, timeOf, type Due, type ReportTime } from './report-time.js'
import { behind, blank, mannerIn, receivers } from './report-wording.js'
import type { Issue } from '../lexicon/date.js'
import { reportOf, type ToldReport } from './told-report.js'

/** What was told before a sentence, and may be spoken of in it. */
export interface Before {
  /** Reports of the same paragraph. */
  readonly paragraph: readonly ToldReport[]
  /** Reports of the paragraphs under the same heading, those of this paragraph among them. */
  readonly section: readonly ToldReport[]
  /** What the paragraph is called, if that is a thing which can be sent. */
  readonly title: Words | null
  readonly sender: string | null
  /** To whom the paragraph above says that all below it goes. */
  readonly receivers: readonly string[]
}

/** The reports of one sentence, clause by clause. */
export class SentenceReader {
  readonly told: ToldReport[] = []
  /** What the last clause that sends something sends. */
  lastSent: readonly ToldReport[] = []
  sender: string | null = null
  /** Named in a clause that says neither what nor when: 向县安委办报送信息： */
  receivers: readonly string[] = []
  private firstSender: string | null = null
  /** Who acted last, as far as it can be one who sends. */
  private actor: string | null = null
  /** Those whose receiver was named for others before, until the sentence names theirs. */
  private readonly supposed = new Set<ToldReport>()
  /** Of what the clauses speak that say more of what is told already. */
  private topic: readonly ToldReport[] | null = null
  /** What a clause before makes ready or names, and does not send itself: 制定实施方案，3月25日前报…. */
  private left: { readonly what: Words; readonly said: string } | null = null

  constructor(
    private readonly statement: Statement,
    private readonly before: Before,
    private readonly annexes: readonly AnnexName[],
    private readonly issue: Issue,
  ) {}

  read(): void {
    for (const { clauses } of this.statement.members) {
      this.sender = this.firstSender
      const parts = joinElliptic(clauses).flatMap(cutAtJoint)
      parts.forEach((clause, at) => this.readClause(parts, clause, at))
    }
  }

  private get earlier(): readonly ToldReport[] {
    return [...this.before.paragraph, ...this.told]
  }

  private readClause(clauses: readonly Clause[], clause: Clause, at: number): void {
    const named = withUnitsBefore(senderIn(clause) ?? this.receiverAt(clause), clause, clauses[at - 1])
    if (clause.actor !== null && isSender(clause.actor)) this.actor = bareSender(clause.actor).own
    const plain = blank(clause.words.text)
    const send = sendIn(plain)
    const sendsLeft = send !== null && this.left !== null && this.lastSent.length === 0 && isSentAs(plain)
    if (
      send === null ||
      !isSending(plain) ||
      (isRemark(plain) && !sendsLeft && !this.isFirstDay(plain)) ||
      this.fillsIn(plain, send, clause)
    ) {
      this.nameSender(named)
      this.readRemark(clause, plain)
      return
    }
    if (readCounts(plain).some(({ meaning, text }) => 'quota' in meaning && /^(?:至少|不少于|不低于)/.test(text)))
      return
    if (isCountedBy(clauses[at + 1]) || isConditional(plain.slice(0, send.index))) return
    this.nameSender(named)
    if (
      this.sendsCopy(clause, plain, send) ||
      this.sendsForms(clause, plain, send) ||
      this.completes(clause, plain, send, named)
    )
      return
    const own = timeAt(clauses, at, plain, this.issue, this.lastSent.at(-1)?.report.cadence ?? null)
    const isVague = VAGUE.test(plain) && own === null && !isDayAlone(clauses[at - 1]?.words)
    const inherited = own === null && !isVague ? timeBefore(clauses, at, this.issue) : null
    const time = own ?? inherited
    const days = own?.kind === 'days' ? own.dues : []
    const after = daysWithThings(clause.words, plain, send.index, days)
    const pairs = after.length > 0 ? after : thingsWithDays(clause.words, plain, send.index, days)
    const sent =
      pairs[0] === undefined
        ? (sentIn(clause, plain, send, named) ?? madeIn(clause, plain, send))
        : { what: pairs[0].what, to: receivers(clause.words, plain, send, true).to }
    if (this.dates(clause, plain, send, own, sent)) return
    const cadence = own === null ? null : scheduleOf(own).cadence
    const who = this.from(clause)
    const all = givenTo(who, this.earlier, this.lastSent, cadence)
    const given = gatheredOf(all, clauses[at - 1], clause)
    const isPassed =
      given.length > 0 &&
      (sent === null || GATHERED.test(sent.what.text)) &&
      (isPassing(plain.slice(0, send.index + send.length), clauses[at - 1]) || receivesWhat(who, given))
    if (isPassed) {
      this.passOn(given, clause, clauses[at - 1], receivers(clause.words, plain, send, true).to, own)
      return
    }
    const meant = sent ?? this.leftOver(clause, plain, send)
    if (time === null || meant === null) {
      if (time === null) this.leave(clause, plain, send, isVague ? null : sent)
      return
    }
    const told = this.told.length
    this.tell(clauses, clause, at, { pairs, send, time, sent: meant, isInherited: own === null })
    if (sendsLeft) layFormsOver(clause, this.told.slice(told), null)
  }

  /** 各部报公司安全部，公司安全部于次周…: who was sent something sends it on. */
  private receiverAt({ words }: Clause): Words | null {
    const known = this.earlier.flatMap(({ report }) => report.to)
    const length = Math.max(0, ...known.filter((unit) => words.own.startsWith(unit)).map((unit) => unit.length))
    const isSubject = /^(?:于|每|在|负责|要|应|须|按|将|把|汇总|审核|统一|收集|整理|再|分别|统筹)/.test(
      words.text.slice(length),
    )
    return length > 0 && isSubject && words.own.length === words.length ? words.slice(0, length) : null
  }

  /** What has a day of its own tells of a report where there is none yet to be spoken of. */
  private isFirstDay(plain: string): boolean {
    return this.earlier.length === 0 && timeOf(plain, this.issue)?.kind === 'days'
  }

  private nameSender(named: Words | null): void {
    if (named === null) return
    this.sender = named.own
    this.firstSender ??= named.own
  }

  private from(clause: Clause): string | null {
    const isNew = clause.actor !== null && isSender(clause.actor)
    return this.sender ?? (isNew ? bareSender(clause.actor).own : this.actor) ?? this.before.sender
  }

  private tell(
    clauses: readonly Clause[],
    clause: Clause,
    at: number,
    said: { pairs: readonly ThingWithDay[]; send: Send; time: ReportTime; sent: Sent; isInherited: boolean },
  ): void {
    const { pairs, send, time, sent, isInherited } = said
    const { what, to } = sent
    const around = clausesAround(clauses, at, isInherited)
    const untimed = this.left?.said ?? ''
    this.left = null
    const from = this.from(clause)
    const receivers = to.length > 0 ? to : this.receiversBefore(from)
    const closing = behind(clause.words, send.index).filter(({ start }) => start >= what.end || start < what.start)
    const after = [...mannerIn(clause.words), ...closing]
    const make = (
      name: ReportName,
      who: string | null,
      schedule: Schedule,
      rhythm: string | null,
      all: ReportName[],
    ) => {
      const names = all.map((one) => one.name)
      const words = `${untimed}，${saidOf(around, name.name, names)}`
      const report = reportOf(name, who, receivers, schedule, attributesIn(words, this.issue), time, rhythm, after)
      return { words: name.words, sentence: this.statement.words, report }
    }
    const namesOf = (words: Words, apart: boolean) => this.withFormOf(namesIn(words, this.annexes, apart), around)
    const dues = time.kind === 'days' ? time.dues : []
    const made: ToldReport[] = []
    const respondents = respondentsIn(clauses, at)
    if (respondents.length > 1) {
      const names = namesOf(what, false)
      for (const one of respondents) made.push(...names.map((name) => make(name, one.from, one.schedule, null, names)))
    } else if (pairs.length > 1) {
      const all = pairs.flatMap((pair) => namesOf(pair.what, false))
      for (const pair of pairs)
        made.push(...namesOf(pair.what, false).map((name) => make(name, from, pair.due.schedule, pair.due.rhythm, all)))
    } else {
      const inTurn = this.inTurn(what, dues, clauses.slice(isInherited ? 0 : at, at + 1))
      const names = inTurn ?? namesOf(what, false)
      if (time.kind === 'period') made.push(...names.map((name) => make(name, from, scheduleOf(time), null, names)))
      else
        made.push(
          ...names.flatMap((name, index) =>
            (inTurn === null ? dues : dues.slice(index, index + 1)).map((due) =>
              make(name, from, due.schedule, due.rhythm, names),
            ),
          ),
        )
    }
    if (made.length === 0) return
    this.told.push(...made)
    if (to.length === 0) made.forEach((one) => this.supposed.add(one))
    this.lastSent = made
  }

  /** 按附件2格式，…: the form of the only thing that is sent. */
  private withFormOf(names: ReportName[], around: readonly Words[]): ReportName[] {
    const [only] = names
    if (only === undefined || names.length > 1 || only.annexes.length > 0) return names
    const said = around.flatMap(({ text }) =>
      [...text.matchAll(/附[件表](?<n>\d{1,2})(?!\d)/g)].map((match) => Number(match.groups?.n)),
    )
    return [{ ...only, annexes: [...new Set(said)].sort((one, other) => one - other) }]
  }

  /** As many things as days, each on its own: 分别, or named by their turn (半年小结、全年总结). */
  private inTurn(what: Words, dues: readonly Due[], clauses: readonly Clause[]): ReportName[] | null {
    if (dues.length < 2) return null
    const names = namesIn(what, this.annexes, true)
    if (names.length !== dues.length) return null
    const isEach =
      clauses.some(({ words }) => words.text.includes('分别')) || names.every(({ name }) => BY_TURN.test(name))
    return isEach ? names.map((one) => ({ ...one, brackets: bracketsOf(one, names) })) : null
  }

  /** 填报当期新增数: how what was just named is filled in. */
  private fillsIn(plain: string, send: Send, clause: Clause): boolean {
    if (this.lastSent.length === 0 || !/填报$/.test(plain.slice(send.index, send.index + send.length))) return false
    return timeOf(plain, this.issue) === null && receivers(clause.words, plain, send, false).to.length === 0
  }

  private readRemark(clause: Clause, plain: string): void {
    const own = timeOf(plain, this.issue)
    if (DUE_SAID.test(plain) && own?.kind === 'days') {
      const first = FIRST_TIME.test(plain) ? own.dues[0]?.schedule.due : undefined
      if (first !== undefined && first !== null && 'date' in first) {
        for (const { report } of this.lastSent)
          if (report.cadence !== 'once') Object.assign(report, { since: `${first.date.slice(0, 7)}-01` })
        return
      }
      for (const { report } of this.lastSent)
        if (report.due === null && own.dues[0]?.schedule.cadence === report.cadence)
          Object.assign(report, { due: own.dues[0].schedule.due })
      return
    }
    const receiver = RECEIVER_SAID.exec(plain)
    if (receiver !== null) {
      const { to } = receivers(clause.words, plain, { index: 0, length: receiver[0].length }, true)
      for (const { report } of this.told) if (report.to.length === 0) Object.assign(report, { to })
      return
    }
    this.topic =
      reportsNamed(clause.words.text, this.earlier.length > 0 ? this.earlier : this.before.section) ?? this.topic
    const meant = this.topic ?? (this.lastSent.length > 0 ? this.lastSent : this.before.paragraph)
    layFormsOver(clause, meant, SUMMED.test(plain) ? this.sender : null)
    // 甲局分地区汇总后: of what is passed on by the next clause.
    if (this.lastSent.length > 0 && !isGathering(plain))
      layAttributesOver(clause.words, this.topic ?? this.lastSent, this.issue)
    const what = headIn(clause.words)?.what ?? antecedentIn(clause.words)
    if (what !== null) this.left = { what, said: '' }
  }

  /** 同时抄送市消防救援支队: one more who receives what was just sent. */
  private sendsCopy(clause: Clause, plain: string, send: Send): boolean {
    if (!/抄[送报]$/.test(plain.slice(send.index, send.index + send.length))) return false
    const { to } = receivers(clause.words, plain, send, true)
    for (const { report } of this.lastSent)
      Object.assign(report, { to: [...report.to, ...to.filter((unit) => !report.to.includes(unit))] })
    return true
  }

  /** 并将盖章扫描件报甲局: forms of what was just sent. */
  private sendsForms(clause: Clause, plain: string, send: Send): boolean {
    const what =
      this.lastSent.length === 0
        ? null
        : /(?:将|把)(?<what>[^，。；将把]{2,24})$/.exec(plain.slice(0, send.index))?.groups?.what
    if (what === undefined || what === null || readForms(what).length === 0 || !isFormsAlone(what)) return false
    const { to } = receivers(clause.words, plain, send, true)
    for (const { report } of this.lastSent) if (report.to.length === 0) Object.assign(report, { to })
    layBracketsOver([clause.words.slice(0, send.index)], this.lastSent)
    return true
  }

  /** 调度表按月报送，每月26日前由各镇报甲局: the day, the sender and the receiver of what was told without them. */
  private dates(clause: Clause, plain: string, send: Send, own: ReportTime | null, sent: Sent | null): boolean {
    if (sent !== null || own?.kind !== 'days' || this.lastSent.length === 0) return false
    const { cadence, due } = scheduleOf(own)
    const isOpen = ({ report }: ToldReport) =>
      report.due === null && report.cadence === cadence && report.to.length === 0
    if (!this.lastSent.every(isOpen)) return false
    const { to } = receivers(clause.words, plain, send, true)
    const from = this.from(clause)
    for (const { report } of this.lastSent) Object.assign(report, { due, to, from: report.from ?? from })
    return true
  }

  /** 填报《进度表》并报甲局: the receiver of what a clause before names with its day. */
  private completes(clause: Clause, plain: string, send: Send, named: Words | null): boolean {
    if (named !== null || this.lastSent.length === 0 || timeOf(plain, this.issue) !== null) return false
    const isOpen = (one: ToldReport) => one.report.to.length === 0 || this.supposed.has(one)
    if (!this.lastSent.every(isOpen) || sentIn(clause, plain, send, named) !== null) return false
    const { to } = receivers(clause.words, plain, send, true)
    if (to.length === 0) return false
    const open = this.told.filter(isOpen)
    // 统一发送至工贸科邮箱: in short what was named whole before.
    const isShort = (known: readonly string[]) => to.every((unit) => known.some((one) => one.endsWith(unit)))
    for (const { report } of open) if (report.to.length === 0 || !isShort(report.to)) Object.assign(report, { to })
    layBracketsOver(behind(clause.words, send.index), open)
    this.topic = open
    return true
  }

  /** What is sent without being named here: what a clause before left, or what the paragraph is called. */
  private leftOver(clause: Clause, plain: string, send: Send): Sent | null {
    const what = this.left?.what ?? (this.told.length === 0 ? this.before.title : null)
    return what === null ? null : { what, to: receivers(clause.words, plain, send, true).to }
  }

  private leave(clause: Clause, plain: string, send: Send, sent: Sent | null): void {
    this.left = sent === null ? this.left : { what: sent.what, said: plain }
    const { to } = receivers(clause.words, plain, send, false)
    if (to.length > 0) this.receivers = to
  }

  /** A sentence that goes on names its receiver once; so does the paragraph above a list. */
  private receiversBefore(from: string | null): readonly string[] {
    const named = this.earlier.filter(({ report }) => report.to.length > 0)
    const last = named.filter(({ report }) => report.from === from).at(-1) ?? named.at(-1)
    return last?.report.to ?? (this.receivers.length > 0 ? this.receivers : this.before.receivers)
  }

  private passOn(
    given: readonly ToldReport[],
    clause: Clause,
    before: Clause | undefined,
    to: readonly string[],
    own: ReportTime | null,
  ): void {
    if (to.length === 0) return
    const time = own ?? timeOfGathering(before, this.issue)
    const from = this.from(clause)
    // 各企业通过平台填报…，安全部汇总后报…: who passes on what went to nobody has received it.
    if (from !== null) for (const { report } of given) if (report.to.length === 0) Object.assign(report, { to: [from] })
    const made = passedOn(given, { clause, sentence: this.statement.words, before, from, to, time, issue: this.issue })
    this.told.push(...made)
    this.lastSent = made
  }
}

/** A bracket that closes the clause is of all that it names. */
const bracketsOf = ({ brackets }: ReportName, names: readonly ReportName[]) =>
  names.slice(0, -1).every((one) => one.brackets.length === 0) ? (names.at(-1)?.brackets ?? []) : brackets

const VAGUE = /及时|立即|第一时间|随时|适时|限时|按规定|按程序|按照程序|逐级上报|如实/
/** 每月25日前，…: a clause that is nothing but the day of the next. */
const isDayAlone = (words: Words | undefined) => words !== undefined && /前[，、]?$/.test(words.text)
const BY_TURN = /半年|全年|年度|年终|季度|中期|终期|期中|阶段|初期|前期|最终|月份/
const GATHERED = /^(?:汇总|审核|整理)(?:后?的?(?:情况|结果|数据|材料)|后的?(?:表|统计表))?$/
/** 报送对象为县安委办: the receiver in a clause of its own. */
const RECEIVER_SAID = /^(?:报送|上报|接收|受理)(?:的)?(?:对象|单位|部门|地点)(?:均|都|统一)?(?:为|是|：|定为)/
/** 以上均报…: all that was told. */
const SUMMED = /^(?:上述|以上)/

/** 确无条件的报…备案: what is told only of those to whom something befalls. */
const isConditional = (lead: string) => /[^，]{2,}的[，]?$/.test(lead) && !/[将把]|前[^，]*的$/.test(lead)
