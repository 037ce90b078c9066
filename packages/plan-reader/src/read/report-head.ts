import type { Words } from '../normalise/canonical-text.js'
import { timeLength, type Clause } from '../outline/statement.js'
import { sendIn } from './report-clause.js'
import { timeOf } from './report-time.js'
import { blank, THING } from './report-wording.js'

/** Last words of those who send; the beginnings of other words are none of them: 工作部署, 处置情况, 组织情况. */
const UNIT =
  '(?:成员单位|单位|部门|企业|公司|集团|机构|委员会|管委会|办公室|安委办|专委会|区县|县区|市州|州市|乡镇|镇街|街镇|街道|社区|园区|景区|学校|医院|项目部|项目|工地|场所|物业|科室|处室|站所|地|镇|乡|村(?!民|级)|县(?!域)|区(?!域)|旗|市(?!场)|州|局|委(?!托|派)|办(?!理|法|公|结|事)|部(?!署|分|门|位)|处(?!置|罚|理|分)|科(?!学|技)|股|所(?!有|在|属)|站|队(?!伍)|中心(?!任务|工作)|校(?!车|园|舍)|院|厂(?!区|房)|矿(?!山|用|井)|店|会(?!议|商|同|审)|组(?!织))'

const HEAD = new RegExp(
  `^(?<who>(?:各|有关|相关|所有|全体|其他)(?![自向于])[^，。；：将把]{0,24}${UNIT}(?:（[^（）]{1,12}）)?)的?(?<what>[^，。；：]{2,40})$`,
)
const LEAD = /^(?:请|并|且|其中[，：]?|同时|原则上)+/
const STOP =
  /(?:请|应(?!急)|须|需(?!求)|必须|务必|要(?!求|点|素)|统一|分别|均|由|经(?!济|营|信|发|开|验|办|费|理|纪)|以(?!来|上|下)|将|把|于(?!都)|自(?![查评纠改检然来建备营由])|从(?!业)|每|向(?!阳)|(?:20\d{2}年)?\d{1,2}月)/

/** What is done, not what is sent: 按季度梳理…情况; 落实情况 is a thing. */
const NO_THING =
  /^(?:按|定期|及时|对|做好|认真|要|(?:加强|建立|制定|编制|形成|填写|填报|梳理|汇总|收集|统计|完善|更新|明确|开展|落实|组织|完成|上报|报送)(?!情况|表|的|工作|进展|数据|材料))/

const UNITS = new RegExp(`^各[^，。；：]{0,24}${UNIT}(?:（[^（）]{1,12}）)?(?:、各?[^，。；：、]{1,20}${UNIT})*$`)
/** 各镇人民政府、街道办事处: nothing but units. */
export const isUnits = (text: string) =>
  UNITS.test(text) && !THING.test(text) && !/要|须|应当|负责|加强|督促|前|于|将|把|报|\d/.test(text)

/** Who sends and what, where both stand before the rest of the clause: 各县区|工作方案|请于4月20日前…. */
export function headIn(words: Words): { readonly who: Words; readonly what: Words } | null {
  const lead = LEAD.exec(words.text)?.[0].length ?? 0
  const skipped = lead + timeLength(words.text.slice(lead))
  const rest = words.slice(skipped)
  const plain = blank(rest.text)
  const stop = STOP.exec(plain)?.index ?? plain.length
  const { who, what } = HEAD.exec(plain.slice(0, stop))?.groups ?? {}
  if (
    who === undefined ||
    what === undefined ||
    !THING.test(what) ||
    NO_THING.test(what) ||
    /负责(?!安全)|汇总|收集/.test(who) ||
    sendIn(what) !== null
  )
    return null
  const end = stop - what.length
  return { who: rest.slice(0, who.length), what: rest.slice(end, stop) }
}

/** A thing with its day whose verb stands in the next clause: 4月20日前将方案，12月10日前将总结报送…. */
function isElliptic({ words }: Clause, next: Clause | undefined): boolean {
  const plain = blank(words.text)
  if (next === undefined || sendIn(plain) !== null || timeOf(plain, { issuedOn: null, year: 2000 }) === null)
    return false
  const goesOn = blank(next.words.text)
  const isTaken = /(?:将|把)(?<what>[^，。；]{2,40})$/.exec(plain)?.groups?.what
  if (isTaken !== undefined) return THING.test(isTaken) && timeLength(goesOn) > 0 && /[将把]/.test(goesOn)
  const named = /^(?<what>[^，。；将把]{2,30}?)(?:请|应|须)?于[^，。；将把]{2,16}前$/.exec(plain)?.groups?.what
  return named !== undefined && THING.test(named) && /^[^，。；将把]{2,30}?(?:请|应|须)?于[^，]{2,16}前/.test(goesOn)
}

/** Clauses that share one verb of sending, as one. */
export function joinElliptic(clauses: readonly Clause[]): Clause[] {
  const joined: Clause[] = []
  let open: Clause | null = null
  clauses.forEach((clause, at) => {
    const whole: Clause =
      open === null ? clause : { ...open, words: open.words.upTo(clause.words), rest: open.rest.upTo(clause.rest) }
    open = isElliptic(clause, clauses[at + 1]) ? whole : null
    if (open === null) joined.push(whole)
  })
  return joined
}
