/**
 * What a camera writes beside the picture (where it was taken, by whose phone, a thumbnail of what was cut away) is taken out
 * before a photo is kept: whoever sees a hazard need not learn where its finder lives. The picture itself is not touched. The one
 * thing kept is which way up it is, without which every second photo of a phone would lie on its side.
 */

/** Bytes without metadata, or null when the picture is broken. */
export function withoutMetadata(mediaType: string, bytes: Buffer): Buffer | null {
  switch (mediaType) {
    case 'image/jpeg':
      return jpegWithoutMetadata(bytes)
    case 'image/png':
      return pngWithoutMetadata(bytes)
    case 'image/webp':
      return webpWithoutMetadata(bytes)
    default:
      return bytes
  }
}

const startOfScan = 0xda
const endOfImage = 0xd9
const app0 = 0xe0
const app1 = 0xe1
const app2 = 0xe2
const app14 = 0xee
const app15 = 0xef
const comment = 0xfe

/** ITU-T T.81, annex B. Kept of the APPn segments: JFIF, the colour profile, and Adobe's word on how colours are coded. */
function jpegWithoutMetadata(bytes: Buffer): Buffer | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null
  const kept: Buffer[] = [bytes.subarray(0, 2)]
  let orientation = 1
  let at = 2
  while (at + 2 <= bytes.length) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      // Fill bytes may stand before a marker.
      at += 1
      continue
    }
    if (marker === endOfImage) {
      kept.push(bytes.subarray(at, at + 2))
      // What follows the picture (a film, a second picture with its own metadata) is not part of it.
      const [start, ...rest] = kept as [Buffer, ...Buffer[]]
      return Buffer.concat(orientation === 1 ? kept : [start, orientationSegment(orientation), ...rest])
    }
    if (at + 4 > bytes.length) return null
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    if (end < at + 4 || end > bytes.length) return null
    const segment = bytes.subarray(at, end)
    if (marker === app1) orientation = orientationOf(segment.subarray(4)) ?? orientation
    if (isKept(marker, segment.subarray(4))) kept.push(segment)
    at = end
    if (marker === startOfScan) {
      const next = endOfScan(bytes, at)
      if (next === null) return null
      kept.push(bytes.subarray(at, next))
      at = next
    }
  }
  return null
}

function isKept(marker: number, body: Buffer): boolean {
  if (marker === comment) return false
  if (marker < app0 || marker > app15) return true
  const name = body.toString('latin1', 0, 12)
  if (marker === app0) return name.startsWith('JFIF\0')
  if (marker === app2) return name.startsWith('ICC_PROFILE\0')
  return marker === app14 && name.startsWith('Adobe')
}

/** Where the next marker stands that is neither a stuffed zero nor a restart. */
function endOfScan(bytes: Buffer, from: number): number | null {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  return null
}

/** Tag 0x0112 of the first directory (Exif 2.32, 4.6.2); null when there is none that can be read. */
function orientationOf(body: Buffer): number | null {
  if (body.toString('latin1', 0, 6) !== 'Exif\0\0') return null
  const tiff = body.subarray(6)
  if (tiff.length < 14) return null
  const little = tiff.toString('latin1', 0, 2) === 'II'
  const short = (at: number) => (at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  const entries = Math.min(short(directory), 500)
  for (let entry = 0; entry < entries; entry += 1) {
    const at = directory + 2 + entry * 12
    if (short(at) === 0x0112) return short(at + 8) >= 1 && short(at + 8) <= 8 ? short(at + 8) : null
  }
  return null
}

/** An Exif block that says which way up, and nothing else. */
function orientationSegment(orientation: number): Buffer {
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex')
  tiff.writeUInt16BE(orientation, 18)
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
  const head = Buffer.from([0xff, app1, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

/** What a picture needs to look as it does (PNG, third edition, clause 11); text, time and Exif are not among it. */
const keptChunks = new Set([
  ...[
    'IHDR',
    'PLTE',
    'IDAT',
    'IEND',
    'tRNS',
    'gAMA',
    'cHRM',
    'sRGB',
    'iCCP',
    'sBIT',
    'bKGD',
    'pHYs',
    'cICP',
    'mDCV',
    'cLLI',
  ],
  ...['acTL', 'fcTL', 'fdAT'],
])

function pngWithoutMetadata(bytes: Buffer): Buffer | null {
  if (bytes.length < 8 || bytes.readUInt32BE(0) !== 0x89504e47) return null
  const kept: Buffer[] = [bytes.subarray(0, 8)]
  let at = 8
  while (at + 12 <= bytes.length) {
    const end = at + 12 + bytes.readUInt32BE(at)
    if (end > bytes.length) return null
    const name = bytes.toString('latin1', at + 4, at + 8)
    if (keptChunks.has(name)) kept.push(bytes.subarray(at, end))
    if (name === 'IEND') return Buffer.concat(kept)
    at = end
  }
  return null
}

const exifAndXmpFlags = 0x08 | 0x04

function webpWithoutMetadata(bytes: Buffer): Buffer | null {
  if (bytes.length < 12 || bytes.toString('latin1', 8, 12) !== 'WEBP') return null
  const kept: Buffer[] = []
  const whole = Math.min(bytes.length, 8 + bytes.readUInt32LE(4))
  let at = 12
  while (at + 8 <= whole) {
    const size = bytes.readUInt32LE(at + 4)
    const end = at + 8 + size + (size % 2)
    if (at + 8 + size > bytes.length) return null
    const name = bytes.toString('latin1', at, at + 4)
    const chunk = Buffer.from(bytes.subarray(at, Math.min(end, bytes.length)))
    if (name === 'VP8X') chunk.writeUInt8(chunk.readUInt8(8) & ~exifAndXmpFlags, 8)
    if (name !== 'EXIF' && name !== 'XMP ') kept.push(chunk)
    at = end
  }
  if (kept.length === 0) return null
  const body = Buffer.concat(kept)
  const head = Buffer.from(bytes.subarray(0, 12))
  head.writeUInt32LE(body.length + 4, 4)
  return Buffer.concat([head, body])
}
