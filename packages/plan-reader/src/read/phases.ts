import type { PlanPhase } from '@bihuan/domain'
import { readTimes, type Issue } from '../lexicon/date.js'
import type { Words } from '../normalise/canonical-text.js'
import { readNumbering } from '../outline/heading.js'
import type { Paragraph, Part } from '../outline/paragraph.js'
import { recordsOf } from '../table/records.js'
import { inlinePhases } from './phase-sentence.js'
import { boundsOf, nameOf, type Told } from './phase-words.js'

const PHASES =
  /阶段|步骤|时间(?:怎么|如何)?安排|怎么安排|进度安排|实施安排|工作安排|时间节点|实施进度|工作进度|时间进度|实施时间|时间要求|行动安排|推进安排|整治安排|方法步骤|日程安排|步走|分[步段]|分[一二两三四五六](?:步|个阶段|阶段)|时间[和与及]步骤|进度要求|时序/

export interface ReadPhases {
  readonly phases: readonly PlanPhase[]
  /** The paragraphs that tell of a phase: what stands below them belongs to it. */
  readonly paragraphs: readonly Paragraph[]
  /** The paragraph that says how many phases there are. */
  readonly intro: Words | null
}

export function readPhases(parts: readonly Part[], issue: Issue): ReadPhases {
  const paragraphs = parts.filter((part): part is Paragraph => part.kind === 'paragraph')
  const called = paragraphs.filter(
    ({ numbering, title }) => numbering !== null && PHASES.test(title.text) && title.length <= 40,
  )
  // A heading with a time of its own may be a phase itself: those without are asked first.
  const isTimed = ({ title }: Paragraph) => readTimes(title.text).length > 0
  const dated = called.filter((one) => isTimed(one) && !/阶段(?:$|（|：)/.test(one.title.text))
  for (const section of [...called.filter((one) => !isTimed(one)), ...dated]) {
    const below = paragraphs.filter(({ under }) => under.includes(section))
    const intro = introOf([section, ...below])
    const told = numberedPhases(below, paragraphs, issue)
    if (told.length > 0) return result(told, intro)
    const bare = unnumberedPhases(below, paragraphs, issue)
    if (bare.length > 0) return result(bare, intro)
    const inline = [section, ...below].flatMap((paragraph) => inlinePhases(paragraph, issue))
    if (inline.length >= 2) return result(inline, intro)
    const from = parts.indexOf(section)
    const table = parts.slice(from + 1, from + 6).flatMap((part) => tablePhases(part, issue))
    if (table.length >= 2) return result(table, intro)
  }
  const table = parts.map((part) => tablePhases(part, issue)).find(({ length }) => length >= 2)
  if (table !== undefined) return result(table, null)
  const nth = paragraphs.filter(({ words }) =>
    /^(?:（?[一二三四五六七八]）?、?)?第[一二三四五六七八\d](?:个)?(?:阶段|步(?=[：:，（]))/.test(words.text),
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

/** The paragraph that says how many phases there are, or else the first that speaks of them. */
function introOf(paragraphs: readonly Paragraph[]): Words | null {
  const counting = paragraphs.find(({ words }) => /[一二两三四五六七八\d]个?(?:阶段|步骤|步(?!骤))/.test(words.text))
  return (counting ?? paragraphs.find(({ words }) => /阶段|步骤|进行/.test(words.text)))?.words ?? null
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

const NTH = /^第[一二三四五六七八\d](?:个)?(?:阶段|步)/
/** A phase whose number was left out. */
const CALLED = /^(?!.{0,12}[二两三四五六\d]个?阶段)[^，。；：（]{2,14}阶段(?:[（：。，]|$)/

/** Items of one level below the section that are called a phase or say when. */
function numberedPhases(below: readonly Paragraph[], all: readonly Paragraph[], issue: Issue): Told[] {
  const level = Math.min(...below.flatMap(({ numbering }) => (numbering === null ? [] : [numbering.level])))
  const children = below.filter(
    ({ numbering, words }) =>
      numbering?.level === level || (numbering === null && CALLED.test(words.text)) || NTH.test(words.text),
  )
  const told = children.map((child) => phaseOf(child, all, issue))
  const timed = told.filter(
    ({ time, words }) => time !== null || /阶段/.test(words.text) || /为期|个月|天/.test(words.text.slice(0, 40)),
  )
  return timed.length >= 2 && timed.length * 2 >= told.length ? timed : []
}

/** 动员部署（6月5日至15日）。…: a name with its time. */
const TIMED_NAME = /^[^，。；：（]{2,16}（[^（）]{3,40}）/

/** Where a page shows no numbers: what stands under the heading of the phases, each a name with its time. */
function unnumberedPhases(below: readonly Paragraph[], all: readonly Paragraph[], issue: Issue): Told[] {
  const named = below.filter(({ numbering, words }) => numbering === null && TIMED_NAME.test(words.text))
  const told = named.map((paragraph) => phaseOf(paragraph, all, issue))
  return told.length >= 2 && told.length + 1 >= below.length && told.every(({ time }) => time !== null) ? told : []
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
  if (/(?:时间|时限)(?:安排|节点)?[为是：]?$/.test(before)) return true
  const after = head.slice(end)
  return !/，/.test(before) && /^(?:[）：，。]|为|是|$|阶段)/.test(after)
}

/** 阶段 | 时间 | 内容 */
function tablePhases(part: Part, issue: Issue): Told[] {
  if (part.kind !== 'table') return []
  const { headings, rows } = recordsOf(part.grid)
  const named = headings.findIndex((heading) => /阶段|步骤|环节|进程/.test(heading?.text ?? ''))
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
