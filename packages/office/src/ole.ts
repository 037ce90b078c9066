import { OfficeRefusal } from './refusal.js'

/** Names of the streams in an OLE compound file ([MS-CFB]); enough to tell an old workbook from an old document or an encrypted one. */
export function oleStreamNames(bytes: Uint8Array): ReadonlySet<string> {
  if (bytes.length < 1536) throw truncated()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const shift = view.getUint16(30, true)
  if (shift !== 9 && shift !== 12) throw truncated()
  const sectorSize = 1 << shift
  const offset = (sector: number): number => {
    const at = (sector + 1) * sectorSize
    if (at >= bytes.length) throw truncated()
    return at
  }
  const nextSector = (sector: number): number => {
    const perTable = sectorSize / 4
    const table = Math.floor(sector / perTable)
    // Tables past the 109th hold the chains of files over 7 MB; their directories come early and do not need them.
    if (table >= 109) return END_OF_CHAIN
    const at = offset(view.getUint32(76 + table * 4, true)) + (sector % perTable) * 4
    if (at + 4 > bytes.length) throw truncated()
    return view.getUint32(at, true)
  }
  const names = new Set<string>()
  let sector = view.getUint32(48, true)
  for (let steps = 0; sector < END_OF_CHAIN && steps < MAX_DIRECTORY_SECTORS; steps++) {
    const start = offset(sector)
    for (let at = start; at < start + sectorSize && at + 128 <= bytes.length; at += 128) {
      const length = view.getUint16(at + 64, true)
      if (length < 2 || length > 64) continue
      names.add(Buffer.from(bytes.buffer, bytes.byteOffset + at, length - 2).toString('utf16le'))
    }
    sector = nextSector(sector)
  }
  return names
}

const END_OF_CHAIN = 0xfffffffa
const MAX_DIRECTORY_SECTORS = 512

function truncated(): OfficeRefusal {
  return new OfficeRefusal('truncated', '文件不完整或已损坏，可能没有传完。请重新保存后再上传。')
}
