import { canonicalCharacter } from './character.js'

export interface Stretch {
  readonly start: number
  readonly end: number
}

/**
 * The text as the rules read it: without white space, one character for each spelling of it. Every character knows where it
 * stands in the document, and what the document has in its place.
 */
export class CanonicalText {
  private constructor(
    readonly source: string,
    readonly text: string,
    /** The document's own characters, one for each of `text`. */
    readonly own: string,
    private readonly offsets: Int32Array,
  ) {}

  static of(source: string): CanonicalText {
    const dropped = noise(source)
    const canonical: string[] = []
    const own: string[] = []
    const offsets = new Int32Array(source.length + 1)
    let skip = 0
    for (let at = 0; at < source.length; at++) {
      while (skip < dropped.length && (dropped[skip]?.end ?? 0) <= at) skip++
      const hole = dropped[skip]
      if (hole !== undefined && at >= hole.start) continue
      const character = source.charAt(at)
      if (BLANK.test(character)) continue
      offsets[canonical.length] = at
      canonical.push(canonicalCharacter(character))
      own.push(character)
    }
    const { length } = canonical
    offsets[length] = source.length
    return new CanonicalText(source, mended(canonical.join('')), own.join(''), offsets.slice(0, length + 1))
  }

  get length(): number {
    return this.text.length
  }

  /** Where in the document the character at a place of `text` stands. */
  offsetOf(at: number): number {
    return this.offsets[Math.min(Math.max(at, 0), this.text.length)] ?? this.source.length
  }

  /** The first place of `text` that stands at an offset of the document or after it. */
  placeOf(offset: number): number {
    let low = 0
    let high = this.text.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.offsets[middle] ?? 0) < offset) low = middle + 1
      else high = middle
    }
    return low
  }

  words(start: number, end: number): Words {
    return new Words(this, start, Math.max(start, end))
  }

  wordsBetween(start: number, end: number): Words {
    return this.words(this.placeOf(start), this.placeOf(end))
  }
}

/** A stretch of the canonical text. */
export class Words {
  readonly text: string

  constructor(
    private readonly whole: CanonicalText,
    readonly start: number,
    readonly end: number,
  ) {
    this.text = whole.text.slice(start, end)
  }

  get length(): number {
    return this.end - this.start
  }

  slice(start: number, end: number = this.length): Words {
    const from = Math.min(this.start + start, this.end)
    return new Words(this.whole, from, Math.max(from, Math.min(this.start + end, this.end)))
  }

  /** From here to the end of another stretch. */
  upTo(other: Words): Words {
    return new Words(this.whole, this.start, Math.max(this.start, other.end))
  }

  /** The document's wording, without white space. */
  get own(): string {
    return this.whole.own.slice(this.start, this.end)
  }

  /** The document's wording with its white space. */
  get raw(): string {
    const { start, end } = this.source
    return this.whole.source.slice(start, end)
  }

  get source(): Stretch {
    if (this.length === 0) return { start: this.whole.offsetOf(this.start), end: this.whole.offsetOf(this.start) }
    return { start: this.whole.offsetOf(this.start), end: this.whole.offsetOf(this.end - 1) + 1 }
  }

  /** Whether white space or a line's end stands before the character at a place. */
  gapBefore(at: number): boolean {
    const place = this.start + at
    return place > 0 && this.whole.offsetOf(place) - this.whole.offsetOf(place - 1) > 1
  }

  /** Whether a line ends before the character at a place. */
  breaksBefore(at: number): boolean {
    const place = this.start + at
    return (
      place > 0 && this.whole.source.slice(this.whole.offsetOf(place - 1), this.whole.offsetOf(place)).includes('\n')
    )
  }

  /** Split at single characters that stand outside brackets and quotation marks; empty pieces are left out. */
  split(separators: RegExp): Words[] {
    const pieces: Words[] = []
    let depth = 0
    let from = 0
    for (let at = 0; at < this.text.length; at++) {
      const character = this.text.charAt(at)
      if (OPENING.includes(character)) depth++
      else if (CLOSING.includes(character)) depth = Math.max(0, depth - 1)
      else if (depth === 0 && separators.test(character)) {
        if (at > from) pieces.push(this.slice(from, at))
        from = at + 1
      }
    }
    if (from < this.text.length) pieces.push(this.slice(from))
    return pieces
  }
}

const OPENING = '（《〈“〔'
const CLOSING = '）》〉”〕'

// The zero-width and direction marks come with text that was copied from pages; the soft hyphen with that from PDFs.
const BLANK = /[\s\u00A0\u1680\u180E\u2000-\u200F\u2028-\u202F\u205F\u2060\u3000\uFEFF\u00AD\u0000-\u0008\u000E-\u001F]/

/** Marks of programs and printed page numbers, which are no words of the notice. */
const NOISE =
  /\[bookmark:[^\]\n]{0,80}\]|^[ \t\u3000]*[-–—―－~·•][ \t\u3000]*\d{1,4}[ \t\u3000]*[-–—―－~·•][ \t\u3000]*$|^[ \t\u3000]*第[ \t]*\d{1,4}[ \t]*页([ \t\u3000]*[/,，]?[ \t\u3000]*共[ \t]*\d{1,4}[ \t]*页)?[ \t\u3000]*$/gm

function noise(source: string): Stretch[] {
  return [...source.matchAll(NOISE)].map(({ index, 0: found }) => ({ start: index, end: index + found.length }))
}

/** Letters that were typed or scanned for figures, where figures stand on both sides or a unit of time follows. */
const LETTER_FOR_FIGURE =
  /(?<=[\d〔])[OoОоlI|](?=[\dOoОоlI|]{0,3}[\d年月日〕])|(?<![A-Za-z])[OoОоlI|](?=\d{0,3}[年月日]|\d{1,3}[年月日])/g

function mended(text: string): string {
  return text.replace(LETTER_FOR_FIGURE, (letter) => (/[lI|]/.test(letter) ? '1' : '0'))
}
