import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jpegFromPhone, png, secret, webp } from '../../../test/pictures.js'
import { withoutMetadata } from './photo-metadata.js'

const clean = (mediaType: string, bytes: Buffer): Buffer => {
  const kept = withoutMetadata(mediaType, bytes)
  if (kept === null) throw new Error('broken')
  return kept
}

test('nothing that a phone wrote beside the picture is left, the picture itself is', () => {
  for (const [mediaType, bytes, picture] of [
    ['image/jpeg', jpegFromPhone(), Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56])],
    ['image/png', png(), Buffer.from('IDAT')],
    ['image/webp', webp(), Buffer.from('VP8L')],
  ] as const) {
    const kept = clean(mediaType, bytes)
    expect(kept.includes(secret)).toBe(false)
    expect(kept.includes(picture)).toBe(true)
    // Done twice it is the same: nothing more is cut away.
    expect(clean(mediaType, kept)).toEqual(kept)
  }
})

test('a photo stays the way up that it was taken, and keeps its colours', () => {
  const turned = clean('image/jpeg', jpegFromPhone(6))
  const at = turned.indexOf('Exif\0\0')
  expect(turned.readUInt16BE(at + 6 + 18)).toBe(6)
  expect(turned.includes('ICC_PROFILE')).toBe(true)
  expect(clean('image/jpeg', jpegFromPhone(1)).includes('Exif')).toBe(false)
})

test('a WebP no longer says that it has what was taken out', () => {
  const kept = clean('image/webp', webp())
  expect(kept.readUInt8(20) & 0x0c).toBe(0)
  expect(kept.readUInt8(20) & 0x10).toBe(0x10)
  expect(kept.readUInt32LE(4) + 8).toBe(kept.length)
})

test('whatever is cut off or overwritten is either refused or kept without what should be gone, and never loops', () => {
  fc.assert(
    fc.property(fc.nat(400), fc.nat(255), fc.boolean(), (at, byte, cut) => {
      for (const [mediaType, whole] of [
        ['image/jpeg', jpegFromPhone()],
        ['image/png', png()],
        ['image/webp', webp()],
      ] as const) {
        const bytes = Buffer.from(whole)
        if (cut) withoutMetadata(mediaType, bytes.subarray(0, at))
        else {
          bytes[at % bytes.length] = byte
          withoutMetadata(mediaType, bytes)
        }
      }
    }),
  )
})

test('what is no picture goes through as it came', () => {
  const paper = Buffer.from('%PDF-1.7')
  expect(withoutMetadata('application/pdf', paper)).toBe(paper)
})
