import { sprmsIn, type Sprm } from './doc-properties.js'

export interface DocStyle {
  /** Of the paragraphs, those of the styles it is based on before its own. */
  readonly sprms: readonly Sprm[]
  /** 1 to 9 for the headings that Word brings along. */
  readonly heading: number | null
}

const PARAGRAPH = 1
const MOST_STYLES = 4_096
const MAX_LINE = 12

/** The paragraph styles of a Word 97 file ([MS-DOC] 2.9.271 STSH), by number. A sheet that is cut off gives those that are whole. */
export function docStyles(document: Buffer, table: Buffer): (style: number) => DocStyle {
  const drafts = new Map<number, { base: number; heading: number | null; sprms: Sprm[] }>()
  const sheet = table.subarray(document.readUInt32LE(0xa2)).subarray(0, document.readUInt32LE(0xa6))
  try {
    const head = sheet.readUInt16LE(0)
    const count = Math.min(sheet.readUInt16LE(2), MOST_STYLES)
    const baseLength = sheet.readUInt16LE(4)
    let at = 2 + head
    for (let i = 0; i < count; i++) {
      const length = sheet.readUInt16LE(at)
      const style = sheet.subarray(at + 2, at + 2 + length)
      at += 2 + length
      if (length < baseLength + 2 || (style.readUInt16LE(2) & 0xf) !== PARAGRAPH) continue
      const known = style.readUInt16LE(0) & 0xfff
      // The name, with a length before it and a zero behind.
      const upx = baseLength + 2 + style.readUInt16LE(baseLength) * 2 + 2
      const properties =
        upx + 2 <= style.length ? style.subarray(upx + 4, upx + 2 + style.readUInt16LE(upx)) : sheet.subarray(0, 0)
      drafts.set(i, {
        base: style.readUInt16LE(2) >> 4,
        heading: known >= 1 && known <= 9 ? known : null,
        sprms: sprmsIn(properties),
      })
    }
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
  }
  const resolved = new Map<number, DocStyle>()
  return (number) => {
    const known = resolved.get(number)
    if (known !== undefined) return known
    let sprms: readonly Sprm[] = []
    let heading: number | null = null
    let steps = 0
    for (let at = drafts.get(number); at !== undefined && steps < MAX_LINE; at = drafts.get(at.base)) {
      sprms = [...at.sprms, ...sprms]
      heading ??= at.heading
      steps++
    }
    const style = { sprms, heading }
    resolved.set(number, style)
    return style
  }
}
