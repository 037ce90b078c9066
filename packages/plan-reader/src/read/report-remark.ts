import type { PlanReport } from '@bihuan/domain'
import { readForms } from '../lexicon/deliverable.js'
import type { Words } from '../normalise/canonical-text.js'
import type { Clause, Statement } from '../outline/statement.js'
import { deliverablesIn, pointsIn, sectionsIn } from './report-attributes.js'
import { sendIn } from './report-clause.js'
import { blank, receivers } from './report-wording.js'
import type { ToldReport } from './told-report.js'

interface RemarkRule {
  readonly pattern: RegExp
  readonly example: string
}

/** Clauses that have a verb of sending and say more of a report that is told already. A new spelling is a new line. */
export const REMARK_RULES: readonly RemarkRule[] = [
  { pattern: /“?零”?(?:报送|报告|上报|填报)/, example: '没有进展的实行零报送' },
  { pattern: /^[无没][^，]{1,12}(?:也|亦|仍|同样)[^，]{0,4}(?:报|填)/, example: '无情况也要报' },
  {
    pattern: /(?:填报|填写|报送|上报)(?:[^，将向]{0,16})截[至止]|^(?:填报|填写)[^，]{0,24}累[计积]/,
    example: '填报截至上月末的累计数据',
  },
  { pattern: /(?:填报|填写|上报|报送)(?:表[中内]|本表|全部|所有|各项)(?!隐患|重大)/, example: '各镇填报全部内容' },
  { pattern: /(?:仅|只)(?:需|须|要)?(?:填报|填写|上报|报送)/, example: '区级部门只填报其中一项' },
  { pattern: /^(?:上述|以上|[两二三四五六\d][份项类种])(?:材料|资料|总结|报告|报表)/, example: '上述材料均报送安全股' },
]

export const isRemark = (plain: string) => REMARK_RULES.some(({ pattern }) => pattern.test(plain)) || sendsForms(plain)

/** 同时报送可编辑文档和扫描件: what is sent is the form of what was named before. */
function sendsForms(plain: string): boolean {
  const [form] = readForms(plain)
  const send = sendIn(plain)
  if (form === undefined || send === null || /[《将]/.test(plain)) return false
  const before = plain.slice(0, form.start)
  return form.start < send.index ? before.length <= 4 : form.start - send.index - send.length <= 1
}

/** Which reports a clause speaks of: those it names or counts; null where it names none. */
export function reportsNamed(text: string, told: readonly ToldReport[]): readonly ToldReport[] | null {
  if (/^(?:上述|以上|各项|所有)(?:材料|资料|总结|报告|报表)/.test(text)) return told
  const counted = /^(?<n>[两二三四五六2-6])[份项类种](?:材料|资料|总结|报告|报表)/.exec(text)?.groups?.n
  if (counted !== undefined)
    return told.slice(-('两三四五六'.indexOf(counted.replace('二', '两')) + 2 || Number(counted)))
  const subject =
    /^(?:其中[，：]?|并)?(?<noun>[^，。；：（]{2,16}?)(?:数据|内容)?(?=应|须|需|要|均|报送|截|由|以|经|电子|纸质|包括|包含|重点|写明|$)/.exec(
      text,
    )?.groups?.noun
  if (subject === undefined || !/(?:表|总结|小结|报告|材料|清单|台账|情况|分析|方案)$/.test(subject)) return null
  const named = told.filter(({ report }) => plainName(report.name).endsWith(plainName(subject)))
  return named.length > 0 ? named : null
}

const plainName = (name: string) => name.normalize('NFKC').replace(/[\s“”（）()《》]/g, '')

/** In which forms they are sent, and to whom if nobody was named before. */
export function layClauseOver({ words }: Clause, meant: readonly ToldReport[]): void {
  const plain = blank(words.text)
  const forms = readForms(plain).length > 0 && SAYS_FORM.test(plain) ? deliverablesIn(words) : []
  for (const one of meant) addForms(one, forms)
  const send = sendIn(plain)
  if (forms.length > 0 || send === null || !/^(?:上述|以上|[两二三四五六\d][份项类种])/.test(plain)) return
  const { to } = receivers(words, plain, send, true)
  for (const { report } of meant) if (report.to.length === 0) Object.assign(report, { to })
}

const SAYS_FORM =
  /^(?:其中|同时|并|另|均|分别)?(?:附|需|须)?.{0,3}(?:电子|纸质|扫描|盖章|可编辑|签字)|材料|提供|提交|一式|发至|报送|送/

/** What a sentence says besides: the points that a report must state, and who fills which groups of a form. */
export function laySentenceOver(
  { words }: Statement,
  told: readonly ToldReport[],
  groupsOf: (ordinal: number) => readonly string[],
): void {
  const lead =
    /(?<subject>[^，。；：]{2,16}?)(?:应当|应|须|需|要|必须|中)?(?:重点|至少)?(?:写明|说明|载明|包括|包含|反映|涵盖)[^，。；：]{0,10}[：]/.exec(
      words.text,
    )
  const subject = lead?.groups?.subject
  if (lead !== null && subject !== undefined) {
    const points = pointsIn(words.slice(lead.index + subject.length))
    for (const { report } of reportsNamed(`${subject}应`, told) ?? []) {
      if (report.mustContain.length === 0) Object.assign(report, { mustContain: points })
    }
  }
  for (const { report, isPassedOn } of told) {
    const groups = report.annexes.flatMap(groupsOf)
    if (isPassedOn === true || report.sections.length > 0 || groups.length < 2) continue
    Object.assign(report, { sections: sectionsIn(words, groups) })
  }
}

function addForms(one: ToldReport, forms: PlanReport['deliverables']): void {
  const known = one.report.deliverables
  const added = forms.filter(({ form }) => !known.some((other) => other.form === form))
  Object.assign(one.report, { deliverables: [...known, ...added] })
}

/** Of the clauses of a sentence, those that tell of a form by its name say nothing of what is sent with it. */
export function saidOf(clauses: readonly Words[], name: string, others: readonly string[]): string {
  const isOfAnother = (text: string) => {
    const subject =
      /^(?<noun>[^，。；：（]{1,12}?(?:表|清单|台账|总结|报告))(?:中|内)?(?:的)?(?:数据|内容|报送|统计|截)/.exec(text)
        ?.groups?.noun
    if (subject === undefined || plainName(name).endsWith(subject)) return false
    return others.some((other) => plainName(other).endsWith(subject))
  }
  return clauses.flatMap(({ text }) => (isOfAnother(text) ? [] : [text])).join('，')
}
