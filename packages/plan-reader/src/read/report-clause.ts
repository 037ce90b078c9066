import { readCounts } from '../lexicon/frequency.js'
import type { Clause } from '../outline/statement.js'

/** 报, in the senses of sending something up; 通报, 举报, 汇报, 申报, 谎报 are other words. */
export const SEND =
  /(?:(?:及时|按时|统一|汇总|书面|同时|逐级|一并|分别|按要求|按期)*)(?:报送|上报|报至|报到|呈报|报备|报给|抄报|填报|报告|反馈|提交|送交|送达|上传|发送|送至|(?<=将[^，。；]{1,30})交(?!通|办|流|由|叉|接|易|付|底|警|管|运|代|谈|换|互|友|织)(?:至|到|给)?|(?<![通举预申汇警瞒谎漏填情简海喜电合误登战快急播续])报(?=.)(?![，。；、）])(?!送|告|至|到|备|给|警|名|废|纸|社|道|表|价|账|销|考|批|刊|关|复|喜|捷|酬|刑|仇|请|制|灾|错))/

export interface Send {
  readonly index: number
  readonly length: number
}

/** The verb of sending in a clause; a report that is sent (将自查报告报送…, 报告于…前报送) is no verb. */
export function sendIn(plain: string): Send | null {
  const all = [...plain.matchAll(new RegExp(SEND.source, 'g'))]
  const isNoun = (match: RegExpExecArray) =>
    match[0] === '报告' &&
    /^(?:于|在|、|，|。|和|及|与|（|表|书|存档|归档|留存|备查|$)|^(?:及时|按时|统一|一并|分别|书面|汇总)*(?:报|送|上报|提交|反馈)/.test(
      plain.slice(match.index + 2),
    ) &&
    /[^向，]$/.test(plain.slice(0, match.index))
  const verbs = all.filter((match) => !isNoun(match))
  const taken = /(?:将|把)(?!来|要|会|于)/.exec(plain)
  const behind = taken === null ? [] : verbs.filter(({ index }) => index > taken.index)
  const chosen = behind.at(-1) ?? verbs[0]
  return chosen === undefined ? null : { index: chosen.index, length: chosen[0].length }
}

export const isSending = (text: string): boolean =>
  SEND.test(text) &&
  !/(?:报告|报送|上报|报备)(?:制度|机制|工作(?!总结|情况|进展|小结|方案|报告|信息|动态|汇报|台账)|义务|奖励|情况的|程序|渠道|平台|人|重大事故隐患的|属实|的)/.test(
    text,
  )

/** 每季度上报经验，各局不少于2篇: the next clause says how many, which makes a duty of what would be a report. */
export function isCountedBy(next: Clause | undefined): boolean {
  if (next === undefined || !next.namesActor) return false
  const [count] = readCounts(next.rest.text)
  return count?.start === 0 && 'quota' in count.meaning
}
