/**
 * The phrase table (词语对照): what words of a notice mean here. The product ships phrases, a tenant has its own beside and instead of
 * them; both are data. `…` in a phrase stands for a few words in between, `#` for a number.
 */
import { unitKindLabel, type UnitKind } from '../organization/index.js'
import { decided, refused, type Decision } from '../shared/decision.js'
import { anyEnterprise, selectorWords, type EnterpriseSelector } from '../enterprise/enterprise-selector.js'
import { isRecordKind, recordKindLabel, type RecordKind } from './record-kind.js'

export const phraseSubjects = { action: '做什么', condition: '限于哪些企业', actor: '由谁' } as const
export type PhraseSubject = keyof typeof phraseSubjects

/** The record that is left behind; another one where an enterprise does it (排查: 企业自查, otherwise 监督检查). */
export interface ActionMeaning {
  readonly recordKind: RecordKind
  readonly byEnterprise: RecordKind | null
}

/** How `#` bounds the employees. 以上 and 以下 include the number, 不足 and 超过 do not (民法典第一千二百五十九条). */
export type EmployeesBound = 'at-least' | 'more-than' | 'at-most' | 'less-than'

export interface ConditionMeaning extends Pick<EnterpriseSelector, 'sizes' | 'flags' | 'sectors'> {
  readonly employees: EmployeesBound | null
}

/** Kinds of units, or the post of a person in whatever units the other words name. */
export interface ActorMeaning {
  readonly kinds: readonly UnitKind[]
  readonly post: string | null
}

export type Phrase = { readonly phrase: string } & (
  | { readonly subject: 'action'; readonly meaning: ActionMeaning }
  | { readonly subject: 'condition'; readonly meaning: ConditionMeaning }
  | { readonly subject: 'actor'; readonly meaning: ActorMeaning }
)
export type PhraseMeaning = Phrase['meaning']

/** Half width, without white space, quotation marks and brackets: 各镇（街道） as 各镇街道. */
export function plainWords(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll('...', '…')
    .replace(/[\s"'“”‘’《》〈〉「」『』()〔〕[\]]/gu, '')
}

const NUMBER = '(\\d+|[一二两三四五六七八九十百]+)'
const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

export interface FoundPhrase<P extends Phrase = Phrase> {
  readonly phrase: P
  /** In the plain words, end exclusive. */
  readonly start: number
  readonly end: number
  readonly number: number | null
}

interface Compiled {
  readonly phrase: Phrase
  readonly pattern: RegExp
  readonly weight: number
}

export type PhraseBook = Readonly<Record<PhraseSubject, readonly Compiled[]>>

export function phraseBook(phrases: readonly Phrase[]): PhraseBook {
  const compiled = (subject: PhraseSubject) =>
    phrases
      .filter((one) => one.subject === subject)
      .map((phrase): Compiled => {
        const words = plainWords(phrase.phrase)
        const source = literal(words).replaceAll('…', '[^,、。;]{0,8}?').replaceAll('#', NUMBER)
        return { phrase, pattern: new RegExp(source, 'gu'), weight: words.replace(/[…#]/gu, '').length }
      })
      .sort((a, b) => b.weight - a.weight)
  return { action: compiled('action'), condition: compiled('condition'), actor: compiled('actor') }
}

/** Longest first, none upon another; in the order of the words. */
export function phrasesIn<S extends PhraseSubject>(
  words: string,
  book: PhraseBook,
  ...subjects: readonly S[]
): readonly FoundPhrase<Extract<Phrase, { subject: S }>>[] {
  const found: (FoundPhrase & { readonly weight: number })[] = []
  const candidates = subjects.flatMap((subject) => book[subject]).sort((a, b) => b.weight - a.weight)
  for (const { phrase, pattern, weight } of candidates) {
    for (const match of words.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length]
      if (end === start || found.some((one) => one.start < end && start < one.end)) continue
      found.push({ phrase, start, end, number: match[1] === undefined ? null : numberIn(match[1]), weight })
    }
  }
  found.sort((a, b) => a.start - b.start)
  return found as unknown as readonly FoundPhrase<Extract<Phrase, { subject: S }>>[]
}

const DIGITS = '零一二三四五六七八九'

function numberIn(text: string): number {
  if (/^\d+$/u.test(text)) return Number(text)
  const [, hundreds, tens, ones] = /^(?:(.)百)?零?(?:(.?)十)?(.?)$/u.exec(text.replaceAll('两', '二')) ?? []
  const digit = (word: string | undefined) => (word === undefined ? 0 : word === '' ? 1 : DIGITS.indexOf(word))
  return digit(hundreds) * 100 + digit(tens) * 10 + (ones === undefined || ones === '' ? 0 : DIGITS.indexOf(ones))
}

export function selectorOf({ sizes, flags, sectors, employees }: ConditionMeaning, number: number | null) {
  const bounds: Partial<EnterpriseSelector> =
    employees === null || number === null
      ? {}
      : {
          'at-least': { fewest: number },
          'more-than': { fewest: number + 1 },
          'at-most': { most: number },
          'less-than': { most: number - 1 },
        }[employees]
  return { ...anyEnterprise, sizes, flags, sectors, ...bounds }
}

const boundWords: Readonly<Record<EmployeesBound, string>> = {
  'at-least': '从业人数达到该数',
  'more-than': '从业人数超过该数',
  'at-most': '从业人数不超过该数',
  'less-than': '从业人数不足该数',
}

/** What it means, as the phrase table shows it. */
export function meaningWords(phrase: Phrase): string {
  switch (phrase.subject) {
    case 'action': {
      const { recordKind, byEnterprise } = phrase.meaning
      const other = byEnterprise === null ? '' : `；企业做的，记作${recordKindLabel(byEnterprise)}`
      return `记作${recordKindLabel(recordKind)}${other}`
    }
    case 'condition': {
      const { employees, ...rest } = phrase.meaning
      const others = selectorWords({ ...anyEnterprise, ...rest })
      if (employees === null) return others
      return others === '所有企业' ? boundWords[employees] : `${others}、${boundWords[employees]}`
    }
    case 'actor': {
      const { kinds, post } = phrase.meaning
      return [kinds.map(unitKindLabel).join('、'), post ?? ''].filter((word) => word !== '').join('，')
    }
  }
}

/** What a tenant may enter. */
export function checkPhrase(phrase: Phrase): Decision<Phrase> {
  const words = plainWords(phrase.phrase)
  if (words.replace(/[…#]/gu, '').length === 0)
    return refused('phrase.empty', '请填写词语：除了“…”和“#”，至少要有一个字。', 'phrase')
  if (words.split('#').length > 2)
    return refused('phrase.numbers', '一个词语里最多写一个“#”，请分成两个词语。', 'phrase')
  if (words.startsWith('…') || words.endsWith('…'))
    return refused('phrase.gap', '“…”要写在两个词之间，如 带队…检查。', 'phrase')
  const hasNumber = words.includes('#')
  switch (phrase.subject) {
    case 'action':
      if (!isRecordKind(phrase.meaning.recordKind))
        return refused('phrase.kind-unknown', '请从列表里选择记作哪一类记录。', 'meaning.recordKind')
      break
    case 'condition': {
      const { employees, sizes, flags, sectors } = phrase.meaning
      if (hasNumber !== (employees !== null))
        return refused(
          'phrase.number-bound',
          hasNumber
            ? '词语里有“#”，请选定人数是达到、超过还是不足。'
            : '选了人数的界限，词语里要用“#”代表数字，如 #人以下。',
          'meaning.employees',
        )
      if (!hasNumber && sizes.length + flags.length + sectors.length === 0)
        return refused('phrase.narrows-nothing', '请至少选定规模、类别或行业中的一项。', 'meaning')
      break
    }
    case 'actor':
      if (phrase.meaning.kinds.length === 0 && (phrase.meaning.post ?? '').trim() === '')
        return refused('phrase.nobody', '请选定单位类别，或者填写职务。', 'meaning')
  }
  if (hasNumber && phrase.subject !== 'condition')
    return refused('phrase.number-misplaced', '“#”只用于从业人数，请改写。', 'phrase')
  return decided({ ...phrase, phrase: words })
}
