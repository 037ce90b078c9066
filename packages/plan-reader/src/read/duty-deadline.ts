import { datesOf, type TimeSpan } from '../lexicon/date.js'
import type { Found } from '../lexicon/rule.js'
import type { Member, Statement } from '../outline/statement.js'
import { saysAct } from './duty-action.js'
import type { DutyContext } from './duty-words.js'

/** Where a clause stands. */
interface Place {
  readonly statement: Statement
  readonly member: Member
  readonly context: DutyContext
}

/** Whether a time is one by which something is due: not one that is past, or from which on something holds. */
export function isDeadline(
  { meaning, start, end }: Found<TimeSpan>,
  plain: string,
  at: number,
  { statement, member, context }: Place,
): boolean {
  const { paragraph, isFirst, words } = statement
  if (isFirst && at === 0 && context.phases.includes(paragraph)) return false
  if (TELLS_PHASE.test(words.text)) return false
  if (meaning.bound === 'since' || (meaning.from.grain === 'issue' && !meaning.isRange)) return false
  const behind = plain.slice(end)
  if (meaning.bound !== 'by' && NAMES_TIME.test(behind.slice(0, 6))) return false
  if (OF_NOUN.test(behind) || /[〔《“]$|（[^）]*$/.test(plain.slice(0, start))) return false
  const { to } = datesOf(meaning, context.issue)
  if (to === null) return false
  if (
    meaning.bound === 'by' ||
    /(?:不晚于|不迟于|最迟[于在]?|最晚[于在]?|(?<!报送|上报|填报)(?:时间|时限|期限)[为是：]?)$/.test(
      plain.slice(0, start),
    )
  )
    return true
  const { issuedOn } = context.issue
  if (issuedOn !== null && to < issuedOn) return false
  if (meaning.from.grain === 'end' && !meaning.isRange && /^(?:到|至|于|在)?$/.test(plain.slice(0, start))) return true
  if (['quarter', 'half', 'year'].includes(meaning.from.grain)) return false
  if (/^(?:各|分别)(?:组织|开展|进行|举办|召开)/.test(behind.replace(/^(?:[、和及]\d{1,2}月份?)+/, ''))) return true
  const next = member.clauses[at + 1]?.words.text ?? ''
  if (meaning.isRange && saysAct(behind.slice(0, 8))) return true
  return /开展|组织|召开|举办|完成|集中|进行/.test(/[\u4e00-\u9fff]{2}/.test(behind) ? plain : next)
}

/** 第一步，学校自查，3月31日前完成: the times are those of the phase. */
const TELLS_PHASE =
  /^(?:[^，。：]{0,20}分(?:为|成)?[一二三四五六两\d]+个?(?:步|阶段|期|轮)[^，。：]{0,8}[：，])?第[一二三四五六]?(?:步|阶段)/
/** What makes a time part of a noun, or of what has been. */
const NAMES_TIME = /以来|以后|期间|以前|发生|发现的|开展的|印发|文件|要求|考核|年度/
/** 2000年底前建成的小区: the time belongs to the noun. */
const OF_NOUN = /^(?:的|(?![将把对])[^，]{1,8}的(?:企业|项目|建筑|房屋|单位|场所|车辆|船舶|设备|小区|隐患|问题))/
