import type { NoticeDocument } from '@bihuan/domain'
import { Parser } from 'htmlparser2'
import { OfficeRefusal } from '../refusal.js'
import { HtmlFlow } from './html-flow.js'
import type { NoticeLimits } from './notice-limits.js'
import { NoticeWriter } from './notice-writer.js'
import { decodedAs, decodeUnmarked, markedEncoding } from './plain-text.js'

/** The parser looks through all open elements for the one that a tag closes: a million closed in a million open would never end. */
const MAX_DEPTH = 256

/** A notice as a web page, saved or copied. Throws `OfficeRefusal`. */
export function readHtmlNotice(bytes: Uint8Array, limits: NoticeLimits): NoticeDocument {
  const page = decodePage(bytes)
  const flow = new HtmlFlow(new NoticeWriter(limits), limits)
  let depth = 0
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (++depth > MAX_DEPTH) {
        throw new OfficeRefusal(
          'broken-document',
          '网页的标签没有成对，层层相套，无法读取。请把正文复制到 Word 里，另存为 .docx 后再上传。',
        )
      }
      flow.open(name, attributes)
    },
    onclosetag: (name) => {
      depth--
      flow.close(name)
    },
    ontext: (text) => flow.text(text),
  })
  parser.write(page)
  parser.end()
  return flow.finish()
}

/** What a browser does: a mark goes before what the page says of itself, and that before a guess. */
function decodePage(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096)).toString('latin1')
  const stated = /<(?:meta|\?xml)[^>]+(?:charset|encoding)\s*=\s*["']?\s*([\w-]{1,40})/i.exec(head)?.[1]?.toLowerCase()
  // A page that can be read here as text of one byte says nothing true of UTF-16; and what says UTF-8 may still be GB18030.
  const named = stated === undefined || /^utf-?(8|16)/.test(stated) ? null : stated
  const encoding = markedEncoding(bytes) ?? named
  const text = (encoding === null ? null : decodedAs(encoding, bytes)) ?? decodeUnmarked(bytes)
  if (text !== null) return text
  throw new OfficeRefusal(
    'broken-document',
    '网页的编码不对，读不出文字。请用浏览器打开，另存为“UTF-8”编码的网页后再上传。',
  )
}
