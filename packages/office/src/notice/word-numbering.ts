import { localAttribute } from '../xml-tokens.js'
import { isOn, NestedSink, wholeNumber } from './nested-sink.js'
import {
  HIGHEST_NUMBER,
  LIST_LEVELS,
  type AbstractList,
  type ListLevel,
  type NumberedList,
  type NumberingLists,
} from './numbering-lists.js'

/** Reads numbering.xml into the lists of the document. */
export class WordNumbering extends NestedSink {
  private abstract: AbstractList | null = null
  private list: NumberedList | null = null
  private level: ListLevel | null = null
  private override = 0

  constructor(private readonly numbering: NumberingLists) {
    super()
  }

  protected begin(name: string, raw: string): boolean | void {
    const value = () => localAttribute(raw, 'val')
    switch (name) {
      case 'Fallback':
        return false
      case 'abstractNum':
        this.abstract = { levels: new Map(), styleLink: null }
        this.numbering.abstracts.set(localAttribute(raw, 'abstractNumId') ?? '', this.abstract)
        return
      case 'numStyleLink':
        if (this.abstract !== null) this.abstract.styleLink = value() ?? null
        return
      case 'num':
        this.list = { abstract: '', starts: new Map(), levels: new Map() }
        this.numbering.lists.set(localAttribute(raw, 'numId') ?? '', this.list)
        return
      case 'abstractNumId':
        if (this.list !== null) this.list.abstract = value() ?? ''
        return
      case 'lvlOverride':
        this.override = depthIn(raw)
        return
      case 'startOverride':
        this.list?.starts.set(this.override, wholeNumber(value(), 0, HIGHEST_NUMBER) ?? 1)
        return
      case 'lvl':
        this.level = newLevel()
        ;(this.list ?? this.abstract)?.levels.set(depthIn(raw), this.level)
        return
    }
    const { level } = this
    if (level === null || this.parent === 'rPr') return
    if (name === 'start') level.start = wholeNumber(value(), 0, HIGHEST_NUMBER) ?? 1
    else if (name === 'numFmt') level.format = value() ?? 'decimal'
    else if (name === 'lvlText') level.text = (value() ?? '').slice(0, 255)
    else if (name === 'suff') level.suffix = value() ?? 'tab'
    else if (name === 'isLgl') level.isLegal = isOn(raw)
    else if (name === 'lvlRestart') level.restart = wholeNumber(value(), 0, LIST_LEVELS)
    else if (name === 'pStyle') level.style = value() ?? null
  }

  protected end(name: string): void {
    if (name === 'lvl') this.level = null
    else if (name === 'num') this.list = null
    else if (name === 'abstractNum') this.abstract = null
  }

  protected characters(): void {}
}

function newLevel(): ListLevel {
  return { start: 0, format: 'decimal', text: '', suffix: 'tab', isLegal: false, restart: null, style: null }
}

function depthIn(raw: string): number {
  return wholeNumber(localAttribute(raw, 'ilvl'), 0, LIST_LEVELS - 1) ?? 0
}
