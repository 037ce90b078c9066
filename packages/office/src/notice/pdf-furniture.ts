import type { PdfPage, PdfText } from './pdf-page.js'
import { lineOf, rowsOf } from './pdf-line.js'

/** Page numbers as they are printed: — 1 —, - 1 -, ·1·, 第1页, 第 1 页 共 9 页, 1/9. A bare figure is one at the edge of the page only. */
const PAGE_NUMBER =
  /^(?:[-—–－﹣一·•.\s]*\d{1,4}[-—–－﹣一·•.\s]*|第\s*\d+\s*页(?:[\s,，/]*共\s*\d+\s*页)?|\d{1,4}\s*\/\s*\d{1,4}|[ivxlc]{1,6})$/

/** The parts of a page where headers and footers stand. */
const TOP = 0.09
const BOTTOM = 0.9

/** The pages without their headers, footers and page numbers: figures at the edge, and lines that return there on most pages. */
export function withoutFurniture(pages: readonly PdfPage[]): PdfPage[] {
  const edges = pages.map(edgeRows)
  const returning = returningLines(edges)
  return pages.map((page, at) => {
    const dropped = new Set<PdfText>()
    for (const { row, text } of edges[at] ?? []) {
      if (PAGE_NUMBER.test(text) || returning.has(stem(text))) for (const piece of row) dropped.add(piece)
    }
    return dropped.size === 0 ? page : { ...page, texts: page.texts.filter((text) => !dropped.has(text)) }
  })
}

interface EdgeRow {
  readonly row: readonly PdfText[]
  readonly text: string
}

function edgeRows({ texts, height }: PdfPage): EdgeRow[] {
  const atEdge = texts.filter(({ y }) => y < TOP * height || y > BOTTOM * height)
  return rowsOf(atEdge).map((row) => ({ row, text: lineOf(row).text.trim() }))
}

function returningLines(edges: readonly (readonly EdgeRow[])[]): Set<string> {
  const pages = new Map<string, number>()
  for (const rows of edges) {
    for (const text of new Set(rows.map((row) => stem(row.text)))) pages.set(text, (pages.get(text) ?? 0) + 1)
  }
  const enough = Math.max(3, edges.length * 0.4)
  return new Set([...pages].flatMap(([text, count]) => (count >= enough && text.length <= 60 ? [text] : [])))
}

/** The same but for the number of the page. */
function stem(text: string): string {
  return text.replace(/\d+/g, '#').replace(/\s+/g, '')
}
