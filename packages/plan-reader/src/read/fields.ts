import type { Words } from '../normalise/canonical-text.js'
import type { Paragraph, Part } from '../outline/paragraph.js'
import { sentencesOf } from '../outline/sentence.js'
import { titlesIn } from './basis.js'

const FOCUS =
  /(?:聚焦|突出|紧盯|紧紧围绕|围绕|紧扣|瞄准|以(?=[^，。；]{4,200}为重点)|针对|重点(?:聚焦|围绕|突出|整治|排查|检查|抓好|对)?|盯紧|盯住)/g
const WEIGHT = '(?:重点|高危|高风险|关键|主要|重要|薄弱|特殊)*'
const COUNT = '(?:\\d+个|[一二三四五六七八九十]+个|各)?'
const FIELD_NOUN = '(?:行业领域|行业和领域|行业、领域|行业（领域）|领域|行业)'
/** Where fields are named by examples (等), what they are called may be another noun: 等重点部位. */
const FIELDS = new RegExp(
  `^(?<list>[^。；]{2,400}?)(?:(?<open>等)${COUNT}${WEIGHT}[\\u4e00-\\u9fff]{0,4}?(?:${FIELD_NOUN}|部位|场所|环节|区域|对象|设备|业态|板块|业务|点位|单位)|${COUNT}${WEIGHT}${FIELD_NOUN})`,
)

/** The fields that the sentence of the focus in 总体要求 names. */
export function readSectors(parts: readonly Part[]): Words[] {
  const paragraphs = parts.filter((part): part is Paragraph => part.kind === 'paragraph')
  const general = paragraphs.filter(
    (paragraph) =>
      !paragraph.words.text.includes('时间') &&
      [paragraph, ...paragraph.under].some(({ title }) => /总体|思想|思路|目标|原则|要求|范围|重点/.test(title.text)),
  )
  const firstSection = paragraphs.findIndex(({ numbering }) => numbering?.level === 1 && numbering.ordinal === 2)
  const early = firstSection < 0 ? paragraphs : paragraphs.slice(0, firstSection)
  for (const paragraph of [
    ...early,
    ...general.filter((one) => /总体/.test([one, ...one.under].map(({ title }) => title.text).join())),
  ]) {
    for (const sentence of sentencesOf(paragraph.words)) {
      const found = focusIn(sentence)
      if (found.length > 0) return found
    }
  }
  return []
}

function focusIn(sentence: Words): Words[] {
  for (const mark of sentence.text.matchAll(FOCUS)) {
    const rest = sentence.slice(mark.index + mark[0].length)
    const { list, open } = FIELDS.exec(rest.text)?.groups ?? {}
    if (
      list === undefined ||
      /兼顾|，(?:重点)?(?:聚焦|突出|紧盯|围绕|紧扣|瞄准|盯紧|盯住)/.test(list) ||
      unclosed(list)
    )
      continue
    const all = listed(rest.slice(0, list.length))
    // Where all are named, 和 may stand between the last two; in a list of examples it joins no two of them.
    const last = open === undefined ? all.at(-1) : undefined
    const named = last === undefined ? all : [...all.slice(0, -1), ...lastTwo(last, all.length)]
    if (named.length >= 2 && named.every(isField)) return named
  }
  return []
}

const unclosed = (text: string) => (text.match(/（/g)?.length ?? 0) !== (text.match(/）/g)?.length ?? 0)

/** A field is a noun: no clause with a comma, no verb of doing. */
const isField = (words: Words) =>
  words.length <= 40 &&
  !/，|：|切实|坚持|深入|全面|推动|落实|负责|牵头|加强|提高|提升|确保|防范|履职|责任人/.test(
    words.text.replace(/（[^）]*）/g, ''),
  )

/** The members of a list, split at 、 and 以及. */
export function listed(words: Words): Words[] {
  const pieces = words.split(/[、，]/).flatMap((piece) => splitAt(piece, /以及|及其/))
  return pieces.map(withoutEtc).filter(({ length }) => length > 0)
}

function withoutEtc(piece: Words): Words {
  return piece.text.endsWith('等') ? piece.slice(0, piece.length - 1) : piece
}

function splitAt(words: Words, pattern: RegExp): Words[] {
  const pieces: Words[] = []
  let rest = words
  for (let match = pattern.exec(rest.text); match !== null; match = pattern.exec(rest.text)) {
    if (inBracket(rest.text, match.index)) break
    pieces.push(rest.slice(0, match.index))
    rest = rest.slice(match.index + match[0].length)
  }
  return [...pieces, rest]
}

const inBracket = (text: string, at: number) =>
  text.slice(0, at).lastIndexOf('（') > text.slice(0, at).lastIndexOf('）')

/** A 和 within a field (房屋和市政工程) is told from one between two by what would be left: a field of its own on each side. */
function lastTwo(piece: Words, count: number): Words[] {
  const last = withoutEtc(piece)
  const match = /[和及与]/.exec(last.text)
  if (match === null || count < 2 || inBracket(last.text, match.index)) return [last]
  const [one, other] = [last.slice(0, match.index), last.slice(match.index + 1)]
  const isOne =
    one.length < 2 ||
    other.length < 2 ||
    /^(?:房屋|市政|房屋建筑|道路|公路|水上|港口|生产|经营|储存|城镇|化工|危险化学品生产|医药|文化|广电|体育|养老|餐饮|住宿|批发|林业|农业|油气|石油|水利|电力)$/.test(
      one.text,
    )
  return isOne ? [last] : [one, other]
}

const CRITERIA = /判定|判断标准|认定标准|判别|隐患标准/

/** Titles of standards by which hazards are judged, each once. */
export function readCriteria(passages: readonly Words[]): Words[] {
  const found: Words[] = []
  for (const passage of passages) {
    for (const title of titlesIn(passage)) {
      const inner = /(?:印发|发布)[〈《](.+)[〉》]/.exec(title.text)
      const at = inner === null ? 0 : inner.index + inner[0].indexOf(inner[1] ?? '')
      const words = inner === null ? title : title.slice(at, at + (inner[1] ?? '').length)
      if (!CRITERIA.test(words.text) || /方案|行动|调度表|通知$/.test(words.text)) continue
      if (!found.some(({ text }) => text === words.text)) found.push(words)
    }
  }
  return found
}
