import type { PlanDuty } from '@bihuan/domain'
import { POSTS } from './actor.js'

export type Level = PlanDuty['level']

const GOVERNMENT =
  /(?:(?:(?:领导|推进|协调|工作)小?组|联席会议|指挥部|安委会|专委会|专班)办公室|党组织|(?:街道|乡镇|镇|乡|村|社区)(?!长)[^，、]{0,6}(?:站|所|中心|办(?:公室)?|科|队)|居民小组长|村民小组长|政府|(?:[省市县区旗州]|地)委|常委|人大|政协|(?:[县镇乡]|[^班场园市队处所站小]区)长|(?<!学)区长|市长|(?:[市县区镇乡]长|党委|党政)(?:办公)?(?:联席)?会议?|党委|党工委|党组|党支部|镇|乡|街道|办事处|村|社区|居委会|村委会|村居|管委会|安委会|安委办|防指办?|安办|消安委|消安办|专委会|领导小组|指挥部|专班|县区|区县|县|市|区|州|旗|各地|各地区|各级|网格|党政|（市、区）|（街道）|（街）|镇街|镇办|安委会办公室|园区|[省市县区镇乡村]级|(?<=[省市县区镇乡村]级)层面|开发区|功能区|村民委员会|居民委员会|管理委员会|安全生产委员会|党工委|村支部|党总支|两委|“两委”|村民小组|居民小组|村民小组组长|居民小组组长|村组|楼长|街长|路长|河长|网格长|社区民警)$/
const DEPARTMENT =
  /(?:部门|局|厅|(?<![省市县区旗州地常])委|部|处|科|股|所|站|队|中心|办|室|分局|大队|支队|成员单位|机关|检查组|督导组|工作组|委员会|股室|科室|站所|院所|督查组|检查大队|办公室)$/
const ENTERPRISE =
  /(?:合作社|大学|学院|中学|小学|研究院|校|(?:索道|加气|气|泵|变电|充电|油|水电|供应|供气|储配|换电|收费|客运|汽车|地铁|变电|配电|门|排涝|污水|灌|检测|维修)站|监理工程师|总工程师|安全责任人|企业|公司|集团|经营者|经营户|工商户|场所|工地|项目部|矿山|煤矿|矿井|加油站|车间|班组|商户|商家|业主|物业|旅行社|景点|景区|酒店|宾馆|商场|市场|码头|港口|船舶|船|(?:经营|生产|市场|运营|管理|产权|运输|建设)主体|供电所|学校|幼儿园|医院|院校|高校|厂|矿|店|食堂|餐厅|宿舍|行业领域|校长|园长|厂长|矿长|经理|总经理|董事长|船长|农家乐|民宿|作坊|养殖户|种植户|商铺|门店|网点|摊点|住户|租户|施工方|出租方|承租方|承包方|运营方|产权方|建设方|供应商|出租人|承租人|承包人|产权人|实际控制人|法定代表人|船东|船主|机手|项目|基地|平台|实验室|养老院|敬老院|卫生院|卫生室|诊所|药店|游客中心|护理单元|病区|(?:总务|护理|医务|教务|后勤)(?:部门|科|处|部|室)|法人|(?:集团|公司|企业)(?:总部|本部)|[两双三]方|[管经]理方|经营方|使用方|主办方|(?<=[建各个])项目|福利院|场|窑|馆|网吧|影院|剧院|员工|职工|工匠|司机|从业人员|作业人员|驾驶员|师生|教师)$/
/** 单位 and 机构 are those who are supervised when a trade stands before them (充装单位, 医疗机构), and offices otherwise (有关单位, 监管机构). */
const OFFICE_BODY =
  /(?:(?:^|有关|相关|各|成员|主管|牵头|责任|直属|[区县市州镇省]直|下属|基层|事业|机关|配合|委属|局属|等)单位|(?:(?<!水库|工程|大坝|桥梁|公园|景区|物业|市场|管线|渡口|港区|闸坝|运营|供水|供热|供气|排水|泵站|隧道|道路|码头|仓库|宿舍|房屋|大楼|楼宇|公寓|校舍|浴室|场馆|场地|设施|设备|管网|电梯|养护|使用)管理|监管|监督|执法|救援|派出|内设|工作|行政|政府|督查|办事)(?:单位|机构))$/
const BODY = /(?:单位|机构)$/
const POST_TAIL = new RegExp(`(?:的)?(?:${POSTS})$`)

/** What a bureau posts in a town or street: its own, not the town's. */
const POSTED =
  /(?:派出所|监管所|监督所|司法所|税务所|自然资源所|国土所|资源所|食药所|中队|消防救援站|供销社|法庭)(?:所长|民警|负责人|主要负责人)?$/

/** Whether an office, named in the notice of a town or street, is the town's own: 应急管理站, 各科室. */
export const isOfTown = (actor: string): boolean => !POSTED.test(actor) && !/^[县区市]|单位|企业/.test(actor)

/** To which level an actor belongs: of two joined, that of the first. Null where the words do not tell (主要负责人). */
export function levelOf(named: string): Level | null {
  const actor = named.replace(/（[^（）]*）/g, '')
  const own = actor.startsWith('各')
    ? actor.replace(/(?<=.)各(?=[^级类项])/g, '|')
    : actor.replace(/^[^、和]*各(?=[^级类项])/, '各')
  const [first = actor] = own.split(/[|、和]|以及|及/)
  if (LEADER.test(actor)) return 'government'
  if (/^(?:各级|全体)?(?:行政)?(?:执法|监管|监察|监督)+人员$/.test(actor)) return 'department'
  for (const unit of [first, actor]) {
    // 乡镇驻矿安监员: somebody sent by the one belongs to the sender.
    if (ENTERPRISE_POST.test(unit) || POST_OF_ENTERPRISE.test(unit)) return 'enterprise'
    const own = unit.replace(POST_TAIL, '').replace(/(?<=.{2})(?:驻|派驻|包保|联系)[^，]{1,8}$/, '')
    const level = kindOf(own) ?? kindOf(unit)
    if (level !== null) return level
  }
  if (/企业|经营单位|公司/.test(actor)) return 'enterprise'
  if (/^(?:各|全体|本)?(?:乡镇|镇|乡|街道|村|社区|县|区|市)/.test(actor)) return 'government'
  return /单位/.test(actor) ? 'department' : null
}

/** 尾矿库县级包保领导: leaders of a government, wherever they are sent. */
const LEADER =
  /^(?:[^，、]{0,6}(?:村|社区|乡镇|镇|街道)级?)[^，、]{0,6}(?:网格员|劝导员|协管员)$|[省市县区镇乡村]级?(?:党政)?(?:包保|包联|包抓|挂钩|联系)?(?:领导|领导干部)$/

/** 各部门经理, 车间主任: posts that only an enterprise has. */
const ENTERPRISE_POST = /(?:经理|厂长|矿长|董事长|车间主任|班组长|店长|园长|校长|船长|老板|工段长|院长|房东|船东|船主)$/
/** 学校食品安全总监: a post inside an enterprise. */
const POST_OF_ENTERPRISE = new RegExp(
  `^(?:各|本|全体|每[个家所])?(?:企业|公司|集团|学校|幼儿园|医院|工厂|酒店|商场|景区|矿山|养老院)(?!(?:行业)?(?:主管|监管|监督|服务|登记|周边))[^、，]*(?:${POSTS})$`,
)
/** 医院后勤部门: an office inside an enterprise, not one over it (企业主管部门). */
const INSIDE_ENTERPRISE =
  /(?:公司|集团|医院|大学|学院)(?!登记|监管|行业)[^、]{1,10}(?:部|科|室|处|中心|队|站|车间|班组|部门)$|^(?:各|本|全体)?(?:企业|公司|集团|医院|学校|工厂|酒店|商场)(?:内部)?(?!(?:行业)?(?:主管|监管|监督)).*(?:部门|科|室|部|处|车间|班组|队伍?)$/

function kindOf(text: string): Level | null {
  if (text === '') return null
  if (INSIDE_ENTERPRISE.test(text)) return 'enterprise'
  if (BODY.test(text)) return OFFICE_BODY.test(text) ? 'department' : 'enterprise'
  if (ENTERPRISE.test(text)) return 'enterprise'
  if (POSTED.test(text)) return 'department'
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
  /高危|人员密集|劳动密集|人(?:及)?以[上下]|涉爆|涉危|涉氨|涉及|存在|构成|规下|规模以下|重大危险源|尚未|未出台|规模以上|小微|规上|特级|[一二三]级(?!公司|单位|部门|集团|企业)/g

/** 从业人员超过100人的企业: a kind told by a clause of its own. */
const RELATIVE_NARROWING =
  /^(?:涉及|使用|构成|属于|具有|从业人员|员工|职工)[^，、]{2,30}的[^，、的]{0,6}(?:企业|单位|场所|机构|学校|项目)$/

/** Whether an actor is a narrowing of those whom the rule is for; what the heading or the campaign is about narrows nothing. */
export function isNarrowing(actor: string, about: readonly string[]): boolean {
  if (/^每[个家]/.test(actor)) return false
  if (RELATIVE_NARROWING.test(actor)) return true
  return [...actor.matchAll(NARROWINGS)].some(([word]) => !about.some((text) => text.includes(word)))
}
