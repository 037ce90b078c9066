/** Characters of the symbol fonts, which have places and no meaning in Unicode, as the notices use them: boxes to tick, and marks. */
const SIGNS: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  wingdings: {
    0x6c: '●',
    0x6e: '■',
    0x6f: '□',
    0x70: '□',
    0x71: '□',
    0x72: '□',
    0x75: '◆',
    0xa1: '○',
    0xa8: '□',
    0xd8: '➢',
    0xe0: '→',
    0xfb: '✗',
    0xfc: '✓',
    0xfd: '☒',
    0xfe: '☑',
  },
  'wingdings 2': { 0x30: '□', 0x4f: '✗', 0x50: '✓', 0x51: '☒', 0x52: '☑', 0x53: '☒', 0x54: '☒', 0xa3: '□' },
  symbol: { 0x2d: '−', 0xa3: '≤', 0xb0: '°', 0xb1: '±', 0xb3: '≥', 0xb4: '×', 0xb7: '•', 0xb9: '≠' },
}

/** `w:sym`: a font and a place in it, which Word often moves to the private area. */
export function symbolText(font: string | undefined, code: string | undefined): string {
  if (code === undefined || !/^[0-9A-Fa-f]{1,6}$/.test(code)) return ''
  const place = Number.parseInt(code, 16)
  const isMoved = place >= 0xf000 && place <= 0xf0ff
  const signs = SIGNS[(font ?? '').toLowerCase()]
  if (isMoved || signs !== undefined) return signs?.[isMoved ? place - 0xf000 : place] ?? '•'
  return place <= 0x10ffff ? String.fromCodePoint(place) : ''
}
