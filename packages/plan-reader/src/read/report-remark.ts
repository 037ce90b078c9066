import type { PlanReport } from '@bihuan/domain'
import type { Issue } from '../lexicon/date.js'
import { readForms } from '../lexicon/deliverable.js'
import { clausesOf } from '../outline/sentence.js'
import type { Words } from '../normalise/canonical-text.js'
import type { Clause, Statement } from '../outline/statement.js'
import { attributesIn, deliverablesIn, pointsIn } from './report-attributes.js'
import { sendIn } from './report-clause.js'
import { sectionsIn } from './report-sections.js'
import { blank, receivers } from './report-wording.js'
import type { ToldReport } from './told-report.js'

interface RemarkRule {
  readonly pattern: RegExp
  readonly example: string
}

/** Clauses that have a verb of sending and say more of a report that is told already. A new spelling is a new line. */
export const REMARK_RULES: readonly RemarkRule[] = [
  { pattern: /“?[零0]”?(?:报送|报告|上报|填报)/, example: '没有进展的实行零报送' },
  { pattern: /报“?[零0]”?$/, example: '没查出问题的也要报“零”' },
  {
    pattern: /^(?:如)?[遇逢].{0,8}(?:节|假|休息日|双休).*(?:提前|顺延|推迟)/,
    example: '遇法定节假日提前至节前最后一个工作日报送',
  },
  { pattern: /^(?:可|应|须|则|均|要|也)*填(?:报|写)“?[无零0]”?$/, example: '填报“无”' },
  { pattern: /报平安/, example: '没有问题也要报平安' },
  { pattern: /^(?:如|若|凡)?[无没][^，]{1,12}(?:也|亦|仍|同样|均)[^，]{0,4}(?:报|填)/, example: '无情况也要报' },
  {
    pattern: /(?:填报|填写|报送|上报)(?:[^，将向]{0,16})截[至止]|^(?:填报|填写)[^，]{0,24}累[计积]/,
    example: '填报截至上月末的累计数据',
  },
  { pattern: /(?:填报|填写|上报|报送)(?:表[中内]|本表|全部|所有|各项)(?!隐患|重大)/, example: '各镇填报全部内容' },
  { pattern: /(?:仅|只)(?:需|须|要)?(?:填报|填写|上报|报送)/, example: '区级部门只填报其中一项' },
  {
    pattern:
      /^(?:上述|以上|[两二三四五六\d][份项类种次张个])[两二三四五六]?[份项类张个]?(?:材料|资料|总结|报告|报表|表|台账|清单|内容|信息|情况|数据|均)/,
    example: '上述材料均报送安全股',
  },
  {
    pattern: /^[^，将把]{0,8}?(?:报告|总结|材料)(?:应|须|需|要|必须|由|经)(?!.*(?:前|每).*报)/,
    example: '总结报告须由法定代表人签字',
  },
  { pattern: /方式(?:为|：|是)/, example: '报送方式为电子版发至邮箱' },
]

export const isRemark = (plain: string) => REMARK_RULES.some(({ pattern }) => pattern.test(plain)) || isSentAs(plain)

/** 同时报送可编辑文档和扫描件: what is sent is the form of what was named before. */
export function isSentAs(plain: string): boolean {
  const [form] = readForms(plain)
  const send = sendIn(plain)
  if (form === undefined || send === null || /[《将]/.test(plain)) return false
  const before = plain.slice(0, form.start).replace(OF_WHAT, '')
  return form.start < send.index ? before.length <= 4 : form.start - send.index - send.length <= 1
}

/** Which reports a clause speaks of: those it names or counts; null where it names none. */
export function reportsNamed(text: string, told: readonly ToldReport[]): readonly ToldReport[] | null {
  if (/^(?:上述|以上|各项|所有)(?:材料|资料|总结|报告|报表|内容|信息|情况|数据|均)/.test(text)) return told
  const few = /^(?:上述|以上)?(?<n>[两二三四五六2-6])(?:张|个|类)?(?:表|台账|清单)/.exec(text)?.groups?.n
  if (few !== undefined) return told.slice(-numberOfFew(few))
  const counted = /^(?:上述|以上)?(?<n>[两二三四五六2-6])[份项类种次](?:材料|资料|总结|报告|报表)/.exec(text)?.groups?.n
  if (counted !== undefined) return told.slice(-numberOfFew(counted))
  const subject = subjectOf(text)
  if (subject === undefined || !/(?:表|总结|小结|报告|材料|清单|台账|情况|分析|方案|[周月季]报)$/.test(subject))
    return null
  const named = told.filter(({ report }) => isCalled(report.name, subject))
  return named.length > 0 ? named : null
}

/** Of what a clause speaks: 调度表填报累计数, 统计表没有新增的…. */
const subjectOf = (text: string) =>
  /^(?:其中[，：]?|并|所报)?(?<noun>[^，。；：（]{2,16}?)(?:中|内)?的?(?:数据|内容)?(?:主要)?(?=应|须|须要|需|要|均|没有|无(?!法)|如|报送|截|由|以|经|为|是|电子|纸质|包括|包含|重点|写明|自|统计|填报|填写|反映|实行|按|$)/.exec(
    text,
  )?.groups?.noun

/** 统计表 is what 全县进展情况统计表 is called further on. */
export const isCalled = (name: string, short: string) =>
  plainName(short).length >= 2 && plainName(name).endsWith(plainName(short))

const numberOfFew = (n: string) => (/\d/.test(n) ? Number(n) : '两三四五六'.indexOf(n.replace('二', '两')) + 2)

const plainName = (name: string) => name.normalize('NFKC').replace(/[\s“”（）()《》]/g, '')

/** In which forms they are sent, and by whom and to whom if nobody was named before. */
export function layFormsOver({ words }: Clause, meant: readonly ToldReport[], from: string | null): void {
  const plain = blank(words.text).replace(OF_WHAT, '')
  const isOfForms = SAYS_FORM.test(plain) || isFormsAlone(plain)
  const forms = readForms(plain).length > 0 && isOfForms ? deliverablesIn(words) : []
  for (const one of meant) addForms(one, forms)
  const send = sendIn(plain)
  if (send === null || !SUMS_UP.test(plain)) return
  const { to } = receivers(words, plain, send, true)
  for (const { report } of meant) {
    if (report.to.length === 0) Object.assign(report, { to })
    if (report.from === null) Object.assign(report, { from })
  }
}

/** 统一发至甲局（两份材料均报电子版）: a bracket that closes the clause is of all that it sends. */
export function layBracketsOver(brackets: readonly Words[], meant: readonly ToldReport[]): void {
  for (const words of brackets) for (const one of meant) addForms(one, deliverablesIn(words))
}

/** 加盖公章的扫描件和Word版各一份: nothing but forms, and how many. */
export const isFormsAlone = (plain: string) =>
  readForms(plain)
    .reverse()
    .reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), plain)
    .replace(/(?:一式)?[一二两三四五六\d各单]+份|（[^（）]*）|加|经|需|须|同时|附|领导|负责人|主要|单位|均|为/g, '')
    .replace(/[、和及与的并，]/g, '') === ''

/** 行动总结的电子版发…: of what the forms are. */
const OF_WHAT = /^(?:其中[，：]?)?[^，。；：于前每将把]{2,16}的(?=电子|纸质|盖章|签字|扫描|可编辑|Word|word|PDF|原件|$)/
const SUMS_UP = /^(?:上述|以上|[两二三四五六\d][份项类种]|(?:均|一律|全部|统一)(?=[^，]{0,8}(?:报|送|交)))/
const SAYS_FORM =
  /^(?:其中|同时|并|另|均|分别)?(?:附|需|须)?.{0,3}(?:电子|纸质|扫描|盖章|可编辑|签字)|材料|提供|提交|一式|发至|报送|送|方式为|报(?=[^，]{0,4}(?:原件|扫描|纸质|电子))/

/** What a clause says of figures, of nothing to report and of holidays: it holds for the forms that it names, else for all. */
export function layAttributesOver(words: Words, meant: readonly ToldReport[], issue: Issue): void {
  const stretches: { targets: readonly ToldReport[]; text: string }[] = []
  for (const { text } of clausesOf(words)) {
    const named = reportsNamed(text, meant)
    const open = stretches.at(-1)
    if (named === null && open !== undefined) open.text += `，${text}`
    else stretches.push({ targets: named ?? meant, text })
  }
  for (const { targets, text } of stretches) {
    const said = attributesIn(text, issue)
    for (const { report, isPassedOn } of targets) {
      if (report.cadence === 'once' || isPassedOn === true) continue
      Object.assign(report, { ...said, since: report.since ?? said.since ?? null })
    }
  }
}

/** What a sentence says besides: the points that a report must state, and who fills which groups of a form. */
export function laySentenceOver(
  { words }: Statement,
  told: readonly ToldReport[],
  lastSent: readonly ToldReport[],
  groupsOf: (ordinal: number) => readonly string[],
): void {
  for (const lead of words.text.matchAll(POINTS_LEAD)) {
    const subject = lead.groups?.subject ?? lead.groups?.subject3 ?? ''
    const ofLast = /^(?:主要|具体|报送|材料|报告|总结|上报)*(?:内容|材料|重点)?$/.test(subject)
    const spoken = subject === '' ? subjectsBefore(words.text.slice(0, lead.index)) : [subject]
    const named =
      spoken.map((one) => reportsNamed(`${one}应`, told)).find((one) => one !== null) ??
      (ofLast ? (lastSent.length > 0 ? lastSent : told.slice(-1)) : [])
    const rest = words.slice(lead.index + subject.length)
    const points = deliverablesIn(rest.slice(0, 60)).length > 0 ? [] : pointsIn(rest)
    for (const { report } of named) if (report.mustContain.length === 0) Object.assign(report, { mustContain: points })
  }
  for (const { report, isPassedOn } of told) {
    const groups = report.annexes.flatMap(groupsOf)
    if (isPassedOn === true || report.sections.length > 0 || groups.length < 2) continue
    Object.assign(report, { sections: sectionsIn(words, groups) })
  }
}

/** 其中全面总结不少于2000字，应写明：: of what the clause before speaks, which sends nothing itself. */
function subjectsBefore(text: string): string[] {
  const [clause] = clausesWithin(text).slice(-1)
  if (clause === undefined || sendIn(blank(clause)) !== null) return []
  const subject = /^(?:其中[，：]?)?(?<noun>[^，。；：]{2,16}?(?:总结|小结|报告|方案|材料|表|清单|台账|情况))/.exec(
    clause,
  )
  return subject?.groups?.noun === undefined ? [] : [subject.groups.noun]
}

const clausesWithin = (text: string) => text.split(/[，。；：]/).filter((clause) => clause !== '')

/** 总结应当包括：, 内容包括：, 报告要重点说明甲、乙、丙. */
const POINTS_LEAD =
  /(?<=^|[，。；：（])(?<subject>[^，。；：（]{0,16}?)(?:应当|应|须|需|要|必须|中)?(?:重点|至少|主要|详细)?(?:写明|写清|讲清|说清|讲明|阐明|列明|说明|载明|包括|包含|反映|涵盖|要有|讲好|写上)(?:楚)?(?=[^，。；：]{0,10}[：]|[^，。；：]{2,30}、)|(?<=^|[，。；：])(?<subject3>[^，。；：（]{0,8}(?:总结|小结|报告|方案|材料|分析))(?:应当|应|须|需|要|必须)?(?:重点|着重)?(?:突出|体现|写清楚|围绕|总结)(?=[^，。；：]{2,30}、|[^，。；：]{0,10}：)|(?<=^|[，。；：])(?<subject2>主要内容|内容|报告内容|总结内容)(?:为|有|：)/g

function addForms(one: ToldReport, forms: PlanReport['deliverables']): void {
  const known = one.report.deliverables
  const added = forms.filter(({ form }) => !known.some((other) => other.form === form))
  // 报送纸质版和电子版，纸质版送甲局: a form named again is the same, with its receiver.
  const kept = known.map((one) => ({ ...one, to: one.to ?? forms.find(({ form }) => form === one.form)?.to ?? null }))
  Object.assign(one.report, { deliverables: [...kept, ...added] })
}

/** Of the clauses of a sentence, those that tell of a form by its name say nothing of what is sent with it. */
export function saidOf(clauses: readonly Words[], name: string, others: readonly string[]): string {
  const isOfAnother = (text: string) => {
    const subject = subjectOf(text)
    if (subject === undefined || isCalled(name, subject)) return false
    return others.some((other) => isCalled(other, subject))
  }
  return clauses.flatMap(({ text }) => (isOfAnother(text) ? [] : [text])).join('，')
}
