import type { Words } from '../normalise/canonical-text.js'
import type { Clause } from '../outline/statement.js'
import { sendIn } from './report-clause.js'
import { headIn, isUnits } from './report-head.js'
import { blank, THING } from './report-wording.js'

interface SenderRule {
  readonly pattern: RegExp
  /** The one who acts, where the clause names one, goes before it. */
  readonly isGuess?: true
  readonly example: readonly [text: string, sender: string]
}

const WHEN =
  '以(?=书面|正式|公文|电子|纸质|邮件|文件|[^，]{1,12}(?:形式|方式|单位))|自|从|每|于|在|按|定期|\\d|[一二三四五六七八九十]+月|今年|年底'

/** How a clause names the one who sends, besides as the one who acts. A new spelling is a new line. */
export const SENDER_RULES: readonly SenderRule[] = [
  {
    pattern: new RegExp(
      `由(?<who>[^，；。]{2,30}?)(?=汇总|统一|统计|负责(?!人|同志)|审核|收集|整理|更新|填写|填报|提交|将|向|及时|报(?!告)|上报|${WHEN})`,
    ),
    example: ['台账由各镇按月更新上报', '各镇'],
  },
  {
    pattern: /^(?<who>各[^，。；]{2,30}?)各(?:自)?(?=报送|上报|提交|向|报)/,
    example: ['各县区应急局各报送一次小结', '各县区应急局'],
  },
  { pattern: /^经(?<who>[^，；。]{2,24}?)(?:统一)?(?:收集|整理)?汇总/, example: ['经县城管局汇总后', '县城管局'] },
  {
    pattern: new RegExp(
      `^(?:请|其中[，：]?|原则上)?(?<who>(?:各(?!自|向|于|报|送|将|把)|所有|全体|有关|相关|其他)[^，。；：]{1,40}?)(?=${WHEN}|要|应(?!急)|须|需|请|务必|必须|将|把|向(?!阳)|负责|指定|确定(?!为)|明确(?!为)|安排|填|完成|结合|根据|严格|认真)`,
    ),
    isGuess: true,
    example: ['各项目每周五将周报报公司', '各项目'],
  },
]

/** 各企业以项目为单位: how they count, not who they are. */
export const bareSender = (who: Words): Words => {
  const tail =
    /(?:以[^以]{1,10}为单位|分(?:地区|区域|行业领域|行业|领域|县区|县（市、区）|乡镇|村（社区）|村|社区|企业|部门|单位|类别)|(?:指定|明确|安排|确定|落实)(?:1名|一名|专门)?(?:专人|人员|联络员|信息员)|负责(?:收集|汇总|整理|统计|审核|调度).*|(?<=.{2})(?:分别)?[从自于在将把还也]|分别)$/.exec(
      who.text,
    )
  return tail === null ? who : who.slice(0, tail.index)
}

/** The one who sends, as a clause names it; null where it names none. */
export function senderIn({ words, actor, namesActor }: Clause): Words | null {
  const head = headIn(words)
  if (head !== null) return head.who
  for (const { pattern, isGuess } of SENDER_RULES) {
    if (isGuess === true && namesActor && actor !== null && isSender(actor)) return bareSender(actor)
    const found = pattern.exec(words.text)
    const who = found?.groups?.who
    if (found === null || who === undefined || THING.test(who) || SIGNS.test(who)) continue
    const start = found.index + found[0].indexOf(who)
    return bareSender(words.slice(start, start + who.length))
  }
  return null
}

/** 由主要负责人签字后: who signs does not send. */
const SIGNS = /签字|签名|盖章|审签|审定|同意|把关|后$/

/** Whether the one who acts can be one who sends: no thing, no way of counting, nothing that itself sends. */
export const isSender = ({ text }: Words) =>
  !/《|^各(?:自|向)|企业主$|^分(?:行业|地区|领域|区域|条线|县区|乡镇)|前/.test(text) &&
  !THING.test(text) &&
  !SIGNS.test(text) &&
  sendIn(blank(text)) === null

/** 请各镇，县直各部门于…: units before a comma that are nothing but the first of those who send. */
export function withUnitsBefore(named: Words | null, clause: Clause, before: Clause | undefined): Words | null {
  const own = named ?? (clause.namesActor ? clause.actor : null)
  if (before === undefined || own === null || own.start !== clause.words.start) return named
  const units = before.words.slice(/^(?:请|其中)?/.exec(before.words.text)?.[0].length ?? 0)
  return isUnits(units.text) ? units.upTo(own) : named
}
