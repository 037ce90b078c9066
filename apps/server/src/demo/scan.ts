/** A page as a scanner would give it: a PDF with the lines of a letter and a red seal. Its font is the reader's own (Adobe-GB1). */

const perLine = 34

export function scanOf(lines: readonly string[], sealOf: string): Uint8Array {
  const rows = lines.flatMap((line) => line.match(new RegExp(`.{1,${perLine}}`, 'gu')) ?? [])
  const text = rows.map((row) => `<${hexOf(row)}> Tj T*`).join(' ')
  const low = Math.max(90, 760 - rows.length * 26)
  const page = [
    `BT /F 14 Tf 26 TL 60 770 Td ${text} ET`,
    // Four curves make a circle.
    `1 0 0 RG 3 w ${circle(430, low, 52)} S`,
    `BT 1 0 0 rg /F 12 Tf ${430 - sealOf.length * 6} ${low - 4} Td <${hexOf(sealOf)}> Tj ET`,
  ].join('\n')
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>',
    `<</Length ${page.length}>>\nstream\n${page}\nendstream`,
    '<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>',
    '<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 7 0 R/DW 1000>>',
    '<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>',
  ]
  let file = '%PDF-1.4\n'
  const places = objects.map((object, at) => {
    const place = file.length
    file += `${at + 1} 0 obj\n${object}\nendobj\n`
    return place
  })
  const start = file.length
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`
  file += `trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`
  return new Uint8Array(Buffer.from(file, 'latin1'))
}

/** As the encoding wants it: two bytes a character. */
function hexOf(text: string): string {
  return [...text].map((one) => (one.codePointAt(0) ?? 0).toString(16).padStart(4, '0')).join('')
}

function circle(x: number, y: number, r: number): string {
  const k = r * 0.5523
  return `${x + r} ${y} m ${x + r} ${y + k} ${x + k} ${y + r} ${x} ${y + r} c ${x - k} ${y + r} ${x - r} ${y + k} ${x - r} ${y} c
${x - r} ${y - k} ${x - k} ${y - r} ${x} ${y - r} c ${x + k} ${y - r} ${x + r} ${y - k} ${x + r} ${y} c`
}
