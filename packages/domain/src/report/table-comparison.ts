/** A figure beside others of its kind: its own last times, and those of its peers. They only ask; the officer answers in a sentence. */
import { figureText } from './figure-text.js'
import { scaleOfUnit, type Metric } from './metric.js'
import { robustScore, spreadOf, type Spread } from './spread.js'

export type ComparisonCode = 'money-unit' | 'jumped' | 'far-from-history' | 'far-from-peers'

export const comparisonRules = {
  /** With fewer figures to compare with, nothing is usual yet. */
  fewestValues: 4,
  /** From which modified z-score on a figure is far (Iglewicz and Hoaglin). */
  farScore: 3.5,
  /** A difference matters from half of the median on, */
  leastShare: 0.5,
  /** and from this many 个, 次, 家, 人; */
  leastCount: 5,
  /** and of money from 1万元, in 分. */
  leastMoney: 1_000_000,
  /** A stock jumps by more than this share of what it was. */
  jumpShare: 0.5,
  /** 万元 typed as 元 are 10,000 times too much; from here on nothing else explains it well. */
  unitFactor: 1000,
  /** A whole number of so many 万元 is more likely one of 元: ten 亿 of fines in a month. */
  unitWhole: 100_000,
} as const

export interface ComparedCell {
  readonly metric: Metric
  readonly value: number
  /** The same cell in the unit's earlier filed returns of the schedule, oldest first, blanks left out. */
  readonly history: readonly number[]
  /** Of the peers' last filed returns: of a cumulative figure what the period added, otherwise the figure. */
  readonly peers: Spread | null
  /** Counted from the campaign's first day on: what the period added is compared. */
  readonly cumulative: boolean
}

export interface ComparisonFinding {
  readonly code: ComparisonCode
  readonly message: string
}

/** One question a cell, the most telling: a unit mistaken is also far from everything else. */
export function compareFigure(cell: ComparedCell): ComparisonFinding | null {
  if (cell.metric.kind === 'flag') return null
  return mistakenUnit(cell) ?? jump(cell) ?? farFromHistory(cell) ?? farFromPeers(cell)
}

/** What the period added to a cumulative figure; a stock and a figure of the period alone are compared as they are. */
function isAdded({ metric, cumulative }: ComparedCell): boolean {
  return cumulative && metric.kind !== 'stock'
}

function compared(cell: ComparedCell): { readonly value: number; readonly history: readonly number[] } {
  const { value, history } = cell
  if (!isAdded(cell)) return { value, history }
  return {
    value: value - (history.at(-1) ?? 0),
    // Of the first one all is new.
    history: history.map((one, index) => one - (history[index - 1] ?? 0)),
  }
}

function mistakenUnit(cell: ComparedCell): ComparisonFinding | null {
  const { metric, peers } = cell
  if (metric.source !== 'typed' || metric.unit !== '万元') return null
  const { value, history } = compared(cell)
  const exceeds = (median: number) => median > 0 && value >= comparisonRules.unitFactor * median
  const own = spreadOf(history)
  const than =
    own !== null && exceeds(own.median)
      ? `，是本单位以往的${comparisonRules.unitFactor}倍以上`
      : peers !== null && exceeds(peers.median)
        ? `，是同类单位的${comparisonRules.unitFactor}倍以上`
        : value >= comparisonRules.unitWhole * metric.scale && value % metric.scale === 0
          ? ''
          : null
  if (than === null) return null
  return {
    code: 'money-unit',
    message: `“${metric.label}”填了${withUnit(metric, cell.value)}${than}，可能把元填成了万元；请核对单位，属实的请写明原因。`,
  }
}

function jump({ metric, value, history }: ComparedCell): ComparisonFinding | null {
  const before = history.at(-1) ?? 0
  if (metric.kind !== 'stock' || before === 0) return null
  if (Math.abs(value - before) <= comparisonRules.jumpShare * before) return null
  return {
    code: 'jumped',
    message: `“${metric.label}”由上次的${withUnit(metric, before)}变为${withUnit(metric, value)}，变动超过一半；请核对，属实的请写明原因。`,
  }
}

function farFromHistory(cell: ComparedCell): ComparisonFinding | null {
  const { value, history } = compared(cell)
  const own = spreadOf(history)
  if (own === null || !isFar(cell.metric, value, own)) return null
  return { code: 'far-from-history', message: sentence(cell, value, `本单位以往各期的中位数`, own) }
}

function farFromPeers(cell: ComparedCell): ComparisonFinding | null {
  const { value } = compared(cell)
  if (cell.peers === null || !isFar(cell.metric, value, cell.peers)) return null
  return { code: 'far-from-peers', message: sentence(cell, value, '同类单位上期的中位数', cell.peers) }
}

function isFar(metric: Metric, value: number, spread: Spread): boolean {
  if (spread.count < comparisonRules.fewestValues) return false
  const difference = Math.abs(value - spread.median)
  const least = isMoney(metric) ? comparisonRules.leastMoney : comparisonRules.leastCount * metric.scale
  return (
    difference >= Math.max(least, comparisonRules.leastShare * Math.abs(spread.median)) &&
    robustScore(value, spread) >= comparisonRules.farScore
  )
}

function sentence(cell: ComparedCell, value: number, whose: string, { median }: Spread): string {
  const { metric } = cell
  const what = isAdded(cell) ? '本期新增' : '本期'
  return `“${metric.label}”${what}${withUnit(metric, value)}，与${whose}${withUnit(metric, Math.round(median))}相差很大；请核对，属实的请写明原因。`
}

/** Kept in 分 whatever the table calls it. */
function isMoney({ unit }: Metric): boolean {
  return scaleOfUnit(unit) > 1
}

function withUnit({ scale, unit }: Metric, value: number): string {
  return `${figureText(value, scale)}${unit ?? ''}`
}
