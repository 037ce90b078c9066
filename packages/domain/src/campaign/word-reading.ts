/**
 * What the words of a duty mean here: which record, which enterprises, which units and post. Found by what an officer chose for the same
 * words before, by the names of units, and by the phrase table; what is not understood to the last word is not guessed, but asked.
 */
import { bothSelectors, selectorWords, type EnterpriseSelector } from '../enterprise/enterprise-selector.js'
import { unitKindLabel, type UnitKind } from '../organization/index.js'
import {
  phrasesIn,
  plainWords,
  selectorOf,
  type FoundPhrase,
  type Phrase,
  type PhraseBook,
  type PhraseSubject,
} from './phrase.js'
import type { PlanDuty } from './plan.js'
import { recordKindLabel, type RecordKind } from './record-kind.js'
import { unitsCalled, unitsNamed, type NamedUnit, type UnitNames } from './unit-name.js'

export interface Who {
  readonly kinds: readonly UnitKind[]
  readonly unitIds: readonly string[]
  readonly post: string | null
  /** Of enterprises these alone: any of them. Empty: all. */
  readonly enterprises: readonly EnterpriseSelector[]
}

/** What an officer made of words that nothing else told. `null`: kept as wording only; nothing will be asked of anybody. */
export type WordChoice = { readonly words: string; readonly reason: string } & (
  | { readonly subject: 'action'; readonly meaning: { readonly recordKind: RecordKind } | null }
  | { readonly subject: 'condition'; readonly meaning: { readonly enterprises: readonly EnterpriseSelector[] } | null }
  | { readonly subject: 'actor'; readonly meaning: Who | null }
  /** Which known metric a cell of a table asks for; null: a person types it. */
  | { readonly subject: 'metric'; readonly meaning: { readonly metricId: string } | null }
)

export interface ReadBy extends UnitNames {
  readonly book: PhraseBook
  /** Of several for the same words the last holds. */
  readonly choices: readonly WordChoice[]
}

interface ReadingOf<S extends PhraseSubject, M> {
  readonly subject: S
  readonly words: string
  readonly meaning: M | null
  /** `open`: to be decided. `wording`: decided to be kept as words. */
  readonly standing: 'found' | 'wording' | 'open'
  readonly by: 'choice' | 'name' | 'short-name' | 'phrase' | 'level' | null
  /** The phrases that told it, as the table has them. */
  readonly phrases: readonly string[]
  /** Words that nothing explains. */
  readonly left: string
  /** Units between which the officer must choose. */
  readonly candidates: readonly NamedUnit[]
  readonly reason: string | null
}

export type ActionReading = ReadingOf<'action', { readonly recordKind: RecordKind }>
export type ConditionReading = ReadingOf<'condition', { readonly enterprises: readonly EnterpriseSelector[] }>
export type ActorReading = ReadingOf<'actor', Who>
export type WordReading = ActionReading | ConditionReading | ActorReading

type Level = PlanDuty['level']

const open = { meaning: null, standing: 'open', by: null, phrases: [], left: '', candidates: [], reason: null } as const

function chosen<S extends PhraseSubject>(subject: S, words: string, { choices }: ReadBy) {
  const plain = plainWords(words)
  return choices.findLast((one) => one.subject === subject && plainWords(one.words) === plain) as
    Extract<WordChoice, { subject: S }> | undefined
}

function readingOf(subject: PhraseSubject, words: string, { meaning, reason }: WordChoice): unknown {
  const standing = meaning === null ? 'wording' : 'found'
  return { ...open, subject, words, meaning, standing, by: 'choice', reason }
}

/** The head of a Chinese phrase stands last: of two phrases of one length the later tells what is done. */
export function readAction(words: string, level: Level, by: ReadBy): ActionReading {
  const choice = chosen('action', words, by)
  if (choice !== undefined) return readingOf('action', words, choice) as ActionReading
  const weight = ({ phrase }: FoundPhrase) => phrase.phrase.replace(/[…#]/gu, '').length
  const found = phrasesIn(plainWords(words), by.book, 'action')
  const best = found.reduce<(typeof found)[number] | null>(
    (top, one) => (top === null || weight(one) >= weight(top) ? one : top),
    null,
  )
  if (best === null) return { ...open, subject: 'action', words, left: words }
  const { recordKind, byEnterprise } = best.phrase.meaning
  return {
    ...open,
    subject: 'action',
    words,
    meaning: { recordKind: level === 'enterprise' && byEnterprise !== null ? byEnterprise : recordKind },
    standing: 'found',
    by: 'phrase',
    phrases: [best.phrase.phrase],
  }
}

/** Words that narrow nothing. 其他 and 其余 do: they take away. */
const idle =
  /^(?:各类|各|所有|全部|有关|相关|涉及|从事|属于|列入|的|等|类|行业领域|重点领域|行业|领域|生产经营单位|经营单位|使用单位|企业单位|企业|公司|单位|场所|机构|项目|以及|和|及|或|与|、|,|;|人员|从业|作业|员工|职工|每个|每)+$/u
const either = /[、,;或和及与]/u

function leftOf(words: string, found: readonly FoundPhrase[]): string {
  const gaps: string[] = []
  let at = 0
  for (const { start, end } of [...found, { start: words.length, end: words.length }]) {
    gaps.push(words.slice(at, start))
    at = end
  }
  return gaps.filter((gap) => gap !== '' && !idle.test(gap)).join('…')
}

type ConditionPhrase = FoundPhrase<Extract<Phrase, { subject: 'condition' }>>

/** 高危、人员密集场所: either. 规上高危企业: both. */
function alternativesIn(words: string, found: readonly ConditionPhrase[]): readonly EnterpriseSelector[] {
  const alternatives: EnterpriseSelector[] = []
  found.forEach((one, at) => {
    const before = found[at - 1]
    const last = alternatives.at(-1)
    const selector = selectorOf(one.phrase.meaning, one.number)
    if (last === undefined || before === undefined || either.test(words.slice(before.end, one.start)))
      alternatives.push(selector)
    else alternatives[alternatives.length - 1] = bothSelectors(last, selector)
  })
  return alternatives
}

export function readCondition(words: string, by: ReadBy): ConditionReading {
  const choice = chosen('condition', words, by)
  if (choice !== undefined) return readingOf('condition', words, choice) as ConditionReading
  const plain = plainWords(words)
  const found = phrasesIn(plain, by.book, 'condition')
  const left = leftOf(plain, found)
  const phrases = found.map(({ phrase }) => phrase.phrase)
  if (found.length === 0 || left !== '')
    return { ...open, subject: 'condition', words, phrases, left: left === '' ? words : left }
  return {
    ...open,
    subject: 'condition',
    words,
    meaning: { enterprises: alternativesIn(plain, found) },
    standing: 'found',
    by: 'phrase',
    phrases,
  }
}

const byLevel: Readonly<Record<Level, readonly UnitKind[]>> = {
  enterprise: ['enterprise'],
  department: ['department'],
  government: ['town', 'township', 'street'],
}

/** Without a level, words that name only a post name nobody. */
export function readActor(words: string | null, level: Level | null, by: ReadBy): ActorReading {
  const shown = words ?? ''
  const choice = words === null ? undefined : chosen('actor', words, by)
  if (choice !== undefined) return readingOf('actor', shown, choice) as ActorReading
  const nobodyNamed: Who = { kinds: level === null ? [] : byLevel[level], unitIds: [], post: null, enterprises: [] }
  if (words === null)
    return { ...open, subject: 'actor', words: '', meaning: nobodyNamed, standing: 'found', by: 'level' }
  const parts = partsOf(words).map((part) => readPart(part, level, by))
  const candidates = parts.flatMap((part) => part.candidates)
  const phrases = [...new Set(parts.flatMap((part) => part.phrases))]
  const left = parts.flatMap((part) => (part.who === null ? [part.words] : [])).join('、')
  if (parts.some(({ who }) => who === null)) return { ...open, subject: 'actor', words, phrases, left, candidates }
  const who = parts.flatMap((part) => (part.who === null ? [] : [part.who]))
  return {
    ...open,
    subject: 'actor',
    words,
    meaning: {
      kinds: [...new Set(who.flatMap(({ kinds }) => kinds))],
      unitIds: [...new Set(who.flatMap(({ unitIds }) => unitIds))],
      post: who.find(({ post }) => post !== null)?.post ?? null,
      enterprises: who.flatMap(({ enterprises }) => enterprises),
    },
    standing: 'found',
    by: calledBy(parts),
    phrases,
  }
}

/** 各乡镇、各成员单位、各企业: each for itself. What stands in brackets belongs to what is before it. */
function partsOf(words: string): readonly string[] {
  const unbracketed = words
    .normalize('NFKC')
    .replace(/[(〔][^)〕]*[)〕]/gu, (inside) => inside.slice(1, -1).replace(/[、,]/gu, ''))
  return unbracketed
    .split(/、|,|;|以及|(?<=.{2})和(?=.{2})|(?<=.{2})及(?=.{2})/u)
    .map(plainWords)
    .filter((part) => part !== '')
}

interface Part {
  readonly words: string
  readonly who: Who | null
  /** By what a unit was found; null where the phrases name kinds of them. */
  readonly called: 'name' | 'short-name' | null
  readonly phrases: readonly string[]
  readonly candidates: readonly NamedUnit[]
}

function calledBy(parts: readonly Part[]): ActorReading['by'] {
  if (parts.some(({ called }) => called === 'short-name')) return 'short-name'
  return parts.every(({ called }) => called === 'name') ? 'name' : 'phrase'
}

function readPart(words: string, level: Level | null, by: ReadBy): Part {
  const found = phrasesIn(words, by.book, 'actor', 'condition')
  const posts = found.flatMap(({ phrase, end }) =>
    phrase.subject === 'actor' && phrase.meaning.post !== null && end === words.length ? [phrase] : [],
  )
  const post = posts[0]?.meaning.post ?? null
  const rest = posts[0] === undefined ? words : words.slice(0, found.at(-1)?.start)
  const asked = rest.replace(/^(?:各|由)/u, '')
  const base = { words, phrases: posts.map(({ phrase }) => phrase), candidates: [], called: null }
  const named = (units: readonly NamedUnit[], called: Part['called']): Part =>
    units.length === 1
      ? { ...base, who: { kinds: [], unitIds: units.map(({ id }) => id), post, enterprises: [] }, called }
      : { ...base, who: null, candidates: units }
  const whole = unitsNamed(asked, by)
  if (whole.length > 0) return named(whole, 'name')
  const phrases = found.map(({ phrase }) => phrase.phrase)
  if (found.length === 0 || leftOf(words, found) !== '') {
    const called = unitsCalled(asked, by)
    return called.units.length > 0 ? named(called.units, called.by) : { ...base, who: null, phrases }
  }
  const kinds = [...new Set(found.flatMap(({ phrase }) => (phrase.subject === 'actor' ? phrase.meaning.kinds : [])))]
  const narrowing = found.flatMap((one) => (one.phrase.subject === 'condition' ? [one as ConditionPhrase] : []))
  const enterprises = alternativesIn(words, narrowing)
  const others = level === null ? [] : byLevel[level]
  const meant = kinds.length > 0 ? kinds : enterprises.length > 0 ? (['enterprise'] as const) : others
  return { ...base, who: { kinds: meant, unitIds: [], post, enterprises }, phrases }
}

/** As the pages say it. */
export function whoWords(who: Who, nameOf: (unitId: string) => string): string {
  const kinds = who.kinds.map((kind) =>
    kind === 'enterprise' && who.enterprises.length > 0
      ? `企业（${who.enterprises.map(selectorWords).join('；或')}）`
      : unitKindLabel(kind),
  )
  const units = [...who.unitIds.map(nameOf), ...kinds].join('、')
  return who.post === null ? units : `${units}的${who.post}`
}

/** The units that a reading names. */
export function whoUnits(reading: WordReading): readonly string[] {
  return reading.subject === 'actor' ? (reading.meaning?.unitIds ?? []) : []
}

export function readingWords(reading: WordReading, nameOf: (unitId: string) => string): string {
  if (reading.meaning === null) return ''
  switch (reading.subject) {
    case 'action':
      return recordKindLabel(reading.meaning.recordKind)
    case 'condition':
      return reading.meaning.enterprises.map(selectorWords).join('；或')
    case 'actor':
      return whoWords(reading.meaning, nameOf)
  }
}
