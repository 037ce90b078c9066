import { OfficeRefusal } from '../refusal.js'

/** The streams of an OLE compound file ([MS-CFB]) by name; those of objects embedded in it are not among them. */
export interface OleStreams {
  stream(name: string): Uint8Array | null
}

const END_OF_CHAIN = 0xfffffffa
const NO_ENTRY = 0xffffffff
const STREAM = 2
const ROOT = 5

/** Nothing that the file says of itself is believed beyond its own length: no chain is longer than the file has sectors. */
export function oleStreams(bytes: Uint8Array): OleStreams {
  if (bytes.length < 1536) throw brokenOle()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const shift = view.getUint16(30, true)
  if (shift !== 9 && shift !== 12) throw brokenOle()
  const size = 1 << shift
  const sectorCount = Math.ceil(bytes.length / size)
  const sector = (number: number) => bytes.subarray((number + 1) * size, (number + 2) * size)
  const next = allocationTable(view, size, sectorCount, sector)
  const chain = (start: number, table: Uint32Array, most: number): number[] => {
    const sectors: number[] = []
    for (let at = start; at < END_OF_CHAIN; at = table[at] ?? NO_ENTRY) {
      sectors.push(at)
      if (sectors.length > most) throw brokenOle()
    }
    return sectors
  }
  const joined = (start: number) => Buffer.concat(chain(start, next, sectorCount).map(sector))
  const directory = joined(view.getUint32(48, true))
  const entries = directoryEntries(directory)
  const root = entries.find(({ type }) => type === ROOT)
  if (root === undefined) throw brokenOle()
  const cutoff = view.getUint32(56, true)
  const small = { size: 64, stream: joined(root.start), next: toNumbers(joined(view.getUint32(60, true))) }
  return {
    stream(name) {
      const entry = childrenOf(root, entries).find((one) => one.type === STREAM && one.name === name)
      if (entry === undefined) return null
      if (entry.size >= cutoff) return new Uint8Array(joined(entry.start).subarray(0, entry.size))
      const pieces = chain(entry.start, small.next, small.next.length)
      const whole = Buffer.concat(pieces.map((at) => small.stream.subarray(at * small.size, (at + 1) * small.size)))
      return new Uint8Array(whole.subarray(0, entry.size))
    },
  }
}

function allocationTable(
  view: DataView,
  size: number,
  sectorCount: number,
  sector: (number: number) => Uint8Array,
): Uint32Array {
  const tables: number[] = []
  for (let i = 0; i < 109; i++) tables.push(view.getUint32(76 + i * 4, true))
  let more = view.getUint32(68, true)
  for (let steps = 0; more < END_OF_CHAIN && steps < sectorCount; steps++) {
    const numbers = toNumbers(sector(more))
    tables.push(...numbers.subarray(0, size / 4 - 1))
    more = numbers[size / 4 - 1] ?? NO_ENTRY
  }
  const used = tables.filter((number) => number < END_OF_CHAIN).slice(0, Math.ceil((sectorCount * 4) / size) + 1)
  return toNumbers(Buffer.concat(used.map(sector)))
}

function toNumbers(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const numbers = new Uint32Array(Math.floor(bytes.length / 4))
  for (let i = 0; i < numbers.length; i++) numbers[i] = view.getUint32(i * 4, true)
  return numbers
}

interface DirectoryEntry {
  readonly name: string
  readonly type: number
  readonly left: number
  readonly right: number
  readonly child: number
  readonly start: number
  readonly size: number
}

function directoryEntries(directory: Buffer): DirectoryEntry[] {
  const entries: DirectoryEntry[] = []
  for (let at = 0; at + 128 <= directory.length; at += 128) {
    const length = Math.min(64, directory.readUInt16LE(at + 64))
    entries.push({
      name: directory.toString('utf16le', at, at + Math.max(0, length - 2)),
      type: directory[at + 66] ?? 0,
      left: directory.readUInt32LE(at + 68),
      right: directory.readUInt32LE(at + 72),
      child: directory.readUInt32LE(at + 76),
      start: directory.readUInt32LE(at + 116),
      size: directory.readUInt32LE(at + 120),
    })
  }
  return entries
}

function childrenOf(root: DirectoryEntry, entries: readonly DirectoryEntry[]): DirectoryEntry[] {
  const seen = new Set<number>()
  const waiting = [root.child]
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const entry = entries[at]
    if (entry === undefined || seen.has(at)) continue
    seen.add(at)
    waiting.push(entry.left, entry.right)
  }
  return [...seen].flatMap((at) => entries[at] ?? [])
}

export function brokenOle(): OfficeRefusal {
  return new OfficeRefusal(
    'broken-document',
    '旧版 Word 文档已损坏或不完整，无法读取。请用 Word 或 WPS 打开，另存为 .docx 后再上传。',
  )
}
