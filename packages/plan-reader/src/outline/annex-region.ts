import { numberOf } from '../lexicon/rule.js'
import type { Words } from '../normalise/canonical-text.js'
import { readNumbering } from './heading.js'
import type { Item, Line } from './line.js'

/** An annex as it is attached: what follows 附件1 until the next. */
export interface AnnexRegion {
  readonly ordinal: number | null
  readonly titleLines: readonly Words[]
  readonly items: readonly Item[]
}

/** An annex that the list below the plan (附件：1.… 2.…) names. */
export interface DeclaredAnnex {
  readonly ordinal: number
  readonly title: Words
}

const LABEL =
  /^附(?:件|表|录|(?=[：\d]|$))(?<n>\d{1,2}|[一二三四五六七八九十]{1,3})?(?:-\d{1,2})?[：.、]?(?<title>.{0,80})$/

/** Splits what stands before the first annex from the annexes, and reads the list that names them. */
export function findAnnexes(items: readonly Item[]): {
  main: Item[]
  annexes: AnnexRegion[]
  declared: DeclaredAnnex[]
} {
  const declared: DeclaredAnnex[] = []
  const starts: { at: number; ordinal: number | null; title: Words | null }[] = []
  const dropped = new Set<number>()
  const labelled = items.map((item) => (item.kind === 'line' ? LABEL.exec(item.words.text) : null))
  const lastAlone = labelled.findLastIndex((match) => match !== null && (match.groups?.title ?? '') === '')

  for (let at = 0; at < items.length; at++) {
    const match = labelled[at]
    if (match === null || match === undefined) continue
    const line = items[at] as Line
    const said = match.groups?.title ?? ''
    if (/[。；]/.test(said) || /^(?:中|所列|要求|的|（)/.test(said)) continue
    const list = declarationFrom(items, at, said)
    if (list !== null && (said !== '' ? isDeclaration(items, at, list.to, lastAlone > at) : true)) {
      declared.push(...list.named)
      for (let index = at; index <= list.to; index++) dropped.add(index)
      at = list.to
      continue
    }
    const n = match.groups?.n
    starts.push({
      at,
      ordinal: n === undefined ? null : numberOf(n),
      title: said === '' ? null : line.words.slice(line.words.length - said.length),
    })
  }

  const end = starts[0]?.at ?? items.length
  const annexes = starts.map(({ at, ordinal, title }, index): AnnexRegion => {
    const rest = items.slice(at + 1, starts[index + 1]?.at ?? items.length)
    if (title !== null) return { ordinal, titleLines: [title], items: rest }
    const lines = titleLines(rest)
    return { ordinal, titleLines: lines, items: rest.slice(lines.length) }
  })
  return { main: items.slice(0, end).filter((_, at) => !dropped.has(at)), annexes, declared }
}

/** The titles that follow 附件：, one a line or all in one. */
function declarationFrom(
  items: readonly Item[],
  at: number,
  said: string,
): { named: DeclaredAnnex[]; to: number } | null {
  const line = items[at] as Line
  const named: DeclaredAnnex[] = []
  let to = at
  if (said !== '') {
    const words = line.words.slice(line.words.length - said.length)
    const own = /^附(?:件|表|录)?(\d{1,2})/.exec(line.words.text)?.[1]
    named.push(...inOneLine(words, own === undefined ? null : Number(own)))
  }
  for (let next = at + 1; next < items.length; next++) {
    const item = items[next]
    if (item?.kind !== 'line') break
    const { words } = item
    const number = readNumbering(words.text) ?? beforeYear(words.text)
    const label = LABEL.exec(words.text)
    const labelTitle = label?.groups?.title ?? ''
    if (label !== null && labelTitle !== '' && said !== '' && label.groups?.n !== undefined) {
      // 附件1：…, 附件2：… one below the other, without anything between, are a list as well.
      const ordinal = numberOf(label.groups.n)
      if (ordinal === named.length + 1) {
        named.push({ ordinal, title: words.slice(words.length - labelTitle.length) })
        to = next
        continue
      }
    }
    if (number?.level !== 3 || number.ordinal !== named.length + 1 || words.length > 70 || /[。；]$/.test(words.text))
      break
    named.push({ ordinal: number.ordinal, title: words.slice(number.length) })
    to = next
  }
  return named.length === 0 ? null : { named, to }
}

/** 3.2023行动联络员信息表: the number of a title that begins with a year. */
function beforeYear(text: string) {
  const number = /^(?<n>\d{1,2})[.、](?=20\d{2}(?!\d))/.exec(text)
  return number === null ? null : { level: 3, ordinal: Number(number.groups?.n), length: number[0].length }
}

function inOneLine(words: Words, own: number | null): DeclaredAnnex[] {
  const marks = [...words.text.matchAll(/(?:^|(?<=[^\d.]))(\d{1,2})[.、](?!\d)/g)]
  const inOrder = marks.filter((mark, index) => Number(mark[1]) === index + 1)
  if (inOrder.length === 0) return [{ ordinal: own ?? 1, title: trimmed(words) }]
  return inOrder.map((mark, index) => {
    const end = inOrder[index + 1]?.index ?? words.length
    return { ordinal: index + 1, title: trimmed(words.slice(mark.index + mark[0].length, end)) }
  })
}

const trimmed = (words: Words) => words.slice(0, words.length - (/[。；，、]+$/.exec(words.text)?.[0].length ?? 0))

/** 附件：… with words after it names annexes unless what it names follows at once. */
function isDeclaration(items: readonly Item[], at: number, to: number, isLabelledLater: boolean): boolean {
  if (to > at) return true
  if (isLabelledLater) return true
  const following = items.slice(to + 1, to + 5)
  if (following.some(({ kind }) => kind === 'table')) return false
  const rest = items.slice(to + 1)
  return rest.length < 12
}

/** The lines of an annex's title: until a table, a label with its blank, a sentence or a heading. */
function titleLines(items: readonly Item[]): Words[] {
  const lines: Words[] = []
  for (const item of items.slice(0, 4)) {
    if (item.kind === 'table') break
    const { text } = item.words
    const isForm = /[：_]/.test(text) || /^[（〔]?(?:单位|填报|填表|时间|日期)/.test(text)
    if (isForm || /[。；]$/.test(text) || (readNumbering(text) !== null && lines.length > 0) || text.length > 60) break
    if (lines.length > 0 && isWhole(lines) && !isGoingOn(text)) break
    lines.push(item.words)
  }
  return lines
}

const TITLE_END =
  /(?:表|清单|台账|名单|一览表|目录|标准|方案|统计|汇总|模板|提纲|要点|图|卡|书|函|通知|情况)(?:（[^）]*）)?$/
const isWhole = (lines: readonly Words[]) => TITLE_END.test((lines.at(-1) as Words).text)
const isGoingOn = (text: string) =>
  TITLE_END.test(text) && !/^(?:序号|单位)/.test(text) && text.length > 2 && /^（/.test(text)
