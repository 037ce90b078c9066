import { crc32 } from 'node:zlib'
import { Inflate } from 'fflate'
import { OfficeRefusal } from './refusal.js'

/**
 * Zip archives that strangers made. Only the central directory is believed, and of that no size: inflated bytes are counted
 * as they come out, because a declared size is a promise of the sender.
 */
export interface ArchiveLimits {
  /** Entries in the archive. A workbook of an office has some tens. */
  readonly maxEntries: number
  /** Inflated bytes of the whole archive. */
  readonly maxInflatedBytes: number
  /** Inflated to compressed bytes of one entry, once it is over `ratioFreeBytes`. Sheets of empty bordered cells reach about 100. */
  readonly maxRatio: number
  /** An entry that inflates to no more than this is not judged by its ratio. */
  readonly ratioFreeBytes: number
}

export const DEFAULT_ARCHIVE_LIMITS: ArchiveLimits = {
  maxEntries: 2_000,
  maxInflatedBytes: 512 * 1024 * 1024,
  maxRatio: 250,
  ratioFreeBytes: 4 * 1024 * 1024,
}

export interface ArchiveEntry {
  readonly name: string
  readonly isFolder: boolean
  readonly compressed: Uint8Array
  readonly stored: boolean
  readonly declaredSize: number
  readonly declaredCrc: number
}

export interface Archive {
  readonly entries: readonly ArchiveEntry[]
  entry(name: string): ArchiveEntry | undefined
}

/** Counts what comes out, over all entries that share it. */
export class InflateBudget {
  private spent = 0

  constructor(private readonly limits: ArchiveLimits) {}

  take(bytes: number, entry: ArchiveEntry, entryTotal: number): void {
    this.spent += bytes
    const { maxInflatedBytes, maxRatio, ratioFreeBytes } = this.limits
    const ratio = entryTotal / Math.max(1, entry.compressed.length)
    if (this.spent > maxInflatedBytes || (entryTotal > ratioFreeBytes && ratio > maxRatio)) {
      throw new OfficeRefusal(
        'inflates-too-much',
        '文件解压后过大，疑似异常文件。请另存为新文件，删去多余的空白行列后再上传。',
      )
    }
  }
}

/** Reads the central directory. Throws `OfficeRefusal` for anything that an office program does not write. */
export function openArchive(bytes: Uint8Array, limits: ArchiveLimits = DEFAULT_ARCHIVE_LIMITS): Archive {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 4 || view.getUint16(0, false) !== 0x504b) {
    throw new OfficeRefusal(
      'unsupported-format',
      '不是 .xlsx、.docx 或 zip 文件。请用 Excel、Word 或 WPS 另存后再上传。',
    )
  }
  const end = endOfCentralDirectory(view)
  if (end < 0) {
    throw new OfficeRefusal('truncated', '文件不完整，可能没有传完或保存时中断。请重新保存后再上传。')
  }
  const count = view.getUint16(end + 10, true)
  const start = view.getUint32(end + 16, true)
  if (count === 0xffff || start === 0xffffffff || view.getUint16(end + 4, true) !== 0) throw broken()
  if (count > limits.maxEntries) {
    throw new OfficeRefusal('too-many-entries', `压缩包内文件过多（${count} 个）。请删减或分批打包后再上传。`)
  }
  const byName = new Map<string, ArchiveEntry>()
  const ranges: [number, number][] = []
  let at = start
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) throw broken()
    const { entry, range, next } = readEntry(bytes, view, at, end)
    if (byName.has(entry.name)) throw broken()
    byName.set(entry.name, entry)
    ranges.push(range)
    at = next
  }
  refuseOverlaps(ranges)
  return { entries: [...byName.values()], entry: (name) => byName.get(name) }
}

function endOfCentralDirectory(view: DataView): number {
  const earliest = Math.max(0, view.byteLength - 22 - 0xffff)
  for (let at = view.byteLength - 22; at >= earliest; at--) {
    if (view.getUint32(at, true) === 0x06054b50) return at
  }
  return -1
}

function readEntry(bytes: Uint8Array, view: DataView, at: number, directoryEnd: number) {
  const flags = view.getUint16(at + 8, true)
  const method = view.getUint16(at + 10, true)
  const compressedSize = view.getUint32(at + 20, true)
  const nameLength = view.getUint16(at + 28, true)
  const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  const local = view.getUint32(at + 42, true)
  if (next > directoryEnd || local + 30 > at || view.getUint32(local, true) !== 0x04034b50) throw broken()
  if ((flags & 0x1) !== 0) {
    throw new OfficeRefusal('encrypted', '压缩包设有密码。请取消密码后重新上传。')
  }
  if (method !== 0 && method !== 8) throw broken()
  const name = entryName(bytes.subarray(at + 46, at + 46 + nameLength), (flags & 0x800) !== 0)
  const unixKind = (view.getUint32(at + 38, true) >>> 28) & 0xf
  refuseUnsafeName(name, view.getUint8(at + 5) === 3 && unixKind === 0xa)
  const dataStart = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
  if (dataStart + compressedSize > bytes.length) throw broken()
  const entry: ArchiveEntry = {
    name,
    isFolder: name.endsWith('/'),
    compressed: bytes.subarray(dataStart, dataStart + compressedSize),
    stored: method === 0,
    declaredSize: view.getUint32(at + 24, true),
    declaredCrc: view.getUint32(at + 16, true),
  }
  return { entry, range: [local, dataStart + compressedSize] as [number, number], next }
}

/** Names without the UTF-8 flag come from Chinese Windows as GBK. */
function entryName(bytes: Uint8Array, isUtf8: boolean): string {
  try {
    return new TextDecoder(isUtf8 ? 'utf-8' : 'gb18030', { fatal: true }).decode(bytes)
  } catch {
    throw broken()
  }
}

function refuseUnsafeName(name: string, isLink: boolean): void {
  const parts = name.split(/[/\\]/)
  if (isLink || name === '' || /^[/\\]|^[A-Za-z]:|[\u0000-\u001f]/.test(name) || parts.includes('..')) {
    throw new OfficeRefusal('unsafe-entry-name', '压缩包内有不安全的文件路径或链接。请重新打包后再上传。')
  }
}

/** Entries that share bytes make a small file inflate without end, each of them within its own ratio. */
function refuseOverlaps(ranges: [number, number][]): void {
  ranges.sort((a, b) => a[0] - b[0])
  for (let i = 1; i < ranges.length; i++) {
    if ((ranges[i]?.[0] ?? 0) < (ranges[i - 1]?.[1] ?? 0)) throw broken()
  }
}

const CHUNK = 32 * 1024

/** Inflated bytes of an entry, in pieces; no piece is kept by the archive. */
export function* inflateChunks(entry: ArchiveEntry, budget: InflateBudget): Generator<Uint8Array> {
  let total = 0
  let pieces: Uint8Array[] = []
  const inflate = entry.stored ? undefined : new Inflate((piece) => void pieces.push(piece))
  const { compressed } = entry
  for (let at = 0; at < compressed.length; at += CHUNK) {
    const isLast = at + CHUNK >= compressed.length
    const input = compressed.subarray(at, at + CHUNK)
    if (inflate === undefined) pieces = [input]
    else pushInto(inflate, input, isLast)
    for (const piece of pieces) {
      if (piece.length === 0) continue
      total += piece.length
      budget.take(piece.length, entry, total)
      yield piece
    }
    pieces = []
  }
  if (total !== entry.declaredSize) throw broken()
}

function pushInto(inflate: Inflate, input: Uint8Array, isLast: boolean): void {
  try {
    inflate.push(input, isLast)
  } catch {
    throw broken()
  }
}

/** The whole of an entry that is known to be small. */
export function inflateWhole(entry: ArchiveEntry, budget: InflateBudget): Uint8Array {
  return Buffer.concat([...inflateChunks(entry, budget)])
}

/** Inflates everything once and checks each checksum, so that a file that was cut or altered is told before it is used. */
export function verifyArchive(
  archive: Archive,
  limits: ArchiveLimits,
  look: (entry: ArchiveEntry, head: Uint8Array) => void,
): void {
  const budget = new InflateBudget(limits)
  for (const entry of archive.entries) {
    let sum = 0
    let isFirst = true
    for (const piece of inflateChunks(entry, budget)) {
      if (isFirst) look(entry, piece)
      isFirst = false
      sum = crc32(piece, sum)
    }
    if (sum !== entry.declaredCrc) throw broken()
  }
}

function broken(): OfficeRefusal {
  return new OfficeRefusal('broken-archive', '文件已损坏，无法打开。请用 Excel、Word 或 WPS 打开后另存，再重新上传。')
}
