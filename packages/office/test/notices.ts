import type { NoticeDocument, NoticeTable } from '@bihuan/domain'
import { readNotice } from '../src/notice/notice-reader.js'
import { zip } from './builders.js'

const TYPES = 'application/vnd.openxmlformats-officedocument'
const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'

export interface HandMadeNotice {
  readonly body: string
  readonly numbering?: string
  readonly styles?: string
  readonly extra?: Readonly<Record<string, string | Uint8Array>>
}

/** A .docx written by hand: what stands inside `<w:body>`, `<w:numbering>` and `<w:styles>`. */
export function handMadeNotice({ body, numbering, styles, extra = {} }: HandMadeNotice): Uint8Array {
  const part = (root: string, content: string) =>
    `<?xml version="1.0"?><w:${root} xmlns:w="${W}">${content}</w:${root}>`
  return zip({
    '[Content_Types].xml': `<Types><Override PartName="/word/document.xml" ContentType="${TYPES}.wordprocessingml.document.main+xml"/></Types>`,
    '_rels/.rels': '<Relationships/>',
    'word/document.xml': part('document', `<w:body>${body}</w:body>`),
    ...(numbering === undefined ? {} : { 'word/numbering.xml': part('numbering', numbering) }),
    ...(styles === undefined ? {} : { 'word/styles.xml': part('styles', styles) }),
    ...extra,
  })
}

/** `<w:p>` with its properties and one run. */
export function wordParagraph(text: string, properties = ''): string {
  return `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`
}

export function wordCell(text: string, properties = ''): string {
  return `<w:tc><w:tcPr>${properties}</w:tcPr>${wordParagraph(text)}</w:tc>`
}

export async function wordNotice(made: string | HandMadeNotice): Promise<NoticeDocument> {
  return readNotice(handMadeNotice(typeof made === 'string' ? { body: made } : made), '通知.docx')
}

/** The lines that hold words. */
export function linesOf(notice: NoticeDocument): string[] {
  return notice.text.split('\n').filter((line) => line.trim() !== '')
}

/** The tables as their cells' texts, row by row; a cell that spans tells how far: `组别 1×2` is one column and two rows. */
export function tablesOf({ text, blocks }: NoticeDocument): string[][][] {
  return blocks
    .filter((block): block is NoticeTable => block.kind === 'table')
    .map(({ rows }) =>
      rows.map((row) =>
        row.map(({ start, end, colSpan, rowSpan }) => {
          const span = colSpan === 1 && rowSpan === 1 ? '' : ` ${colSpan}×${rowSpan}`
          return text.slice(start, end) + span
        }),
      ),
    )
}

/**
 * Where a notice does not keep what every one promises, whatever it was read from: offsets that lie in the text, in order; no word
 * outside a block, none of a table outside its cells; no two cells in one place.
 */
export function faultsIn({ text, blocks }: NoticeDocument): string[] {
  const stretches = blocks.map(({ start, end }) => ({ start, end }))
  const inTables = blocks.flatMap((block) => (block.kind === 'table' ? faultsInTable(text, block) : []))
  return [...faultsInStretches(text, 0, text.length, stretches), ...inTables]
}

function faultsInStretches(
  text: string,
  from: number,
  to: number,
  stretches: readonly { start: number; end: number }[],
): string[] {
  const faults: string[] = []
  let at = from
  for (const { start, end } of [...stretches, { start: to, end: to }]) {
    if (start < at || end < start || end > to) faults.push(`${start}..${end} after ${at}, before ${to}`)
    if (text.slice(at, start).trim() !== '') faults.push(`outside: ${text.slice(at, start)}`)
    at = end
  }
  return faults
}

function faultsInTable(text: string, { start, end, rows }: NoticeTable): string[] {
  const taken = new Set<string>()
  const faults = faultsInStretches(text, start, end, rows.flat())
  rows.forEach((row, rowIndex) => {
    for (const { column, colSpan, rowSpan } of row) {
      if (colSpan < 1 || rowSpan < 1 || rowIndex + rowSpan > rows.length) faults.push(`spans ${colSpan}×${rowSpan}`)
      for (let down = 0; down < rowSpan; down++) {
        for (let right = 0; right < colSpan; right++) {
          const place = `${rowIndex + down}:${column + right}`
          if (taken.has(place)) faults.push(`two cells at ${place}`)
          taken.add(place)
        }
      }
    }
  })
  return faults
}
