import { actorAlone, actorAt, GOES_ON, type ActorFound } from '../lexicon/actor.js'
import { isNarrowing, levelOf } from '../lexicon/level.js'
import { readTimes } from '../lexicon/date.js'
import { DAY_OF_PERIOD, readPeriods } from '../lexicon/frequency.js'
import { AT_OCCASION } from '../lexicon/verb.js'
import type { Words } from '../normalise/canonical-text.js'
import type { Paragraph } from './paragraph.js'
import { clausesOf, membersOf, sentencesOf } from './sentence.js'

/** A clause with the one it is said of. */
export interface Clause {
  readonly words: Words
  /** Behind the one who acts, if the clause names one; else the whole clause. */
  readonly rest: Words
  /** Who acts: named here, or earlier in the paragraph. */
  readonly actor: Words | null
  readonly namesActor: boolean
  /** The unit that was last named: a post without a unit (主要负责人) is one of its. */
  readonly unit: Words | null
}

/** The clauses between two semicolons. */
export interface Member {
  readonly words: Words
  readonly clauses: readonly Clause[]
}

export interface Statement {
  readonly words: Words
  readonly paragraph: Paragraph
  readonly members: readonly Member[]
  /** Whether it is the first of its paragraph, which may be its title. */
  readonly isFirst: boolean
  /** Of whom the paragraph speaks that announced this one (企业要做到以下几点：). */
  readonly lead: Words | null
}

/** The sentences of paragraphs, each clause with the one who acts. */
export function statementsOf(paragraphs: readonly Paragraph[]): Statement[] {
  // A paragraph that ends with a colon begins the fragments below it: its subject is theirs. Items with sentences of their own have
  // subjects of their own.
  let lead: { readonly subject: Words; readonly level: number } | null = null
  return paragraphs.flatMap((paragraph) => {
    const level = paragraph.numbering?.level ?? paragraph.under.at(-1)?.numbering?.level ?? -1
    if (lead !== null && (paragraph.numbering === null || level <= lead.level)) lead = null
    const isFragment = !/。./.test(paragraph.words.text)
    const subject = new Subject(isFragment ? (lead?.subject ?? null) : null)
    const body = paragraph.numbering === null ? paragraph.words : paragraph.words.slice(paragraph.numbering.length)
    const statements = sentencesOf(body).map((words, at): Statement => {
      subject.beginSentence()
      const members = membersOf(words).map((member): Member => {
        subject.beginMember()
        const clauses = clausesOf(member)
        return {
          words: member,
          clauses: clauses.map((clause, place) => {
            // 县教育局：…; 驻院外包单位，要…: all of a clause may be the one who acts.
            const isLabel = at === 0 && place === 0 && words.text.charAt(clause.end - words.start) === '：'
            return clauseOf(clause, isLabel || GOES_ON.test(clauses[place + 1]?.text ?? ''), subject)
          }),
        }
      })
      return { words, paragraph, members, isFirst: at === 0, lead: lead?.subject ?? null }
    })
    if (paragraph.words.text.endsWith('：') && subject.current !== null) lead = { subject: subject.current, level }
    return statements
  })
}

/** 县公安局参加: who only takes part leaves the sentence with the one who leads. */
const TAKES_PART = /^(?:参加|参与|配合|协助|协同|支持)$/
/** 安全科汇总后…: who only passes on what others send is named in passing. */
const PASSES_ON = /^[^，]{0,6}(?:汇总|审核|审定|收集|初审)/

/**
 * Who is spoken of. A sentence goes on with the subject of the one before it; behind a semicolon with the one of whom the stretch
 * before it was, unless that one was some of those of whom the sentence speaks, or named in passing (汇总后报…).
 */
class Subject {
  current: Words | null
  unit: Words | null
  private last: Words | null = null
  private ofSentence: Words | null
  private ofMember: Words | null = null
  private members = 0

  constructor(inherited: Words | null) {
    this.current = inherited
    this.unit = inherited
    this.ofSentence = inherited
  }

  /** The last that was named in a sentence goes on in the next, unless it was some of those of whom the sentence speaks. */
  beginSentence(): void {
    this.members = 0
    if (this.last !== null && !isNarrowing(this.last.text, [])) this.ofSentence = this.last
  }

  beginMember(): void {
    this.members++
    this.current = (this.isNamed ? this.ofMember : null) ?? this.ofSentence
    this.ofMember = null
    this.isNamed = this.members > 1
  }

  name({ actor, rest }: ActorFound, isAgent: boolean): void {
    // 企业每航次自查，每月由船长组织一次演习，每年检修一次: who acts in one clause only.
    if (isAgent && this.isNamed) return
    this.current = actor
    if (!PASSES_ON.test(rest.text)) this.last = actor
    if (levelOf(actor.text) !== null) this.unit = actor
    if (!this.isNamed) this.ofSentence = actor
    const isInPassing =
      PASSES_ON.test(rest.text) ||
      levelOf(actor.text) === null ||
      actor.text.includes('的') ||
      isNarrowing(actor.text, [])
    if (!isInPassing) this.ofMember = actor
    this.isNamed = true
  }

  /** Whether the sentence has its subject: the first that is named before a semicolon. */
  private isNamed = false
}

/** The one who acts in a part of a clause: 项目经理每周、企业主要负责人每月…. */
export const actorOf = (words: Words) => actorAt(words, timeLength)

function clauseOf(words: Words, isAlone: boolean, subject: Subject): Clause {
  const found = actorAt(words, timeLength) ?? (isAlone ? actorAlone(words) : null)
  if (found === null || (subject.current !== null && TAKES_PART.test(found.rest.text)))
    return { words, rest: words, actor: subject.current, namesActor: false, unit: subject.unit }
  if (found.of !== undefined) {
    subject.name({ actor: found.of, rest: found.rest }, false)
    return { words, rest: found.rest, actor: found.actor, namesActor: true, unit: found.actor }
  }
  subject.name(found, words.text.charAt(found.actor.start - words.start - 1) === '由')
  return { words, rest: found.rest, actor: found.actor, namesActor: true, unit: subject.unit }
}

const MAY_BE_TIME = /^[\d一二三四五六七八九十今明次本当每各全年上下半即于在自从到截力第按双逐月周印发最限不]/

/** The length of a time or a period that a clause begins with, its preposition included. */
export function timeLength(text: string): number {
  const occasion = AT_OCCASION.exec(text)
  if (occasion !== null && /[前后期间时日]$/.test(occasion[0]))
    return occasion[0].length + (/^[，、]/.test(text.slice(occasion[0].length)) ? 1 : 0)
  if (!MAY_BE_TIME.test(text)) return 0
  const preposition =
    /^(?:最迟|最晚|不晚于|不迟于|限)?(?:于|在|自|从|到|截至|截止到?|截|力争)?/.exec(text)?.[0].length ?? 0
  const head = text.slice(preposition, preposition + 40)
  const time = readTimes(head)[0]
  if (time?.start === 0) return preposition + time.end + (/^[，、]/.test(head.slice(time.end)) ? 1 : 0)
  const period = preposition === 0 ? readPeriods(head)[0] : undefined
  if (period?.start !== 0) return 0
  return period.end + (DAY_OF_PERIOD.exec(head.slice(period.end))?.[0].length ?? 0)
}
