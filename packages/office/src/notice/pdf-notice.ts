import type { NoticeDocument } from '@bihuan/domain'
import { OfficeRefusal } from '../refusal.js'
import type { NoticeLimits } from './notice-limits.js'
import { NoticeWriter } from './notice-writer.js'
import { alignedTables } from './pdf-aligned.js'
import { columnsOf } from './pdf-columns.js'
import { readPdfPages, type PageListener } from './pdf-file.js'
import { withoutFurniture } from './pdf-furniture.js'
import { gridsOf, type PdfGrid } from './pdf-grid.js'
import type { PdfPage, PdfText } from './pdf-page.js'
import { columnOf, paragraphsOf, runsOverPage, type PdfParagraph } from './pdf-paragraphs.js'
import { continued, goesOn, joint, tableOf, type PdfTable } from './pdf-table.js'

/** What a page gives, from its top to its bottom. */
type Piece = { readonly paragraph: PdfParagraph } | { readonly table: PdfTable }

/** Characters a page; a scan with a stamp of its office, or with page numbers, has hardly more. */
const LEAST_A_PAGE = 12

/**
 * A PDF by the positions of its text: lines become paragraphs again, over the ends of pages too; lines that are drawn show tables.
 * Throws `OfficeRefusal`, for a scan without text as well.
 */
export async function readPdfNotice(
  bytes: Uint8Array,
  limits: NoticeLimits,
  onPage?: PageListener,
): Promise<NoticeDocument> {
  const pages = await readPdfPages(bytes, limits, onPage)
  refuseScan(pages)
  const body = withoutFurniture(pages)
  const writer = new NoticeWriter(limits)
  let held: Piece | null = null
  for (const [number, page] of body.entries()) {
    for (const [at, piece] of piecesOf(page).entries()) {
      const isFirst = at === 0
      if (held !== null && isFirst && joinPieces(held, piece)) continue
      if (held !== null) write(writer, held)
      if (isFirst && wasLeftEarly(body, number)) writer.breakPage()
      held = piece
    }
  }
  if (held !== null) write(writer, held)
  return writer.finish('pdf')
}

/** A page was begun before the last one was full, or turned: that was meant, and not the flow of the text. */
function wasLeftEarly(pages: readonly PdfPage[], number: number): boolean {
  const before = pages[number - 1]
  const page = pages[number]
  if (before === undefined || page === undefined) return false
  const alike = pages.filter(({ height }) => Math.abs(height - before.height) < 5)
  return Math.abs(before.height - page.height) >= 5 || endOf(before) < 0.88 * Math.max(...alike.map(endOf))
}

function endOf({ texts, rules }: PdfPage): number {
  return Math.max(0, ...[texts.map(({ y }) => y), rules.across.map(({ at }) => at)].map(largest))
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0)
}

function refuseScan(pages: readonly PdfPage[]): void {
  const characters = pages.reduce(
    (sum, { texts }) => sum + texts.reduce((length, { text }) => length + text.trim().length, 0),
    0,
  )
  if (characters >= Math.min(LEAST_A_PAGE * pages.length, 2000) && characters > 0) return
  throw new OfficeRefusal(
    'no-text',
    '这是扫描件，没有文字，系统读不了。请提供可编辑的 Word 或带文字的 PDF（由 Word 或 WPS 直接导出，不是扫描）。',
  )
}

function piecesOf(page: PdfPage): Piece[] {
  const grids = gridsOf(page.rules)
  const pieces: Piece[] = []
  let rest = page.texts
  const inTables: { grid: PdfGrid; table: PdfTable }[] = []
  for (const grid of grids) {
    const filled = tableOf(grid, rest)
    rest = filled.rest
    // A drawing of boxes around nothing.
    if (filled.table.rows.some((row) => row.some(({ text }) => text !== '')))
      inTables.push({ grid, table: filled.table })
  }
  const edges = inTables.map(({ grid }) => [grid.left, grid.right] as const)
  const look = columnOf(rest, edges, edges.length > 0 ? page.texts : [], page.width / 2)
  const between = (top: number, bottom: number): PdfText[] => rest.filter(({ y }) => y >= top && y < bottom)
  let top = Number.NEGATIVE_INFINITY
  for (const { grid, table } of inTables) {
    const bottom = Math.max(top, grid.top)
    pieces.push(...flowOf(between(top, bottom), page, look))
    pieces.push({ table })
    top = bottom
  }
  pieces.push(...flowOf(between(top, Number.POSITIVE_INFINITY), page, look))
  return pieces
}

function flowOf(texts: readonly PdfText[], { width }: PdfPage, look: PdfParagraph['column']): Piece[] {
  const columns = columnsOf(texts, width)
  return columns.flatMap((column) =>
    alignedTables(column).flatMap((stretch): Piece[] =>
      'table' in stretch
        ? [{ table: stretch.table }]
        : paragraphsOf(stretch.texts, columns.length > 1 ? columnOf(stretch.texts) : look).map((paragraph) => ({
            paragraph,
          })),
    ),
  )
}

/** Puts the first piece of a page behind the last one of the page before, where it goes on with it. */
function joinPieces(held: Piece, piece: Piece): boolean {
  if ('table' in held && 'table' in piece && goesOn(held.table, piece.table)) {
    continued(held.table, piece.table)
    return true
  }
  if ('paragraph' in held && 'paragraph' in piece) {
    const [open, next] = [held.paragraph, piece.paragraph]
    if (!runsOverPage(open, next, next.first)) return false
    open.text += joint(open.text, next.text) + next.text
    open.last = next.last
    return true
  }
  return false
}

function write(writer: NoticeWriter, piece: Piece): void {
  if ('table' in piece) writer.table(piece.table.rows)
  else writer.paragraph(piece.paragraph.text, { level: null, align: piece.paragraph.align, pageBreakBefore: false })
}
