import type { PlanDuty, PlanFrequency, PlanQuota } from '@bihuan/domain'
import { isNarrowing, levelOf, levelOfHeading, type Level } from '../lexicon/actor.js'
import { datesOf, readTimes, type Issue, type TimeSpan } from '../lexicon/date.js'
import { frequencyOf, readCounts, readPeriods, type Count, type Rhythm } from '../lexicon/frequency.js'
import type { Found } from '../lexicon/rule.js'
import type { Words } from '../normalise/canonical-text.js'
import type { Paragraph } from '../outline/paragraph.js'
import { statementsOf, type Clause, type Member, type Statement } from '../outline/statement.js'
import { saysAct, slice, type Wording } from './duty-action.js'
import { actIn, behindActor, blank, furtherQuotas, owedIn, wholeClause, withoutBlanks, type Owed } from './owed.js'
import { isCountedBy, isSending } from './report-clause.js'

export interface DutyContext {
  readonly issue: Issue
  /** The level of those whom the plan addresses when nothing else tells. */
  readonly level: Level
  /** Paragraphs that tell of a phase: their first words say when, and are owed by nobody. */
  readonly phases: readonly Paragraph[]
  /** Names of the campaign, which say nothing of an act. */
  readonly names: readonly string[]
}

/** What somebody must do so often, so many times, or by a date. */
export function readDuties(paragraphs: readonly Paragraph[], context: DutyContext): PlanDuty[] {
  const duties: PlanDuty[] = []
  for (const statement of statementsOf(paragraphs)) {
    if (isOutside(statement, context)) continue
    for (const member of statement.members) duties.push(...new MemberReader(statement, member, context).read())
  }
  const keys = duties.map(({ action, actor, deadline, frequency, quota, condition }) =>
    JSON.stringify([action, actor, deadline, frequency, quota, condition]),
  )
  const said = new Set<string>()
  return duties.filter((_, at) => {
    const key = keys[at] ?? ''
    return !said.has(key) && said.add(key)
  })
}

const GOALS = /目标|指导思想|工作思路|基本原则|总体要求/
/** A sentence that decides on the campaign, or says when all of it runs, is owed by nobody. */
const DECIDES =
  /定于|会议(?:审议|研究|讨论)?通过|决定，?(?:[自从于在]|即日|开展|组织)|现将|特制定|制定本(?:方案|计划)|分(?:为)?[一二三四五六\d]个阶段|(?:整治|行动|活动|实施|工作|排查)(?:时间|期限)(?:为|：|是|从|自)/

function isOutside({ paragraph, isFirst, words }: Statement, { phases }: DutyContext): boolean {
  if (/^(?:注：|附件|联系人|抄送)/.test(words.text) || DECIDES.test(words.text)) return true
  if (/时间|期限|阶段/.test(paragraph.title.text) && paragraph.numbering !== null && isFirst && words.length <= 30)
    return true
  return (
    isFirst &&
    phases.includes(paragraph) &&
    paragraph.words.length > words.length + 8 &&
    !/[，；].*[，；]/.test(words.text)
  )
}

/** What is open for the clauses that follow. */
interface Open {
  time: Found<TimeSpan> | null
  period: Found<Rhythm> | null
  /** A clause that says how often and not yet how many. */
  waiting: { readonly owed: Owed; readonly act: Wording } | null
  condition: Words | null
  before: Clause | null
}

class MemberReader {
  private readonly duties: PlanDuty[] = []
  private readonly open: Open = { time: null, period: null, waiting: null, condition: null, before: null }

  constructor(
    private readonly statement: Statement,
    private readonly member: Member,
    private readonly context: DutyContext,
  ) {}

  read(): PlanDuty[] {
    this.member.clauses.forEach((clause, at) => {
      this.readClause(clause, at)
      this.open.before = clause
    })
    this.settle()
    return this.duties
  }

  private readClause(clause: Clause, at: number): void {
    const plain = blank(clause.words.text)
    if (isCondition(plain)) this.open.condition = clause.words
    const periods = readPeriods(plain).filter(({ start }) => !isQuoted(plain, start))
    const counts = readCounts(plain).filter(({ start, end }) => !/^%/.test(plain.slice(end)) && !isQuoted(plain, start))
    const times = readTimes(plain).filter((time) => this.isDeadline(time, plain, at))
    const isCounted = counts.some(({ meaning }) => 'quota' in meaning)
    if (isSending(plain) && !isCounted && !isCountedBy(this.member.clauses[at + 1])) {
      this.settle()
      return
    }
    if (isBareTime(clause, plain, times, periods)) {
      this.settle()
      if (/完成/.test(plain) && this.isDoneBy(times.at(-1))) return
      this.open.time = times.at(-1) ?? this.open.time
      this.open.period = periods.at(-1) ?? this.open.period
      return
    }
    const pieces = owedIn(clause, periods, counts, times).map((owed) => ({ owed, act: this.actOf(owed) }))
    pieces.forEach(({ owed, act }, index) => {
      // 主要负责人每季度、分管负责人每月、站长每周至少带队检查1次: what is done stands once, at the end.
      const next = pieces.slice(index + 1).find((piece) => piece.act.text !== '')
      const isShared = act.text === '' && owed.count === null && next !== undefined
      if (isShared) this.emit({ ...owed, count: next.owed.count }, next.act)
      else this.readOwed(owed, act)
    })
    if (pieces.length === 0) this.readGoingOn(clause, plain)
    for (const bracket of clause.words.text.matchAll(/（([^（）]*)）/g)) {
      this.readException(clause.words.slice(bracket.index + 1, bracket.index + bracket[0].length - 1))
    }
  }

  private readOwed(owed: Owed, act: Wording): void {
    const { count, period, time, clause } = owed
    if (act.text.length === 0 && count !== null) {
      this.readCountOfBefore(owed)
      return
    }
    this.settle()
    if (count === null && period !== null) {
      if (saysAct(blank(owed.words.text))) this.open.waiting = { owed, act }
      return
    }
    if (count === null && time !== null && !saysAct(blank(clause.rest.text))) return
    this.emit(owed, act)
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
    const last = this.duties.at(-1)
    if (last === undefined) return
    const whom = this.of(actor ?? owed.actor, actor !== null)
    this.duties.push({ ...last, ...this.amounts(owed), ...whom, source: owed.words.source })
  }

  /** A further act by the date that the clause before it named. */
  private readGoingOn(clause: Clause, plain: string): void {
    this.settle()
    if (this.open.time === null || /%|率达|率为|百分/.test(plain)) return
    if (!saysAct(clause.rest.text.slice(0, 12)) || NO_FURTHER_ACT.test(clause.rest.text)) return
    const whole = wholeClause(clause, this.open.time)
    this.emit(whole, actIn({ ...whole, time: null }))
  }

  /** 组织开展一次培训，11月底前完成: the date belongs to the act before it. */
  private isDoneBy(time: Found<TimeSpan> | undefined): boolean {
    const { before } = this.open
    if (time === undefined || before === null || !saysAct(before.rest.text.slice(0, 12))) return false
    const deadline = datesOf(time.meaning, this.context.issue).to
    const last = this.duties.at(-1)
    const isOfBefore = last?.source !== undefined && last.source.start >= before.words.source.start
    if (isOfBefore && last.deadline === null) this.duties.splice(-1, 1, { ...last, deadline })
    else if (!isOfBefore) this.emit({ ...wholeClause(before, time), time }, actIn(wholeClause(before, null)))
    return true
  }

  /** （涉氨企业每月不少于1次）: the same act, otherwise often, of those it names. */
  private readException(words: Words): void {
    this.settle()
    const last = this.duties.at(-1)
    if (last === undefined) return
    const [period] = readPeriods(words.text)
    const [count] = readCounts(words.text)
    if (period === undefined && count === undefined) return
    const start = Math.min(period?.start ?? words.length, count?.start ?? words.length)
    const lead = /^(?:其中[，：]?|对|属于|有)?/.exec(words.text)?.[0].length ?? 0
    const whom = words.slice(lead, start)
    const tail = /(?:要|应当|应|须|需|必须|，|：|的|原则上|由|为)+$/.exec(whom.text)?.[0].length ?? 0
    const condition = whom.slice(0, whom.length - tail)
    if (condition.length === 0) return
    const frequency = frequencyOf(period?.meaning ?? null, timesOf(count) ?? (period === undefined ? null : 1))
    this.duties.push({ ...last, frequency, quota: quotaOf(count), condition: condition.own, source: words.source })
  }

  /** A clause that said how often, and was followed by no number of its own. */
  private settle(): void {
    const { waiting } = this.open
    this.open.waiting = null
    if (waiting !== null) this.emit(waiting.owed, waiting.act)
  }

  private emit(owed: Owed, act: Wording, named: Words | null = null): void {
    const { frequency, quota, deadline } = this.amounts(owed)
    if (frequency === null && quota === null && deadline === null) return
    const action = this.withoutCampaign(act)
    if (action.text.length < 2 || /定期|%|^为[^，]{2,10}阶段$/.test(action.text) || isGoal(this.statement, owed)) return
    const behind = behindActor(owed)
    const actor = named ?? behind ?? owed.actor
    const further = furtherQuotas(owed)
    const first =
      further.length === 0
        ? action.own
        : action.own.replace(/[和、及](?:\d+|[一两二三四五六七八九十])(?:家|个|处|户|所).*$/, '')
    const duty = { frequency, quota, deadline, ...this.of(actor, true), action: first }
    const confidence = owed.namesActor || behind !== null ? 0.95 : 0.8
    this.duties.push({ ...duty, source: owed.words.source, confidence })
    for (const { quota: more, what, verb } of further) {
      this.duties.push({ ...duty, quota: more, action: `${verb}${what.own}`, source: what.source, confidence })
    }
  }

  private amounts({ period, count, time }: Owed): Pick<PlanDuty, 'frequency' | 'quota' | 'deadline'> {
    const rhythm = (period ?? this.open.period)?.meaning ?? this.periodOfBefore(count)
    const quota = quotaOf(count)
    const frequency: PlanFrequency | null =
      quota !== null && rhythm === null ? null : frequencyOf(rhythm, timesOf(count))
    const until = time ?? this.open.time
    return { frequency, quota, deadline: until === null ? null : datesOf(until.meaning, this.context.issue).to }
  }

  /** 每月宣传1次经验，曝光1次问题: the second number is of the same month. */
  private periodOfBefore(count: Found<Count> | null): Rhythm | null {
    const { before } = this.open
    if (before === null || timesOf(count) === null || /^(?:至少|不少于)/.test(count?.text ?? '')) return null
    const period = readPeriods(blank(before.words.text)).at(-1)
    return period !== undefined && readCounts(before.words.text).length > 0 ? period.meaning : null
  }

  private of(actor: Words | null, isOwn: boolean): Pick<PlanDuty, 'actor' | 'level' | 'condition'> {
    const text = actor?.text ?? ''
    const headings = [this.statement.paragraph, ...[...this.statement.paragraph.under].reverse()]
    const ofHeading = headings.map(({ title }) => levelOfHeading(title.text)).find((level) => level !== null)
    // The departments of an enterprise are the enterprise.
    const isWithin = this.context.level === 'enterprise'
    const level = isWithin ? 'enterprise' : (levelOf(text) ?? ofHeading ?? this.context.level)
    const about = [
      ...headings.map(({ title }) => title.text).filter((title) => !title.includes(text)),
      ...this.context.names,
    ]
    const narrowed = isOwn && isNarrowing(text, about) ? (actor?.own ?? null) : (this.open.condition?.own ?? null)
    return { actor: actor?.own ?? null, level, condition: narrowed }
  }

  /** 对突出问题督办，实行周调度: the rhythm is part of the act's name, and its object stands in the clause before. */
  private actOf(owed: Owed): Wording {
    const act = actIn(owed)
    const { period } = owed
    if (period === null || !/^[周月季]/.test(period.text) || !NAMED_BY_RHYTHM.test(act.text)) return act
    const before = this.open.before?.words
    const topic =
      /^[^，]{0,6}对(?<topic>[^，]{2,16}?)(?:进行|实行|实施|开展|挂牌)/.exec(before?.text ?? '')?.groups?.topic ?? ''
    const at = before?.text.indexOf(topic) ?? 0
    const own = before?.slice(at, at + topic.length).own ?? ''
    return { text: `${topic}${period.text}${act.text}`, own: `${own}${period.text}${act.own}` }
  }

  private withoutCampaign(act: Wording): Wording {
    const action = this.context.names.reduce(withoutName, act)
    const general = /^(?:专项整治|专项行动|专项排查整治|排查整治)工作/.exec(action.text)
    return general !== null && action.text.length - general[0].length >= 4 ? slice(action, general[0].length) : action
  }

  /** Whether a time is one by which something is due: not one that is past, or from which on something holds. */
  private isDeadline({ meaning, start, end }: Found<TimeSpan>, plain: string, at: number): boolean {
    const { paragraph, isFirst } = this.statement
    if (isFirst && at === 0 && this.context.phases.includes(paragraph)) return false
    if (meaning.bound === 'since' || (meaning.from.grain === 'issue' && !meaning.isRange)) return false
    if (meaning.bound !== 'by' && NAMES_TIME.test(plain.slice(end, end + 6))) return false
    if (/[〔《“]$|（[^）]*$/.test(plain.slice(0, start))) return false
    const { to } = datesOf(meaning, this.context.issue)
    if (to === null) return false
    if (meaning.bound === 'by') return true
    const { issuedOn } = this.context.issue
    if (issuedOn !== null && to < issuedOn) return false
    if (['quarter', 'half', 'year'].includes(meaning.from.grain)) return false
    return /开展|组织|召开|举办|完成|集中|进行/.test(plain)
  }
}

/** What makes a time part of a noun, or of what has been. */
const NAMES_TIME = /以来|以后|期间|以前|发生|发现的|开展的|印发|文件|要求|考核|年度/
const NAMED_BY_RHYTHM = /^(?:调度|通报|报告|督办|研判|例会|检查|会商|排查)/
/** Clauses that tell what for, and no further act. */
const NO_FURTHER_ACT = /^(?:确保|切实|做到|实现|推动|努力|不断|有效|坚决|着力|为|从而|以|对|并对)/

const timesOf = (count: Found<Count> | null | undefined): number | null =>
  count !== null && count !== undefined && 'times' in count.meaning ? count.meaning.times : null
const quotaOf = (count: Found<Count> | null | undefined): PlanQuota | null =>
  count !== null && count !== undefined && 'quota' in count.meaning ? count.meaning.quota : null

/** Without a name of the campaign; the place in front of it may be left out. */
function withoutName(action: Wording, name: string): Wording {
  for (let from = 0; name.length - from >= 8; from++) {
    const at = action.text.indexOf(name.slice(from))
    if (at < 0) continue
    const end = at + name.length - from
    if (action.text.length - (end - at) < 4) return action
    return {
      text: action.text.slice(0, at) + action.text.slice(end),
      own: action.own.slice(0, at) + action.own.slice(end),
    }
  }
  return action
}

const isQuoted = (text: string, at: number) => text.lastIndexOf('“', at) > text.lastIndexOf('”', at)

const isGoal = ({ paragraph }: Statement, { period, count }: Owed) =>
  period === null &&
  count === null &&
  [paragraph, ...paragraph.under].some(({ title }) => title.length < 20 && GOALS.test(title.text))

/** A clause that only narrows what follows: 尚未出台标准的行业领域，… */
const isCondition = (plain: string) =>
  /^(?:对|针对)?(?:尚未|未|已|暂未|没有|属于|存在|涉及)[^，]{2,40}的(?:行业领域|行业|领域|企业|单位|地区|场所|部门)$/.test(
    plain,
  )

/** 5月底前，… : a clause of a time, or of one who acts and a time. */
function isBareTime(
  clause: Clause,
  plain: string,
  times: readonly Found<TimeSpan>[],
  periods: readonly Found<Rhythm>[],
): boolean {
  if (times.length + periods.length === 0) return false
  let rest = clause.namesActor ? blank(clause.rest.text) : plain
  for (const { text } of [...times, ...periods]) rest = rest.replace(text, '')
  return /^(?:于|在|自|从|到|力争|确保|要|应|须|原则上|请|并|完成)*$/.test(withoutBlanks(rest))
}
