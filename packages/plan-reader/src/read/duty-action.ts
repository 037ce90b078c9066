import { ACT_VERBS, LIGHT_VERB } from '../lexicon/verb.js'

/** Words with the document's own spelling of them beside: both are cut at the same places. */
export interface Wording {
  readonly text: string
  readonly own: string
}

/** As `String.prototype.slice`. */
export const slice = ({ text, own }: Wording, start: number, end?: number): Wording => ({
  text: text.slice(start, end),
  own: own.slice(start, end),
})

export const join = (...pieces: readonly Wording[]): Wording => ({
  text: pieces.map(({ text }) => text).join(''),
  own: pieces.map(({ own }) => own).join(''),
})

/** Without what a pattern finds. */
export function drop(words: Wording, pattern: RegExp): Wording {
  let kept: Wording = { text: '', own: '' }
  let from = 0
  for (const match of words.text.matchAll(pattern)) {
    kept = join(kept, slice(words, from, match.index))
    from = match.index + match[0].length
  }
  return join(kept, slice(words, from))
}

const strip = (words: Wording, pattern: RegExp): Wording => slice(words, pattern.exec(words.text)?.[0].length ?? 0)
const stripEnd = (words: Wording, pattern: RegExp): Wording =>
  slice(words, 0, words.text.length - (pattern.exec(words.text)?.[0].length ?? 0))

/** Brackets, and how thoroughly something is done: 逐座“过筛子”检查. */
const BRACKET =
  /（(?!(?:[省市县区州盟旗镇乡村街办场]|街道|社区|园区|、)+）)[^（）]*）|逐[一个家座栋户处艘台](?:“[^”]{2,6}”式?)?(?=检查|排查|摸排|核查|过)/g
const ADVERB = `(?:要|应当|应(?!急)|须|必须|需要|坚持|最迟|随机|一律|主持|需|务必|将|请|均|都|也|还|可|可以|再|各|并|且|至少|不少于|原则上|负责|牵头[^，对]{2,20}?(?:单位|部门|企业)(?=${LIGHT_VERB})|牵头|具体|(?:会同|联合(?!会|体|检|执|夜|督|对)|配合)[^，对]{2,30}?(?=${LIGHT_VERB}|${ACT_VERBS}|对|集中|逐)|(?:邀请|聘请|委托)[^，对]{2,20}?(?:(?=对)|办|开展|举办|进行|作|做|讲)好?(?:一[场次堂])?|每人|(?:发动|动员)[^，对]{2,12}?(?=${ACT_VERBS})|在?[^，、对]{2,6}(?:时节|时段|高峰期)|从[^，]{2,10}中|(?:主|非)?汛期(?=[\\u4e00-\\u9fff]{2}$)|(?:自|从)?\\d{1,2}月(?:份|\\d{1,2}日)?(?:起|开始)|亲自|认真|切实|严格|严密|深入|进一步|积极|及时|按时|按期|按照?(?:规定(?:的)?(?:频次|时间|要求|程序)|[^，]{0,16}?(?:要求|规定|标准|部署|分工|职责|原则|频次|比例|安排))|结合实际|结合本[^，]{1,8}?实际|集中|迅速|立即|抓紧|尽快|高质量|高标准|全部|基本|同步|分别|统一|主动|自行|自觉|持续|充分|广泛|带头|定期|(?:在|于|每逢)?(?:(?:[^，把将对、]{1,4}?|[^，把将对、]{1,8}?(?:[日期季节动]|开始|来临|到来|结束))(?:(?<![提目事以])前|之后|期间|后(?!勤|续|台|备))[、和]?)+(?=(?:各|均|要|应|须|再|分别|至少|不少于)*(?:把|将|对|${LIGHT_VERB}|${ACT_VERBS}))|逐[一个家座栋户处艘台点村企项人]|常态化|至少要|力争|确保|保证|其中|同时|统筹|联合|共同|逐一|逐个|分批次?|分级|分类|通过[^，]{2,30}?(?:方式|形式|途径|渠道|手段|办法)|采取[^，]{2,30}?(?:方式|形式|措施)|以[^，]{2,40}?(?:形式|方式)|与[^，]{2,16}?(?=联合|共同|开展|组织))`
const LEADING = new RegExp(
  `^(?:${ADVERB}|每个?(?:单位|部门|企业|市州|县区|乡镇|街道|社区|家|名|市|县|区|镇|村|组)?(?=${ACT_VERBS})|一(?=${ACT_VERBS}))+`,
)
const LIGHT_START = new RegExp(`^(?:${LIGHT_VERB})+(?:了|好)?`)
const LIGHT_END = new RegExp(`(?:至少|不少于|要|各|分别|都|均)*(?:${LIGHT_VERB})?(?:至少|不少于|各|分别)*$`)
const THEME = /^以[^，]{2,60}?为(?:主题|重点|内容)的/
const TOPIC = new RegExp(
  `^(?<lead>[^，对就]{0,8}?)(?:对(?!标|照|表|性)|针对(?!性)|就(?!业|地)|围绕|聚焦)(?<topic>[^，]{2,160}?)(?:(?:${LIGHT_VERB}|至少|不少于|再|各|分别)*(?<manner>联合|集中|交叉|统一|随机|入户|上门|现场)?(?:${LIGHT_VERB}|至少|分别)*)$`,
)
const TOPIC_ACT = new RegExp(
  `^(?<lead>[^，对就]{0,8}?)(?:对(?!标|照|表|性)|针对(?!性)|就(?!业|地)|围绕|聚焦)(?<topic>[^，]{2,160}?)(?:${LIGHT_VERB})(?<act>[^，]{2,24})$`,
)
const TOPIC_VERB = new RegExp(
  `^(?<lead>[^，对就]{0,8}?)(?:对(?!标|照|表|性)|针对(?!性)|就(?!业|地))(?<topic>[^，]{2,160}?)(?:的|至少|不少于|分别|各|逐一)*(?<act>(?:联合|集中|交叉|统一|随机|上门|入户|现场|全面)?(?:${ACT_VERBS})+)$`,
)
const PLACE = new RegExp(
  `^(?:为(?!期|主|[^，]{1,12}(?:阶段|期)$)|在|到|赴|向|通过|借助|利用|依托|结合|按照|根据|围绕|参照|对照|以)[^，]{2,60}?(?=${ACT_VERBS}|讲$|上$|组织|开展|进行|完成)`,
)
/** 带队检查: that the principal goes along is the act. */
const LED = new RegExp(`带[队班](?:${LIGHT_VERB})?$`)
const ledIn = (words: Wording): Wording => {
  const at = LED.exec(words.text)?.index ?? 0
  return slice(words, at, at + 2)
}
/** Done to somebody, and told without them: 对进展慢的县约谈. */
const OF_PEOPLE = /^(?:集中|公开|专项|专题)?(?:约谈|通报|曝光|督办|述职|谈话)$/
const BY_WHAT = /^(?:对照|按照|按|根据|依据|依照|参照|结合|围绕|利用|依托)[^，]{2,}$/
/** 组织志愿者开展“敲门行动”: whom somebody makes do it. */
const MADE_TO =
  /^(?:(?:组织|发动|动员|督促|指导|引导|推动)[^，对]{1,10}?(?:人员|[者员户]|企业|单位|部门|学校|专家|师生|群众|职工|学生|队伍)(?:集中|统一)?(?:开展|进行|实施|完成)|召集[^，对]{1,16}?(?:开展|进行|实施|(?=联合|共同|集中)))(?<act>[^，]{2,})$/
const MAKES = /^(?:召集|督促|指导|推动|引导|要求|协调|动员|发动|安排|牵头)[^，]{2,}$/
const THOROUGH = /^(?:全面|专项|集中)(?=检查|督导|排查)/
/** What an act is called by that says little without what it is done to: 全面排查, 安检, 存量消化, 更换. */
const GENERIC = new RegExp(
  `^(?:全面|专业|专项|专题|综合|联合|现场|实地|集中|交叉|飞行|全覆盖|拉网式|地毯式|系统|存量|全部|整体|再|大)*(?:${ACT_VERBS}|周调度|月调度)+$`,
)
const isGeneric = (text: string) => text.length <= 10 && GENERIC.test(text.replace(/[“”]/g, ''))
/** A verb without its object. */
export const isBareVerb = (text: string): boolean => text.length <= 4 && GENERIC.test(text) && !/^带[队班]/.test(text)
/** What a short act keeps of the words before it: 集中夜查, 全部整改. */
const MANNER = /(?:集中统一|集中|联合|统一|全面|随机|全部|现场|入户|上门|交叉|夜间|逐[企户村站点])$/

/** The shortest phrase for what is done, of the words before and behind the number. */
export function actionOf(before: Wording, after: Wording): Wording {
  const act = shortestAct(before, after)
  if (act.text.length >= 4 || act.text.length < 2) return act
  const at = before.text.lastIndexOf(act.text)
  const manner = at < 2 ? undefined : MANNER.exec(before.text.slice(0, at))?.[0]
  return manner === undefined ? act : slice(before, at - manner.length, at + act.text.length)
}

function shortestAct(before: Wording, after: Wording): Wording {
  const lead = strip(drop(before, BRACKET), LEADING)
  const object = cleanObject(drop(after, BRACKET))
  if (object.text.length === 0) return wholeAct(stripEnd(lead, TAKES_TIME))
  const verb = stripEnd(stripEnd(stripEnd(lead, /[“‘]$/), LIGHT_END), TAKES_TIME)
  const topic = TOPIC.exec(verb.text)?.groups
  if (topic?.topic !== undefined) {
    const led = slice(verb, 0, topic.lead?.length ?? 0)
    if (LED.test(led.text)) return join(ledIn(led), strip(object, THOROUGH))
    const at = verb.text.indexOf(topic.topic)
    const manner = slice(
      verb,
      verb.text.lastIndexOf(topic.manner ?? ''),
      verb.text.lastIndexOf(topic.manner ?? '') + (topic.manner?.length ?? 0),
    )
    return withTopic(slice(verb, at, at + topic.topic.length), object.text.length < 4 ? join(manner, object) : object)
  }
  // 对照标准完成一轮自查: by what it is done is no part of the act.
  if (BY_WHAT.test(verb.text) && lead.text.length > verb.text.length) return object
  // 指导学校开展一次检查: who is made to do it is no part of the act.
  if (MAKES.test(verb.text) && lead.text.length > verb.text.length) return object
  const own = strip(strip(strip(verb, PLACE), LEADING), LIGHT_START)
  if (own.text.length === 0 && /^[到赴]/.test(verb.text) && isGeneric(object.text)) return join(verb, object)
  // 一季度一次组织专家对企业开展服务: the whole act stands behind the number.
  if (verb.text.length === 0 && TOPIC_ACT.test(object.text)) return wholeAct(object)
  // 完成重点岗位人员的一轮培训
  if (own.text.endsWith('的') && own.text.length > 3) return withTopic(slice(own, 0, own.text.length - 1), object)
  // A verb that carries the act stays before its object; a long clause before it is circumstance.
  if (own.text.length === 0) return object
  if (LED.test(own.text)) return join(ledIn(own), object)
  // 带班检查1次加药间: whom the leader looks at is no part of the act.
  if (LED_WHOLE.test(own.text)) return own
  // 对不少于4个库点开展检查: the number stands within the topic.
  if (/^[对到]$/.test(own.text)) return wholeAct(join(own, object))
  if (own.text.length <= 8) return join(own, object)
  const last = new RegExp(`(?:${ACT_VERBS})$`).exec(own.text)
  return last === null ? object : join(slice(own, last.index), object)
}

/** 对老旧小区庭院管网开展泄漏检测: what an act is done to, as far as the phrase stays short: all of it where the act alone says little. */
function withTopic(topic: Wording, act: Wording): Wording {
  if (OF_PEOPLE.test(act.text)) return act
  return join(isGeneric(act.text) ? tailOf(topic) : lastNoun(topic, Math.min(act.text.length, 6)), act)
}

/** 培训时间不少于20学时 */
const TAKES_TIME = /(?<=培训|学习|教育|训练|复训)(?:的)?(?:总|累计)?(?:时间|时长|学时|课时)$/
const DETERMINER =
  /^(?:(?:全体|所有|各类?|每[家个座处艘名]|辖区内?(?:的)?|[本全][省市县区镇乡村校院厂]|[\d一二三四五六七八九十]+[家个座处艘名])+)/
const JOINS = /[、的]|和|以及|及|与|等(?!级)/g

/** The last noun of a topic, of so many characters at most: two words of two where it is longer. */
function lastNoun(topic: Wording, most: number): Wording {
  const from = [...topic.text.matchAll(JOINS)].map(({ index, 0: sign }) => index + sign.length).at(-1) ?? 0
  const noun = strip(slice(topic, from), DETERMINER)
  if (noun.text.length <= most) return noun
  return most < 4 ? slice(noun, noun.text.length) : slice(noun, noun.text.length - 4)
}

/** 聘请专家组成服务团: what people are then formed into or sent to. */
const THEN =
  /(?<=(?:专家|人员|骨干|干部|队员|力量|志愿者|技术员|指导员))(?:组成|组建|成立|驻点|开展|参加|参与|担任|深入|进驻|负责|赴|到).*$/

/** 讲一次安全课、开展一次排查: what is listed behind has a number of its own. */
const FURTHER = new RegExp(
  `[、，和](?:${LIGHT_VERB}|${ACT_VERBS})+[^、，]{0,4}?[\\d一两二三四五](?:次|份|部|批|个|场|名|期|堂|遍|家).*$`,
)

function cleanObject(all: Wording): Wording {
  const words = stripEnd(stripEnd(stripEnd(all, THEN), /[、，和]?每(?:次|批|期|场|处|家)[^，]*$/), FURTHER)
  const plain = strip(strip(strip(strip(words, /^(?:及以上|以上|左右)/), /^[的，、“]?(?=对|以|的)/), /^的/), THEME)
  const object = strip(
    strip(plain, new RegExp(`^(?:对|针对)[^，]{2,40}?的`)),
    /^(?:(?:经过|具有|取得|持有)[^，的]{2,10}|有?针对性|由[^，的]{2,16}(?:参加|参与|牵头|组成|主持))的/,
  )
  return stripEnd(stripEnd(strip(object, OWN), SECOND), /[，、；。]+$/)
}

/** 完成自查并建立台账: the second act is not owed by the number. */
const SECOND = new RegExp(
  `(?<=[^，]{2})[、，]?并(?!联|网|购|轨|行|发|排)(?:[^，]{0,4})(?:${ACT_VERBS}|做好|落实)[^，]*$`,
)

/** 带班检查: the act is whole before its number. */
const LED_WHOLE = /^带[队班](?:检查|排查|巡查|抽查|暗访|夜查)$/
/** 对全部项目带队检查, 到项目带班检查: that somebody leads it is the act. */
const LED_ACT = /带[队班](?=检查|排查|督导|督查|夜查|巡查|调研|抽查|生产|值班)/
/** 本辖区、本行业底数摸排: of one's own. */
const OWN = /^(?:本(?:辖区|行业|单位|部门|地区|领域|企业|系统|级)[、和及]?)+(?:领域|行业)?的?(?=.{4})/

/** An act told in one piece: 排查重大隐患, 对重点企业开展检查, 在网站公布案例. */
function wholeAct(all: Wording): Wording {
  const words = slice(all, LED_ACT.exec(all.text)?.index ?? 0)
  const plainEnd = stripEnd(words, /[，、；：]+$/)
  // 把灶具检修到位: what is done to it follows its object.
  const moved = /^[把将](?![来要])/.test(plainEnd.text) ? slice(plainEnd, 1) : plainEnd
  const ended = stripEnd(moved, /(?:到位|完毕|完成)$/)
  const topic = (TOPIC_ACT.exec(ended.text) ?? TOPIC_VERB.exec(ended.text))?.groups
  if (topic?.topic !== undefined && topic.act !== undefined) {
    const act = slice(ended, ended.text.length - topic.act.length)
    const led = slice(ended, 0, topic.lead?.length ?? 0)
    if (LED.test(led.text)) return join(ledIn(led), strip(act, THOROUGH))
    const at = ended.text.indexOf(topic.topic)
    return withTopic(slice(ended, at, at + topic.topic.length), act)
  }
  const made = MADE_TO.exec(ended.text)?.groups?.act
  if (made !== undefined) return slice(ended, ended.text.length - made.length)
  const plain = strip(withoutPlace(ended), LEADING)
  // 带班检查项目: whom the leader looks at is no part of the act.
  const looks = /^带[队班](?:督导)?(?:检查|排查|督导|督查|巡查|调研|抽查)(?!组)(?=[^检督查调排]{2})/.exec(plain.text)
  if (looks !== null) return slice(plain, 0, looks[0].length)
  const thorough = /^带[队班](?:全面|专项|集中)(?=检查|排查|督导|督查|巡查)/.exec(plain.text)
  if (thorough !== null) return join(slice(plain, 0, 2), slice(plain, thorough[0].length))
  const led = /^带[队班](?=开展|进行|实施|组织)/.exec(plain.text)
  if (led !== null) return join(slice(plain, 0, 2), strip(slice(plain, 2), LIGHT_START))
  const bare = strip(strip(strip(plain, LIGHT_START), LEADING), OWN)
  const themed = strip(stripEnd(bare, SECOND), THEME)
  return stripEnd(themed.text.length >= 2 ? themed : plain, LIGHT_END)
}

/** 到项目检查: where somebody goes is all that tells this check from another. */
function withoutPlace(words: Wording): Wording {
  const bare = strip(words, PLACE)
  return /^[到赴]/.test(words.text) && isGeneric(strip(bare, LIGHT_START).text) ? words : bare
}

/** A topic as it stands, or the last noun of a long one. */
function tailOf(words: Wording): Wording {
  const pieces = [...words.text.matchAll(/(?:、|和|以及|及|与|的|等(?!级))/g)].map(
    (match) => match.index + match[0].length,
  )
  const listed =
    /^(?:附件|附表|名单|清单|台账)[\d一二三四]*(?:所列|中的|内的|上的|中|内|的)/.exec(words.text)?.[0].length ?? 0
  if (listed > 0) return slice(words, listed)
  if (words.text.length <= 18 && !words.text.includes('的')) return words
  const whole = words.text.length
  for (const at of pieces.reverse()) {
    if (whole - at >= 4) return slice(words, at)
  }
  return whole > 16 ? slice(words, whole - 12) : words
}

/** Whether words tell of something done: a verb, or the noun of one (应急演练). */
const DOES = new RegExp(`${LIGHT_VERB}|${ACT_VERBS}`)
export const saysAct = (text: string): boolean => DOES.test(text)
