import type { NoticeDocument } from '@bihuan/domain'
import type { CanonicalText, Words } from '../normalise/canonical-text.js'
import { gridOfCells, type Grid } from '../table/grid.js'
import { flattenedTables, type RawLine } from '../table/flattened.js'

/** One line of the document, as broken there. */
export interface Line {
  readonly kind: 'line'
  readonly words: Words
  /** How many blank lines stand before it. */
  readonly blanks: number
  /** Columns of white space in front, a full-width space being two. */
  readonly indent: number
  readonly align: 'left' | 'center' | 'right' | null
}

export interface TableItem {
  readonly kind: 'table'
  readonly grid: Grid
}

export type Item = Line | TableItem

/** Lines and tables in reading order; tables that were flattened into lines are put together again. */
export function itemsOf(document: NoticeDocument, canonical: CanonicalText): Item[] {
  // Lines of plain text that hold nothing but a tab are cells, and blank ones divide rows: an intake gives no paragraph for them.
  if (document.form === 'text')
    return itemsOfLines(linesOf(canonical.source, 0, canonical.source.length, null), canonical)
  const items: Item[] = []
  let pending: RawLine[] = []
  const flush = () => {
    if (pending.length > 0) items.push(...itemsOfLines(pending, canonical))
    pending = []
  }
  for (const block of document.blocks) {
    if (block.kind === 'table') {
      flush()
      items.push({ kind: 'table', grid: gridOfCells(block.rows, canonical) })
      continue
    }
    pending.push(...linesOf(canonical.source, block.start, block.end, block.align))
  }
  flush()
  return items
}

function linesOf(source: string, start: number, end: number, align: Line['align']): RawLine[] {
  const lines: RawLine[] = []
  let from = start
  for (let at = start; at <= end; at++) {
    if (at < end && source.charAt(at) !== '\n') continue
    lines.push({ start: from, end: at, align })
    from = at + 1
  }
  return lines
}

function itemsOfLines(lines: readonly RawLine[], canonical: CanonicalText): Item[] {
  const items: Item[] = []
  let blanks = 0
  let at = 0
  const tables = flattenedTables(lines, canonical)
  for (let index = 0; index < lines.length; index++) {
    const table = tables[at]
    if (table !== undefined && index === table.from) {
      items.push({ kind: 'table', grid: table.grid })
      index = table.to
      blanks = 0
      at++
      continue
    }
    const line = lines[index] as RawLine
    const words = canonical.wordsBetween(line.start, line.end)
    if (words.length === 0) {
      blanks++
      continue
    }
    items.push({ kind: 'line', words, blanks, indent: indentOf(canonical.source, line), align: line.align })
    blanks = 0
  }
  return items
}

function indentOf(source: string, { start, end }: RawLine): number {
  let width = 0
  for (let at = start; at < end; at++) {
    const character = source.charAt(at)
    if (character === '\u3000') width += 2
    else if (character === '\t') width += 4
    else if (/\s/.test(character)) width += 1
    else break
  }
  return width
}
