/** A notice of our own making as a Word file: paragraphs, and tables of plain cells. */
import { strToU8, zipSync } from 'fflate'

export type NoticeLine = string | readonly (readonly string[])[]

const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
const paragraph = (text: string) => `<w:p><w:r><w:t xml:space="preserve">${escape(text)}</w:t></w:r></w:p>`

export function wordNotice(lines: readonly NoticeLine[]): Buffer {
  const body = lines.map((line) => {
    if (typeof line === 'string') return paragraph(line)
    const width = Math.max(...line.map((row) => row.length))
    const rows = line.map((row) => `<w:tr>${row.map((cell) => `<w:tc>${paragraph(cell)}</w:tc>`).join('')}</w:tr>`)
    return `<w:tbl><w:tblGrid>${'<w:gridCol w:w="2000"/>'.repeat(width)}</w:tblGrid>${rows.join('')}</w:tbl>`
  })
  const parts = {
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    '_rels/.rels':
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    'word/document.xml': `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body.join('')}<w:sectPr/></w:body></w:document>`,
  }
  return Buffer.from(zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)]))))
}
