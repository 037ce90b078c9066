/** A report read back: which of the points that it must state are there as headings, and whether anything is written under them. */

/** What the system does not know stands so in a draft, for a person to fill in. */
export const BLANK = '【待填】'
export const blankFor = (what: string): string => `【待填：${what}】`
const BLANKS = /【待填[^】]*】/g

export interface SectionReading {
  /** In no line of the document. */
  readonly missing: readonly string[]
  /** There, and nothing under them. */
  readonly empty: readonly string[]
  /** Blanks of the draft that nobody filled in. */
  readonly blanks: number
}

/** 一、 （一） 1. 1、 （1） 第一部分: GB/T 9704-2012, 7.3.3, and what people write besides. A bare figure is no number: 12家企业 is no heading. */
const NUMBER =
  /^(?:第[一二三四五六七八九十百\d]+[章节部分]+|\([一二三四五六七八九十百\d]+\)|[一二三四五六七八九十百]+[、.]|\d+(?:\.\d+)*[、.](?!\d))[、.]*/
const ENDS = /[。:;,、.]+$/

/** 附件说明, and the sentence that ends a letter: nothing that is said of the last point. */
const CLOSING = /^(?:附件(?:[:\d]|$)|特此(?:报告|报备|函告|说明)|妥否,?请)/

/** Full and half width, and white space, are the writer's own affair. */
const squeezed = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '')

/** A heading without its number, its white space and what closes it: as two people would write the same one. */
export function bareHeading(text: string): string {
  return squeezed(text).replace(NUMBER, '').replace(ENDS, '')
}

interface Line {
  /** The kind of its number (一、 is one, （一） another), or '' without. */
  readonly style: string
  /** Without its number. */
  readonly text: string
}

/**
 * `lines` are the paragraphs in their order, with the text of tables between them. A heading is a line of its own, or opens one and goes
 * on after a full stop (（一）工作开展情况。今年…). What is written under it ends at the next point, at a heading numbered like it, at
 * what closes a letter, and at the signature.
 */
export function readSections(lines: readonly string[], headings: readonly string[]): SectionReading {
  const wanted = headings.map((heading) => ({ heading, bare: bareHeading(heading) }))
  const body = lines.map((line): Line => {
    const text = squeezed(line)
    return { style: styleOf(text), text: text.replace(NUMBER, '') }
  })
  const end = signatureAt(body)
  const written = new Map<string, boolean>()
  let open: { readonly heading: string; readonly style: string } | null = null
  for (const [at, line] of body.entries()) {
    const named = longest(wanted.filter(({ bare }) => opensWith(line.text, bare)))
    if (named !== undefined) {
      const isFilled = isWritten(line.text.slice(named.bare.length))
      written.set(named.heading, isFilled || written.get(named.heading) === true)
      open = { heading: named.heading, style: line.style }
    } else if (CLOSING.test(line.text) || (line.style !== '' && line.style === open?.style)) {
      open = null
    } else if (open !== null && at < end && isWritten(line.text)) {
      written.set(open.heading, true)
    }
  }
  return {
    missing: headings.filter((heading) => !written.has(heading)),
    empty: headings.filter((heading) => written.get(heading) === false),
    blanks: lines.reduce((sum, line) => sum + (line.match(BLANKS)?.length ?? 0), 0),
  }
}

function styleOf(text: string): string {
  return (NUMBER.exec(text)?.[0] ?? '').replace(/[一二三四五六七八九十百]+/g, '一').replace(/\d+/g, '1')
}

/** 问题 opens 问题。 and 问题：…, and not 问题整改情况. */
function opensWith(text: string, bare: string): boolean {
  return text === bare || (text.startsWith(bare) && /^[。:;,.【]/.test(text.slice(bare.length)))
}

function longest<One extends { readonly bare: string }>(found: readonly One[]): One | undefined {
  return [...found].sort((a, b) => b.bare.length - a.bare.length)[0]
}

/** Something besides blanks and marks: one character of a word or a figure is enough. */
function isWritten(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text.replace(BLANKS, ''))
}

/** The line of the name above the date that closes a letter; annexes may follow. Past the end where there is none. */
function signatureAt(body: readonly Line[]): number {
  for (let at = body.length - 1; at >= 0; at -= 1) {
    if (!/^[\d〇零一二三四五六七八九]{4}年.{1,3}月.{1,3}日$/.test(body[at]?.text ?? '')) continue
    let name = at - 1
    while (name > 0 && body[name]?.text === '') name -= 1
    return /^[^。;]{2,40}$/.test(body[name]?.text ?? '') ? name : at
  }
  return body.length
}
