import { numberText } from './number-format.js'

/** One level of a list, as Word keeps it. */
export interface ListLevel {
  start: number
  /** By the name of WordprocessingML. */
  format: string
  /** `%1` stands for the number of the first level. */
  text: string
  suffix: string
  /** All levels in plain figures. */
  isLegal: boolean
  /** The level (from 1) whose step makes this one begin anew; 0: none does; null: any above it. */
  restart: number | null
  style: string | null
}

export interface AbstractList {
  readonly levels: Map<number, ListLevel>
  /** A numbering style that says the levels in its place. */
  styleLink: string | null
}

export interface NumberedList {
  abstract: string
  readonly starts: Map<number, number>
  readonly levels: Map<number, ListLevel>
}

/** How far a list has come: shared by all lists that are made from one abstract list. */
interface Count {
  readonly values: (number | null)[]
  readonly begun: Set<string>
}

export const LIST_LEVELS = 9
export const HIGHEST_NUMBER = 1_000_000

/** The lists of a document, asked paragraph by paragraph in the order of the text. */
export class NumberingLists {
  readonly abstracts = new Map<string, AbstractList>()
  readonly lists = new Map<string, NumberedList>()
  private readonly counts = new Map<string, Count>()

  /**
   * What Word writes before the paragraph; null where it writes nothing. Counts on: to be asked once for each paragraph that is
   * numbered. `styles` are those of the paragraph, the nearest first; `listOfStyle` gives the list that a numbering style has.
   */
  next(
    numberId: string,
    numberLevel: number | null,
    styles: readonly string[] = [],
    listOfStyle: (style: string) => string | null = () => null,
  ): Numbered | null {
    const list = this.lists.get(numberId)
    if (list === undefined) return null
    const { key, abstract } = this.resolve(list, listOfStyle)
    const depth = numberLevel ?? styledLevel(abstract, styles)
    const levelAt = (at: number): ListLevel | undefined => list.levels.get(at) ?? abstract.levels.get(at)
    const level = levelAt(depth)
    if (level === undefined) return null
    const count = this.count(key)
    if (!count.begun.has(numberId)) {
      count.begun.add(numberId)
      for (const [at] of list.starts) count.values[at] = null
    }
    const startOf = (at: number) => list.starts.get(at) ?? levelAt(at)?.start ?? 1
    const before = count.values[depth] ?? null
    count.values[depth] = before === null ? startOf(depth) : Math.min(HIGHEST_NUMBER, before + 1)
    for (let deeper = depth + 1; deeper < LIST_LEVELS; deeper++) {
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

  private resolve(
    list: NumberedList,
    listOfStyle: (style: string) => string | null,
  ): { key: string; abstract: AbstractList } {
    const own = this.abstracts.get(list.abstract) ?? { levels: new Map<number, ListLevel>(), styleLink: null }
    if (own.levels.size > 0 || own.styleLink === null) return { key: list.abstract, abstract: own }
    const linked = this.lists.get(listOfStyle(own.styleLink) ?? '')
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

function styledLevel(abstract: AbstractList, styles: readonly string[]): number {
  for (const id of styles) {
    for (const [depth, level] of abstract.levels) if (level.style === id) return depth
  }
  return 0
}

/** Bullets of the symbol fonts lie in the private area and read as nothing elsewhere. */
function bullet(label: string): string {
  return label.replace(/[\ue000-\uf8ff]/g, '•').trim()
}
