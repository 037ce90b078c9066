import type { PlanTarget } from '@bihuan/domain'
import type { Words } from '../normalise/canonical-text.js'
import { sentencesOf } from '../outline/sentence.js'
import { isPlace, isPlaceOfSome } from './place-name.js'

const COUNT = '(?:\\d+|[一两二三四五六七八九十]+)(?:家|个|处|栋|幢|座|所|户|艘|条|座)'
const KIND =
  '(?:企业|单位|场所|项目|小区|楼宇|建筑|工地|学校|市场|园区|景区|部位|点位|区域|商户|门店|加油站|矿山|站点|仓库|厂房|网点|码头|对象|地方|地点|医院|酒店|宾馆|机构|路段|隐患点|风险点|水域)'

interface CueRule {
  readonly pattern: string
  readonly example: readonly [text: string, count: number]
}

/** What stands before a list of places by name. A new way to announce them is a new line; the examples run as tests. */
export const CUES_BEFORE: readonly CueRule[] = [
  {
    pattern: `${COUNT}[^，。；：（、]{0,16}?${KIND}(?:名单)?(?:如下)?(?:，|：)?(?:分别)?(?:（|：|为|是|即|包括|包含|有)：?`,
    example: ['重点检查2家企业：青禾食品有限公司、长岭机械厂。', 2],
  },
  {
    pattern: `(?:重点|挂牌|包保|检查|督导|督办|整治|列管|必查)[^，。；：、]{0,6}${KIND}(?:名单)?(?:如下)?(?:有${COUNT})?(?:，|：)?(?:分别)?(?:为|是|包括|包含|有|：)：?`,
    example: ['重点小区为东湖花园、西山名邸小区、南岸大厦。', 3],
  },
  {
    pattern:
      '(?:对|将|把|以|在|到|赴|盯住|盯紧|盯防|紧盯|抓好|督办|整治|检查|督导|包保|聚焦|突出|针对|围绕|分别[是为])',
    example: ['由县消防大队对东湖宾馆、西山养老院、南岸幼儿园进行集中会诊。', 3],
  },
]

/** What stands behind a list of places by name. */
export const CUES_BEHIND: readonly CueRule[] = [
  {
    pattern: `等?(?:这|共)?${COUNT}[^，。；：（、]{0,16}?(?:${KIND}|的|进行|开展|挂牌)`,
    example: ['对青禾食品有限公司、长岭机械厂等2家企业开展检查。', 2],
  },
  {
    pattern: `等?(?:为|是|列为|列入|作为|纳入)[^，。；]{0,20}(?:重点|${KIND}|督办|名单|必查)`,
    example: ['将东湖加油站、西山液化气站列为县级重点监管企业。', 2],
  },
  {
    pattern: '等?(?:进行|开展|实施|实行|挂牌|逐[家一个处]|集中|联合|的|：|$)',
    example: ['县政府挂牌督办东湖大酒店、西山网吧的重大隐患。', 2],
  },
]

const BEFORE = CUES_BEFORE.map(({ pattern }) => new RegExp(pattern, 'g'))
const BEHIND = CUES_BEHIND.map(({ pattern }) => new RegExp(`^${pattern}`))
/** The number tells that all of them are names, whatever they end with. */
const COUNTED = [BEFORE[0], BEHIND[0]]

/** Enterprises and places that sentences list by name: two at the least, and each of them a name. */
export const namedPlaces = (words: Words): PlanTarget[] => sentencesOf(words).flatMap(placesIn)

interface Span {
  readonly start: number
  readonly end: number
  /** A number announces it, before or behind. */
  readonly isCounted: boolean
}

function placesIn(sentence: Words): PlanTarget[] {
  if (!sentence.text.includes('、')) return []
  return clausesWithLists(sentence.text).flatMap((clause) => {
    for (const span of listsIn(sentence.text, clause)) {
      const targets = targetsOf(sentence, span)
      if (targets.length > 0) return targets
    }
    return []
  })
}

interface Stretch {
  readonly index: number
  readonly clause: string
}

/** The clauses in which two or more stand beside each other, divided by 、; brackets stay with what they close. */
const clausesWithLists = (text: string): Stretch[] =>
  [...text.matchAll(/(?:[^，。；：（）]|（[^（）]{0,16}）)+/g)]
    .map(({ index, 0: clause }) => ({ index, clause }))
    .filter(({ clause }) => clause.includes('、'))

const LONGEST_NAME = 40

/** Where the list of a clause may begin and end: behind each cue, then at its beginning. */
function* listsIn(text: string, { index, clause }: Stretch): Generator<Span> {
  const before = text.slice(Math.max(0, index - 40), index)
  const isCounted = endsWith(COUNTED[0], before)
  const first = clause.indexOf('、')
  const heads = BEFORE.flatMap((cue) => [...clause.matchAll(cue)].map(({ index: at, 0: found }) => at + found.length))
  for (const head of [
    ...heads.filter((at) => at < first && at >= first - LONGEST_NAME).sort((one, other) => one - other),
    0,
  ]) {
    const tail = tailOf(clause, clause.lastIndexOf('、') + 1, head > 0 || BEFORE.some((cue) => endsWith(cue, before)))
    if (tail === null) continue
    yield { start: index + head, end: index + tail.end, isCounted: isCounted || tail.isCounted }
  }
}

const endsWith = (cue: RegExp | undefined, text: string) =>
  cue !== undefined && [...text.matchAll(cue)].some(({ index, 0: found }) => index + found.length === text.length)

/** Where the last of a list ends: before what is said of all of them. */
function tailOf(clause: string, from: number, isAnnounced: boolean): { end: number; isCounted: boolean } | null {
  for (let end = from + 2; end <= clause.length; end++) {
    const rest = clause.slice(end)
    const behind = BEHIND.findIndex((cue) => cue.test(rest))
    // Without a cue before it, a list is told by what stands behind: more than the end of the clause.
    if (behind < 0 || (behind === 2 && !isAnnounced)) continue
    const piece = clause.slice(from, end)
    if (behind < 2 || rest === '' || lastTwo(piece).every(isPlace)) return { end, isCounted: behind === 0 }
  }
  return null
}

function targetsOf(sentence: Words, { start, end, isCounted }: Span): PlanTarget[] {
  const pieces = sentence.slice(start, end).split(/、/).flatMap(twoOf)
  const names = pieces.map((piece) => piece.text)
  const bare = names.map((name) => name.replace(/（[^（）]*）$/, ''))
  const isTyped = names.every((name) => name.endsWith('）'))
  const strong = bare.filter(isPlace).length
  if (
    names.length < 2 ||
    strong === 0 ||
    !bare.every((name) => isPlace(name) || isPlaceOfSome(name, isCounted || isTyped))
  )
    return []
  if (strong * 2 < names.length) return []
  return pieces.map((piece) => (isTyped ? typedName(piece) : { name: piece.own, type: null, source: piece.source }))
}

/** 东湖苑（住宅）、南街市场（商业）: the bracket behind each name tells of what kind it is. */
function typedName(piece: Words): PlanTarget {
  const at = piece.text.lastIndexOf('（')
  return { name: piece.slice(0, at).own, type: piece.slice(at + 1, piece.length - 1).own, source: piece.source }
}

function lastTwo(piece: string): string[] {
  const at = piece.search(/[和及]/)
  const [one, other] = [piece.slice(0, at), piece.slice(at + 1)]
  return at >= 2 && isPlace(one) && isPlace(other) ? [one, other] : [piece]
}

function twoOf(piece: Words): Words[] {
  const [one, other] = lastTwo(piece.text)
  return other === undefined || one === undefined ? [piece] : [piece.slice(0, one.length), piece.slice(one.length + 1)]
}
