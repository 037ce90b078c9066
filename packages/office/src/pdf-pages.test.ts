import { describe, expect, it } from 'vitest'
import { countPdfPages } from './pdf-pages.js'

/** A PDF of blank pages, as short as one can be. */
function blank(pages: number): Uint8Array {
  const kids = Array.from({ length: pages }, (_, at) => `${at + 3} 0 R`).join(' ')
  const page = '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>'
  const objects = ['<</Type/Catalog/Pages 2 0 R>>', `<</Type/Pages/Kids[${kids}]/Count ${pages}>>`]
  objects.push(...Array.from({ length: pages }, () => page))
  const body = objects.map((object, at) => `${at + 1} 0 obj${object}endobj\n`).join('')
  return new Uint8Array(Buffer.from(`%PDF-1.4\n${body}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\n%%EOF\n`))
}

describe('the pages of a PDF', () => {
  it('are counted, whoever holds the bytes', async () => {
    expect(await countPdfPages(blank(1))).toBe(1)
    expect(await countPdfPages(Buffer.from(blank(12)))).toBe(12)
  })

  it('are none where it cannot be opened', async () => {
    expect(await countPdfPages(blank(0))).toBe(0)
    expect(await countPdfPages(new Uint8Array(Buffer.from('%PDF-1.4\nnothing')))).toBe(0)
    expect(await countPdfPages(new Uint8Array())).toBe(0)
  })

  it('are counted of bytes that are whole afterwards', async () => {
    const bytes = blank(2)
    await countPdfPages(bytes)
    expect(bytes.length).toBeGreaterThan(0)
    expect(await countPdfPages(bytes)).toBe(2)
  })
})
