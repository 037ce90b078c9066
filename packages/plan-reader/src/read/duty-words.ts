import type { PlanDuty, PlanQuota } from '@bihuan/domain'
import type { Issue, TimeSpan } from '../lexicon/date.js'
import { DAY_OF_PERIOD, type Count, type Rhythm } from '../lexicon/frequency.js'
import type { Level } from '../lexicon/level.js'
import type { Found } from '../lexicon/rule.js'
import type { Words } from '../normalise/canonical-text.js'
import type { Paragraph } from '../outline/paragraph.js'
import type { Clause, Statement } from '../outline/statement.js'
import type { Wording } from './duty-action.js'
import { blank, withoutBlanks, type Owed } from './owed.js'

export interface DutyContext {
  readonly issue: Issue
  /** The level of those whom the plan addresses when nothing else tells. */
  readonly level: Level
  /** Whether a town, a street or a village issues it, whose offices are of the same level. */
  readonly isTown: boolean
  /** Paragraphs that tell of a phase: their first words say when, and are owed by nobody. */
  readonly phases: readonly Paragraph[]
  /** Names of the campaign, which say nothing of an act. */
  readonly names: readonly string[]
}

/** What the paragraph has told so far. */
export interface Told {
  readonly duties: PlanDuty[]
  /** The act that was told last, if it owes nothing: its rhythm has no word in the schema (每学期). */
  unowed: string | null
}

export const timesOf = (count: Found<Count> | null | undefined): number | null =>
  count !== null && count !== undefined && 'times' in count.meaning ? count.meaning.times : null
export const quotaOf = (count: Found<Count> | null | undefined): PlanQuota | null =>
  count !== null && count !== undefined && 'quota' in count.meaning ? count.meaning.quota : null

/** Without a name of the campaign; the place in front of it may be left out. */
export function withoutName(action: Wording, name: string): Wording {
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

export const isQuoted = (text: string, at: number) => text.lastIndexOf('“', at) > text.lastIndexOf('”', at)

const GOALS = /目标|指导思想|工作思路|基本原则|总体要求/

export const isGoal = ({ paragraph }: Statement, { period, count, actor }: Owed) =>
  ((period === null && count === null) || actor === null) &&
  [paragraph, ...paragraph.under].some(({ title }) => title.length < 20 && GOALS.test(title.text))

/** A clause that only narrows what follows: 尚未出台标准的行业领域，… */
export const isCondition = (plain: string) =>
  /^(?:对|针对|凡)[^，]{4,30}的(?:企业|单位|场所|机构|部门|乡镇|学校|项目)$|^(?:尚未|未|已|暂未|没有|属于|存在|涉及)[^，]{2,40}的(?:行业领域|行业|领域|企业|单位|地区|场所|部门)$/.test(
    plain,
  )

/** A number that tells of whom something is said, and is owed by nobody: 对一年内发生2次以上事故的企业, 连续3次不合格的, 两次被通报的列入黑名单. */
export const isOfCondition = (plain: string, { start, end, text }: Found<Count>) =>
  (!/^(?:至少|不少于|不低于|不得少于|最少)/.test(text) && FATE.test(plain.slice(end))) ||
  (/(?:连续|累计)$/.test(plain.slice(0, start)) && /的/.test(plain.slice(end, end + 12))) ||
  (!/^(?:至少|不少于|不低于|不得少于|最少)/.test(text) &&
    /^(?:及以上|以上)?[^，]{0,16}的(?:$|[\u4e00-\u9fff])/.test(plain.slice(end)) &&
    /发生|存在|设有|容纳|收住|连续|累计|出现|发现|超过|经(?!营|理|济|信|发|验|办)|被|受到|达|仍|满/.test(
      plain.slice(0, end + 8),
    ))

/** What becomes of those of whom it is said: …的列入黑名单, …的要登记造册. */
const FATE =
  /^(?:及以上|以上)?[^，的]{0,20}的，?(?:要(?!求)|应(?!急)|须|必须|将|均|一律|依法|从严|从重|立即|列入|纳入|给予|予以|由|责令|实行|不得|取消|移送|通报|约谈|挂牌)/

/** 月例会, 周调度: the rhythm is part of a name. */
export const isNamedRhythm = (period: string) => /^[周月季]度?$/.test(period)

/** 让年轻人带着老年人跑一遍: what it is done for. */
export const isPurpose = (text: string) =>
  /^(?:让|使(?!用)|以便|从而|推动|促使)/.test(text) && !/至少|不少于|每[周月季年]/.test(text)

/** What has been done is told, not owed: 全县已检查12次, 累计曝光3批. */
const TOLD =
  /(?:已|共(?:计|有|发现|检查|排查|查处|开展|召开)|累计|先后|曾|相继|合计)[^，的]{0,12}$|^(?:\d{4}年以来|去年|今年以来|截至目前|上年度?|近年来)/
/** 每批不少于5家: how much of a thing, not how often. */
const PER_THING =
  /每(?:(?:次|批|期|场|轮|堂|节|班|趟)(?!月|周|季|年)[^，每]*|(?:户|车|份|单|条|组|岗|层|栋|站)(?![^，每]{0,2}$(?<=[为给对在].{1,6}))[^，每]{0,2})$/

/** 一次进门、一次查清: in one go, not how often. */
const IN_ONE_GO = /^[，、]?[一1]次$/

/** 预警发布后2小时内再巡查一遍: what happens then, not how often. */
const WITHIN_HOURS = /\d+(?:个?(?:小时|工作日)|[日天])(?:之)?内[^每]*$/

/** Whether a number stands among words that owe nothing. */
export const isOwedByNobody = (text: string, { start, text: words }: Found<unknown>) =>
  PER_THING.test(text.slice(0, start)) ||
  (IN_ONE_GO.test(`${text.slice(0, start).slice(-1)}${words}`) && !/每[周月季年半两旬]/.test(text)) ||
  WITHIN_HOURS.test(text.slice(0, start)) ||
  (!/至少|不少于/.test(words) && TOLD.test(text.slice(0, start)))

/** 5月底前，… : a clause of a time, or of one who acts and a time. */
export function isBareTime(
  clause: Clause,
  plain: string,
  times: readonly Found<TimeSpan>[],
  periods: readonly Found<Rhythm>[],
): boolean {
  if (times.length + periods.length === 0) return false
  let rest = clause.namesActor ? blank(clause.rest.text) : plain
  for (const { text } of periods) {
    const at = rest.indexOf(text)
    const end = at + text.length
    if (at >= 0) rest = rest.slice(0, at) + rest.slice(end + (DAY_OF_PERIOD.exec(rest.slice(end))?.[0].length ?? 0))
  }
  for (const { text } of times) rest = rest.replace(text, '')
  return /^(?:最迟|最晚|限|于|在|自|从|到|力争|确保|要|应|须|原则上|请|并|完成|分别|之?前|“[^”]{2,10}”|(?:完成)?(?:时间|时限|期限)(?:为|是)?|不晚于|不迟于|\d{1,2}月份?|[、和及]|\d{1,2}[日号](?:之?前)?|[上中下]旬|[初底末]|期间|起)*$/.test(
    withoutBlanks(rest),
  )
}

/** 对重点企业检查: whom an act is done to, where the clause puts it before the verb. */
const WHOM =
  /(?:^|[^针面应绝相])对(?!标|照|表|外|口|讲)(?<whom>[^，对]{2,40}?)(?=每[周月季年半两旬]|至少|不少于|全年|逐|开展|进行|组织|实施|检查|督查|督导|抽查|巡查|执法|走访|监测|检测|排查|$)/d

export function whomOf(words: Words): Words | null {
  const place = WHOM.exec(words.text)?.indices?.groups?.whom
  return place === undefined ? null : words.slice(place[0], place[1])
}

export const isEach = (text: string) => /^(?:每[个家座处户栋所名]|各|所有|全部|辖区内?(?:各|所有|全部))/.test(text)

/** What a clause is about that goes on in the next one: 对超期设备实行“清零”，…; 保温材料不合格的，…; 改造工程由各镇牵头，…. */
const TOPICS = [
  /对(?!照|标|表)(?<topic>[^，对]{2,24})$/d,
  /^[^，]{0,16}?对(?!照|标|表)(?<topic>[^，对]{2,24}?)(?:进行|实行|实施|开展|挂牌|采取|逐)/d,
  /^(?<topic>[^，对]{2,24}?)(?:不符合|不达标|不合格|不足|不全|未|存在|达不到|老化|破损|损坏|缺失|失效|过期|有)[^，]*的$/d,
  /^(?<topic>[^，对由]{2,24}?)由[^，]{2,24}(?:牵头|负责|承担|组织|实施)[^，]{0,6}$/d,
]

/** 制定实施方案，4月底前印发: what was made is what is issued. */
const MADE = /(?:制定|制订|编制|修订|起草)(?:并|完善|健全|本[^，]{1,4})?(?<topic>[^，]{2,20})$/d
const ISSUES = /^(?:印发|下发|实施|执行|施行|上线|备案|完成)/

export function topicOf(words: Words | undefined, act = ''): Words | null {
  if (words === undefined) return null
  for (const pattern of ISSUES.test(act) ? [...TOPICS, MADE] : TOPICS) {
    const place = pattern.exec(words.text)?.indices?.groups?.topic
    if (place === undefined) continue
    const topic = words.slice(place[0], place[1])
    if (!/每|逐|进行|实行|开展|采取|至少|不少于|不低于|[\d一两二三][次遍轮]|负责|总责|责任$/.test(topic.text))
      return topic
  }
  return null
}
