import type { NoticeBlock, NoticeCell, NoticeDocument } from '@bihuan/domain'
import { readWordTables, type WordTable } from '@bihuan/office'

/** A .docx as the reader takes it: paragraphs and real tables, their words laid one after the other. */
export function noticeOfWord(bytes: Uint8Array): NoticeDocument {
  let text = ''
  const write = (words: string) => {
    const start = text.length
    text += words
    const stretch = { start, end: text.length }
    text += '\n'
    return stretch
  }
  const blocks = readWordTables(bytes).body.map((item): NoticeBlock => {
    if ('paragraph' in item) {
      const at = write(item.paragraph.text)
      return { kind: 'paragraph', ...at, level: null, align: null, pageBreakBefore: false }
    }
    const start = text.length
    const rows = rowsOf(item.table, write)
    return { kind: 'table', start, end: text.length, rows }
  })
  return { form: 'docx', text, blocks }
}

function rowsOf(table: WordTable, write: (words: string) => { start: number; end: number }): NoticeCell[][] {
  const open = new Map<number, { cell: NoticeCell; rowSpan: number }>()
  const rows: NoticeCell[][] = []
  for (const row of table.rows) {
    const cells: NoticeCell[] = []
    let column = 0
    for (const { lines, colSpan, vMerge } of row.cells) {
      const above = open.get(column)
      if (vMerge === 'continue' && above !== undefined) above.rowSpan++
      else {
        const entry = { cell: { ...write(lines.join('\n')), column, colSpan, rowSpan: 1 }, rowSpan: 1 }
        open.set(column, entry)
        cells.push(entry.cell)
        spans.set(entry.cell, entry)
      }
      column += colSpan
    }
    rows.push(cells)
  }
  return rows.map((cells) => cells.map((cell) => ({ ...cell, rowSpan: spans.get(cell)?.rowSpan ?? 1 })))
}

const spans = new WeakMap<NoticeCell, { rowSpan: number }>()
