/**
 * PDFs written by hand: text in a typeface that is not embedded, in the encoding that Chinese programs write (UniGB-UCS2-H), and
 * lines. Points from the lower left corner, as PDF counts them.
 */
export interface HandMadePage {
  readonly content: string
  readonly width?: number
  readonly height?: number
  readonly rotate?: number
}

/** One line of text. Characters of ASCII are half as wide as the others. */
export function pdfText(x: number, y: number, text: string, size = 16, turned = false): string {
  const codes = Buffer.from(text, 'utf16le').swap16().toString('hex')
  const matrix = turned ? `0 1 -1 0 ${x} ${y}` : `1 0 0 1 ${x} ${y}`
  return `BT /F1 ${size} Tf ${matrix} Tm <${codes}> Tj ET\n`
}

/** A stroked line, or the thin area that Word draws for one. */
export function pdfRule(x1: number, y1: number, x2: number, y2: number, as: 'line' | 'area' = 'line'): string {
  if (as === 'line') return `${x1} ${y1} m ${x2} ${y2} l S\n`
  return `${x1 - 0.25} ${y1 - 0.25} ${x2 - x1 + 0.5} ${y2 - y1 + 0.5} re f\n`
}

/** All lines of a grid, the upper left corner at `x`, `y`. */
export function pdfGrid(
  x: number,
  y: number,
  widths: readonly number[],
  heights: readonly number[],
  as?: 'line' | 'area',
): string {
  const xs = widths.reduce((all, width) => [...all, (all.at(-1) ?? 0) + width], [x])
  const ys = heights.reduce((all, height) => [...all, (all.at(-1) ?? 0) - height], [y])
  const [right = x, bottom = y] = [xs.at(-1), ys.at(-1)]
  return (
    ys.map((at) => pdfRule(x, at, right, at, as)).join('') + xs.map((at) => pdfRule(at, bottom, at, y, as)).join('')
  )
}

export function handMadePdf(pages: readonly (HandMadePage | string)[], trailer = ''): Uint8Array {
  const drafts = pages.map((page) => (typeof page === 'string' ? { content: page } : page))
  const kids = drafts.map((_, i) => `${5 + i * 2} 0 R`).join(' ')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${drafts.length} >>`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor << /Type /FontDescriptor /FontName /SimSun /Flags 6 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 859 /Descent -141 /CapHeight 683 /StemV 80 >> /DW 1000 /W [1 95 500 814 907 500] >>',
    ...drafts.flatMap(({ content, width = 595, height = 842, rotate = 0 }, i) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Rotate ${rotate} /Resources << /Font << /F1 3 0 R >> >> /Contents ${6 + i * 2} 0 R >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    ]),
  ]
  let file = '%PDF-1.7\n'
  const places = objects.map((object, i) => {
    const at = file.length
    file += `${i + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const table = places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  const start = file.length
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`
  return new Uint8Array(Buffer.from(file, 'latin1'))
}
