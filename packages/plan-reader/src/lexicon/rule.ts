/**
 * The lexicon is made of tables of rules. A rule is one line: a pattern over the canonical text, what it means, and an example with
 * its meaning; the examples run as tests. A new spelling is a new line.
 *
 * In a pattern, `{name}` is a named part: `{y}` a year, `{m}` a month, `{d}` a day, `{n}` a number, `{-}` any sign for "to". A figure
 * after the letter (`{m2}`) keeps two of a kind apart. Everything else is a regular expression.
 */
export interface Rule<M> {
  readonly pattern: string
  readonly meaning: (parts: Parts) => M | null
  readonly example: readonly [text: string, meaning: M]
}

export interface Parts {
  /** The words of a named part, or '' when it is not there. */
  readonly text: (name: string) => string
  /** The number that a named part says, or null. */
  readonly number: (name: string) => number | null
}

export interface Found<M> {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly meaning: M
}

export const FIGURES = '0-9〇零一二三四五六七八九十廿卅百两'

const PARTS: Readonly<Record<string, string>> = {
  y: '(?:19|20)\\d{2}|[一二][〇零九][〇零一二三四五六七八九]{2}',
  m: '(?<!\\d)(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])',
  d: '[12]\\d|3[01]|0?[1-9]|[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|卅[一]?|[一二三四五六七八九]',
  n: `[${FIGURES}]+`,
  '-': '(?:--?|至|到)',
}

export function expand(pattern: string): string {
  return pattern.replace(/\{(-|[a-z])(\d?)\}/g, (_, letter: string, figure: string) => {
    const part = PARTS[letter]
    if (part === undefined) throw new Error(`A rule names the part {${letter}}, and there is none.`)
    return letter === '-' ? part : `(?<${letter}${figure}>${part})`
  })
}

/**
 * Reads all that the rules find in a text, from left to right; of what overlaps the first wins, then the longest, then the first rule.
 * A text without any sign of `hint` holds nothing that the rules know: most clauses name no time, and need not be tried with each rule.
 */
export function reader<M>(rules: readonly Rule<M>[], hint: RegExp): (text: string) => Found<M>[] {
  const compiled = rules.map((rule) => ({ rule, expression: new RegExp(expand(rule.pattern), 'g') }))
  return (text) => {
    if (!hint.test(text)) return []
    const all: (Found<M> & { order: number })[] = []
    compiled.forEach(({ rule, expression }, order) => {
      for (const match of text.matchAll(expression)) {
        const meaning = rule.meaning(partsOf(match))
        if (meaning === null || match[0] === '') continue
        all.push({ start: match.index, end: match.index + match[0].length, text: match[0], meaning, order })
      }
    })
    all.sort((one, other) => one.start - other.start || other.end - one.end || one.order - other.order)
    const kept: Found<M>[] = []
    let reached = -1
    for (const { start, end, text: words, meaning } of all) {
      if (start < reached) continue
      kept.push({ start, end, text: words, meaning })
      reached = end
    }
    return kept
  }
}

function partsOf(match: RegExpMatchArray): Parts {
  const text = (name: string) => match.groups?.[name] ?? ''
  return { text, number: (name) => (text(name) === '' ? null : numberOf(text(name))) }
}

const DIGITS: Readonly<Record<string, number>> = {
  〇: 0,
  零: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
}

/** A number in Arabic or Chinese figures: 16, 十六, 二十, 一百零八, 二〇二三. Null where it is none. */
export function numberOf(text: string): number | null {
  if (/^\d+$/.test(text)) return Number(text)
  const figures = text.replace(/廿/g, '二十').replace(/卅/g, '三十')
  if (figures === '') return null
  if (![...figures].some((one) => one === '十' || one === '百')) {
    let value = 0
    for (const one of figures) {
      const digit = /\d/.test(one) ? Number(one) : DIGITS[one]
      if (digit === undefined) return null
      value = value * 10 + digit
    }
    return value
  }
  let value = 0
  let digit = 0
  for (const one of figures) {
    if (one === '百' || one === '十') {
      value += (digit === 0 ? 1 : digit) * (one === '百' ? 100 : 10)
      digit = 0
      continue
    }
    const next = /\d/.test(one) ? Number(one) : DIGITS[one]
    if (next === undefined) return null
    digit = next
  }
  return value + digit
}
