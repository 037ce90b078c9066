import { localAttribute } from '../xml-tokens.js'
import { isOn, NestedSink, wholeNumber } from './nested-sink.js'
import { numberText } from './number-format.js'
import type { WordStyles } from './word-styles.js'

interface Level {
  start: number
  format: string
  text: string
  suffix: string
  /** All levels in plain figures. */
  isLegal: boolean
  /** The level (from 1) whose step makes this one begin anew; 0: none does; null: any above it. */
  restart: number | null
  style: string | null
}

interface AbstractList {
  readonly levels: Map<number, Level>
  /** A numbering style that says the levels in its place. */
  styleLink: string | null
}

interface List {
  abstract: string
  readonly starts: Map<number, number>
  readonly levels: Map<number, Level>
}

/** How far a list has come: shared by all lists that are made from one abstract list. */
interface Count {
  readonly values: (number | null)[]
  readonly begun: Set<string>
}

const LEVELS = 9
const MOST = 1_000_000

/** The lists of a document (numbering.xml), read as a sink, then asked paragraph by paragraph in the order of the text. */
export class WordNumbering extends NestedSink {
  private readonly abstracts = new Map<string, AbstractList>()
  private readonly lists = new Map<string, List>()
  private readonly counts = new Map<string, Count>()
  private abstract: AbstractList | null = null
  private list: List | null = null
  private level: Level | null = null
  private override = 0

  /**
   * What Word writes before the paragraph, with what parts it from the text; null where it writes nothing. Counts on: to be asked once
   * for each paragraph that is numbered.
   */
  next(
    numberId: string,
    numberLevel: number | null,
    paragraphStyles: readonly string[],
    styles: WordStyles,
  ): Numbered | null {
    const list = this.lists.get(numberId)
    if (list === undefined) return null
    const { key, abstract } = this.resolve(list, styles)
    const depth = numberLevel ?? styledLevel(abstract, paragraphStyles)
    const levelAt = (at: number): Level | undefined => list.levels.get(at) ?? abstract.levels.get(at)
    const level = levelAt(depth)
    if (level === undefined) return null
    const count = this.count(key)
    if (!count.begun.has(numberId)) {
      count.begun.add(numberId)
      for (const [at] of list.starts) count.values[at] = null
    }
    const startOf = (at: number) => list.starts.get(at) ?? levelAt(at)?.start ?? 1
    const before = count.values[depth] ?? null
    count.values[depth] = before === null ? startOf(depth) : Math.min(MOST, before + 1)
    for (let deeper = depth + 1; deeper < LEVELS; deeper++) {
      const restart = levelAt(deeper)?.restart ?? null
      if (restart === null || (restart > 0 && depth < restart)) count.values[deeper] = null
    }
    const label = level.text.replace(/%([1-9])/g, (_, digit: string) => {
      const at = Number(digit) - 1
      const value = count.values[at] ?? startOf(at)
      return numberText(level.isLegal ? 'decimal' : (levelAt(at)?.format ?? 'decimal'), value)
    })
    return { label: level.format === 'bullet' ? bullet(label) : label, isParted: level.suffix !== 'nothing' }
  }

  private resolve(list: List, styles: WordStyles): { key: string; abstract: AbstractList } {
    const own = this.abstracts.get(list.abstract) ?? { levels: new Map<number, Level>(), styleLink: null }
    if (own.levels.size > 0 || own.styleLink === null) return { key: list.abstract, abstract: own }
    const linked = this.lists.get(styles.characterStyle(own.styleLink).numberId ?? '')
    const found = linked === undefined ? undefined : this.abstracts.get(linked.abstract)
    return linked === undefined || found === undefined
      ? { key: list.abstract, abstract: own }
      : { key: linked.abstract, abstract: found }
  }

  private count(key: string): Count {
    const known = this.counts.get(key)
    if (known !== undefined) return known
    const begun: Count = { values: [], begun: new Set() }
    this.counts.set(key, begun)
    return begun
  }

  protected begin(name: string, raw: string): boolean | void {
    const value = () => localAttribute(raw, 'val')
    switch (name) {
      case 'Fallback':
        return false
      case 'abstractNum':
        this.abstract = { levels: new Map(), styleLink: null }
        this.abstracts.set(localAttribute(raw, 'abstractNumId') ?? '', this.abstract)
        return
      case 'numStyleLink':
        if (this.abstract !== null) this.abstract.styleLink = value() ?? null
        return
      case 'num':
        this.list = { abstract: '', starts: new Map(), levels: new Map() }
        this.lists.set(localAttribute(raw, 'numId') ?? '', this.list)
        return
      case 'abstractNumId':
        if (this.list !== null) this.list.abstract = value() ?? ''
        return
      case 'lvlOverride':
        this.override = depthIn(raw)
        return
      case 'startOverride':
        this.list?.starts.set(this.override, wholeNumber(value(), 0, MOST) ?? 1)
        return
      case 'lvl':
        this.level = newLevel()
        ;(this.list ?? this.abstract)?.levels.set(depthIn(raw), this.level)
        return
    }
    const { level } = this
    if (level === null || this.parent === 'rPr') return
    if (name === 'start') level.start = wholeNumber(value(), 0, MOST) ?? 1
    else if (name === 'numFmt') level.format = value() ?? 'decimal'
    else if (name === 'lvlText') level.text = (value() ?? '').slice(0, 255)
    else if (name === 'suff') level.suffix = value() ?? 'tab'
    else if (name === 'isLgl') level.isLegal = isOn(raw)
    else if (name === 'lvlRestart') level.restart = wholeNumber(value(), 0, LEVELS)
    else if (name === 'pStyle') level.style = value() ?? null
  }

  protected end(name: string): void {
    if (name === 'lvl') this.level = null
    else if (name === 'num') this.list = null
    else if (name === 'abstractNum') this.abstract = null
  }

  protected characters(): void {}
}

export interface Numbered {
  readonly label: string
  readonly isParted: boolean
}

/**
 * A number as it would be typed: Chinese numbers stand close to their text (一、总体要求, 1.突出抓好), whatever the tab behind them in
 * Word. A bare figure or letter, or a point before a figure, is parted by a space.
 */
export function withNumber({ label, isParted }: Numbered, text: string): string {
  if (label === '' || text.trim() === '') return label === '' ? text : label
  const runsTogether = /[\p{L}\p{N}•]$/u.test(label) || (/[.．]$/.test(label) && /^[\d０-９]/.test(text))
  return `${label}${isParted && runsTogether ? ' ' : ''}${isParted ? text.trimStart() : text}`
}

function newLevel(): Level {
  return { start: 0, format: 'decimal', text: '', suffix: 'tab', isLegal: false, restart: null, style: null }
}

function depthIn(raw: string): number {
  return wholeNumber(localAttribute(raw, 'ilvl'), 0, LEVELS - 1) ?? 0
}

function styledLevel(abstract: AbstractList, paragraphStyles: readonly string[]): number {
  for (const id of paragraphStyles) {
    for (const [depth, level] of abstract.levels) if (level.style === id) return depth
  }
  return 0
}

/** Bullets of the symbol fonts lie in the private area and read as nothing elsewhere. */
function bullet(label: string): string {
  return label.replace(/[\ue000-\uf8ff]/g, '•').trim()
}
