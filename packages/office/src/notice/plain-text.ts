import type { NoticeDocument } from '@bihuan/domain'
import { OfficeRefusal } from '../refusal.js'
import { DEFAULT_NOTICE_LIMITS, type NoticeLimits } from './notice-limits.js'
import { NoticeWriter } from './notice-writer.js'

/** Text as it was pasted or typed: every line is a paragraph, a form feed begins a new page. */
export function noticeOfText(text: string, limits: Partial<NoticeLimits> = {}): NoticeDocument {
  const bounds = { ...DEFAULT_NOTICE_LIMITS, ...limits }
  if (text.length > bounds.maxCharacters) {
    throw new OfficeRefusal('text-too-long', '文字太多，不像一份通知。请只保留通知正文和附件。')
  }
  const writer = new NoticeWriter(bounds)
  const lines = text.replace(/\n$/, '').split(/\r\n?|[\n\u000b\u2028\u2029]/)
  for (const line of lines) {
    line.split('\f').forEach((part, page) => {
      if (page > 0) writer.breakPage()
      if (part !== '' || page === 0) writer.paragraph(part)
    })
  }
  return writer.finish('text')
}

/**
 * The text of a .txt file. Its mark tells (UTF-8, UTF-16); without one it is UTF-16 if every other byte of its Latin characters is
 * zero, UTF-8 if it can be, and otherwise the GB18030 of Chinese Windows. Refuses what reads as none of them.
 */
export function decodePlainText(bytes: Uint8Array): string {
  const marked = markedEncoding(bytes) ?? wideEncoding(bytes)
  const text = marked === null ? decodeUnmarked(bytes) : decodedAs(marked, bytes)
  if (text !== null && isPlausible(text)) return text
  throw new OfficeRefusal('unknown-type', '认不出这个文本文件的编码。请用记事本打开，另存为“UTF-8”编码后再上传。')
}

/** What the mark at the beginning says. */
export function markedEncoding(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return first === 0xef && second === 0xbb && third === 0xbf ? 'utf-8' : null
}

/**
 * UTF-8 or GB18030. Short words of the latter are by chance good UTF-8 of two bytes a letter (通知 reads as Hebrew): Chinese in UTF-8
 * has three a letter.
 */
export function decodeUnmarked(bytes: Uint8Array): string | null {
  const text = decodedAs('utf-8', bytes)
  if (text !== null && (/[\u2000-\uffff]/.test(text) || !/[\u0080-\uffff]/.test(text))) return text
  return decodedAs('gb18030', bytes) ?? text
}

/**
 * UTF-16 without a mark. Line ends, digits and spaces have a zero for one half, and no other encoding of text holds a zero at
 * all: the half in which the zeros stand tells the order of bytes.
 */
function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const zeros = [0, 0]
  const looked = Math.min(bytes.length, 64 * 1024)
  for (let at = 0; at < looked; at++) if (bytes[at] === 0) zeros[at % 2]!++
  const [even = 0, odd = 0] = zeros
  if (even + odd === 0 || bytes.length % 2 !== 0) return null
  if (odd > even * 4) return 'utf-16le'
  return even > odd * 4 ? 'utf-16be' : null
}

export function decodedAs(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/**
 * GB18030 gives almost any bytes a meaning. Text has no control characters and hardly any characters for private use, which are
 * what other things turn into.
 */
function isPlausible(text: string): boolean {
  let strange = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 32 && (code < 9 || code > 13) && code !== 0x1a) return false
    if ((code >= 0x7f && code < 0xa0) || (code >= 0xe000 && code < 0xf900)) strange++
  }
  return strange * 50 <= text.length
}
