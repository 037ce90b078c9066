import { readTimes, type Issue, type TimeSpan } from '../lexicon/date.js'
import type { Found } from '../lexicon/rule.js'
import type { Words } from '../normalise/canonical-text.js'
import type { Paragraph } from '../outline/paragraph.js'
import { boundsOf, nameOf, type Told } from './phase-words.js'

interface Named {
  readonly words: Words
  readonly name: string
  readonly time: Found<TimeSpan> | null
}

/** A way in which one paragraph tells several phases. A new one is a new entry; the example runs as a test. */
export interface PhaseForm {
  readonly example: string
  readonly read: (words: Words) => Named[]
}

export const PHASE_FORMS: readonly PhaseForm[] = [
  { example: '第一步，自查，3月底前完成。第二步，抽查，4月1日至5月31日。', read: (words) => counted(words, NTH) },
  { example: '一是动员部署阶段（3月）。二是整治阶段，4月至10月。', read: (words) => counted(words, NTH_OF_LIST) },
  { example: '分为部署（3月底前）、整治（4月至10月）两个阶段。', read: bracketed },
  { example: '3月底前为部署阶段，开会；4月至10月为整治阶段，检查。', read: besideTimes },
  { example: '分部署、整治、总结三个阶段，时间分别为3月、4月至10月、11月。', read: inParallel },
]

/** The phases that one paragraph tells: two at the least. */
export function inlinePhases(paragraph: Paragraph, issue: Issue): Told[] {
  const { words } = paragraph
  for (const { read } of PHASE_FORMS) {
    const named = read(words)
    if (named.length < 2) continue
    return named.map(({ words: said, name, time }) => ({
      name,
      words: said,
      paragraph,
      time,
      dates: boundsOf(time, issue),
    }))
  }
  return []
}

const NTH = /第(?:[一二三四五六七八]|\d)(?:个)?(?:阶段|步)/g
const NTH_OF_LIST = /[一二三四五六七八]是(?=[^，。；（]{2,14}阶段|[^，。；（]{2,10}（)/g

/** 第一阶段…第二阶段…: each goes on to the next. */
function counted(words: Words, marks: RegExp): Named[] {
  const starts = [...words.text.matchAll(marks)].filter(
    ({ index }) => index === 0 || /[。；：，]$/.test(words.text.slice(index - 1, index)),
  )
  const named = starts.map((mark, at): Named => {
    const piece = words.slice(mark.index, starts[at + 1]?.index ?? words.length)
    const stop = /[。；]/.exec(piece.text)?.index ?? piece.length
    const lead = marks === NTH ? 0 : mark[0].length
    const head = piece.slice(lead, Math.min(stop, 90))
    return { words: head, name: nameOf(head), time: readTimes(head.text)[0] ?? null }
  })
  return marks === NTH || named.every(({ time }) => time !== null) ? named : []
}

/** 部署（3月底前）、整治（4月至10月） */
function bracketed(words: Words): Named[] {
  if (!/阶段/.test(words.text)) return []
  const listed = [
    ...words.text.matchAll(/([^，。；：、（）]{2,20})（([^（）]{2,40})）(?=[、，；和及]|[一二两三四五六]个阶段|$|。)/g),
  ]
  const timed = listed.filter((match) => readTimes(match[2] ?? '').length === 1)
  return timed.map((match) => {
    const lead = /^(?:.*(?:分为|划分为|分成|包括|按照?))?(?:分|为|和|及|以及)*/.exec(match[1] ?? '')?.[0].length ?? 0
    const head = words.slice(match.index + lead, match.index + match[0].length)
    return { words: head, name: nameOf(head), time: readTimes(head.text)[0] ?? null }
  })
}

const NAME_BEHIND =
  /^[，：、]?(?:为|是|属|进入|开展|进行)?(?:第[一二三四五六](?:个)?阶段)?[（，：]?(?:即|为|是)?(?<name>[^，。；：（）、]{2,16}(?:阶段|期(?=[，。；]|$)))(?!性|内|的)/
const NAME_BEFORE =
  /(?:^|[，。；：、]|分为|[一二三四]是)(?<name>[^，。；：、（）]{2,16}(?:阶段|期(?!间)))(?:工作)?(?:时间)?(?:为|：|，|从|自|于|是|（)*$/

/** 3月底前为部署阶段: the name stands behind the time, or before it. */
function besideTimes(words: Words): Named[] {
  return readTimes(words.text).flatMap((time, at, times): Named[] => {
    const behind = NAME_BEHIND.exec(words.text.slice(time.end))
    if (behind?.groups?.name !== undefined) {
      const end = time.end + behind[0].length
      return [{ words: words.slice(time.start, end), name: ownName(words, end, behind.groups.name), time }]
    }
    const from = times[at - 1]?.end ?? 0
    const before = NAME_BEFORE.exec(words.text.slice(from, time.start))
    if (before?.groups?.name === undefined) return []
    const start = from + before.index + before[0].indexOf(before.groups.name)
    const name = words.slice(start, start + before.groups.name.length)
    return [{ words: words.slice(start, time.end), name: nameOf(name), time }]
  })
}

const ownName = (words: Words, end: number, name: string) => words.slice(end - name.length, end).own

/** Names in a row, and behind them as many times. */
function inParallel(words: Words): Named[] {
  const match =
    /(?:分为?|分成|划分为|按照?)(?<names>[^，。；：]{5,80}?)(?:等)?[二两三四五六]个阶段(?<between>[^。]{0,20}?(?:分别|依次|时间)[^。]{0,10}?)(?=\d|[一二三四五六七八九十]+月|即日)/d.exec(
      words.text,
    )
  const place = match?.indices?.groups?.names
  if (match === null || place === undefined) return []
  const names = words.slice(place[0], place[1]).split(/[、和]/)
  const from = match.index + match[0].length
  const sentence = words.text.slice(from).split('。')[0] ?? ''
  const times = readTimes(sentence)
  return times.length !== names.length
    ? []
    : names.map((name, at) => ({ words: name, name: name.own, time: times[at] ?? null }))
}
