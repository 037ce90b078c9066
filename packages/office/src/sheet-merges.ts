import { OfficeRefusal } from './refusal.js'

/** A merged range, rows and columns counted from 1, both ends included. */
export interface MergedRange {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

const MAX_ROW = 1_048_576
const MAX_COLUMN = 16_384
/** What follows the rows (merges, validation, print setup) is small; merges come early in it. */
const MAX_TAIL = 8 * 1024 * 1024

/**
 * Merged ranges stand behind the rows. The rows are passed over as bytes, which is several times faster than reading them;
 * only what follows `</sheetData>` is decoded.
 */
export function readMerges(sheet: string, pieces: Iterable<Uint8Array>, most: number): MergedRange[] {
  const tail = tailOf(pieces)
  const merges: MergedRange[] = []
  for (const [, ref] of tail.matchAll(/<(?:[\w.-]+:)?mergeCell\s[^>]*?ref="([^"]*)"/g)) {
    const range = parseRange(ref ?? '')
    if (range === null)
      throw new OfficeRefusal('broken-workbook', '合并单元格的范围有误。请取消合并后再上传。', { sheet })
    if (merges.length >= most) {
      throw new OfficeRefusal('too-many-merges', '合并单元格过多。请取消数据区的合并单元格后再上传。', { sheet })
    }
    merges.push(range)
  }
  return merges
}

function tailOf(pieces: Iterable<Uint8Array>): string {
  let carry = Buffer.alloc(0)
  let tail: Buffer[] | undefined
  let size = 0
  for (const piece of pieces) {
    if (tail !== undefined) {
      size += piece.length
      if (size <= MAX_TAIL) tail.push(Buffer.from(piece))
      if (Buffer.from(piece.buffer, piece.byteOffset, piece.length).includes('/mergeCells>')) break
      continue
    }
    const joined = Buffer.concat([carry, piece])
    const close = closingSheetData(joined)
    if (close >= 0) tail = [Buffer.from(joined.subarray(close))]
    carry = Buffer.from(joined.subarray(Math.max(0, joined.length - 64)))
  }
  return tail === undefined ? '' : Buffer.concat(tail).toString('utf8')
}

/** Where `</sheetData>` or `<sheetData/>` stands, with or without a prefix; text cannot hold a bare `<`. */
function closingSheetData(bytes: Buffer): number {
  for (let at = bytes.indexOf('sheetData'); at >= 0; at = bytes.indexOf('sheetData', at + 1)) {
    const before = bytes.toString('latin1', Math.max(0, at - 40), at)
    const after = bytes.toString('latin1', at + 9, at + 12)
    if (/<\/(?:[\w.-]+:)?$/.test(before) || (/<(?:[\w.-]+:)?$/.test(before) && /^\s*\/>/.test(after))) return at
  }
  return -1
}

/** `B5` as row and column from 1, or null. */
export function parseCellReference(ref: string): { row: number; column: number } | null {
  let column = 0
  let i = 0
  for (; i < ref.length && i < 3; i++) {
    const letter = ref.charCodeAt(i) - 64
    if (letter < 1 || letter > 26) break
    column = column * 26 + letter
  }
  let row = 0
  const digits = i
  for (; i < ref.length; i++) {
    const digit = ref.charCodeAt(i) - 48
    if (digit < 0 || digit > 9 || i - digits > 6) return null
    row = row * 10 + digit
  }
  return column < 1 || column > MAX_COLUMN || row < 1 || row > MAX_ROW ? null : { row, column }
}

function parseRange(ref: string): MergedRange | null {
  const [from, to = from] = ref.split(':')
  const start = parseCellReference(from ?? '')
  const end = parseCellReference(to ?? '')
  if (start === null || end === null || end.row < start.row || end.column < start.column) return null
  return { top: start.row, left: start.column, bottom: end.row, right: end.column }
}
