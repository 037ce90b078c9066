import type { PlanDuty } from '@bihuan/domain'
import type { Words } from '../normalise/canonical-text.js'
import { AFTER_ACTOR, NO_ACTOR } from './verb.js'

/** Nouns that a unit, a post or a place ends with. Names are none of them: any name may stand in front. */
const UNIT_NOUNS =
  '企业|公司|集团|合作社|单位|部门|机构|委员会|党委政府|党委|党组|党工委|党支部|政府|办事处|管委会|居委会|村委会|村居|居民委员会|安委会|安委办|安办|消安委|消安办|专委会|专委办|办公室|指挥部|领导小组|工作小组|工作专班|专班|工作组|检查组|督导组|专家组|街道|乡镇|镇街|镇（街）|镇（街道）|乡镇（街道）|镇办|镇|乡|村|社区|园区|景区|开发区|高新区|功能区|学校|幼儿园|医院|院校|高校|场所|工地|项目部|矿山|煤矿|矿井|加油站|食堂|餐厅|宿舍|油库|车间|班组|商户|商家|业主|物业|旅行社|景点|酒店|宾馆|商场|市场|码头|港口|船舶|个体工商户|经营户|经营者|养老院|福利院|工会|协会|商会|县区|区县|县市区|县（市、区）|市（县、区）|市州|各地|各地区|行业领域|成员单位|各级|网格|小区|楼宇|实验室|仓库|储罐区|各方|股室|科室|处室|部室|站所|所队|分公司|子公司|分局|大队|支队|中队|总队|中心|局|厅|委|部|处|科|股|所|站|队|办|院|校|厂|矿|店|会|区|县|市|州|旗|室|组'
const POSTS =
  '(?:第一|主要|分管|有关|相关|党政|其他|安全)?(?:负责人|负责同志|责任人|领导班子成员|领导班子|班子成员|领导干部|领导|同志)|法定代表人|实际控制人|安全管理人员|安全总监|安全员|管理人员|作业人员|从业人员|执法人员|监管人员|技术人员|工作人员|值班人员|人员|员工|职工|网格员|检查员|管理员|党政主要负责人|书记|主任|局长|县长|市长|区长|镇长|乡长|部长|厂长|矿长|校长|院长|经理|总经理|董事长|站长|所长|队长|班组长|班长|教师|师生|学生|司机|驾驶员|船长|小组长|总监理工程师|总工程师|安全总监'
/** Found at every place, also within one another: 安委会办公室 ends twice. */
const ENDINGS = new RegExp(`(?=(${POSTS}|${UNIT_NOUNS}))`, 'g')
/** Words that end as units do. */
const NO_UNIT =
  /(?:带队|排队|归队|全部|内部|外部|局部|大部|到处|分处|处处|何处|用处|好处|以及|市区|小区内|社会|大会|会议|例会|机会|推进会|动员会|部署会|座谈会|现场会|调度会|工作会|发布会|一部|上部|下部|办法|部署|所在|区域|城区|山区|辖区|库区|厂区|林区|作业区|地区内|市场化|场所内|岗位|领域内)$/
/** Words between a unit and its verb that belong to neither. */
const INSIDE =
  /要(?!求|害|点|素|负责|道)|应当|必须|督促|推动|开展|召开|(?:[对将把向让]|使(?!用))(?!外|口)|每(?:月|季|年|周|半|两|日|天|旬|星期|\d)|\d[月日]|[底日月]前|报(?!社|业|刊|警)|至少|通过|根据|结合|按照|不少于|组织(?!部|机构|人事|领导)|，|。|；|：/

const LEAD =
  /^(?:其中[，：]?|同时[，]?|此外[，]?|另外[，]?|请|由|要求|原则上|期间|并由|并|特别是|以及|必要时|[一二三四五六七八九十]是(?:由)?|一方面[，]?|另一方面[，]?|鼓励|（?[一二三四五六七八九十\d]+[）、.])/
const CLAUSE_LEAD =
  /^(?:[^，]{0,12}(?:整治|行动|活动|攻坚|工作|方案|阶段)期间|专项期间|在此期间|整治过程中|[^，]{0,10}(?:之|以)?前提下)/

export interface ActorFound {
  readonly actor: Words
  /** What the clause says of it. */
  readonly rest: Words
}

/** The one who acts, at the beginning of a clause; times and connecting words may stand before it. */
export function actorAt(clause: Words, skip: (text: string) => number): ActorFound | null {
  let words = clause
  for (let moved = true; moved;) {
    moved = false
    for (const pattern of [LEAD, CLAUSE_LEAD]) {
      const lead = pattern.exec(words.text)
      if (lead === null || lead[0] === '') continue
      words = words.slice(lead[0].length)
      moved = true
    }
    const time = skip(words.text)
    if (time > 0) {
      words = words.slice(time)
      moved = true
    }
  }
  const length = actorLength(words.text)
  if (length === 0) return null
  return { actor: words.slice(0, length), rest: words.slice(length) }
}

const LONGEST = 64

function actorLength(text: string): number {
  const head = text.slice(0, LONGEST)
  const ends = new Set<number>()
  for (const { index, 1: noun = '' } of head.matchAll(ENDINGS)) {
    const end = index + noun.length
    ends.add(end)
    const bracket = /^（[^（）]{1,30}）/.exec(head.slice(end))
    if (bracket !== null) ends.add(end + bracket[0].length)
  }
  for (const end of [...ends].sort((one, other) => other - one)) {
    const candidate = text.slice(0, end)
    if (end < 2 || NO_UNIT.test(candidate)) continue
    const rest = text.slice(end, end + 12)
    if (rest === '' ? !/^(?:各|所有|全体|有关|相关)/.test(candidate) : !AFTER_ACTOR.test(rest)) continue
    if (isActor(candidate)) return end
  }
  return 0
}

/** A relative clause (尚未出台标准的部门) may hold verbs, the rest of an actor none. */
function isActor(text: string): boolean {
  const relative = /^(.*)的([^的]{2,20})$/.exec(text)
  const own =
    relative === null || (/^(?:各|本|全)/.test(text.slice(0, 1)) === false && !isRelative(relative[1] ?? ''))
      ? text
      : (relative[2] ?? text)
  if (/委托|聘请|邀请/.test(text)) return false
  if (NO_ACTOR.test(text) && !(relative !== null && isRelative(relative[1] ?? ''))) return false
  const bare = own.replace(/（[^（）]*）/g, '')
  return !INSIDE.test(bare) && !/^的|的$/.test(bare)
}

const isRelative = (text: string) =>
  /^(?:各|所有|凡|辖区内?)?(?:负有|负责|具有|具备|存在|涉及|属于|尚未|未|已|从业人员|使用|生产|经营|储存|构成|有|没有|列入|纳入|被|承担|\d|未经|未按|不)/.test(
    text,
  )

export type Level = PlanDuty['level']

const GOVERNMENT =
  /(?:(?:领导小组|指挥部|安委会|专委会|专班)办公室|(?:街道|乡镇|镇|乡)(?!长)[^，、]{0,6}(?:站|所|中心|办)|居民小组长|村民小组长|政府|党委|党工委|党组|党支部|镇|乡|街道|办事处|村|社区|居委会|村委会|村居|管委会|安委会|安委办|安办|消安委|消安办|专委会|领导小组|指挥部|专班|县区|区县|县|市|区|州|旗|各地|各地区|各级|网格|党政|（市、区）|（街道）|（街）|镇街|镇办|安委会办公室|园区|景区|开发区|功能区)$/
const DEPARTMENT =
  /(?:部门|局|厅|委|部|处|科|股|所|站|队|中心|办|室|分局|大队|支队|成员单位|机关|检查组|督导组|工作组|委员会|机构|股室|科室|站所)$/
const ENTERPRISE =
  /(?:合作社|矿山单位|管理单位|校|(?:索道|加气|气|泵|变电|充电|油)站|监理工程师|总工程师|安全责任人|企业|公司|集团|经营单位|生产单位|施工单位|建设单位|监理单位|使用单位|运输单位|经营者|经营户|工商户|场所|工地|项目部|矿山|煤矿|矿井|加油站|车间|班组|商户|商家|业主|物业|旅行社|景点|酒店|宾馆|商场|市场|码头|港口|船舶|学校|幼儿园|医院|院校|高校|厂|矿|店|食堂|餐厅|宿舍|行业领域|校长|园长|厂长|矿长|经理|总经理|董事长|船长|养老院|福利院|员工|职工|从业人员|作业人员|驾驶员|师生|教师)$/
const POST_TAIL = new RegExp(`(?:的)?(?:${POSTS})$`)

/** To which level an actor belongs: of two joined, that of the first. Null where the words do not tell (主要负责人). */
export function levelOf(named: string): Level | null {
  const actor = named.replace(/（[^（）]*）/g, '')
  const own = actor.startsWith('各')
    ? actor.replace(/(?<=.)各(?=[^级类项])/g, '|')
    : actor.replace(/^.*各(?=[^级类项])/, '各')
  const [first = actor] = own.split(/[|、和]|以及|及/)
  for (const unit of [first, actor]) {
    const level = kindOf(unit.replace(POST_TAIL, '')) ?? kindOf(unit)
    if (level !== null) return level
  }
  if (/企业|经营单位|公司/.test(actor)) return 'enterprise'
  return /单位/.test(actor) ? 'department' : null
}

function kindOf(text: string): Level | null {
  if (text === '') return null
  if (ENTERPRISE.test(text)) return 'enterprise'
  if (GOVERNMENT.test(text)) return 'government'
  return DEPARTMENT.test(text) ? 'department' : null
}

const SECTION_LEVELS: readonly (readonly [Level, RegExp])[] = [
  ['enterprise', /企业(?!.{0,6}(?:监管|服务))|生产经营单位|主体责任|经营单位|第一责任人|自查自改/],
  ['department', /部门|监管责任|监管执法|执法|行业主管|监管/],
  ['government', /党委|党政|政府|属地|领导责任|组织领导|地方/],
]

/** The level that a heading speaks of. */
export function levelOfHeading(text: string): Level | null {
  return SECTION_LEVELS.find(([, pattern]) => pattern.test(text))?.[0] ?? null
}

const NARROWINGS =
  /高危|人员密集|劳动密集|人(?:及)?以[上下]|涉爆|涉危|涉氨|存在|构成|重大危险源|尚未|未出台|规模以上|小微|规上|特级|一级|二级|三级/g

/** Whether an actor is a narrowing of those whom the rule is for; what the heading or the campaign is about narrows nothing. */
export function isNarrowing(actor: string, about: readonly string[]): boolean {
  return [...actor.matchAll(NARROWINGS)].some(([word]) => !about.some((text) => text.includes(word)))
}
