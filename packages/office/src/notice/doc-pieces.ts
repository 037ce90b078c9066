import type { NoticeLimits } from './notice-limits.js'
import { tooLong } from './notice-writer.js'
import { brokenOle } from './ole-streams.js'

/** A stretch of the text, and where it lies in the file: Word keeps what was typed later elsewhere. */
export interface DocPiece {
  readonly text: string
  /** The place of its first character in the file, in bytes. */
  readonly at: number
  readonly bytesEach: 1 | 2
}

/**
 * The text of the file from character `from` on, `length` characters of it ([MS-DOC] 2.4.1, by the piece table). All its parts follow
 * one another: the main text, footnotes, headers, comments, endnotes, text boxes.
 */
export function docPieces(
  document: Buffer,
  table: Buffer,
  from: number,
  length: number,
  { maxCharacters }: NoticeLimits,
): DocPiece[] {
  if (length > maxCharacters) throw tooLong()
  const { places, descriptors } = pieceTable(document, table)
  if (length > 0 && from + length > (places.at(-1) ?? 0)) throw brokenOle()
  const pieces: DocPiece[] = []
  let read = 0
  for (const [i, descriptor] of descriptors.entries()) {
    const begin = Math.max(from, places[i] ?? 0)
    const end = Math.min(from + length, places[i + 1] ?? 0)
    if (end <= begin) continue
    read += end - begin
    if (read > length) throw brokenOle()
    const skipped = begin - (places[i] ?? 0)
    const bytesEach = (descriptor & 0x40000000) === 0 ? 2 : 1
    const start = bytesEach === 2 ? descriptor & 0x3fffffff : (descriptor & 0x3fffffff) >>> 1
    const at = start + skipped * bytesEach
    const bytes = document.subarray(at, at + (end - begin) * bytesEach)
    pieces.push({ text: bytesEach === 2 ? bytes.toString('utf16le') : western.decode(bytes), at, bytesEach })
  }
  return pieces
}

/** Pieces of one byte a character are in the code page of western Windows, whatever the language of the document. */
const western = new TextDecoder('windows-1252')

function pieceTable(document: Buffer, table: Buffer): { places: number[]; descriptors: number[] } {
  let at = document.readUInt32LE(0x1a2)
  // Properties that pieces share come first, each with its length.
  while (table.readUInt8(at) === 1) at += 3 + table.readUInt16LE(at + 1)
  if (table.readUInt8(at) !== 2) throw brokenOle()
  const length = table.readUInt32LE(at + 1)
  const pieces = table.subarray(at + 5, at + 5 + length)
  const count = Math.floor((pieces.length - 4) / 12)
  const places = Array.from({ length: Math.max(0, count) + 1 }, (_, i) => pieces.readUInt32LE(i * 4))
  const descriptors = Array.from({ length: Math.max(0, count) }, (_, i) =>
    pieces.readUInt32LE((count + 1) * 4 + i * 8 + 2),
  )
  return { places, descriptors }
}
