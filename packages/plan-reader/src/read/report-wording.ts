import type { Words } from '../normalise/canonical-text.js'
import type { Send } from './report-clause.js'

const UNIT_END =
  /(?:办公室|安委办|安办|消安办|专委办|办|局|委|厅|部|处|科|股|所|站|队|中心|政府|街道|办事处|镇|乡|管委会|委员会|部门|单位|专班|领导小组|小组|指挥部|室|会|公司|集团|机构|上级|企业|学校|党委|党工委|村委会|居委会|社区|大队|支队|组|(?<!部门)领导|负责人)(?:（[^（）]{1,30}）)?$/

const HIDDEN = '\u0001'
/** Without the words of brackets, which belong to what they follow, and of quotations and titles. */
export const blank = (text: string) =>
  text.replace(
    /（(?:[^（）]|（[^（）]*）)*）|《[^《》]*》/g,
    (found) => found.charAt(0) + HIDDEN.repeat(found.length - 2) + found.charAt(found.length - 1),
  )

/** The brackets behind the verb: they close the clause, and tell how what it names is sent. */
export function behind(words: Words, at: number): Words[] {
  return [...words.text.matchAll(/（((?:[^（）]|（[^（）]*）)*)）/g)]
    .filter(({ index }) => index > at)
    .map((match) => words.slice(match.index + 1, match.index + match[0].length - 1))
}

/** 以纸质版和电子版两种形式: in which forms, said beside the verb. */
export function mannerIn(words: Words): Words[] {
  const said = /以(?<how>[^，。；以]{2,40}?)(?:[一两二三]种)?(?:形式|方式|格式)/.exec(blank(words.text))
  if (said?.groups?.how === undefined) return []
  return [words.slice(said.index + 1, said.index + 1 + said.groups.how.length)]
}

/** Where the object of 将 ends: before its time, its way of sending, or the verb. */
export function endOfObject(text: string): number {
  const stop =
    /(?:分别)?(?:于|在)(?=每|\d|[一二三四五六七八九十]+月|今|明|次|下|本|当|年)|(?<=.)(?:(?:更新|核对|完善|修订|核实|填写|打印)后|通过|以(?=书面|正式|公文|电子|纸质|邮件|文件|[^，]{2,12}(?:形式|方式))|采取|经(?!济|营|信|发|开|理)|按时|按要求|按期|及时|如实|统一|汇总(?!表|情况|数据|材料|结果|报告|统计|后的)|书面|一并|一式|分别|逐级|每(?:月|周|季)|(?:20\d{2}年)?\d{1,2}月\d{0,2}日?(?:底|末)?前)|向(?=[^，]{2,30}$)/.exec(
      text,
    )
  return stop === null ? text.length : stop.index
}

/** 工作总结于11月30日前报…: what is sent stands before its time. */
export function subjectBefore(lead: string): { start: number; end: number } | null {
  const stop =
    /(?:分别)?(?:于|在|按(?=[月季周旬半])|务必|必须|最迟|原则上|要|应|须|需|请|自(?![查评纠改检])|从|每|统一|及时|按时|由|一式|经(?!验|济|营|办|费|理)|(?=(?:20\d{2}年)?\d{1,2}月(?:\d{1,2}日|底|末|[上中下]旬)))/.exec(
      lead,
    )
  const skip = /^(?:并|且|请|要|应|须|其中|同时|另|对)*/.exec(lead)?.[0].length ?? 0
  const end = stop !== null && stop.index > skip ? stop.index : lead.length
  const text = lead.slice(skip, end)
  if (text.length < 2 || /^(?:向|每|于|在|自(?![查评纠改检])|从|\d)/.test(text) || !THING.test(text)) return null
  return { start: skip, end }
}

export const THING =
  /(?:表|[日周旬月季年快专]报|情况|总结|报告|方案|清单|台账|名单|材料|信息|数据|案例|计划|进展|汇总|统计|小结|简报|问题|隐患|意见|附件[\d、和]*|附表|说明|记录|图片|照片|结果|措施|联系电话|联系方式|回执|承诺书|文本|预案|动态|要点|经验|做法|档案|底数|》)(?:[（（].*)?$/

/** Who receives, and what is sent when it stands behind the verb. */
export function receivers(
  words: Words,
  plain: string,
  send: Send,
  isNamedBefore: boolean,
): { to: string[]; what: Words | null } {
  const end = send.index + send.length
  const rest = words.slice(end, endOfList(plain, end))
  const toward = /向([^，；。]{2,40}?)(?:及时|按时|书面|统一|专题|分别|各自?|一并|逐级)*$/.exec(
    plain.slice(0, send.index),
  )
  if (toward?.[1] !== undefined) {
    const at = send.index - (toward[0].length - 1)
    const to = unitsIn(words.slice(at, at + toward[1].length), true)
    return { to, what: isNamedBefore || rest.length < 2 ? null : rest }
  }
  const given = /(?:[至到给于报](?!告|表|名|少|今))([^，；。至到给]{2,40})$/.exec(rest.text)
  if (!isNamedBefore && given?.[1] !== undefined && UNIT_END.test(clean(given[1]))) {
    const lead = /(?:并|再)?(?:分别)?(?:上|抄|呈)?$/.exec(rest.text.slice(0, given.index))?.[0].length ?? 0
    const what = rest.slice(0, given.index - lead)
    const to = unitsIn(rest.slice(given.index + 1))
    return { to, what: what.length < 2 ? null : what }
  }
  if (isNamedBefore) return { to: unitsIn(rest, true), what: null }
  return UNIT_END.test(clean(rest.text)) && !THING.test(rest.text)
    ? { to: unitsIn(rest), what: null }
    : { to: [], what: rest.length < 2 ? null : rest }
}

function endOfList(plain: string, from: number): number {
  let depth = 0
  for (let at = from; at < plain.length; at++) {
    const character = plain.charAt(at)
    if (character === '（') depth++
    else if (character === '）') depth--
    else if (depth === 0 && /[，；。]/.test(character)) return at
  }
  return plain.length
}

const TAIL =
  /(?:备案|备查|汇总|存档|备存|审核|审定|审查|统计|(?:政务|工作|公共|公务|专用|指定|电子)?(?:邮箱|信箱)|各一份|一份|备用|统一汇总|审批|把关|研究|同意|掌握|办理|登记|公示|一式[一二三四两\d]份|[一二三四两\d]份|\d{3,4}(?:室|房间|办公室))+$/
const CHANNEL = /^(?:各)?[一两\d]{1,2}[次份篇期回]$|邮箱|信箱|邮件|[Qq][Qq]|微信|@|平台|系统|群|钉钉|传真|\d/
const clean = (text: string) => text.replace(LEAD, '').replace(TAIL, '')
const LEAD = /^(?:至|到|给|送|于|我|本)+(?=.{2})/

/** The units of a list. `isGiven`: they stand where a receiver must, so that their nouns need not be known. */
function unitsIn(words: Words, isGiven = false): string[] {
  const lead = /^(?:至|到|给|送|于)+/.exec(words.text)?.[0].length ?? 0
  const whole = words.slice(lead)
  return whole
    .split(/[、，]/)
    .flatMap(apart)
    .flatMap((unit) => {
      const bracket = /（[^（）]*）$/.exec(unit.text)
      const bare =
        bracket !== null && !/^（(?:[镇乡街道市区县州旗村、]|社区|园区)+）$/.test(bracket[0])
          ? unit.slice(0, bracket.index)
          : unit
      const tail = TAIL.exec(bare.text)
      const name = tail === null ? bare : bare.slice(0, tail.index)
      if (name.length < 2 || /^(?:联系人|联络员|工作|指定|公用|电子)$/.test(name.text)) return []
      return UNIT_END.test(name.text) ||
        (isGiven && name.length <= 16 && !CHANNEL.test(name.text) && !THING.test(name.text))
        ? [name.own]
        : []
    })
}

const OF_LEVEL = /^[省市州盟区县旗镇乡厅局各]/

/** 甲局和乙局 are two, 住房和城乡建设局 is one: what stands before the joint must be a unit. */
function apart(words: Words): Words[] {
  const parts: Words[] = []
  let from = 0
  for (const joint of words.text.matchAll(/以及|[和及与]/g)) {
    const before = words.text.slice(from, joint.index)
    if (joint.index === from || !UNIT_END.test(before)) continue
    // 实验室与设备管理处 is one: 与 divides units only where both say whose they are.
    const after = words.text.slice(joint.index + joint[0].length)
    if (joint[0] === '与' && !(OF_LEVEL.test(before) && OF_LEVEL.test(after))) continue
    parts.push(words.slice(from, joint.index))
    from = joint.index + joint[0].length
  }
  return [...parts, words.slice(from)]
}
