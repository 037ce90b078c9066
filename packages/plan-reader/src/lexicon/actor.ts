import type { Words } from '../normalise/canonical-text.js'
import { ACT_VERBS, AFTER_ACTOR, AT_OCCASION, BREAKS_SUBJECT, NO_ACTOR } from './verb.js'

/** Nouns that a unit, a post or a place ends with. Names are none of them: any name may stand in front. */
const UNIT_NOUNS =
  '企业|公司|集团|合作社|单位|部门|机构|委员会|党委政府|党委|党组|党工委|党支部|政府|办事处|管委会|居委会|村委会|村居|居民委员会|安委会|安委办|安办|消安委|消安办|专委会|专委办|办公室|指挥部|领导小组|工作小组|工作专班|专班|工作组|检查组|督导组|专家组|街道|乡镇|镇街|镇（街）|镇（街道）|乡镇（街道）|镇办|镇|乡|村|社区|园区|景区|开发区|高新区|功能区|学校|幼儿园|医院|院校|高校|场所|工地|项目部|项目法人|队伍|总部|防指办|(?<=[建各]|每个|在建)项目|矿山|煤矿|矿井|加油站|食堂|餐厅|宿舍|油库|车间|班组|商户|商家|业主|物业|旅行社|机关|景点|酒店|宾馆|商场|市场|码头|港口|船舶|船|(?:经营|生产|市场|建设|责任|运营|管理|实施|产权|运输)主体|党组织|党总支|个体工商户|经营户|养殖户|种植户|住户|租户|商铺|门店|网点|摊点|农家乐|民宿|作坊|家庭|施工方|出租方|承租方|承包方|运营方|产权方|建设方|供应商|经营者|养老院|福利院|工会|协会|商会|县区|区县|县市区|县（市、区）|市（县、区）|市州|各地|各地区|行业领域|层面|(?<=[县镇村]村?)[两三]级|妇联组织|工会组织|(?<=[省市县区镇乡村])级|成员单位|各级|网格|小区|零售点|楼宇|实验室|仓库|储罐区|供销社|电视台|各方|股室|科室|处室|部室|单元|站所|所队|分公司|子公司|分局|大队|支队|中队|总队|中心|(?<=常务|常委会|党委|党组|办公|联席)会议|局|厅|委|部|处|科|股|所|站|队|办|院|校|厂|矿|店|会|区|县|市|州|旗|室|组'
export const POSTS =
  '(?:第一|主要|分管|有关|相关|党政|其他|安全)?(?:负责人|负责同志|责任人|领导班子成员|领导班子|班子成员|领导干部|领导|同志)|法定代表人|实际控制人|安全管理人员|安全总监|安全员|管理人员|作业人员|从业人员|执法人员|监管人员|技术人员|工作人员|值班人员|人员|员工|职工|网格员|检查员|管理员|党政主要负责人|书记|老板|主任|局长|科长|处长|股长|县长|市长|区长|镇长|乡长|部长|厂长|矿长|校长|院长|经理|总经理|董事长|站长|所长|队长|班组长|班长|教师|师生|学生|司机|驾驶员|驾驶人|出租人|承租人|承包人|产权人|实际经营人|路长|楼长|河长|街长|段长|链长|园长|库长|井长|护工|保安|电工|机手|船东|船主|户主|房东|干部|专员|专家|主管|代表|志愿者|劳务工|安监员|巡查员|劝导员|宿管员|协管员|护林员|联络员|督导员|辅导员|值班员|操作员|调度员|押运员|安保员|消防员|指导员|讲解员|售票员|检票员|船员|渔民|村民|居民|农户|用户|家长|船长|小组长|民警|辅警|干警|医生|护士|教练|教官|老师|工人|总监理工程师|总工程师|安全总监|导游|店长|组长|管家|成员(?!单位)|厨师长|厨师'
/** Found at every place, also within one another: 安委会办公室 ends twice. */
const ENDINGS = new RegExp(`(?=(${POSTS}|${UNIT_NOUNS}))`, 'g')
const ENDS_LIKE_UNIT = new RegExp(`(?:${POSTS}|${UNIT_NOUNS})$`)
/** Words that end as units do. */
const NO_UNIT =
  /(?:带队|排队|归队|(?<!安)全部|内部|外部|局部|大部|到处|分处|处处|何处|用处|好处|以及|或者|(?<!安)全员|动员|市区|小区内|社会|大会|(?<!常务|常委会|党委|党组|办公|联席)会议|例会|机会|推进会|动员会|部署会|座谈会|现场会|调度会|工作会|发布会|一部|上部|下部|办法|部署|所在|区域|城区|山区|辖区|库区|厂区|林区|作业区|地区内|市场化|场所内|岗位|领域内|前|后|期间|时|过程中)$/
/** Words between a unit and its verb that belong to neither. */
const INSIDE =
  /(?<![主需重必首])要(?!求|害|点|素|道)|应当|必须|督促|推动|开展|召开|(?:[对将把向让]|使(?!用))(?!外|口)|每(?![个家名座处支位艘户所条村镇乡县区班校店组队站])|\d[月日]|[底日月]前|报(?!社|业|刊|警|废|名|告|备|装|关)|\d+[名个家支处场]|[一两三四五六七八九十][名支场]|至少|抽调|全年|建成|完成(?!人)|达到|配备|(?<!安)全部|参加(?!人员|单位|者)|发动|带领|深入|邀请|(?<!所)在(?!建|校|岗|册|线|园|港|售|用|营|运)|通过|根据|结合|按照|不少于|会同|(?<!党)组织(?!部|机构|人事|领导|\d|[每要应须])|逐[一个家座栋户处艘台点村企项人]|(?<!但|于)是(?!非)|为(?=[每各]|第一|责任|直接|主要|首要|主体)|制定|制订|签订|印发|编制|(?<=.{3})(?:成立|组建|指导(?!员|站|组|中心|老师|教师|服务|处|科))|，|。|；|：/

const LEAD =
  /^(?:其中[，：]?|凡是?|(?:以|之|此|其|随|今)后[，]?|同时[，]?|此外[，]?|另外[，]?|请|由|要求|原则上|期间|并由|并|特别是|以及|必要时|力争|争取|确保|[一二三四五六七八九十]是(?:由)?|一方面[，]?|另一方面[，]?|鼓励|（?[一二三四五六七八九十\d]+[）、.])/
const CLAUSE_LEAD =
  /^(?:[^，]{0,12}(?:整治|行动|活动|攻坚|工作|方案|阶段)期间|专项期间|在此期间|整治过程中|[^，]{0,10}(?:之|以)?前提下)/

export interface ActorFound {
  readonly actor: Words
  /** What the clause says of it. */
  readonly rest: Words
  /** Whose clause it is, where it says by whom (企业每月由厂长…). */
  readonly of?: Words
}

/** The one who acts, at the beginning of a clause; times and connecting words may stand before it. */
export function actorAt(clause: Words, skip: (text: string) => number): ActorFound | null {
  let words = clause
  let isTimed = false
  for (let moved = true; moved;) {
    moved = false
    for (const pattern of [LEAD, CLAUSE_LEAD]) {
      const lead = pattern.exec(words.text)
      if (lead === null || lead[0] === '') continue
      // 信息科负责在集中整治期间…: the stretch belongs to the act.
      if (pattern === CLAUSE_LEAD && actorLength(lead[0]) + actorLength(words.text) > 0) continue
      // 每月请燃气公司检测: who is asked is not who owes it.
      if (isTimed && lead[0].startsWith('请')) return null
      words = words.slice(lead[0].length)
      moved = true
    }
    const time = skip(words.text)
    if (time > 0) {
      words = words.slice(time)
      isTimed = true
      moved = true
    }
  }
  const subset = words.start > clause.start ? SUBSET.exec(words.text)?.groups?.who : undefined
  if (subset !== undefined && /^其中/.test(clause.text) && !THING.test(subset) && isActor(subset))
    return { actor: words.slice(0, subset.length), rest: words.slice(subset.length) }
  const entrusted = ENTRUSTED.exec(words.text)?.groups
  if (entrusted?.what !== undefined) {
    const to = words.slice(entrusted.what.length + 1)
    const length = actorLength(to.text)
    const of = words.slice(0, actorLength(entrusted.what))
    if (length > 0) return { actor: to.slice(0, length), rest: to.slice(length), ...(of.length > 0 ? { of } : {}) }
  }
  const trained = TRAINED.exec(words.text)?.groups?.who
  if (trained !== undefined && isActor(trained))
    return { actor: words.slice(0, trained.length), rest: words.slice(trained.length) }
  const length = actorLength(words.text) || openActorLength(words.text) || organLength(words.text)
  if (length === 0) return ownerAt(words)
  // 每月送检下乡不少于2次: behind a time, what is counted is the act.
  if (
    isTimed &&
    /^(?:至少|不少于|不低于)[\d一二三四五六七八九十]/.test(words.text.slice(length)) &&
    !/^[各每其]/.test(words.text)
  )
    return null
  return { actor: words.slice(0, length), rest: words.slice(length) }
}

/** 企业的应急预案每年演练1次: whose thing it is does it. */
const OWNS = /^(?<who>[^，的]{2,16})的(?<what>[^，的]{2,16}?)(?=每[^个家名座处]|至少|不少于)/

/** 企业应急预案每年演练1次 */
const OWNS_PLAINLY =
  /^(?<who>各?(?:企业|单位|学校|公司|医院|景区|园区))(?<what>[^，的]{2,12}?)(?=每[^个家名座处]|至少|不少于)/

function ownerAt(words: Words): ActorFound | null {
  const plainly = OWNS_PLAINLY.exec(words.text)?.groups
  if (plainly?.who !== undefined && THING.test(plainly.what ?? ''))
    return { actor: words.slice(0, plainly.who.length), rest: words.slice(plainly.who.length) }
  const { who, what } = OWNS.exec(words.text)?.groups ?? {}
  if (who === undefined || what === undefined || !THING.test(what) || !ENDS_LIKE_UNIT.test(who) || !isActor(who))
    return null
  return { actor: words.slice(0, who.length), rest: words.slice(who.length + 1) }
}

/** A clause that is nothing but the one who acts in the next: 驻院外包服务单位，要每月…. */
export function actorAlone(clause: Words): ActorFound | null {
  const words = clause.slice(LEAD.exec(clause.text)?.[0].length ?? 0)
  const { text } = words
  if (text.length < 2 || text.length > 40 || !ENDS_LIKE_UNIT.test(text) || NO_UNIT.test(text) || !isActor(text))
    return null
  return { actor: words, rest: words.slice(words.length) }
}
/** What a clause begins with whose subject stood alone before it. */
export const GOES_ON = /^(?:要(?!求|害|点|素|道)|应当|应(?!急)|须|必须|每[周月季年半两旬]|至少|均|一律)/

/** 新进场工人岗前安全教育不少于24学时: who has the hours owes them. */
const TRAINED = new RegExp(
  `^(?<who>[^，的、每]{0,12}(?:${POSTS}|工匠|学员))(?:[^，]{0,10}(?:培训|教育|学习|复训))(?:总|累计)?(?:时间|时长|学时|课时)?(?:每[年季月]度?)?(?:累计)?(?:不少于|至少|不得少于|不低于)\\d+个?(?:学时|课时|小时)`,
)

/** 其中深基坑工程至少组织2次: some of those of whom the clause before speaks. */
const SUBSET =
  /^(?<who>[^，]{2,30}?)(?:每[周月季年半两旬][^，]{0,3}|要|应|须|至少|不少于|不得少于|组织|开展|进行|召开)+[\d一两二三四五]+[次家个名条起]$/

/** 改造工程由各街道牵头: who acts stands behind what is done. */
const ENTRUSTED =
  /^(?<what>[^，由对]{2,24})(?<![自事缘]|(?<![治管整受])理)由(?!于|此)[^，]{2,24}(?:牵头|负责|组织|承担|实施|统筹)/
const LONGEST = 64
/** 村每季度: one character is an actor only where nothing else can stand. */
const ALONE = /^[省市县区镇乡村](?=每|至少|要(?!求|道)|应当|须)/

function actorLength(text: string): number {
  const head = text.slice(0, LONGEST)
  const ends = new Set<number>()
  for (const { index, 1: noun = '' } of head.matchAll(ENDINGS)) {
    const end = index + noun.length
    ends.add(end)
    const bracket = /^（[^（）]{1,30}）/.exec(head.slice(end))
    if (bracket !== null) ends.add(end + bracket[0].length)
    const called = /^“[^”]{2,6}”/.exec(head.slice(end))
    if (called !== null) ends.add(end + called[0].length)
  }
  for (const end of [...ends].sort((one, other) => other - one)) {
    const candidate = text.slice(0, end)
    const rest = text.slice(end, end + 12)
    if ((end < 2 && !ALONE.test(text)) || NO_UNIT.test(candidate) || splitsWord(candidate, rest)) continue
    const goesOn = AFTER_ACTOR.test(rest) || AT_OCCASION.test(rest)
    if (/^各(?:向|自(?!然)|司(?!法)|负责|尽)/.test(candidate)) continue
    if (rest === '' ? !STANDS_ALONE.test(candidate) : !goesOn) continue
    if (isActor(candidate) && !isCounted(candidate, rest)) return end
  }
  return 0
}

/** Words that the last character of a unit's name begins: 主要, 所在企业, 委托. What is before the sign ends there, what is behind it goes on. */
const SPLIT_WORDS =
  /[主需重必首]\|要|所\|在(?:地|乡|镇|县|区|市|村|社区|街道|园|企业|单位|学校|辖区|部门)|委\|[托派任]|部\|署|会\|[同议]|区\|[别分]|组\|[织成]/
const splitsWord = (before: string, rest: string) => SPLIT_WORDS.test(`${before.slice(-1)}|${rest.slice(0, 4)}`)

/** 熟悉重点单位不少于30家: what is counted is the object. */
const isCounted = (candidate: string, rest: string) =>
  ((STARTS_WITH_ACT.test(candidate) || EACH_ACTS.test(candidate)) && /^(?:至少|不少于|不低于|不得少于)/.test(rest)) ||
  (/(?:人员|队员|员工|职工|专家)$/.test(candidate) &&
    /^(?:至少|不少于|不低于|不得少于)\d*[一二三四五六七八九十]*[人名]/.test(rest))

/** All of a clause is the one who acts: 涉及有限空间作业的企业，每半年…; whom a fault is found with (存在隐患的企业) is done to. */
const STANDS_ALONE =
  /^(?:各|所有|全体|有关|相关|(?:涉及|使用|构成|属于|具有|从业人员|员工|职工|储存|生产|经营|使用)[^，、]{2,30}的[^，、的]{0,6}(?:企业|单位|场所|机构|学校|项目)$)/

/** Things and acts, of which something is said though they do nothing. */
const THING =
  /(?:路口|路段|部位|点位|出入口|卡口|区域|工作|责任|隐患|措施|方案|制度|机制|检查|排查|整治|治理|演练|演习|培训|教育|活动|会议|例会|大会|问题|情况|资金|经费|设备|设施|器材|材料|通道|出口|台账|清单|报告|报表|数据|信息|档案|记录|标准|预案|案例|视频|作业|安全|行动|阶段|时间|期间|比例|率|数|量|次|度|性|化|力|线路|管道|管网|车辆|车|电梯|井|灯|门|窗|器|机|炉|罐|桶|瓶|物|品|费|款|证|书|表|卡|牌|栏|片|箱|房|楼|桥|阀|泵|缆|索|架|塔|闸|坝|板|膜|油|气|水|电|粉|尘|烟|药|剂|绳|服|法|则|令|条|项|点|测试|检测|维修|保养|宣传|执法|督查|督导|巡查|巡检|调度|通报|建设|改造|工程|验收|整改|销号|评估|考核|总结|经验|做法|线索|举报|投诉|烟囱|灶具)(?:（[^（）]*）)?$/
const EACH =
  /^(?:[村镇县区市园厂校院]内|辖区内?|全[市县区镇村])?(?:各(?!项(?!目)|类|种|环节|方面|向|自(?!然)|司(?!法)|负|尽|组织|开展|级领导)|每[个名家座支位艘户条村镇乡县区班校店组队站所](?!月|季|周|人)|全体|所有)/
/** Who people are by what they do: the last character of such nouns. */
const PEOPLE =
  /(?:[^全动人]员|[^或]者|[^自为]主|[^入逐到]户|[^地对多各]方|[^开竣复施动分加]工|[^着联入对]手|[^延增成]长|[^此令无]人|师|匠|班子|“两委”|“[^”]{2,8}人”)$/

/**
 * A subject whose last word no list knows: what stands before the first word that cannot be inside a noun, if it says 各, 每个, or
 * people, or if the clause goes on with a verb and its object, which then is not the subject.
 */
function openActorLength(text: string): number {
  const head = text.slice(0, 30)
  for (let at = 2; at < head.length; at++) {
    if (/[，。；：]/.test(head.charAt(at))) return 0
    const rest = text.slice(at)
    if (splitsWord(text.slice(0, at), rest)) continue
    const occasion = AT_OCCASION.exec(rest)
    const breaks = BREAKS_SUBJECT.exec(rest) ?? (/[前后中期间时]$/.test(occasion?.[0] ?? '') ? occasion : null)
    if (breaks === null) continue
    const candidate = text.slice(0, at)
    if (!isActor(candidate) || NO_UNIT.test(candidate) || THING.test(candidate)) return 0
    if (/[）”]/.test(candidate.charAt(0)) || unclosed(candidate)) continue
    const isSubject = EACH.test(candidate) || PEOPLE.test(candidate) || (candidate.length <= 8 && HAS_OBJECT.test(rest))
    return isSubject ? at : 0
  }
  return 0
}

/** Endings that no word but a unit's name has. */
const ORGAN =
  /(?:局|委|政府|办事处|管委会|委员会|居委会|村委会|安委会|安委办|公司|集团|部门|企业|单位|大队|支队|总队|中队|中心|办公室|指挥部|领导小组|专班|街道|园区|学校|幼儿园|医院|机构|派出所|研究院|协会|分局|（市、区）|[各本每]个?[市县区乡镇村站所科室部队处厂店])/g
/** What goes on a unit's name instead of saying what it does. */
const NAME_GOES_ON =
  /^(?:[的等及和与或、，。；：（）”之间内外自是为不未有无所各本该其]|主|分管|负责|安全|领导|有关|相关|下属|辖区|人|职工|员工|干部|监管|管理|行业|工作|党|机关|系统|网站|平台|公众号|内部|一线|现场|生产|经营|在|名单|名录|周边|建筑|项目|车间|食堂|宿舍|风险|隐患|责任|主体|法|级|层|类|型|办|科|室|站|队|处|部|组|会|长|员|家|个|$)/

/** 移交街道…: what is done, to whom. */
const STARTS_WITH_ACT = new RegExp(`^(?:随机|集中|联合|深入|组织|开展)*(?:${ACT_VERBS})`)

/** 每组检查企业不少于6家 */
const EACH_ACTS = new RegExp(`^每[^，](?:${ACT_VERBS})`)

/** 市交通局遴选…: a verb that no list knows, behind a name that is whole. */
function organLength(text: string): number {
  let length = 0
  if (STARTS_WITH_ACT.test(text)) return 0
  for (const { index, 0: organ } of text.slice(0, 40).matchAll(ORGAN)) {
    const end = index + organ.length
    const candidate = text.slice(0, end)
    if (/[，。；：]/.test(candidate) || !isActor(candidate)) break
    if (splitsWord(candidate, text.slice(end))) continue
    if (end === text.length) return 0
    if (end >= 3 && !NAME_GOES_ON.test(text.slice(end)) && !NO_UNIT.test(candidate)) length = end
  }
  return length
}

/** 每周至少开展2次夜间巡查: the act has its object behind it, so what stands before it does it. */
const HAS_OBJECT =
  /^(?:每[^，、]{1,3}|要|应当?|须|必须|至少|不少于|\d{1,2}月(?:\d{1,2}日|底)?前)+(?:至少|不少于|要)?(?:再)?(?:组织|开展|进行|召开|举办|完成|召集|主持|参加|接受)[^，]{0,6}[\d一两二三四]+次[^，。；、]{2}/

const unclosed = (text: string) =>
  text.split('（').length !== text.split('）').length || text.split('“').length !== text.split('”').length

/** A relative clause (尚未出台标准的部门) may hold verbs, the rest of an actor none. */
function isActor(text: string): boolean {
  const relative = /^(.*)的([^的]{2,20})$/.exec(text)
  const isSaidOf = relative !== null && isRelative(relative[1] ?? '') && !MODAL.test(relative[1] ?? '')
  const own = isSaidOf ? (relative[2] ?? text) : text
  if (/委托|聘请|邀请/.test(text)) return false
  if (NO_ACTOR.test(text) && !isSaidOf) return false
  const bare = own.replace(/（[^（）]*）|“[^”]*”/g, '')
  return !unclosed(text) && !INSIDE.test(bare) && !/^的|的$/.test(bare)
}

const MODAL = /(?<![主需重必首])要(?!求|害|点|素|道)|应当|必须|不少于|至少|每[周月季年半两]/
const isRelative = (text: string) =>
  /^(?:各|所有|凡|辖区内?)?(?:涉及|负有|负责|具有|具备|存在|超过|属于|尚未|未|已|从业人员|使用|生产|经营|储存|构成|有|没有|列入|纳入|被|承担|\d|未经|未按|不|配备|拥有|设有|从事|招收|接收|接待|收住|寄宿|租赁|出租|承租|采用|取得|持有|安装|提供|委托|实施|进行|开展|发生|新建|在建|正在|经常|长期|常年|利用|设置|涉|含|建有|位于|处于|建在)/.test(
    text,
  )
