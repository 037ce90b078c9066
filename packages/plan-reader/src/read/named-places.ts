import type { PlanTarget } from '@bihuan/domain'
import type { Words } from '../normalise/canonical-text.js'
import { sentencesOf } from '../outline/sentence.js'

const COUNT = '(?:\\d+|[一二两三四五六七八九十]+)(?:家|个|处|栋|幢|座|所|户|艘)'
const KIND =
  '(?:企业|单位|场所|项目|小区|楼宇|建筑|工地|学校|市场|园区|景区|部位|点位|区域|商户|门店|加油站|矿山|站点|仓库|厂房|网点|码头|对象)'
const LIST = '(?<list>[^，。；：（）]{7,400}?)'

interface PlaceRule {
  readonly pattern: string
  readonly example: readonly [text: string, count: number]
}

/** Sentences that list places by name. A new one is a new line; the examples run as tests. */
export const PLACE_RULES: readonly PlaceRule[] = [
  {
    pattern: `${COUNT}[^，。；：（、]{0,16}?${KIND}(?:，|：)?(?:分别)?(?:（|：|为|是|即|包括|包含|名单如下：|如下：)${LIST}(?=[）。；，]|$)`,
    example: ['重点检查2家企业：青禾食品有限公司、长岭机械厂。', 2],
  },
  {
    pattern: `(?:重点|挂牌|包保|检查|督导|整治|列管)${KIND}(?:名单)?(?:，|：)?(?:分别)?(?:为|是|包括|包含|有|：)：?${LIST}(?=[。；，]|$)`,
    example: ['重点小区为东湖花园、西山名邸小区、南岸大厦。', 3],
  },
  {
    pattern: `(?:对|将|把|以|在|到)${LIST}等?(?:${COUNT})[^，。；：（、]{0,10}?${KIND}`,
    example: ['对青禾食品有限公司、长岭机械厂等2家企业开展检查。', 2],
  },
]

/** 东湖苑（住宅）、南街市场（商业）为重点督办项目: the bracket behind each name tells of what kind it is. */
const TYPED = new RegExp(
  `(?:^|[，：])(?<list>(?:[^，。；：（）、]{2,24}（[^（）]{1,12}）[、和]){1,60}[^，。；：（）、]{2,24}（[^（）]{1,12}）)等?[^，。；：]{0,12}(?:为|是|列为|列入|作为|纳入)[^，。；]{0,20}${KIND}`,
  'd',
)

const RULES = PLACE_RULES.map(({ pattern }) => new RegExp(pattern, 'dg'))

/** What names of places end with; what stands before it must be more than a kind. */
const PLACE =
  /^(?<own>.{2,24}?)(?:公司|集团|厂|矿|小区|花园|家园|公寓|苑|名邸|府|城|大厦|广场|中心|商场|商城|超市|百货|市场|酒店|宾馆|饭店|酒楼|影院|加油站|加气站|充电站|油库|小学|中学|学校|幼儿园|学院|医院|卫生院|敬老院|养老院|福利院|码头|水库|合作社|景区|公园|工业园|仓库|冷库|号楼|项目部?|工程|工地|车间|油田|电站)(?:（[^（）]{1,16}）)?$/
const KINDS_ONLY =
  /^(?:各|所有|全部|有关|相关|重点|部分|其他|大型|中小型|小型|小微|规模以上|高危|危险化学品|烟花爆竹|粉尘涉爆|涉氨|工贸|化工|民办|公办|农贸|商业|综合|乡镇|农村|城市|老旧|高层|人员密集|在建|建筑|施工|商贸|农家|私人|社会|公立|民营|物流|住宅|生产|经营|旅游|体育|文化|购物|会展|办公|职业|专业|专门)+/

/** Enterprises and places that sentences list by name: two at the least, and each of them a name. */
export function namedPlaces(words: Words): PlanTarget[] {
  return sentencesOf(words).flatMap((sentence) => {
    const typed = TYPED.exec(sentence.text)?.indices?.groups?.list
    if (typed !== undefined)
      return sentence
        .slice(typed[0], typed[1])
        .split(/[、和]/)
        .map(typedName)
    for (const rule of RULES) {
      for (const match of sentence.text.matchAll(rule)) {
        const place = match.indices?.groups?.list
        if (place === undefined) continue
        const names = namesIn(sentence.slice(place[0], place[1]))
        if (names.length >= 2) return names
      }
    }
    return []
  })
}

function typedName(piece: Words): PlanTarget {
  const at = piece.text.lastIndexOf('（')
  return { name: piece.slice(0, at).own, type: piece.slice(at + 1, piece.length - 1).own, source: piece.source }
}

function namesIn(list: Words): PlanTarget[] {
  const pieces = list.split(/、/).flatMap((piece) => lastTwo(piece))
  const names = pieces.map((piece) => (piece.text.endsWith('等') ? piece.slice(0, piece.length - 1) : piece))
  if (!names.every(({ text }) => isName(text))) return []
  return names.map((name) => ({ name: name.own, type: null, source: name.source }))
}

function lastTwo(piece: Words): Words[] {
  const at = piece.text.search(/[和及]/)
  if (at < 2) return [piece]
  const [one, other] = [piece.slice(0, at), piece.slice(at + 1)]
  return isName(one.text) && isName(other.text) ? [one, other] : [piece]
}

function isName(text: string): boolean {
  const own = PLACE.exec(text)?.groups?.own
  return (
    own !== undefined && own.replace(KINDS_ONLY, '').length >= 2 && !/的|开展|检查|排查|整治|负责|要求|以上/.test(own)
  )
}
