import type { CivilDate } from '@bihuan/domain'
import { reader, type Found, type Parts, type Rule } from './rule.js'

/** The year as the words say it: a number, so many years from that of issue, or not at all. */
export type YearWords = number | { readonly shift: number } | null

/** A stretch of days within one year, as said: `toDay` 0 is the last of the month. */
export interface Days {
  readonly year: YearWords
  readonly from: readonly [month: number, day: number]
  readonly to: readonly [month: number, day: number]
  /** How exactly it is said. */
  readonly grain: 'day' | 'month' | 'part' | 'end' | 'quarter' | 'half' | 'year' | 'issue'
}

const LAST = 0

const day = (parts: Parts, year: YearWords): Days | null => {
  const [m, d] = [parts.number('m'), parts.number('d')]
  if (m === null || d === null || m > 12 || d > 31 || m * d === 0) return null
  return { year, from: [m, d], to: [m, d], grain: 'day' }
}

const month = (parts: Parts, year: YearWords, from: number, to: number, grain: Days['grain']): Days | null => {
  const m = parts.number('m')
  return m === null || m > 12 || m === 0 ? null : { year, from: [m, from], to: [m, to], grain }
}

const quarter = (parts: Parts, year: YearWords, grain: Days['grain']): Days | null => {
  const q = parts.number('n')
  if (q === null || q < 1 || q > 4) return null
  return grain === 'end'
    ? { year, from: [q * 3, LAST], to: [q * 3, LAST], grain }
    : { year, from: [q * 3 - 2, 1], to: [q * 3, LAST], grain }
}

/** The year in front of a date: 2023年, 二〇二三年, 今年, 明年. */
const YEAR = '(?:{y}年?度?|(?<shift>今年|本年|当年|本年度|明年|次年|翌年|来年|去年|上年))的?'

function yearOf(parts: Parts): YearWords {
  const said = parts.number('y')
  if (said !== null) return said
  const shift = parts.text('shift')
  if (shift === '') return null
  if (/[明次翌来]/.test(shift)) return { shift: 1 }
  return { shift: /[去上]/.test(shift) ? -1 : 0 }
}

const Y = `(?:${YEAR})?`
const of = (year: YearWords, from: [number, number], to: [number, number], grain: Days['grain']): Days => ({
  year,
  from,
  to,
  grain,
})

/** Spellings of one point or natural stretch of time. A new one is a new line. */
export const DATE_RULES: readonly Rule<Days>[] = [
  {
    pattern: `${Y}{m}月份?的?{d}[日号]`,
    meaning: (p) => day(p, yearOf(p)),
    example: ['2023年5月23日', of(2023, [5, 23], [5, 23], 'day')],
  },
  {
    pattern: '(?<![\\d.])(?<y>(?:19|20)\\d{2})([.\\-/])(?<m>1[0-2]|0?[1-9])\\2(?<d>[12]\\d|3[01]|0?[1-9])日?(?![\\d.])',
    meaning: (p) => day(p, yearOf(p)),
    example: ['2023.5.23', of(2023, [5, 23], [5, 23], 'day')],
  },
  {
    pattern: '(?<!\\d)(?<y>20\\d{2})(?<m>0[1-9]|1[0-2])(?<d>0[1-9]|[12]\\d|3[01])(?!\\d)',
    meaning: (p) => day(p, yearOf(p)),
    example: ['20230523', of(2023, [5, 23], [5, 23], 'day')],
  },
  {
    pattern: `${Y}{m}月份?的?(?:月?底|末|月末|最后一[天日])`,
    meaning: (p) => month(p, yearOf(p), LAST, LAST, 'end'),
    example: ['今年7月底', of({ shift: 0 }, [7, LAST], [7, LAST], 'end')],
  },
  {
    pattern: `${Y}{m}月份?的?(?:上旬|初)`,
    meaning: (p) => month(p, yearOf(p), 1, 10, 'part'),
    example: ['6月上旬', of(null, [6, 1], [6, 10], 'part')],
  },
  {
    pattern: `${Y}{m}月份?的?中旬`,
    meaning: (p) => month(p, yearOf(p), 11, 20, 'part'),
    example: ['8月中旬', of(null, [8, 11], [8, 20], 'part')],
  },
  {
    pattern: `${Y}{m}月份?的?下旬`,
    meaning: (p) => month(p, yearOf(p), 21, LAST, 'part'),
    example: ['十一月下旬', of(null, [11, 21], [11, LAST], 'part')],
  },
  {
    pattern: `${Y}{m}月份?(?!\\d|度)`,
    meaning: (p) => month(p, yearOf(p), 1, LAST, 'month'),
    example: ['2023年10月', of(2023, [10, 1], [10, LAST], 'month')],
  },
  {
    pattern: '(?<![\\d.])(?<y>20\\d{2})[.\\-/](?<m>1[0-2]|0?[1-9])(?![\\d.\\-/])',
    meaning: (p) => month(p, yearOf(p), 1, LAST, 'month'),
    example: ['2023.10', of(2023, [10, 1], [10, LAST], 'month')],
  },
  {
    pattern: `${Y}第?(?<n>[一二三四1234])季度?(?:末|底)`,
    meaning: (p) => quarter(p, yearOf(p), 'end'),
    example: ['三季度末', of(null, [9, LAST], [9, LAST], 'end')],
  },
  {
    pattern: `${Y}第?(?<n>[一二三四1234])季度(?!末|底)`,
    meaning: (p) => quarter(p, yearOf(p), 'quarter'),
    example: ['第三季度', of(null, [7, 1], [9, LAST], 'quarter')],
  },
  {
    pattern: `${Y}(?<!每)上半年`,
    meaning: (p) => of(yearOf(p), [1, 1], [6, LAST], 'half'),
    example: ['上半年', of(null, [1, 1], [6, LAST], 'half')],
  },
  {
    pattern: `${Y}(?<!每)下半年`,
    meaning: (p) => of(yearOf(p), [7, 1], [12, LAST], 'half'),
    example: ['2024年下半年', of(2024, [7, 1], [12, LAST], 'half')],
  },
  {
    pattern: '(?:{y}|(?<shift>今|本|当|明|次|翌|去))?(?<!每)年(?:度)?(?:底|末|终)(?!考核|评)',
    meaning: (p) => {
      const said = p.text('shift')
      const shift = /[明次翌]/.test(said) ? 1 : said === '去' ? -1 : 0
      return of(p.number('y') ?? (said === '' ? null : { shift }), [12, 31], [12, 31], 'end')
    },
    example: ['年底', of(null, [12, 31], [12, 31], 'end')],
  },
  {
    pattern:
      '即日|(?:本?(?:通知|方案|文件)?(?:自)?(?:印发|发布|下发|发文|发出)之?日)|(?<=[从自])(?:印发|发文)(?=起|之)',
    meaning: () => of(null, [0, 0], [0, 0], 'issue'),
    example: ['即日', of(null, [0, 0], [0, 0], 'issue')],
  },
]

const points = reader(
  DATE_RULES,
  /\d[年月.\-/]|\d{8}|[一二三四五六七八九十]月|年度?[底末终]|半年|季度|即日|印发|发布|下发|发文/,
)

/** A stretch of time as the words give it. */
export interface TimeSpan {
  readonly from: Days
  readonly to: Days
  /** Whether two ends are said (5月至7月) or one. */
  readonly isRange: boolean
  /** `by`: 前, at the latest; `since`: 起, from then on; `on`: neither. */
  readonly bound: 'by' | 'since' | 'on'
}

const TO = /^(?:起|开始|后)?(?:--?|至|到|直至|持续到|持续至)$/
const BY = /^(?:左右)?(?:之前|以前|前(?!期|述|款|往|后|瞻|三|两)|止|为止|截止|内完成|内)/
const SINCE = /^(?:起始?|开始|始|以来|之?后|以后)/
/** The end of a range that names only the day, or an end with the first month's name left out: 5月16日-31日, 6-7月. */
const DAY_ONLY = new RegExp(
  `^(?:--?|至|到)(?<d>[12]\\d|3[01]|0?[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]`,
)
const END_ONLY = /^(?:起|开始)?(?:--?|至|到)(?:本?月底|月末)/

/** `6-7月`, `16-31日`: the first end is a bare number before the sign. */
const BARE_FIRST: readonly Rule<TimeSpan>[] = [
  {
    pattern: `${Y}(?<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月?份?{-}(?<m2>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?(?<end>底|末)?(?!\\d|度|[一二三四五六七八九十]+日|\\d+日|[上中下]旬|份?\\d)`,
    meaning: (p) => {
      const [m, m2] = [p.number('m'), p.number('m2')]
      if (m === null || m2 === null || m > 12 || m2 > 12) return null
      const from = of(yearOf(p), [m, 1], [m, LAST], 'month')
      return { from, to: of(null, [m2, 1], [m2, LAST], 'month'), isRange: true, bound: 'on' }
    },
    example: [
      '6-7月',
      {
        from: of(null, [6, 1], [6, LAST], 'month'),
        to: of(null, [7, 1], [7, LAST], 'month'),
        isRange: true,
        bound: 'on',
      },
    ],
  },
  {
    pattern: `${Y}{m}月{d}[日号]?{-}{d2}[日号]`,
    meaning: (p) => {
      const [m, d, d2] = [p.number('m'), p.number('d'), p.number('d2')]
      if (m === null || d === null || d2 === null || m > 12 || d > 31 || d2 > 31) return null
      const year = yearOf(p)
      return {
        from: of(year, [m, d], [m, d], 'day'),
        to: of(year, [m, d2], [m, d2], 'day'),
        isRange: true,
        bound: 'on',
      }
    },
    example: [
      '2024年5月16-31日',
      {
        from: of(2024, [5, 16], [5, 16], 'day'),
        to: of(2024, [5, 31], [5, 31], 'day'),
        isRange: true,
        bound: 'on',
      },
    ],
  },
]
export const RANGE_RULES = BARE_FIRST
const bareRanges = reader(BARE_FIRST, /[\d一二三四五六七八九十月日号](?:--?|至|到)/)

/** Every stretch of time that a text names, from left to right. */
export function readTimes(text: string): Found<TimeSpan>[] {
  if (!/[月年日旬季期起\d]/.test(text)) return []
  const ranges = bareRanges(text)
  const singles = points(text).filter(
    (point) => !ranges.some((range) => point.start < range.end && range.start < point.end),
  )
  const spans: Found<TimeSpan>[] = [...ranges]
  for (let at = 0; at < singles.length; at++) {
    const first = singles[at] as Found<Days>
    const second = singles[at + 1]
    if (second !== undefined && TO.test(text.slice(first.end, second.start))) {
      const span: TimeSpan = { from: first.meaning, to: second.meaning, isRange: true, bound: 'on' }
      spans.push({ start: first.start, end: second.end, text: text.slice(first.start, second.end), meaning: span })
      at++
      continue
    }
    const rest = text.slice(first.end, first.end + 8)
    const dayOnly = first.meaning.grain === 'day' ? DAY_ONLY.exec(rest) : null
    const endOnly = first.meaning.grain === 'day' ? END_ONLY.exec(rest) : null
    const tail = dayOnly ?? endOnly
    if (tail !== null) {
      const m = first.meaning.from[0]
      const d = dayOnly === null ? LAST : Number(dayOnly.groups?.d ?? 0)
      const to: Days = { ...first.meaning, from: [m, d], to: [m, d] }
      const end = first.end + tail[0].length
      const span: TimeSpan = { from: first.meaning, to, isRange: true, bound: 'on' }
      spans.push({ start: first.start, end, text: text.slice(first.start, end), meaning: span })
      continue
    }
    const span: TimeSpan = { from: first.meaning, to: first.meaning, isRange: false, bound: 'on' }
    spans.push({ start: first.start, end: first.end, text: first.text, meaning: span })
  }
  return spans.map((span) => bounded(text, span)).sort((one, other) => one.start - other.start)
}

function bounded(text: string, span: Found<TimeSpan>): Found<TimeSpan> {
  const rest = text.slice(span.end, span.end + 6)
  const by = BY.exec(rest)
  const since = by === null ? SINCE.exec(rest) : null
  const word = by ?? since
  const before = /截[至止]到?$/.test(text.slice(Math.max(0, span.start - 3), span.start))
  const bound = by !== null || before ? 'by' : since !== null ? 'since' : 'on'
  const end = span.end + (word?.[0].length ?? 0)
  return { start: span.start, end, text: text.slice(span.start, end), meaning: { ...span.meaning, bound } }
}

/** When the notice was issued: what a date without a year, and 即日起, are counted from. */
export interface Issue {
  readonly issuedOn: CivilDate | null
  readonly year: number | null
}

export interface DateRange {
  readonly from: CivilDate | null
  readonly to: CivilDate | null
}

/** The days that a stretch of time means; null where the year or the date of issue is not known. A day that does not exist is written as it stands. */
export function datesOf(span: TimeSpan, issue: Issue): DateRange {
  const year = (words: YearWords): number | null => {
    if (typeof words === 'number') return words
    if (issue.year === null) return null
    return words === null ? issue.year : issue.year + words.shift
  }
  const first = year(span.from.year)
  const from = span.from.grain === 'issue' ? issue.issuedOn : write(first, span.from.from)
  let last = span.isRange && span.to.year === null && span.from.year !== null ? first : year(span.to.year)
  const turned = span.isRange && span.to.year === null && span.from.grain !== 'issue' && span.to.grain !== 'issue'
  if (turned && last !== null && before(span.to.to, span.from.from)) last += 1
  const to = span.to.grain === 'issue' ? issue.issuedOn : write(last, span.to.to)
  return { from, to }
}

const before = (one: readonly [number, number], other: readonly [number, number]) => one[0] < other[0]

function write(year: number | null, [m, d]: readonly [number, number]): CivilDate | null {
  if (year === null || m === 0) return null
  const dayOfMonth = d === LAST ? lastDay(year, m) : d
  return `${year}-${String(m).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`
}

function lastDay(year: number, m: number): number {
  if (m === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return m === 4 || m === 6 || m === 9 || m === 11 ? 30 : 31
}
