import { datesOf, readTimes, type Issue, type TimeSpan } from '../lexicon/date.js'
import type { Found } from '../lexicon/rule.js'
import type { Words } from '../normalise/canonical-text.js'
import type { Paragraph } from '../outline/paragraph.js'

/** A phase as the words tell it. */
export interface Told {
  readonly name: string
  readonly words: Words
  readonly paragraph: Paragraph | null
  readonly time: Found<TimeSpan> | null
  readonly dates: { readonly from: string | null; readonly to: string | null }
}

/** The first and last day that a time gives a phase: 前 gives the last alone, 起 the first. */
export function boundsOf(time: Found<TimeSpan> | null, issue: Issue): { from: string | null; to: string | null } {
  if (time === null) return { from: null, to: null }
  const { meaning } = time
  const { from, to } = datesOf(meaning, issue)
  if (meaning.isRange) return { from, to }
  if (meaning.bound === 'by') return { from: null, to }
  if (meaning.bound === 'since') return { from, to: null }
  if (meaning.from.grain === 'end') return { from: null, to }
  return { from, to }
}

/** The name without its number, its time and 第一阶段, as long as something is left. */
export function nameOf(head: Words): string {
  const spans: [number, number][] = []
  for (const match of head.text.matchAll(/（[^（）]*）/g)) {
    if (readTimes(match[0]).length > 0 || /个月|\d+天|[一二三四五六]+周/.test(match[0]))
      spans.push([match.index, match.index + match[0].length])
  }
  for (const { start, end } of readTimes(head.text)) spans.push([start, end])
  const kept = head.text
    .split('')
    .map((_, at) => (spans.some(([start, end]) => at >= start && at < end) ? '' : head.slice(at, at + 1).own))
    .join('')
  const pieces = kept
    .split(/[：:，,。；;]/)
    .map((piece) => piece.replace(/^(?:时间(?:安排|节点)?(?:为|是)?|从|自|于|在|为|是)$/, ''))
    .map((piece) => piece.replace(/^[、.\-—（）()]+|[、.\-—（(]+$/g, ''))
    .filter((piece) => piece !== '' && !/^（?[）)]?$/.test(piece))
  const first = pieces.find((piece) => !NTH_ONLY.test(piece)) ?? pieces[0] ?? ''
  const bare = first
    .replace(/^第[一二三四五六七八\d](?:个)?(?:阶段|步)[（(]?/, '')
    .replace(/^(?:为|是|即|进行|开展)(?=.*阶段)/, '')
    .replace(/(?:时间)?(?:为|是|自|从|于|在)$/, '')
    .replace(/[）)]$/, (mark) => (/[（(]/.test(first) ? mark : ''))
  const chosen = bare === '' ? first : bare
  return pieces.length > 1 && chosen.length > 24 ? (pieces[0] ?? chosen) : chosen
}

const NTH_ONLY = /^第[一二三四五六七八\d](?:个)?(?:阶段|步)$/
