import type { PlanPhase } from '@bihuan/domain'
import { datesOf, readTimes, type Issue, type TimeSpan } from '../lexicon/date.js'
import type { Found } from '../lexicon/rule.js'
import type { Words } from '../normalise/canonical-text.js'
import { readNumbering } from '../outline/heading.js'
import type { Paragraph, Part } from '../outline/paragraph.js'
import { recordsOf } from '../table/records.js'

const PHASES =
  /阶段|步骤|时间安排|进度安排|实施安排|工作安排|时间节点|实施进度|工作进度|时间进度|实施时间|时间要求|行动安排|推进安排|整治安排|方法步骤|日程安排/
/** 分四个阶段进行 */
const COUNTED = /[分按共][^，。；]{0,8}?(?:\d|[一二三四五六七八两])个?(?:阶段|步骤|步)/
const NTH = /第(?:[一二三四五六七八]|\d)(?:个)?(?:阶段|步)/g

export interface ReadPhases {
  readonly phases: readonly PlanPhase[]
  /** The paragraphs that tell of a phase: what stands below them belongs to it. */
  readonly paragraphs: readonly Paragraph[]
  /** The paragraph that says how many phases there are. */
  readonly intro: Words | null
}

export function readPhases(parts: readonly Part[], issue: Issue): ReadPhases {
  const paragraphs = parts.filter((part): part is Paragraph => part.kind === 'paragraph')
  const sections = paragraphs.filter(
    ({ numbering, title, words }) =>
      numbering !== null &&
      PHASES.test(title.text) &&
      title.length <= 30 &&
      readTimes(title.text).length === 0 &&
      words.length < 400,
  )
  for (const section of sections) {
    const below = paragraphs.filter(({ under }) => under.includes(section))
    const intro = [section, ...below].find(({ words }) => COUNTED.test(words.text))?.words ?? null
    const told = numberedPhases(below, paragraphs, issue)
    if (told.length > 0) return result(told, intro)
    const inline = [section, ...below].flatMap((paragraph) => inlinePhases(paragraph, issue))
    if (inline.length >= 2) return result(inline, intro)
    const table = tablePhases(parts, section, issue)
    if (table.length >= 2) return result(table, intro)
  }
  const nth = paragraphs.filter(({ words }) =>
    /^(?:（?[一二三四五六七八]）?、?)?第[一二三四五六七八\d](?:个)?阶段/.test(words.text),
  )
  if (nth.length >= 2)
    return result(
      nth.map((paragraph) => phaseOf(paragraph, paragraphs, issue)),
      null,
    )
  for (const paragraph of paragraphs) {
    const inline = inlinePhases(paragraph, issue)
    if (inline.length >= 2 && /阶段/.test(paragraph.words.text)) return result(inline, paragraph.words)
  }
  const named = paragraphs.filter(({ numbering, title }) => numbering !== null && /阶段(?:（|：|$)/.test(title.text))
  const told = named.map((paragraph) => phaseOf(paragraph, paragraphs, issue)).filter(({ time }) => time !== null)
  return told.length >= 2 ? result(told, null) : { phases: [], paragraphs: [], intro: null }
}

interface Told {
  readonly name: string
  readonly words: Words
  readonly paragraph: Paragraph | null
  readonly time: Found<TimeSpan> | null
  readonly dates: { readonly from: string | null; readonly to: string | null }
}

function result(told: readonly Told[], intro: Words | null): ReadPhases {
  const phases = told.map(({ name, words, dates, time }, at): PlanPhase => ({
    ordinal: at + 1,
    name,
    startsOn: dates.from,
    endsOn: dates.to,
    source: words.source,
    confidence: time === null ? 0.7 : 0.95,
  }))
  return { phases, paragraphs: told.flatMap(({ paragraph }) => (paragraph === null ? [] : [paragraph])), intro }
}

/** Items of one level below the section that are called a phase or say when. */
function numberedPhases(below: readonly Paragraph[], all: readonly Paragraph[], issue: Issue): Told[] {
  const level = Math.min(...below.flatMap(({ numbering }) => (numbering === null ? [] : [numbering.level])))
  const children = below.filter(
    ({ numbering, words }) => numbering?.level === level || /^第[一二三四五六七八\d](?:个)?阶段/.test(words.text),
  )
  const told = children.map((child) => phaseOf(child, all, issue))
  const timed = told.filter(
    ({ time, words }) => time !== null || /阶段/.test(words.text) || /为期|个月|天/.test(words.text.slice(0, 40)),
  )
  return timed.length >= 2 && timed.length * 2 >= told.length ? timed : []
}

/** How far into a paragraph its own time may stand: in its title, or as the first words of what follows. */
function phaseOf(paragraph: Paragraph, all: readonly Paragraph[], issue: Issue): Told {
  const { words } = paragraph
  const number = readNumbering(words.text)?.length ?? 0
  const rest = words.slice(number)
  const stop = /[。；]/.exec(rest.text)?.index ?? rest.length
  const bracket = /^[^。；（]{2,40}（[^）]{2,60}）/.exec(rest.text)?.[0].length ?? 0
  const head = rest.slice(0, Math.min(Math.max(stop, bracket), 90))
  const inHead = readTimes(head.text).filter(({ start, end }) => isOfTitle(head.text, start, end))
  let time = inHead[0] ?? null
  if (time === null) {
    const next = rest.slice(stop + 1)
    const first = readTimes(next.text.slice(0, 60))[0]
    const lead = first === undefined ? '' : next.text.slice(0, first.start)
    if (first !== undefined && /^(?:（|时间|时限|工作时间|时间安排|为|：|从|自|于|在|完成)*$/.test(lead)) time = first
  }
  if (time === null && stop >= rest.length) {
    const below = all[all.indexOf(paragraph) + 1]
    const first =
      below !== undefined && below.numbering === null ? readTimes(below.words.text.slice(0, 60))[0] : undefined
    if (
      first !== undefined &&
      /^（?(?:时间|时限|工作时间|时间安排|为|：|从|自|于|在)*$/.test(below?.words.text.slice(0, first.start) ?? '')
    )
      time = first
  }
  return { name: nameOf(head), words: head, paragraph, time, dates: boundsOf(time, issue) }
}

/** A time belongs to the title when it stands in brackets, behind a colon, or alone before the first comma. */
function isOfTitle(head: string, start: number, end: number): boolean {
  const before = head.slice(0, start)
  if (/[（：]/.test(before) && !/，/.test(before)) return true
  if (/（[^）]*$/.test(before)) return true
  const after = head.slice(end)
  return !/，/.test(before) && /^(?:[）：，。]|为|是|$|阶段)/.test(after)
}

function boundsOf(time: Found<TimeSpan> | null, issue: Issue): { from: string | null; to: string | null } {
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
function nameOf(head: Words): string {
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
    .map((piece) => piece.replace(/^(?:时间(?:为)?|从|自|于|在)$/, '').replace(/^[、.\-—（）()]+|[、.\-—（(]+$/g, ''))
    .filter((piece) => piece !== '' && !/^（?[）)]?$/.test(piece))
  const first = pieces.find((piece) => !NTH_ONLY.test(piece)) ?? pieces[0] ?? ''
  const bare = first
    .replace(/^第[一二三四五六七八\d](?:个)?阶段[（(]?/, '')
    .replace(/[）)]$/, (mark) => (/[（(]/.test(first) ? mark : ''))
  const chosen = bare === '' ? first : bare
  return pieces.length > 1 && chosen.length > 24 ? (pieces[0] ?? chosen) : chosen
}

const NTH_ONLY = /^第[一二三四五六七八\d](?:个)?(?:阶段|步)$/

/** Phases told in one paragraph: 第一阶段…；第二阶段… or 动员部署（5月）、自查自改（6月至10月）. */
function inlinePhases(paragraph: Paragraph, issue: Issue): Told[] {
  const { words } = paragraph
  const marks = [...words.text.matchAll(NTH)].filter(
    ({ index }) => !/[^。；：，]$/.test(words.text.slice(Math.max(0, index - 1), index)) || index === 0,
  )
  if (marks.length >= 2) {
    return marks.map((mark, at) => {
      const piece = words.slice(mark.index, marks[at + 1]?.index ?? words.length)
      const stop = /[。；]/.exec(piece.text)?.index ?? piece.length
      const head = piece.slice(0, Math.min(stop, 90))
      const time = readTimes(head.text)[0] ?? null
      return { name: nameOf(head), words: head, paragraph, time, dates: boundsOf(time, issue) }
    })
  }
  const listed = [
    ...words.text.matchAll(/([^，。；：、（）]{2,20})（([^（）]{3,40})）(?=[、，；和及]|[一二三四五六]个阶段|$|。)/g),
  ]
  const timed = listed.filter((match) => readTimes(match[2] ?? '').length === 1)
  if (timed.length < 2 || !/阶段/.test(words.text)) return []
  return timed.map((match) => {
    const head = words.slice(match.index, match.index + match[0].length)
    const time = readTimes(head.text)[0] ?? null
    const lead = /^(?:.*(?:分为|划分为|包括|按照?))?(?:分|为|和|及|以及)*/.exec(match[1] ?? '')?.[0].length ?? 0
    return { name: nameOf(head.slice(lead)), words: head.slice(lead), paragraph, time, dates: boundsOf(time, issue) }
  })
}

function tablePhases(parts: readonly Part[], section: Paragraph, issue: Issue): Told[] {
  const from = parts.indexOf(section)
  const table = parts.slice(from + 1, from + 6).find((part) => part.kind === 'table')
  if (table === undefined || table.kind !== 'table') return []
  const { headings, rows } = recordsOf(table.grid)
  const named = headings.findIndex((heading) => /阶段|步骤|名称/.test(heading?.text ?? ''))
  const timed = headings.findIndex(
    (heading, at) => at !== named && /时间|时限|起止|日期|期限/.test(heading?.text ?? ''),
  )
  if (named < 0 || timed < 0) return []
  return rows.flatMap((row): Told[] => {
    const [name, when] = [row[named] ?? null, row[timed] ?? null]
    if (name === null || name.length === 0) return []
    const time = when === null ? null : (readTimes(when.text)[0] ?? null)
    return [{ name: nameOf(name), words: name, paragraph: null, time, dates: boundsOf(time, issue) }]
  })
}
