import type { Words } from '../normalise/canonical-text.js'

/** The sentences of a paragraph; a full stop inside quotation marks or brackets ends none. */
export function sentencesOf(words: Words): Words[] {
  return cut(words, '。！？')
}

/** The parts of a sentence between semicolons. */
export function membersOf(words: Words): Words[] {
  return cut(words, '；')
}

/** The clauses of a sentence, between commas; brackets stay with the clause that they close. */
export function clausesOf(words: Words): Words[] {
  return cut(words, '，；：。！？')
}

const SIGNS = /[（《〈“〔）》〉”〕。！？；，：]/g
const OPENING = '（《〈“〔'
const CLOSING = '）》〉”〕'

function cut(words: Words, marks: string): Words[] {
  const pieces: Words[] = []
  let depth = 0
  let from = 0
  for (const { 0: sign, index: at } of words.text.matchAll(SIGNS)) {
    if (OPENING.includes(sign)) depth++
    else if (CLOSING.includes(sign)) depth = Math.max(0, depth - 1)
    // A bracket that is never closed would swallow the rest of the paragraph.
    else if (marks.includes(sign) && !isInClock(words.text, at) && (depth === 0 || isUnclosed(words.text, at))) {
      depth = 0
      if (at > from) pieces.push(words.slice(from, at))
      from = at + 1
    }
  }
  if (from < words.length) pieces.push(words.slice(from))
  return pieces
}

/** 17:00前 is no end of a clause. */
const isInClock = (text: string, at: number) => text.charAt(at) === '：' && /\d：\d/.test(text.slice(at - 1, at + 2))

const CLOSES = /[）》〉”〕]/

const isUnclosed = (text: string, at: number) => !CLOSES.test(text.slice(at, at + 400))
