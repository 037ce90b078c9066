import { readCounts } from '../lexicon/frequency.js'
import type { Words } from '../normalise/canonical-text.js'
import type { Clause } from '../outline/statement.js'

/** 报, in the senses of sending something up; 通报, 举报, 汇报, 申报, 谎报 are other words. */
export const SEND =
  /(?:(?:及时|按时|统一|汇总|书面|同时|逐级|一并|分别|按要求|按期)*)(?:“双报告”|报送|上报|报至|报到|呈报|呈送|报备|报给|抄报|抄送|填报|报告|反馈|提交|递交|送交|送达|传真[至到给]|邮寄[至到给]?|寄[至送到]|上传|发送|送至|发[至到往](?!各)|(?<=[将把][^，。；]{1,40})送(?=[^，。；]{2,16}$)|(?<=[将把][^，。；]{1,40})发(?![现生布放展挥动起出改证文票电射扬掘觉])(?=[^，。；]{2,16}$)|(?<=[将把][^，。；]{1,30})交(?!通|办(?!公)|流|由|叉|接|易|付|底|警|管|运|代|谈|换|互|友|织)(?:至|到|给)?|(?<=[字章核签]后)交(?=[^，。；]{2,16}$)|(?<![移转提上成呈])交[到至给](?!位|底)|送[到给](?!位)|(?<![专简通举预申汇警瞒谎漏填情简海喜电合误登战快急播续])报(?=.)(?![，。；、）])(?!送|告|至|到|备|给|警|名|废|纸|社(?!区)|道(?!路)|表|价|账|销|考|批|刊|关|复|喜|捷|酬|刑|仇|请|制|灾|错|平安))/

export interface Send {
  readonly index: number
  readonly length: number
}

interface NounRule {
  readonly pattern: RegExp
  readonly example: string
}

/** Where a word of sending names a thing, a duty or a quality, and nobody sends. A new spelling is a new line. */
export const NOUN_RULES: readonly NounRule[] = [
  {
    pattern: /(?<=[“、][日周旬月季]|实行[日周旬月季])(?:报告|报送)(?=[”、，。；]|制度|机制|$)/g,
    example: '实行“日巡查、周报告”',
  },
  {
    pattern:
      /(?<![每按逐各当本上次下个\d一二三四五六七八九十])[日周旬月季年]报(?=（|报(?!告|送|表)|呈|从|于|在|每|按|应|须|由|自|要|内容|数据|材料|工作|$)/g,
    example: '整治情况月报（附件1）于每月25日前',
  },
  {
    pattern:
      /(?:报告|报送|上报|报备|填报)(?:制度|机制|工作(?!总结|情况|开展|推进|落实|进展|小结|方案|报告|信息|动态|汇报|台账|简报|成效)|义务|奖励|情况的|程序|渠道|人(?!员)|重大事故隐患的|属实|的)/g,
    example: '建立月报送制度',
  },
  {
    pattern:
      /(?:报送|上报|填报|提交)(?:情况|质量|时效|不及时|及时率|率)(?=$|[，。；、）]|进行|作为|列入|纳入|予以|较)/g,
    example: '通报各镇报送情况',
  },
  {
    pattern: /(?<=信息|数据|材料|情况|报表)(?:报送|上报)(?:员|和|、|与|及|等|力度|时限|要求|口径)/g,
    example: '做好信息报送和统计',
  },
  {
    pattern: /(?:未|不|迟|拒不|没有)(?:按时|按要求|及时|如实)?(?:报送|上报|填报|提交|报告|报)/g,
    example: '未按时报送的',
  },
  {
    pattern:
      /报到(?=[”，。；、）]|$|制度|机制|服务)|送(?:到|进|入|上)(?:家|户|门|手|位|人|岗|心|身边|一线|现场|基层|车间|工地|田间)/g,
    example: '街道吹哨、部门报到',
  },
  { pattern: /(?<=有|无)(?:反馈|报告)(?=[，。；、）]|$)/g, example: '检查要有记录、有反馈' },
  {
    pattern:
      /(?:报送|上报|填报|提交|报告)(?:时间|时限|日期|方式|内容|单位|主体|对象)(?=均?为|是|：|$|顺延|相应|截[至止]|另行|不变|从|自|由|统一)/g,
    example: '报送时间为每周五',
  },
]

const HIDDEN = '\u0001'

/** The words with the nouns of sending out of sight. */
export const withoutNouns = (plain: string): string =>
  NOUN_RULES.reduce((text, { pattern }) => text.replace(pattern, (noun) => HIDDEN.repeat(noun.length)), plain)

/** The verb of sending in a clause; a report that is sent (将自查报告报送…, 报告于…前报送) is no verb. */
export function sendIn(plain: string): Send | null {
  const text = withoutNouns(plain)
  const isNoun = (match: RegExpExecArray) =>
    match[0] === '报告' &&
    /^(?:于|在|、|，|。|和|及|与|（|表|书|存档|归档|留存|备查|$)|^(?:及时|按时|统一|一并|分别|书面|汇总|应|须|需|要|经|由)*(?:报|送|上报|提交|反馈|于|$)/.test(
      plain.slice(match.index + 2),
    ) &&
    /[^向，]$/.test(plain.slice(0, match.index)) &&
    !/向[^向，]{2,30}$/.test(plain.slice(0, match.index))
  const verbs = [...text.matchAll(new RegExp(SEND.source, 'g'))].filter((match) => !isNoun(match))
  const taken = /(?:将|把)(?!来|要|会|于)/.exec(plain)
  const behind = taken === null ? [] : verbs.filter(({ index }) => index > taken.index)
  const chosen = behind.at(-1) ?? verbs[0]
  return chosen === undefined ? null : { index: chosen.index, length: chosen[0].length }
}

export const isSending = (text: string): boolean => SEND.test(withoutNouns(text))

/** 每季度上报经验，各局不少于2篇: the next clause says how many, which makes a duty of what would be a report. */
export function isCountedBy(next: Clause | undefined): boolean {
  if (next === undefined || !next.namesActor) return false
  const [count] = readCounts(next.rest.text)
  return count?.start === 0 && 'quota' in count.meaning
}

/** 填报《进度表》并报区住建局, 汇总后报省局: where what is made ready and its sending stand in one clause, they are read as two. */
const JOINT =
  /(?<=.{4})(?:(?<![一合同])并|且|，)(?=(?:及时|按时|于|以|同时|统一|一并|按要求|分别|每.{1,10}前)*(?:报(?!表|告|名|道)|上报|送至|提交|抄送|抄报|发[至到]))/

export function jointOf({ text }: Words): number | null {
  const match = JOINT.exec(text.replace(/（[^（）]*）|《[^《》]*》/g, (found) => HIDDEN.repeat(found.length)))
  return match === null ? null : match.index + match[0].length
}

/** A clause that makes something ready and sends it, as two. */
export function cutAtJoint(clause: Clause): Clause[] {
  const at = jointOf(clause.words)
  if (at === null || withoutNouns(clause.words.text.slice(0, at)).length < 4) return [clause]
  const first = clause.words.slice(0, at - 1)
  const second = clause.words.slice(at)
  const rest = first.slice(Math.min(Math.max(0, clause.rest.start - first.start), first.length))
  return [
    { ...clause, words: first, rest },
    { ...clause, words: second, rest: second, namesActor: false },
  ]
}
