import { numberText } from './number-format.js'
import { withNumber } from './numbering-lists.js'
import { wholeNumber } from './nested-sink.js'

type Attributes = Readonly<Record<string, string>>

const BY_TYPE: Readonly<Record<string, string>> = {
  a: 'lowerLetter',
  A: 'upperLetter',
  i: 'lowerRoman',
  I: 'upperRoman',
}
const BY_STYLE: Readonly<Record<string, string>> = {
  'cjk-ideographic': 'chineseCounting',
  'simp-chinese-informal': 'chineseCounting',
  'trad-chinese-informal': 'chineseCounting',
  'cjk-decimal': 'ideographDigital',
  'cjk-heavenly-stem': 'ideographTraditional',
  'cjk-earthly-branch': 'ideographZodiac',
  'lower-alpha': 'lowerLetter',
  'upper-alpha': 'upperLetter',
  'lower-roman': 'lowerRoman',
  'upper-roman': 'upperRoman',
  'decimal-leading-zero': 'decimalZero',
}

/** A list of a page, and how far it has come; points of an unordered one have no number. */
export class HtmlList {
  private next: number
  private readonly format: string | null

  constructor(
    isOrdered: boolean,
    attributes: Attributes,
    private readonly step = attributes['reversed'] === undefined ? 1 : -1,
  ) {
    this.next = wholeNumber(attributes['start'], -1_000_000, 1_000_000) ?? 1
    const style = /list-style(?:-type)?\s*:\s*([\w-]+)/i.exec(attributes['style'] ?? '')?.[1]?.toLowerCase()
    const stated = BY_STYLE[style ?? ''] ?? BY_TYPE[attributes['type'] ?? ''] ?? 'decimal'
    this.format = isOrdered && style !== 'none' ? stated : null
  }

  /** Gives what stands before the next point. */
  count(attributes: Attributes): string {
    const value = wholeNumber(attributes['value'], -1_000_000, 1_000_000) ?? this.next
    this.next = value + this.step
    if (this.format === null) return ''
    return numberText(this.format, value) + (this.format.startsWith('chinese') ? '、' : '.')
  }
}

export function withPoint(label: string, text: string): string {
  return withNumber({ label, isParted: true }, text)
}
