import type { PlanDuty } from '@bihuan/domain'
import { readTimes } from '../lexicon/date.js'
import { readPeriods } from '../lexicon/frequency.js'
import type { Paragraph } from '../outline/paragraph.js'
import { statementsOf, type Statement } from '../outline/statement.js'
import { MemberReader } from './duty-member.js'
import { isNamedRhythm, type DutyContext, type Told } from './duty-words.js'

/** What somebody must do so often, so many times, or by a date. */
export function readDuties(paragraphs: readonly Paragraph[], context: DutyContext): PlanDuty[] {
  const duties: PlanDuty[] = []
  let paragraph: Paragraph | null = null
  // An act that is told no second time (其他企业每半年至少1次) is one of the same paragraph.
  let told: Told = { duties: [], unowed: null }
  for (const statement of statementsOf(paragraphs)) {
    if (statement.paragraph !== paragraph) {
      duties.push(...told.duties)
      paragraph = statement.paragraph
      told = { duties: [], unowed: null }
    }
    if (isOutside(statement, context)) continue
    for (const member of statement.members) new MemberReader(statement, member, context, told).read()
  }
  return unique([...duties, ...told.duties])
}

function unique(duties: readonly PlanDuty[]): PlanDuty[] {
  const said = new Set<string>()
  return duties.filter(({ action, actor, deadline, frequency, quota, condition }) => {
    const key = JSON.stringify([action, actor, deadline, frequency, quota, condition])
    return !said.has(key) && said.add(key)
  })
}

/** A sentence that decides on the campaign, or says when all of it runs, is owed by nobody. */
const DECIDES =
  /定于|会议(?:审议|研究|讨论)?通过|决定，?(?:[自从于在\d]|即日|开展|组织)|决定[^，]{2,30}开展|现将|特制定|制定本(?:方案|计划)|分(?:为)?[一二三四五六\d]个阶段|(?:整治|行动|活动|实施|工作|排查)(?:时间|期限)(?:为|：|是|从|自)/

/** 2023年，全县检查4200家次: what has been done. */
const HAS_BEEN = /^(?:(?:截至|截止)[^，]{0,12}|\d{4}年(?:以来|度)?|去年(?:以来)?|今年以来|近年来|前\d个月)，/
const IS_ASKED = /要(?!求|害|点|素)|应当|须|必须|至少|不少于|不低于|不得|前完成|\d[月日底]前/

function isOutside(statement: Statement, { phases }: DutyContext): boolean {
  const { paragraph, isFirst, words } = statement
  if (/^(?:注：|附件|联系人|抄送)/.test(words.text) || DECIDES.test(words.text) || isSlogan(statement)) return true
  if (HAS_BEEN.test(words.text) && !IS_ASKED.test(words.text)) return true
  if (/时间|期限|阶段/.test(paragraph.title.text) && paragraph.numbering !== null && isFirst && words.length <= 30)
    return true
  return (
    isFirst &&
    phases.includes(paragraph) &&
    paragraph.words.length > words.length + 8 &&
    !/[，；].*[，；]/.test(words.text)
  )
}

/** 1.开好一次会。 A number in the name of an item is owed by what the item goes on to say. */
const isSlogan = ({ paragraph, isFirst, words }: Statement): boolean =>
  isFirst &&
  paragraph.numbering !== null &&
  words.length <= 14 &&
  paragraph.words.length > paragraph.numbering.length + words.length + 4 &&
  readPeriods(words.text).every(({ text }) => isNamedRhythm(text)) &&
  readTimes(words.text).length === 0 &&
  !/至少|不少于/.test(words.text)
