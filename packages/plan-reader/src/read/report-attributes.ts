import type { PlanReport } from '@bihuan/domain'
import { datesOf, readTimes, type Issue } from '../lexicon/date.js'
import { readForms } from '../lexicon/deliverable.js'
import type { Words } from '../normalise/canonical-text.js'

export type Attributes = Pick<PlanReport, 'cumulative' | 'cutoff' | 'nilReport' | 'holidayShift' | 'splitBy' | 'since'>

interface AttributeRule<K extends keyof Attributes> {
  readonly key: K
  readonly pattern: RegExp
  readonly value: NonNullable<Attributes[K]>
  readonly example: string
}
const rule = <K extends keyof Attributes>(
  key: K,
  pattern: RegExp,
  value: NonNullable<Attributes[K]>,
  example: string,
): AttributeRule<K> => ({ key, pattern, value, example })

/** What is said of a report besides when and to whom. A new spelling is a new line. */
export const ATTRIBUTE_RULES = [
  rule('cumulative', /(?<!不|不作|不做|不填|不含|不是|非)(?:累计|累积(?:数|情况))/, true, '统计累计数据'),
  rule(
    'cutoff',
    /截[至止](?:到|于|时间为?|日期为?|时点为?)?(?:报送)?(?:本|当|该|每)月(?:月)?(?:末|底|最后一[天日])|截[至止](?:到|时间为)?月(?:末|底)|(?:本|当)月(?:月)?(?:末|底)(?:的)?累计/,
    'month-end',
    '截至当月末累计',
  ),
  rule(
    'cutoff',
    /截[至止](?:到|于|时间为?|日期为?|时点为?)?(?:上|上个|前一个?|上一个?)月(?:份)?(?:月)?(?:末|底|最后一[天日])|(?:上|上个)月(?:月)?(?:末|底)(?:的)?累计/,
    'previous-month-end',
    '截至上月底',
  ),
  rule(
    'nilReport',
    /[零0]”?(?:报[送告]|上报|填报)|报“?[零0]”?(?=[，。；）]|$)|(?:没有|无)[^，。；]{0,16}[，]?(?:也|亦|仍|同样|均)[^。；]{0,8}(?:报|填)|报平安|(?:没有|无)(?:[^，。；]{0,8}(?:情况|隐患|进展|数据|问题|新增|的))*，?[^，。；]{0,4}填(?:报|写)?“?[无0零]”?(?=[，。；）]|$)/,
    true,
    '实行零报告制度',
  ),
  rule(
    'holidayShift',
    /(?:节假日|节日|假日|假期|双休日|周末|休息日|公休日|非工作日|周六)[^。；]{0,18}(?<!不|不予|不再|不得)(?:顺延|推迟|延后|往后延|延至|下一?个?工作日)/,
    'next-working-day',
    '遇节假日顺延',
  ),
  rule(
    'splitBy',
    /分(?:行业|领域|条线)(?:领域)?(?!类|级)[^。；]{0,10}(?:报|填|统计|汇总|梳理|上)|按行业(?:领域)?分别/,
    'sector',
    '分行业报送',
  ),
  rule(
    'splitBy',
    /分(?:地区|区域|县区|县（市、区）|县（市）|市（州）|市（县）|县市区|区县|乡镇|镇街|镇（街道）|市州|属地)[^。；]{0,10}(?:报|填|统计|汇总|上)|按(?:地区|县区|乡镇)分别/,
    'area',
    '分地区上报',
  ),
] as const

export function attributesIn(text: string, issue: Issue): Partial<Attributes> {
  const found: Record<string, unknown> = {}
  for (const { key, pattern, value } of ATTRIBUTE_RULES) if (!(key in found) && pattern.test(text)) found[key] = value
  const first = sinceIn(text, issue)
  return first === null ? found : { ...found, since: first }
}

/** From when it runs: 自6月份起, 首次…起, 从下月起, 5月至11月，每月…. */
function sinceIn(text: string, issue: Issue): string | null {
  const next = /(?:[自从]|^|[，。；：])(?<which>下|次|本|当)个?月(?:份)?(?:起|开始)/.exec(text)?.groups?.which
  if (next !== undefined) return firstOfMonth(issue, /[下次]/.test(next) ? 1 : 0)
  const since = readTimes(text).find(({ meaning, start, end, text: words }) => {
    const before = text.slice(0, start)
    // 统计时间从6月8日起: what is counted, not when it is first sent.
    if (/^，?截[至止]|^(?:以来)?的?累计/.test(text.slice(end))) return false
    if (meaning.from.grain === 'issue' || /以来$|之后$|后$/.test(words)) return false
    if (/(?:统计|数据|填报)(?:时间|时段|周期|口径|范围|期间|区间)?(?:均|都)?(?:为|是|：)?[自从]?$/.test(before))
      return false
    const after = text.slice(end)
    if (FIRST_SENT.test(before) && !meaning.isRange) return true
    const isSaid = /[自从]$/.test(before) || /首次[^，]{0,4}$/.test(before)
    if (meaning.isRange)
      return (
        meaning.from.grain !== 'day' &&
        (/^(?:止|底)?(?:期间)?每(?=个?[月周季])/.test(after) ||
          ((isSaid || /(?:^|[，。；：])(?:在)?$/.test(before)) && /^(?:止|底)?(?:期间)?[，]/.test(after)))
      )
    return meaning.bound === 'since' && (isSaid || /^[，每开]?/.test(after))
  })
  if (since === undefined) return null
  const { from } = datesOf(since.meaning, issue)
  // 自6月5日起每周四: a day that names its month.
  return from !== null && (FIRST_SENT.test(text.slice(0, since.start)) || since.meaning.from.grain === 'day')
    ? `${from.slice(0, 7)}-01`
    : from
}

/** 首次报送时间为5月3日 */
const FIRST_SENT = /首次(?:报送|上报|填报|报)?(?:的)?(?:时间|日期)?(?:为|是|于|在|：)$/

function firstOfMonth({ issuedOn }: Issue, shift: number): string | null {
  if (issuedOn === null) return null
  const months = Number(issuedOn.slice(0, 4)) * 12 + Number(issuedOn.slice(5, 7)) - 1 + shift
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`
}

type Deliverables = PlanReport['deliverables']

/** The forms in which it is sent, and to whom each goes. */
export function deliverablesIn(words: Words): Deliverables {
  const forms = readForms(words.text)
  return forms.map(({ meaning: form, end }, at) => {
    const next = forms[at + 1]?.start ?? words.length
    const rest = words.slice(end, next)
    const sent =
      /^(?![^，；。]{0,4}(?:形式|方式|格式))(?:（[^（）]*）)?(?:[^，；。、）]{0,8}?)(?:发送|报送|寄送|送交|上报|发|报|送|交|寄)(?:至|到|给|往)?([^，；。、）（]{2,30})/.exec(
        rest.text,
      )
    const to = sent?.[1] ?? ''
    const start = sent === null ? 0 : sent[0].length - to.length
    const isChannel = to === '' || /邮箱|信箱|邮件|QQ|qq|微信|@|平台|系统|群|指定/.test(to)
    return { form, to: isChannel ? null : rest.slice(start, start + to.length).own }
  })
}

/** The points that it must state: numbered ones, or those of a list behind 包括. */
export function pointsIn(words: Words): string[] {
  const lead =
    /(?:^含|写明|写清|讲清|说清|讲明|阐明|列明|说明|载明|明确|包括|包含|反映|涵盖|体现|突出|要有(?:这么|以下|下列)?几条|内容(?=为|有|：))(?:但不限于|为|有(?=[：，以下这]))?(?:以下|下列|如下)?(?:[一二三四五六七八九十\d]{1,2})?(?:点|项|个方面|方面|内容|部分)?(?:内容)?[：，]?/.exec(
      words.text,
    )
  if (lead === null) return []
  const rest = words.slice(lead.index + lead[0].length)
  const marks = [
    ...rest.text.matchAll(
      /(?:^|(?<=[。；，：、]|[^\d.]))(?:(\d{1,2})[.、](?!\d)|（(\d{1,2})）|([①②③④⑤⑥⑦⑧⑨])|([一二三四五六七八九])是)/g,
    ),
  ]
  const inOrder = marks.filter((mark, index) => ordinalOf(mark) === index + 1)
  const pieces =
    inOrder.length >= 2
      ? inOrder.map((mark, index) => rest.slice(mark.index + mark[0].length, inOrder[index + 1]?.index ?? rest.length))
      : listOf(rest)
  const points = pieces
    .map((piece) =>
      piece.own.replace(
        /(?:等?[一二两三四五六\d]{1,2}个?(?:方面|点|部分|项)(?:的?内容)?|等(?:方面)?的?(?:内容|情况)?)?[。；，、等]*$/,
        '',
      ),
    )
    .filter((point) => point !== '')
  // （含图片、视频资料）: what is enclosed, not what is stated.
  const isEnclosed = points.every((point) =>
    /(?:图片|照片|视频|影像|资料|附件\d{0,2}|联系人|电话|联系方式)$/.test(point),
  )
  return points.length >= 2 && !isEnclosed ? points : []
}

/** A list without numbers ends with its sentence; its last two may be joined by 和. */
function listOf(rest: Words): Words[] {
  const sentence = /[。]/.exec(rest.text)?.index ?? rest.length
  // …、典型经验三个方面，统一发送至…: what follows the last of the list is no more of it.
  const mark = rest.text.slice(0, sentence).lastIndexOf('、')
  const comma = mark < 0 ? -1 : rest.text.indexOf('，', mark)
  const end = comma >= 0 && comma < sentence ? comma : sentence
  const pieces = rest.slice(0, end).split(/[、；]/)
  const last = pieces.at(-1)
  const joint = last === undefined ? null : /和|以及|及/.exec(last.text)
  if (last === undefined || joint === null || pieces.length < 2 || joint.index < 2) return pieces
  return [...pieces.slice(0, -1), last.slice(0, joint.index), last.slice(joint.index + joint[0].length)]
}

const ordinalOf = (mark: RegExpExecArray) =>
  mark[3] !== undefined
    ? '①②③④⑤⑥⑦⑧⑨'.indexOf(mark[3]) + 1
    : mark[4] !== undefined
      ? '一二三四五六七八九'.indexOf(mark[4]) + 1
      : Number(mark[1] ?? mark[2])
