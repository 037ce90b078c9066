import type { Words } from '../normalise/canonical-text.js'
import { expand, numberOf, type Rule, type Parts } from '../lexicon/rule.js'

/** How a heading or item is numbered. A lower level stands higher in the document. */
export interface Numbering {
  readonly level: number
  readonly ordinal: number
}

const at =
  (level: number, name = 'n') =>
  (parts: Parts): Numbering | null => {
    const ordinal = parts.number(name)
    return ordinal === null || ordinal === 0 || ordinal > 200 ? null : { level, ordinal }
  }

const CIRCLED = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳'
const BRACKETED = '㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩'
const CHINESE = '[一二三四五六七八九十]{1,3}'

/** Spellings of a number in front of a heading or an item. A new one is a new line. */
export const NUMBERING_RULES: readonly Rule<Numbering>[] = [
  {
    pattern: `第(?<n>${CHINESE}|\\d{1,2})(?:章|部分|编)[、：.]?`,
    meaning: at(0),
    example: ['第一章', { level: 0, ordinal: 1 }],
  },
  { pattern: `(?<n>${CHINESE})(?:、|[.](?!\\d)|，|：)`, meaning: at(1), example: ['一、', { level: 1, ordinal: 1 }] },
  { pattern: `（(?<n>${CHINESE})）[、.]?`, meaning: at(2), example: ['（一）', { level: 2, ordinal: 1 }] },
  {
    pattern: `(?<n>[${BRACKETED}])[、.]?`,
    meaning: (parts) => ({ level: 2, ordinal: BRACKETED.indexOf(parts.text('n')) + 1 }),
    example: ['㈡', { level: 2, ordinal: 2 }],
  },
  {
    pattern: `(?<n>\\d{1,3})(?:、|[.](?:(?!\\d)|(?=\\d{1,2}月|20\\d{2}年))|，(?=[^\\d]))`,
    meaning: at(3),
    example: ['1.', { level: 3, ordinal: 1 }],
  },
  {
    // 2.1 各镇…; 2.1万元 and 3.5% are quantities.
    pattern: '\\d{1,2}[.](?<n>\\d{1,2})(?![.\\d月日%％万亿元米吨度倍个家]|公里|千米|平方)[、.]?(?=.)',
    meaning: at(4),
    example: ['2.1 各镇', { level: 4, ordinal: 1 }],
  },
  {
    pattern: '\\d{1,2}[.]\\d{1,2}[.](?<n>\\d{1,2})(?![.\\d月日])[、.]?(?=.)',
    meaning: at(5),
    example: ['2.1.3 各镇', { level: 5, ordinal: 3 }],
  },
  {
    pattern: '（?(?<n>[a-z])）[、.]?',
    meaning: (parts) => ({ level: 5, ordinal: parts.text('n').charCodeAt(0) - 96 }),
    example: ['b）', { level: 5, ordinal: 2 }],
  },
  { pattern: '（(?<n>\\d{1,3})）[、.]?', meaning: at(4), example: ['（1）', { level: 4, ordinal: 1 }] },
  { pattern: '(?<n>\\d{1,2})）', meaning: at(4), example: ['1）', { level: 4, ordinal: 1 }] },
  {
    pattern: `(?<n>[${CIRCLED}])[、.]?`,
    meaning: (parts) => ({ level: 5, ordinal: CIRCLED.indexOf(parts.text('n')) + 1 }),
    example: ['①', { level: 5, ordinal: 1 }],
  },
]

const compiled = NUMBERING_RULES.map(({ pattern, meaning }) => ({
  expression: new RegExp(`^(?:${expand(pattern)})`),
  meaning,
}))

export interface Numbered extends Numbering {
  /** How many characters the number takes, a doubled one included. */
  readonly length: number
}

/** The number in front of a text, or null. One that is written twice (（一）（一）) counts once. */
export function readNumbering(text: string): Numbered | null {
  const first = single(text)
  if (first === null) return null
  const second = single(text.slice(first.length))
  return second !== null && second.level === first.level && second.ordinal === first.ordinal
    ? { ...first, length: first.length + second.length }
    : first
}

function single(text: string): Numbered | null {
  const head = text.slice(0, 12)
  for (const { expression, meaning } of compiled) {
    const match = expression.exec(head)
    if (match === null) continue
    const words = (name: string) => match.groups?.[name] ?? ''
    const found = meaning({ text: words, number: (name) => numberOf(words(name)) })
    if (found !== null) return { ...found, length: match[0].length }
  }
  return null
}

/** What a paragraph is called: its words after the number, up to the first full stop or the bracket that holds its time. */
export function titleOf(words: Words): Words {
  const number = readNumbering(words.text)
  const rest = words.slice(number?.length ?? 0)
  const stop = /[。；]/.exec(rest.text)
  return stop === null ? rest : rest.slice(0, stop.index)
}
