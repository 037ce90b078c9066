import type { PlanDuty } from '@bihuan/domain'
import { datesOf, readTimes, type TimeSpan } from '../lexicon/date.js'
import { readCounts, readPeriods, type Rhythm } from '../lexicon/frequency.js'
import type { Found } from '../lexicon/rule.js'
import type { Words } from '../normalise/canonical-text.js'
import type { Clause, Member, Statement } from '../outline/statement.js'
import { isBareVerb, saysAct, slice, type Wording } from './duty-action.js'
import { amountsOf, exceptionTo } from './duty-amounts.js'
import { isDeadline } from './duty-deadline.js'
import {
  isDayOf,
  isFate,
  isOfEach,
  NAMED_BY_RHYTHM,
  NO_ACT,
  NO_FURTHER_ACT,
  withoutLead,
  WRITES,
} from './duty-signs.js'
import { areExcepted, isKind, isSomeOfThem, whoseDuty } from './duty-whose.js'
import { withObjectOfNext, withTopicOfBefore, withVerbOfBefore, withVerbOfNext, type Piece } from './listed-acts.js'
import {
  isBareTime,
  isCondition,
  isEach,
  isGoal,
  isNamedRhythm,
  isOfCondition,
  isOwedByNobody,
  isPurpose,
  isQuoted,
  quotaOf,
  topicOf,
  whomOf,
  withoutName,
  type Told,
  type DutyContext,
} from './duty-words.js'
import { actIn, behindActor, blank, furtherQuotas, owedIn, wholeClause, type Owed } from './owed.js'
import { isCountedBy, isSending } from './report-clause.js'

/** What is open for the clauses that follow. */
interface Open {
  time: Found<TimeSpan> | null
  /** All of several days: 6月底前、11月底前，分别…. */
  days: readonly Found<TimeSpan>[]
  period: Found<Rhythm> | null
  /** Whether something has been told to be done by that time. */
  isTimeTold: boolean
  /** Debts whose act stands in the next clause. */
  shared: Owed[]
  /** A clause that says how often and not yet how many. */
  waiting: { readonly owed: Owed; readonly act: Wording } | null
  condition: Words | null
  before: Clause | null
  /** Whom the act before was done to. */
  whom: Words | null
}

/** The duties between two semicolons, put behind those of the paragraph so far. */
export class MemberReader {
  private readonly duties: PlanDuty[]
  private readonly open: Open = {
    time: null,
    days: [],
    period: null,
    isTimeTold: true,
    shared: [],
    waiting: null,
    condition: null,
    before: null,
    whom: null,
  }

  constructor(
    readonly statement: Statement,
    readonly member: Member,
    readonly context: DutyContext,
    private readonly told: Told,
  ) {
    this.duties = told.duties
  }

  read(): void {
    this.member.clauses.forEach((clause, at) => {
      this.readClause(clause, at)
      this.open.whom = whomOf(clause.words) ?? this.open.whom
      this.open.before = clause
    })
    this.settle()
  }

  private readClause(clause: Clause, at: number): void {
    const plain = blank(clause.words.text)
    if (this.isOfEachDay(clause) || isPurpose(plain)) return
    if (isCondition(plain)) this.open.condition = withoutLead(clause.words)
    const counts = readCounts(plain).filter(
      (count) =>
        !/^%/.test(plain.slice(count.end)) &&
        !isQuoted(plain, count.start) &&
        !isOfCondition(plain, count) &&
        !isFate(clause, this.open.before, count) &&
        !isOwedByNobody(plain, count),
    )
    // 对1年内受到2次以上处罚的企业: a year whose number owes nothing is none either.
    const periods = readPeriods(plain).filter(
      ({ start, text }) =>
        !isQuoted(plain, start) && (counts.length > 0 || text.startsWith('每') || !text.includes('年')),
    )
    const times = readTimes(plain).filter(
      (time) => isDeadline(time, plain, at, this) && !periods.some((period) => isDayOf(period, time, plain)),
    )
    const isCounted = counts.some(({ meaning }) => 'quota' in meaning)
    if (isSending(plain) && !WRITES.test(plain) && !isCounted && !isCountedBy(this.member.clauses[at + 1])) {
      this.settle()
      this.open.time = null
      this.open.isTimeTold = true
      return
    }
    if (isBareTime(clause, plain, readTimes(plain), periods)) {
      this.settle()
      if (/完成|时间|时限|期限/.test(plain) && this.isDoneBy(times.at(-1))) return
      this.open.time = times.at(-1) ?? this.open.time
      this.open.days = times
      this.open.isTimeTold = false
      this.open.period = periods.at(-1) ?? this.open.period
      return
    }
    const days =
      times.length === 0 && this.open.days.length > 1 && /分别|各(?=组织|开展|进行)/.test(plain)
        ? this.open.days
        : [null]
    const debts = days.flatMap((time) =>
      owedIn(clause, periods, counts, times).map((owed) => (time === null ? owed : { ...owed, day: time })),
    )
    const pieces = debts.map((owed): Piece => ({ owed, act: this.actOf(owed) }))
    withVerbOfBefore(pieces)
    withVerbOfNext(pieces)
    withObjectOfNext(pieces)
    withTopicOfBefore(pieces)
    if (this.isOnlyNamed(pieces, at)) return
    if (pieces.length > 0 && pieces.every(({ act }) => act.text === '') && this.isDoneNext(at)) {
      this.open.shared = pieces.map(({ owed }) => owed)
      return
    }
    this.readShared(clause, pieces.length)
    const brackets = [...clause.words.text.matchAll(/（([^（）]*)）/g)].map(({ index, 0: all }) =>
      clause.words.slice(index + 1, index + all.length - 1),
    )
    pieces.forEach(({ owed, act }, index) => {
      // 主要负责人每季度、分管负责人每月、站长每周至少带队检查1次: what is done stands once, at the end.
      const next = pieces.slice(index + 1).find((piece) => piece.act.text !== '')
      if (act.text === '' && next !== undefined) this.emit({ ...owed, count: owed.count ?? next.owed.count }, next.act)
      else this.readOwed(owed, act)
      while ((brackets[0]?.end ?? Infinity) <= owed.words.end) this.readException(brackets.shift())
    })
    if (pieces.length === 0) this.readGoingOn(clause, plain)
    for (const bracket of brackets) this.readException(bracket)
    // 分析结论不合格的，一律先治理: what follows is said of those.
    if (/的$/.test(plain) && times.length === 0) this.open.time = null
  }

  /** 建立月例会制度，每月…: the name of what is then told. */
  private isOnlyNamed(pieces: readonly Piece[], at: number): boolean {
    const [piece] = pieces
    if (piece?.owed.period === null || piece === undefined || !isNamedRhythm(piece.owed.period.text)) return false
    const later = this.member.clauses.slice(at + 1)
    const isTold = later.some(({ words }) => readPeriods(words.text).length > 0)
    return isTold && (/(?:制度|机制)$/.test(piece.act.text) || later.some(({ words }) => isSending(words.text)))
  }

  /** 后勤部门每周1次、科室每月1次，对用氧场所进行检查: what is done stands in the next clause. */
  private isDoneNext(at: number): boolean {
    const next = this.member.clauses[at + 1]
    if (next === undefined || next.namesActor || this.open.waiting !== null) return false
    const { text } = next.words
    return (
      /^(?:对|组织|开展|进行|检查|到|深入)/.test(text) &&
      saysAct(text) &&
      readCounts(text).length + readPeriods(text).length === 0
    )
  }

  private readShared(clause: Clause, own: number): void {
    const { shared } = this.open
    this.open.shared = []
    if (own > 0) return
    const act = actIn(wholeClause(clause, null))
    for (const owed of shared) this.emit(owed, act)
  }

  /** 每日巡查，夜间巡查不少于2次: the number is of the day. */
  private isOfEachDay({ words }: Clause): boolean {
    const before = readPeriods(blank(this.open.before?.words.text ?? '')).at(-1)
    if (before === undefined || before.meaning.per !== null || readPeriods(words.text).length > 0) return false
    return /^[^，]{0,10}(?:巡查|检查|查房|值守|点名|巡视)(?:至少|不少于)/.test(words.text)
  }

  private readOwed(owed: Owed, act: Wording): void {
    const { count, period, time, clause } = owed
    if (count !== null && (this.isToldBefore(act) || isOfEach(owed, act))) {
      this.readCountOfBefore(owed)
      return
    }
    this.settle()
    if (count === null && period !== null) {
      if (saysAct(blank(owed.words.text)) || saysAct(act.text)) this.open.waiting = { owed, act }
      return
    }
    if (count === null && time !== null && time.meaning.bound !== 'by' && !saysAct(blank(clause.rest.text))) return
    if (this.narrows(owed, act)) return
    this.emit(owed, act)
  }

  /** Nothing but the number is new: 各局不少于2篇; 数量不少于2个; 规模以上企业每月至少召开1次. */
  private isToldBefore({ text }: Wording): boolean {
    if (
      text.length === 0 ||
      /^(?:数量|总数|人数|频次|次数|总量|(?:其他|其余)(?:时间|时段|月份)|平时|平日|每[村镇乡县区市班校店])$/.test(
        text,
      ) ||
      (/^每[个家口处户栋座条][^，]{1,4}$/.test(text) && !saysAct(text))
    )
      return true
    const last = this.duties.at(-1)
    return last !== undefined && text.length <= 2 && last.action.length > 3 && last.action.startsWith(text)
  }

  /** 每季度上报经验，各局不少于2篇; 其中高危企业每月不少于1次: the act is that of the clause before. */
  private readCountOfBefore(owed: Owed): void {
    const { waiting } = this.open
    const actor = owed.namesActor ? owed.actor : null
    if (waiting !== null) {
      this.open.waiting = null
      this.emit({ ...waiting.owed, count: owed.count }, waiting.act, actor)
      return
    }
    const told = this.actOfBefore()
    const amounts = this.amounts(owed)
    // 每学期至少2次: a rhythm without a word.
    if (told === null || (amounts.frequency === null && amounts.quota === null && amounts.deadline === null)) return
    // 立好警示牌，每口水塘至少1块: how many of what was just told.
    const last = this.duties.at(-1)
    const quota = quotaOf(owed.count)
    if (
      actor === null &&
      quota !== null &&
      owed.period === null &&
      last?.action === told.action &&
      last.quota === null
    ) {
      this.duties.splice(-1, 1, { ...last, quota })
      return
    }
    const isSome = isKind(actor?.text ?? '')
    const whom = this.whose(owed.clause, actor ?? owed.actor, isSome || this.isSome(actor, told.action))
    this.exceptFormer(actor)
    this.duties.push({ ...told, ...amounts, ...whom, source: owed.words.source })
  }

  /** What was last said to be done: by a duty, or by the clause before where that owes nothing by itself. */
  private actOfBefore(): Pick<PlanDuty, 'action' | 'confidence'> | null {
    const last = this.duties.at(-1)
    const { before } = this.open
    if (this.told.unowed !== null) return { action: this.told.unowed, confidence: 0.7 }
    const isOfBefore = before === null || (last?.source !== undefined && last.source.start >= before.words.source.start)
    if (before === null || isOfBefore || before.rest.length > 24 || !saysAct(before.rest.text)) return last ?? null
    return { action: actIn(wholeClause(before, null)).own, confidence: 0.7 }
  }

  /** 对每座煤矿检查不少于1次，对高瓦斯煤矿每月检查不少于2次: the same act, otherwise often, on some of all. */
  private narrows(owed: Owed, act: Wording): boolean {
    const [all, some, last] = [this.open.whom, whomOf(owed.words), this.duties.at(-1)]
    if (all === null || some === null || last === undefined || owed.namesActor) return false
    const verb = last.action.slice(-2)
    if (!isEach(all.text) || isEach(some.text) || !act.text.endsWith(verb)) return false
    const plain = { ...last, action: verb }
    const narrowed = { ...plain, ...this.amounts(owed), condition: some.own, source: owed.words.source }
    this.duties.splice(-1, 1, plain, narrowed)
    return true
  }

  /** A further act by the date that the clause before it named. */
  private readGoingOn(clause: Clause, plain: string): void {
    this.settle()
    // 逾期未完成的，…: of whom something is said.
    const { before, time, period, isTimeTold } = this.open
    if ((time === null && (period === null || isTimeTold)) || /%|率达|率为|百分|的$/.test(plain)) return
    const isFirst = before !== null && readTimes(before.words.text).length > 0
    const says = isFirst ? clause.rest.text : clause.rest.text.slice(0, 12)
    if (!saysAct(says) || NO_FURTHER_ACT.test(clause.rest.text)) return
    if (this.open.isTimeTold && /^并|^对(?!照)/.test(clause.rest.text)) return
    this.open.isTimeTold = true
    const whole = wholeClause(clause, time)
    this.emit(whole, actIn({ ...whole, time: null }))
  }

  /** 组织开展一次培训，11月底前完成: the date belongs to the act before it. */
  private isDoneBy(time: Found<TimeSpan> | undefined): boolean {
    const { before } = this.open
    if (time === undefined || before === null) return false
    const deadline = datesOf(time.meaning, this.context.issue).to
    const last = this.duties.at(-1)
    const isOfBefore = last?.source !== undefined && last.source.start >= before.words.source.start
    if (!isOfBefore && !saysAct(before.rest.text.slice(0, 12))) return false
    if (isOfBefore && last.deadline === null) this.duties.splice(-1, 1, { ...last, deadline })
    else if (!isOfBefore) this.emit({ ...wholeClause(before, time), time }, actIn(wholeClause(before, null)))
    return true
  }

  private readException(words: Words | undefined): void {
    this.settle()
    const last = this.duties.at(-1)
    const exception = last === undefined || words === undefined ? null : exceptionTo(last, words)
    if (exception !== null) this.duties.push(exception)
  }

  /** A clause that said how often, and was followed by no number of its own. */
  private settle(): void {
    const { waiting } = this.open
    this.open.waiting = null
    if (waiting !== null) this.emit(waiting.owed, waiting.act)
  }

  private emit(owed: Owed, act: Wording, named: Words | null = null): void {
    const { frequency, quota, deadline } = this.amounts(owed)
    if (frequency === null && quota === null && deadline === null) {
      this.told.unowed = act.own
      return
    }
    this.told.unowed = null
    const action = this.withoutCampaign(owed.namesActor ? act : this.withTopic(act))
    if (action.text.length < 2 || NO_ACT.test(action.text) || isGoal(this.statement, owed)) return
    // 安全出口不少于2个: how things are to be, and nobody's act.
    if (
      quota !== null &&
      frequency === null &&
      owed.time === null &&
      !owed.namesActor &&
      named === null &&
      !saysAct(action.text)
    )
      return
    // 每日抽查不少于20车次: a rhythm without a word.
    if (frequency === null && (action.text.includes('定期') || owed.period?.meaning.per === null)) return
    if (frequency === null && quota === null && this.context.names.some((name) => name.endsWith(act.text))) return
    const behind = behindActor(owed)
    const actor = named ?? behind ?? owed.actor
    const further = furtherQuotas(owed)
    const first =
      further.length === 0
        ? action.own
        : action.own.replace(/[和、及](?:\d+|[一两二三四五六七八九十])(?:家|个|处|户|所).*$/, '')
    const duty = {
      frequency,
      quota,
      deadline,
      ...this.whose(owed.clause, actor, this.isSome(actor, first)),
      action: first,
    }
    this.exceptFormer(actor)
    const confidence = owed.namesActor || behind !== null ? 0.95 : 0.8
    this.duties.push({ ...duty, source: owed.words.source, confidence })
    for (const { quota: more, what, verb } of further) {
      this.duties.push({ ...duty, quota: more, action: `${verb}${what.own}`, source: what.source, confidence })
    }
  }

  private readonly amounts = (owed: Owed) => amountsOf(owed, this.open, this.context.issue)

  private readonly whose = (clause: Clause, actor: Words | null, isSome: boolean) =>
    whoseDuty(clause, actor, isSome, this.open.condition, this.statement, this.context)

  private isSome = (actor: Words | null, action: string) =>
    actor !== null && isSomeOfThem(actor.text, action, this.duties)

  private exceptFormer(actor: Words | null): void {
    const last = this.duties.at(-1)
    if (last === undefined || actor === null || !areExcepted(last, actor.text)) return
    this.duties.splice(-1, 1, { ...last, condition: last.actor })
  }

  /** 对突出问题督办，实行周调度: the rhythm is part of the act's name, and its object stands in the clause before. */
  private actOf(owed: Owed): Wording {
    const act = actIn(owed)
    const { period } = owed
    if (period === null || !/^[周月季]/.test(period.text) || !NAMED_BY_RHYTHM.test(act.text)) return act
    const topic = topicOf(this.open.before?.words)
    const named = { text: `${period.text}${act.text}`, own: `${period.text}${act.own}` }
    return topic === null ? named : { text: `${topic.text}${named.text}`, own: `${topic.own}${named.own}` }
  }

  /** 对超期设备实行“清零”，9月底前完成消化: a bare verb is done to what the clause before it was about. */
  private withTopic(act: Wording): Wording {
    const isNarrowed = this.open.condition !== null && this.open.before?.actor === null
    const all = isBareVerb(act.text) && !isNarrowed ? topicOf(this.open.before?.words, act.text) : null
    // 列入督办的重大隐患: the noun alone.
    const topic = all === null ? null : all.slice(all.text.lastIndexOf('的') + 1)
    return topic === null ? act : { text: `${topic.text}${act.text}`, own: `${topic.own}${act.own}` }
  }

  private withoutCampaign(act: Wording): Wording {
    const action = this.context.names.reduce(withoutName, act)
    const general = /^(?:专项整治|专项行动|专项排查整治|排查整治)工作/.exec(action.text)
    return general !== null && action.text.length - general[0].length >= 4 ? slice(action, general[0].length) : action
  }
}
