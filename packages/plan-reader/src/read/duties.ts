import type { PlanDuty, PlanFrequency, PlanQuota } from '@bihuan/domain'
import { isNarrowing, levelOf, levelOfHeading, type Level } from '../lexicon/actor.js'
import { datesOf, readTimes, type Issue, type TimeSpan } from '../lexicon/date.js'
import { frequencyOf, readCounts, readPeriods, type Count, type Rhythm } from '../lexicon/frequency.js'
import type { Found } from '../lexicon/rule.js'
import type { Words } from '../normalise/canonical-text.js'
import type { Paragraph } from '../outline/paragraph.js'
import { statementsOf, type Clause, type Member, type Statement } from '../outline/statement.js'
import { actionOf, drop, saysAct, slice, type Wording } from './duty-action.js'
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

const GOALS = /目标|指导思想|工作思路|基本原则|总体要求/

/** What somebody must do so often, so many times, or by a date. */
export function readDuties(paragraphs: readonly Paragraph[], context: DutyContext): PlanDuty[] {
  const duties: PlanDuty[] = []
  for (const statement of statementsOf(paragraphs)) {
    if (isOutside(statement, context)) continue
    for (const member of statement.members) duties.push(...new MemberReader(statement, member, context).read())
  }
  return duties.filter(
    (one, at) =>
      duties.findIndex(
        (other) =>
          other.action === one.action &&
          other.actor === one.actor &&
          other.deadline === one.deadline &&
          JSON.stringify([other.frequency, other.quota, other.condition]) ===
            JSON.stringify([one.frequency, one.quota, one.condition]),
      ) === at,
  )
}

function isOutside({ paragraph, isFirst, words }: Statement, { phases }: DutyContext): boolean {
  if (/^(?:注：|附件|联系人|抄送)/.test(words.text)) return true
  return (
    isFirst &&
    phases.includes(paragraph) &&
    paragraph.words.length > words.length + 8 &&
    !/[，；].*[，；]/.test(words.text)
  )
}

interface Owed {
  readonly clause: Clause
  /** The words that belong to this debt alone: a clause may hold several. */
  readonly words: Words
  readonly period: Found<Rhythm> | null
  readonly count: Found<Count> | null
  readonly time: Found<TimeSpan> | null
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
    const periods = readPeriods(plain)
    const counts = readCounts(plain).filter(({ start, end }) => !/^%/.test(plain.slice(end)) && !isQuoted(plain, start))
    const times = readTimes(plain).filter((time) => this.isDeadline(time, plain, at))
    const isCounted = counts.some(({ meaning }) => 'quota' in meaning)
    if (isSending(plain) && !isCounted && !isCountedBy(this.member.clauses[at + 1])) {
      this.settle()
      return
    }
    if (isBareTime(clause, plain, times, periods)) {
      this.settle()
      this.open.time = times.at(-1) ?? this.open.time
      this.open.period = periods.at(-1) ?? this.open.period
      return
    }
    const pieces = this.owedIn(clause, periods, counts, times)
    for (const owed of pieces) this.readOwed(owed)
    if (pieces.length === 0) this.readGoingOn(clause, plain)
    for (const bracket of clause.words.text.matchAll(/（([^（）]*)）/g)) {
      this.readException(clause.words.slice(bracket.index + 1, bracket.index + bracket[0].length - 1))
    }
  }

  /** The debts of a clause, cut before every period but the first, and before a count that has none of its own before it. */
  private owedIn(
    clause: Clause,
    periods: readonly Found<Rhythm>[],
    counts: readonly Found<Count>[],
    times: readonly Found<TimeSpan>[],
  ): Owed[] {
    const debts: { start: number; end: number; period: Found<Rhythm> | null; count: Found<Count> | null }[] = []
    for (const period of periods) debts.push({ start: period.start, end: period.end, period, count: null })
    for (const count of counts) {
      const own = debts.filter(({ count: taken, period }) => taken === null && period !== null)
      const before = own.filter(({ start }) => start < count.start).at(-1)
      const after = own.find(({ start }) => start >= count.end)
      const nearest = before ?? (debts.length === own.length ? after : undefined)
      if (nearest === undefined) debts.push({ start: count.start, end: count.end, period: null, count })
      else nearest.count = count
    }
    debts.sort((one, other) => one.start - other.start)
    const time = times[0] ?? null
    if (debts.length === 0)
      return time === null ? [] : [{ clause, words: clause.words, period: null, count: null, time }]
    return debts.map((debt, at): Owed => {
      const from = at === 0 ? 0 : cutBefore(clause.words.text, debt.start, debts[at - 1]?.end ?? 0)
      const next = debts[at + 1]
      const to = next === undefined ? clause.words.length : cutBefore(clause.words.text, next.start, debt.end)
      return { clause, words: clause.words.slice(from, to), period: debt.period, count: debt.count, time }
    })
  }

  private readOwed(owed: Owed): void {
    const { count, period, clause } = owed
    const act = this.actIn(owed)
    if (act.text.length === 0 && count !== null) {
      this.readCountOfBefore(owed)
      return
    }
    this.settle()
    if (count === null && period !== null) {
      if (!saysAct(blank(owed.words.text))) return
      this.open.waiting = { owed, act }
      return
    }
    if (count === null && owed.time !== null && !saysAct(blank(clause.rest.text))) return
    this.emit(owed, act)
  }

  /** 每月上报典型案例，各镇不少于1个; 其中高危企业每月不少于1次: the act is that of the clause before. */
  private readCountOfBefore(owed: Owed): void {
    const { waiting } = this.open
    const actor = owed.clause.namesActor ? owed.clause.actor : null
    if (waiting !== null) {
      this.open.waiting = null
      this.emit({ ...waiting.owed, count: owed.count }, waiting.act, actor)
      return
    }
    const last = this.duties.at(-1)
    if (last === undefined) return
    this.push({
      ...last,
      ...this.amounts(owed),
      ...this.of(actor ?? owed.clause.actor, actor !== null),
      source: owed.words.source,
    })
  }

  /** A further act by the date that the clause before it named. */
  private readGoingOn(clause: Clause, plain: string): void {
    const { time } = this.open
    this.settle()
    if (
      time === null ||
      !saysAct(clause.rest.text.slice(0, 12)) ||
      /^(?:确保|切实|做到|实现|推动|努力|不断|有效|坚决|着力|为|从而|以|对|并对)/.test(clause.rest.text)
    )
      return
    if (/%|率达|率为|百分/.test(plain)) return
    this.emit(
      { clause, words: clause.words, period: null, count: null, time },
      this.actIn({ clause, words: clause.words, period: null, count: null, time: null }),
    )
  }

  /** （高危行业领域企业每月至少1次）: the same act, otherwise often, of those it names. */
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
    const times = count !== undefined && 'times' in count.meaning ? count.meaning.times : null
    const quota = count !== undefined && 'quota' in count.meaning ? count.meaning.quota : null
    const frequency = frequencyOf(period?.meaning ?? null, times ?? (period === undefined ? null : 1))
    this.push({ ...last, frequency, quota, condition: condition.own, source: words.source })
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
    if (action.text.length < 2 || /定期|%/.test(action.text) || isGoal(this.statement, owed)) return
    const behind = behindActor(owed)
    const actor = named ?? behind ?? owed.clause.actor
    const duty = { frequency, quota, deadline, ...this.of(actor, true), action: action.own }
    this.push({
      ...duty,
      source: owed.words.source,
      confidence: owed.clause.namesActor || behind !== null ? 0.95 : 0.8,
    })
    for (const further of furtherQuotas(owed)) {
      const verb = /^[^\d一二三四五六七八九十]{2}/.exec(owed.count?.text ?? '')?.[0] ?? ''
      this.push({ ...duty, quota: further.quota, action: `${verb}${further.what.own}`, source: further.what.source })
    }
  }

  private push(duty: PlanDuty): void {
    this.duties.push(duty)
  }

  private amounts({ period, count, time }: Owed): Pick<PlanDuty, 'frequency' | 'quota' | 'deadline'> {
    const rhythm = (period ?? this.open.period)?.meaning ?? this.periodOfBefore(count)
    const quota: PlanQuota | null = count !== null && 'quota' in count.meaning ? count.meaning.quota : null
    const times = count !== null && 'times' in count.meaning ? count.meaning.times : null
    const frequency: PlanFrequency | null = quota !== null && rhythm === null ? null : frequencyOf(rhythm, times)
    const until = time ?? this.open.time
    return { frequency, quota, deadline: until === null ? null : datesOf(until.meaning, this.context.issue).to }
  }

  /** 每月宣传1次经验，曝光1次问题: the second number is of the same month. */
  private periodOfBefore(count: Found<Count> | null): Rhythm | null {
    if (count === null || !('times' in count.meaning) || /^(?:至少|不少于)/.test(count.text)) return null
    const before = this.open.before
    if (before === null) return null
    const period = readPeriods(blank(before.words.text)).at(-1)
    return period !== undefined && readCounts(before.words.text).length > 0 ? period.meaning : null
  }

  private of(actor: Words | null, isOwn: boolean): Pick<PlanDuty, 'actor' | 'level' | 'condition'> {
    const text = actor?.text ?? ''
    const headings = [this.statement.paragraph, ...[...this.statement.paragraph.under].reverse()]
    const ofHeading = headings.map(({ title }) => levelOfHeading(title.text)).find((level) => level !== null)
    const level = levelOf(text) ?? ofHeading ?? this.context.level
    const narrowed = isOwn && isNarrowing(text) ? (actor?.own ?? null) : (this.open.condition?.own ?? null)
    return { actor: actor?.own ?? null, level, condition: narrowed }
  }

  private actIn(owed: Owed): Wording {
    const { clause, period, count, time } = owed
    const offset = owed.words.start - clause.words.start
    const from = Math.max(0, clause.rest.start - owed.words.start)
    const whole: Wording = { text: blank(owed.words.text), own: owed.words.own }
    const cuts = [period, time, count].filter((one): one is Found<never> => one !== null)
    const at = count === null ? whole.text.length : count.start - offset
    const verbOfCount =
      count === null
        ? 0
        : (/^(?:明确|确定|创建|打造|培育|选树|树立|建成|选取|确立|推选)/.exec(count.text)?.[0].length ?? 0)
    const edge = at + verbOfCount
    const without = (start: number, end: number): Wording => {
      let kept: Wording = { text: '', own: '' }
      let reached = start
      const inside = cuts
        .map((cut) => ({ start: cut.start - offset + (cut === count ? verbOfCount : 0), end: cut.end - offset }))
        .map((cut) => ({
          start: cut.start - (/(?:力争)?[于在到自从]$/.exec(whole.text.slice(0, cut.start))?.[0].length ?? 0),
          end: cut.end,
        }))
        .filter((cut) => cut.end > start && cut.start < end)
        .sort((one, other) => one.start - other.start)
      for (const cut of inside) {
        const piece = slice(whole, reached, Math.max(reached, cut.start))
        kept = { text: kept.text + piece.text, own: kept.own + piece.own }
        reached = Math.max(reached, cut.end)
      }
      const piece = slice(whole, Math.min(reached, end), end)
      return { text: kept.text + piece.text, own: kept.own + piece.own }
    }
    const behind = behindActor(owed)
    const end = behind === null ? edge : Math.min(edge, behind.start - owed.words.start)
    const before = unblank(without(Math.min(from, end), end))
    const after = unblank(without(Math.max(count === null ? end : count.end - offset, from), whole.text.length))
    const act = actionOf(before, behind === null ? after : { text: '', own: '' })
    return this.withTopicOfBefore(act, period)
  }

  /** 对重大隐患挂牌督办，实行周调度: the rhythm is part of the act's name, and its object stands in the clause before. */
  private withTopicOfBefore(act: Wording, period: Found<Rhythm> | null): Wording {
    if (
      period === null ||
      !/^[周月季]/.test(period.text) ||
      !/^(?:调度|通报|报告|督办|研判|例会|检查|会商|排查)/.test(act.text)
    )
      return act
    const topic = /^[^，]{0,6}对([^，]{2,16}?)(?:进行|实行|实施|开展|挂牌)/.exec(this.open.before?.words.text ?? '')
    const own =
      topic === null
        ? ''
        : (this.open.before?.words.own.slice(
            topic[0].indexOf(topic[1] ?? ''),
            topic[0].indexOf(topic[1] ?? '') + (topic[1] ?? '').length,
          ) ?? '')
    return { text: `${topic?.[1] ?? ''}${period.text}${act.text}`, own: `${own}${period.text}${act.own}` }
  }

  private withoutCampaign(act: Wording): Wording {
    let action = act
    for (const name of this.context.names) {
      action = withoutName(action, name)
    }
    const general = /^(?:专项整治|专项行动|专项排查整治|排查整治)工作/.exec(action.text)
    return general !== null && action.text.length - general[0].length >= 4 ? slice(action, general[0].length) : action
  }

  /** Whether a time is one by which something is due: not one that is past, or from which on something holds. */
  private isDeadline(time: Found<TimeSpan>, plain: string, at: number): boolean {
    const { meaning, start, end } = time
    const { paragraph, isFirst } = this.statement
    if (isFirst && at === 0 && this.context.phases.includes(paragraph)) return false
    if (meaning.bound === 'since' || (meaning.from.grain === 'issue' && !meaning.isRange)) return false
    if (
      /以来|以后|期间|以前|发生|发现的|开展的|印发|文件|要求|考核|年度/.test(plain.slice(end, end + 6)) &&
      meaning.bound !== 'by'
    )
      return false
    if (/[〔《“]$/.test(plain.slice(0, start)) || /（[^）]*$/.test(plain.slice(0, start))) return false
    const { to } = datesOf(meaning, this.context.issue)
    if (to === null) return false
    if (meaning.bound === 'by') return true
    const { issuedOn } = this.context.issue
    if (issuedOn !== null && to < issuedOn) return false
    if (meaning.from.grain === 'quarter' || meaning.from.grain === 'half' || meaning.from.grain === 'year') return false
    return /开展|组织|召开|举办|完成|集中|进行/.test(plain)
  }
}

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

/** Brackets kept in length and out of sight. */
const HIDDEN = '\u0001'
const blank = (text: string) => text.replace(/（[^（）]*）/g, (bracket) => HIDDEN.repeat(bracket.length))
const unblank = (words: Wording): Wording => drop(words, new RegExp(`${HIDDEN}+`, 'g'))

/** A clause that only narrows what follows: 尚未出台标准的行业领域，… */
const isCondition = (plain: string) =>
  /^(?:对|针对)?(?:尚未|未|已|暂未|没有|属于|存在|涉及)[^，]{2,40}的(?:行业领域|行业|领域|企业|单位|地区|场所|部门)$/.test(
    plain,
  )

function isBareTime(
  clause: Clause,
  plain: string,
  times: readonly Found<TimeSpan>[],
  periods: readonly Found<Rhythm>[],
): boolean {
  if (times.length + periods.length === 0) return false
  let rest = clause.namesActor ? blank(clause.rest.text) : plain
  for (const { text } of [...times, ...periods]) rest = rest.replace(text, '')
  if (clause.namesActor && clause.rest.length < clause.words.length && rest.length === 0) return true
  return /^(?:于|在|自|从|到|力争|确保|要|应|须|原则上|请|并)*$/.test(rest.split(HIDDEN).join(''))
}

/** Where a debt's own words begin: behind the last sign that divides it from the one before. */
function cutBefore(text: string, at: number, after: number): number {
  const between = text.slice(after, at)
  const sign = Math.max(between.lastIndexOf('、'), between.lastIndexOf('和'), between.lastIndexOf('，'))
  return sign < 0 ? at : after + sign + 1
}

/** 排查重大隐患各镇不少于1条: the one who acts stands behind the act, before the number. */
function behindActor({ words, clause, count }: Owed): Words | null {
  if (count === null || clause.namesActor || !/^(?:至少|不少于|不低于|不得少于)/.test(count.text)) return null
  const end = count.start - (words.start - clause.words.start)
  const before = blank(words.text).slice(0, end)
  const named =
    /(?:^|[^\u0001]*?[\u0001])?(?<actor>各[^，各]{1,24}(?:各[^，各]{1,12})?|(?<=\u0001)[^，\u0001]{2,60}等?(?:部门|单位|企业))$/.exec(
      before,
    )
  const actor = named?.groups?.actor
  if (actor === undefined || levelOf(actor) === null || end - actor.length < 4) return null
  return words.slice(end - actor.length, end)
}

/** 明确1家甲企业和1家乙企业 */
function furtherQuotas({ words, clause, count }: Owed): { quota: PlanQuota; what: Words }[] {
  if (count === null || !('quota' in count.meaning) || /^(?:至少|不少于)/.test(count.text)) return []
  const from = count.end - (words.start - clause.words.start)
  return [
    ...words.text.slice(from).matchAll(/[和、及](\d+|[一两二三四五六七八九十])(家|个|处|户|所)([^，、和及]{2,24})/g),
  ].map((match) => {
    const at = from + match.index + match[0].length - (match[3] ?? '').length
    const atLeast = /\d/.test(match[1] ?? '')
      ? Number(match[1])
      : '一二三四五六七八九十'.indexOf((match[1] ?? '').replace('两', '二')) + 1
    return { quota: { atLeast, unit: match[2] ?? '' }, what: words.slice(at, at + (match[3] ?? '').length) }
  })
}
