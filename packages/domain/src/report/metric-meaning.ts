/**
 * What the label of a cell means, facet by facet, and which of the known metrics means the same. What is not said is left open; a word
 * that nobody knows is left over, and then nothing is taken for granted.
 */
import { HEADING_WORDS, METRIC_WORDS, type MetricFacet, type MetricFacets, type MetricWord } from './metric-word.js'
import type { HazardMetricGrade, HazardMetricId, HazardMetricTopic } from './metric.js'

export interface MetricReading {
  readonly facets: MetricFacets
  /** Facets of which two words say different things (企业自查和部门检查发现). */
  readonly torn: ReadonlySet<MetricFacet>
  /** 抽查: of what others did, whatever stands beside it. */
  readonly isSpotCheck: boolean
  /** Words that no rule knows. */
  readonly left: readonly string[]
}

/** Half width, without white space, brackets and signs, and without a number in front. */
export function plainLabel(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/^(?:\(?[一二三四五六七八九十\d]+[)、.])+/, '')
    .replace(/[\p{P}\p{S}]/gu, '')
}

interface Compiled {
  readonly word: MetricWord
  readonly sticky: RegExp
}

const compiled = (words: readonly MetricWord[]): readonly Compiled[] =>
  words.map((word) => ({ word, sticky: new RegExp(word.pattern, 'uy') }))

const inLabels = compiled(METRIC_WORDS)
const inHeadings = compiled([...METRIC_WORDS, ...HEADING_WORDS])

/** From left to right, the longest word at each place. */
function read(text: string, words: readonly Compiled[]): MetricReading {
  const facets: Partial<Record<MetricFacet, string>> = {}
  const torn = new Set<MetricFacet>()
  const left: string[] = []
  let leftTo = -1
  let isSpotCheck = false
  for (let at = 0; at < text.length;) {
    const longest = longestAt(text, at, words)
    if (longest === null) {
      if (leftTo === at) left.push((left.pop() ?? '') + (text[at] ?? ''))
      else left.push(text[at] ?? '')
      at += 1
      leftTo = at
      continue
    }
    if (longest.word.says.way === 'spot') isSpotCheck = true
    for (const [facet, value] of Object.entries(longest.word.says) as [MetricFacet, string][]) {
      const said = facets[facet]
      const both = said === undefined ? value : together(facet, said, value)
      if (both === null) torn.add(facet)
      else facets[facet] = both
    }
    at += longest.length
  }
  return { facets: facets as MetricFacets, torn, isSpotCheck, left }
}

function longestAt(text: string, at: number, words: readonly Compiled[]) {
  let longest: { readonly word: MetricWord; readonly length: number } | null = null
  for (const { word, sticky } of words) {
    sticky.lastIndex = at
    const length = sticky.exec(text)?.[0].length ?? 0
    if (length > (longest?.length ?? 0)) longest = { word, length }
  }
  return longest
}

/** 部门执法检查 is one way; 已整改…已完成整改 says it twice. Null: they disagree. */
function together(facet: MetricFacet, one: string, other: string): string | null {
  if (one === other) return one
  const pair = new Set([one, other])
  const both = (a: string, b: string) => pair.has(a) && pair.has(b)
  if (facet === 'way' && both('official', 'check')) return 'official'
  if (facet === 'way' && both('official', 'search')) return 'official'
  if (facet === 'way' && both('self', 'search')) return 'self'
  if (facet === 'way' && both('check', 'search')) return 'check'
  if (facet === 'state' && both('rectified', 'signed-off')) return 'signed-off'
  // 街道部门检查: an authority's.
  if (facet === 'subject' && both('department', 'government')) return 'department'
  return null
}

export const readLabel = (label: string): MetricReading => read(plainLabel(label), inLabels)
export const readHeading = (heading: string): MetricReading => read(plainLabel(heading), inHeadings)

/** What a known metric means, or a cell by whose label that is known; `null` is not said. */
export interface MetricMeaning {
  readonly topic: HazardMetricTopic | null
  readonly grade: HazardMetricGrade | 'general' | null
  readonly state: 'all' | 'rectified'
}

export function meaningOf(metricId: HazardMetricId): MetricMeaning {
  const [, grade, topic, state] = metricId.split('.') as [
    string,
    HazardMetricGrade,
    HazardMetricTopic,
    MetricMeaning['state'],
  ]
  return { topic, grade, state }
}

/** The known metric that means it; null where something is not said, or none does. */
export function metricMeaning({ topic, grade, state }: MetricMeaning): HazardMetricId | null {
  return topic === null || grade === null || grade === 'general' ? null : `hazard.${grade}.${topic}.${state}`
}

/**
 * Whose finding it is. 企业发现 alone may be what others found there, 检查发现 anybody's; a finding that is listed (挂牌督办) is told
 * by that.
 */
export function topicOf({ facets: { subject, way, act }, torn }: MetricReading): HazardMetricTopic | null {
  if (torn.has('subject') || torn.has('way') || torn.has('act') || subject === 'other' || way === 'spot') return null
  if (act === 'listed') return subject === 'enterprise' || way !== undefined ? null : 'listed'
  if (way === 'self') return subject === undefined || subject === 'enterprise' ? 'enterprise' : null
  if (subject === 'enterprise') return way === 'search' ? 'enterprise' : null
  if (subject === 'department') return 'department'
  if (way === 'official') return 'department'
  return subject === 'government' && way !== undefined ? 'department' : null
}
