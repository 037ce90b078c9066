import { localAttribute } from '../xml-tokens.js'
import { isFormerProperty, isOn, NestedSink, wholeNumber } from './nested-sink.js'

export interface WordStyle {
  /** 1 is the highest; null: body text. */
  readonly level: number | null
  readonly align: string | null
  readonly pageBreakBefore: boolean | null
  readonly isHidden: boolean | null
  readonly numberId: string | null
  readonly numberLevel: number | null
  /** The ids of the style and of those it is based on, the nearest first. */
  readonly line: readonly string[]
}

interface StyleDraft {
  id: string
  basedOn: string | null
  name: string
  level: number | null
  hasLevel: boolean
  align: string | null
  pageBreakBefore: boolean | null
  isHidden: boolean | null
  numberId: string | null
  numberLevel: number | null
}

const NO_STYLE: WordStyle = {
  level: null,
  align: null,
  pageBreakBefore: null,
  isHidden: null,
  numberId: null,
  numberLevel: null,
  line: [],
}

/** The styles of a document (styles.xml), read as a sink and asked by id. */
export class WordStyles extends NestedSink {
  private readonly drafts = new Map<string, StyleDraft>()
  private readonly resolved = new Map<string, WordStyle>()
  private defaultParagraph: string | null = null
  private style: StyleDraft | null = null

  /** Of a paragraph; without an id, the one that paragraphs have by default. */
  paragraphStyle(id: string | null): WordStyle {
    const known = id !== null && this.drafts.has(id) ? id : this.defaultParagraph
    return known === null ? NO_STYLE : this.resolve(known)
  }

  styleOf(id: string | null): WordStyle {
    return id === null ? NO_STYLE : this.resolve(id)
  }

  private resolve(id: string): WordStyle {
    const known = this.resolved.get(id)
    if (known !== undefined) return known
    const line: string[] = []
    let style = NO_STYLE
    // A style that is based on itself ends where it began.
    for (let at = this.drafts.get(id); at !== undefined && !line.includes(at.id) && line.length < MAX_LINE;) {
      line.push(at.id)
      style = {
        level: line.slice(0, -1).some((nearer) => this.drafts.get(nearer)?.hasLevel === true)
          ? style.level
          : levelOf(at),
        align: style.align ?? at.align,
        pageBreakBefore: style.pageBreakBefore ?? at.pageBreakBefore,
        isHidden: style.isHidden ?? at.isHidden,
        numberId: style.numberId ?? at.numberId,
        numberLevel: style.numberLevel ?? at.numberLevel,
        line,
      }
      at = at.basedOn === null ? undefined : this.drafts.get(at.basedOn)
    }
    this.resolved.set(id, style)
    return style
  }

  protected begin(name: string, raw: string): boolean | void {
    if (isFormerProperty(name)) return false
    const value = () => localAttribute(raw, 'val') ?? null
    if (name === 'style') {
      const id = localAttribute(raw, 'styleId') ?? ''
      if (localAttribute(raw, 'type') === 'paragraph' && /^(1|on|true)$/.test(localAttribute(raw, 'default') ?? '')) {
        this.defaultParagraph = id
      }
      this.style = { ...NO_STYLE, id, basedOn: null, name: '', hasLevel: false }
      return
    }
    const { style } = this
    if (style === null) return
    if (name === 'name' && this.parent === 'style') style.name = value() ?? ''
    else if (name === 'basedOn') style.basedOn = value()
    else if (name === 'outlineLvl') {
      style.hasLevel = true
      style.level = outlineLevel(value())
    } else if (name === 'jc' && this.parent === 'pPr') style.align = value()
    else if (name === 'pageBreakBefore') style.pageBreakBefore = isOn(raw)
    else if (name === 'vanish' && this.parent === 'rPr') style.isHidden = isOn(raw)
    else if (name === 'numId') style.numberId = value()
    else if (name === 'ilvl') style.numberLevel = wholeNumber(value() ?? undefined, 0, 8)
  }

  protected end(name: string): void {
    if (name !== 'style' || this.style === null) return
    this.drafts.set(this.style.id, this.style)
    this.style = null
  }

  protected characters(): void {}
}

const MAX_LINE = 32

/** `w:outlineLvl` counts from 0; 9 is body text. */
export function outlineLevel(value: string | null): number | null {
  const level = wholeNumber(value ?? undefined, 0, 9)
  return level === null || level === 9 ? null : level + 1
}

/** Some programs write the headings of Word by name only. */
function levelOf(style: StyleDraft): number | null {
  if (style.hasLevel) return style.level
  const named = /^(?:heading|标题)\s*([1-9])$/i.exec(style.name)?.[1]
  return named === undefined ? null : Number(named)
}
