import { textWidth } from './text-width.js'

/** Marks that may not begin a line, and those that may not end one. */
const NOT_FIRST = /^[）】》」』”’、，。；：！？%)\],.;:!?]/
const NOT_LAST = /[（【《「『“‘([]$/
/** Words of the trade that the segmenter cuts, and that no typist would. */
const TERMS =
  /重大事故隐患|重大隐患|(?:主要|分管|第一)?负责人|(?:主要)?负责同志|安全生产|安全管理|排查整治|(?:督导|抽查|技术)?检查员?|考核巡查|专项(?:行动|作业|情况)?|(?:特种|危险|进展)(?:行动|作业|情况)|典型执法案例|无证上岗/g
/** A line does not end well with a word that belongs to the next, and ends well after one that closes a phrase. */
const CLINGS = /[未不和及与在到对向是]$|分别$/
const CLOSES = /[的中、，]$/

const words = new Intl.Segmenter('zh-CN', { granularity: 'word' })

/**
 * Breaks a text that does not fit one line as a typist would: into as few lines as it needs, of like length, between words, and never
 * so that a single 家） is left over. A text that fits stays whole.
 *
 * @param width of a line in Western characters (a Chinese one is two).
 */
export function breakEvenly(text: string, width: number): readonly string[] {
  const total = textWidth(text)
  if (total <= width) return [text]
  const pieces = piecesOf(text)
  for (let lines = Math.ceil(total / width); lines <= MOST_LINES; lines++) {
    const broken = intoLines(pieces, lines, width)
    if (broken !== null) return broken
  }
  return [text]
}

const MOST_LINES = 6

/** Words, with the marks that cling to them, terms whole, and a unit in brackets, （家次）, as one. */
function piecesOf(text: string): string[] {
  const terms = [...text.matchAll(TERMS)].map((match) => [match.index, match.index + match[0].length] as const)
  const isInTerm = (at: number) => terms.some(([from, to]) => at > from && at < to)
  const pieces: string[] = []
  for (const { segment, index } of words.segment(text)) {
    const last = pieces.at(-1)
    const isOpen = last !== undefined && last.lastIndexOf('（') > last.lastIndexOf('）')
    const clings = NOT_FIRST.test(segment) || segment === '的' || segment === '中' || isInTerm(index)
    if (last !== undefined && (isOpen || clings || NOT_LAST.test(last))) pieces[pieces.length - 1] = last + segment
    else pieces.push(segment)
  }
  return pieces
}

interface Broken {
  readonly cost: number
  readonly lines: readonly string[]
}

/** The cheapest way to set the pieces in so many lines: the squares of what each line lacks of the mean, and how well it ends. */
function intoLines(pieces: readonly string[], count: number, width: number): readonly string[] | null {
  const mean = textWidth(pieces.join('')) / count
  let ways: (Broken | null)[] = pieces.map((_, i) => lineOf(pieces, 0, i + 1, mean, width))
  for (let line = 1; line < count; line++) {
    ways = pieces.map((_, end) => {
      let best: Broken | null = null
      for (let start = 1; start <= end; start++) {
        const before = ways[start - 1]
        const last = before === null || before === undefined ? null : lineOf(pieces, start, end + 1, mean, width)
        if (before === null || before === undefined || last === null) continue
        const cost = before.cost + last.cost
        if (best === null || cost < best.cost) best = { cost, lines: [...before.lines, ...last.lines] }
      }
      return best
    })
  }
  return ways.at(-1)?.lines ?? null
}

function lineOf(pieces: readonly string[], start: number, end: number, mean: number, width: number): Broken | null {
  const line = pieces.slice(start, end).join('')
  const wide = textWidth(line)
  if (wide > width) return null
  const isLast = end === pieces.length
  const ending = isLast ? 0 : CLINGS.test(line) ? 30 : CLOSES.test(line) ? -20 : 0
  // 2023行动 begins a line well: the year and what it names stay together.
  const beginning = start > 0 && /^\d{4}/.test(line) ? -10 : 0
  return { cost: (wide - mean) ** 2 + ending + beginning, lines: [line] }
}

/** The name of a group in its narrow cell: two characters a line if that comes out even, as officers set it. */
export function breakGroupName(name: string, charactersPerLine: number): readonly string[] {
  const characters = [...name]
  if (characters.length <= charactersPerLine) return [name]
  const per =
    characters.length % 2 === 0 && characters.length <= 12 ? Math.min(2, charactersPerLine) : charactersPerLine
  const lines: string[] = []
  for (let at = 0; at < characters.length; at += per) lines.push(characters.slice(at, at + per).join(''))
  return lines
}
