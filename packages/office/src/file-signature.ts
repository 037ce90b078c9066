/** What a file is by its bytes, archives and OLE files aside; `isWhole` is false if its end is missing. */
export interface Signature {
  readonly kind: 'pdf' | 'jpeg' | 'png' | 'webp' | 'heic' | 'json' | 'text' | 'unknown'
  readonly isWhole: boolean
}

const WHOLE = true

export function signatureOf(bytes: Uint8Array): Signature {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const head = buffer.toString('latin1', 0, 1024)
  if (head.includes('%PDF-')) return { kind: 'pdf', isWhole: buffer.subarray(-2048).includes('%%EOF') }
  if (head.startsWith('\xff\xd8\xff')) return { kind: 'jpeg', isWhole: jpegEnds(buffer) }
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return { kind: 'png', isWhole: pngEnds(buffer) }
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') {
    return { kind: 'webp', isWhole: buffer.length >= 12 && buffer.readUInt32LE(4) + 8 <= buffer.length }
  }
  if (head.slice(4, 8) === 'ftyp' && /^(heic|heix|heim|heis|hevc|hevx|mif1|msf1)$/.test(head.slice(8, 12))) {
    return { kind: 'heic', isWhole: boxesEnd(buffer) }
  }
  return textSignature(buffer)
}

/** FF D9 cannot stand inside a scan, so one behind the first scan's head ends the picture; one before it ends a thumbnail. */
function jpegEnds(buffer: Buffer): boolean {
  let at = 2
  while (at + 4 <= buffer.length && buffer[at] === 0xff) {
    const marker = buffer[at + 1] ?? 0
    const length = buffer.readUInt16BE(at + 2)
    at += 2 + length
    if (marker === 0xda) return buffer.indexOf(Buffer.from([0xff, 0xd9]), at) >= 0
  }
  return false
}

function pngEnds(buffer: Buffer): boolean {
  let at = 8
  while (at + 12 <= buffer.length) {
    const end = at + 12 + buffer.readUInt32BE(at)
    if (end > buffer.length) return false
    if (buffer.toString('latin1', at + 4, at + 8) === 'IEND') return true
    at = end
  }
  return false
}

function boxesEnd(buffer: Buffer): boolean {
  let at = 0
  while (at + 16 <= buffer.length) {
    const short = buffer.readUInt32BE(at)
    const size = short === 1 ? Number(buffer.readBigUInt64BE(at + 8)) : short
    if (size === 0) return true
    if (size < 8) return false
    at += size
  }
  return at === buffer.length
}

function textSignature(buffer: Buffer): Signature {
  const text = decodedText(buffer)
  // Control characters other than tab, line ends and form feed are not typed.
  if (text === null || /[\u0000-\u0008\u000b\u000e-\u001f]/.test(text)) return { kind: 'unknown', isWhole: WHOLE }
  const start = text.trimStart()[0]
  if (start === '{' || start === '[') {
    try {
      JSON.parse(text)
      return { kind: 'json', isWhole: WHOLE }
    } catch {
      return { kind: 'text', isWhole: WHOLE }
    }
  }
  return { kind: 'text', isWhole: WHOLE }
}

/** Text in UTF-8, in UTF-16 with its mark, or in the GBK of older Chinese Windows. */
function decodedText(buffer: Buffer): string | null {
  const mark = buffer.toString('latin1', 0, 2)
  const encodings = mark === '\xff\xfe' ? ['utf-16le'] : mark === '\xfe\xff' ? ['utf-16be'] : ['utf-8', 'gb18030']
  for (const encoding of encodings) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(buffer)
    } catch {
      continue
    }
  }
  return null
}
