import type { NoticeDocument } from '@bihuan/domain'
import { OfficeRefusal } from '../refusal.js'
import { DocBody } from './doc-body.js'
import { docLists } from './doc-lists.js'
import { docPieces } from './doc-pieces.js'
import { propertyRuns } from './doc-properties.js'
import { docStyles } from './doc-styles.js'
import type { NoticeLimits } from './notice-limits.js'
import { NoticeWriter } from './notice-writer.js'
import { brokenOle, oleStreams } from './ole-streams.js'

/**
 * A .doc of Word 97 to 2003, or a .wps that is one inside, read by [MS-DOC]. Text boxes come first: in official documents they hold
 * the red head. Throws `OfficeRefusal`.
 *
 * word-extractor was tried before: it knows no merged cells and no generated numbers, a chain of sectors that runs in a circle takes
 * all memory, and a sector beyond the end is a rejection that nobody can catch.
 */
export function readDocNotice(bytes: Uint8Array, limits: NoticeLimits): NoticeDocument {
  try {
    return read(bytes, limits)
  } catch (cause) {
    // Every offset of the file is read with its bounds checked; one that leads out of it is the file's fault.
    if (cause instanceof RangeError) throw brokenOle()
    throw cause
  }
}

function read(bytes: Uint8Array, limits: NoticeLimits): NoticeDocument {
  const { stream } = oleStreams(bytes)
  const document = Buffer.from(stream('WordDocument') ?? [])
  if (document.length < 0x2f2 || document.readUInt16LE(0) !== 0xa5ec) throw brokenOle()
  if (document.readUInt16LE(2) < 0xc1) {
    throw new OfficeRefusal(
      'unsupported-format',
      '这是 Word 97 以前的文档，系统读不了。请用 Word 或 WPS 打开，另存为 .docx 后再上传。',
    )
  }
  const flags = document.readUInt16LE(10)
  if ((flags & 0x0100) !== 0) {
    throw new OfficeRefusal('encrypted', '文件设有打开密码，系统无法读取。请取消密码另存后再上传。')
  }
  const table = Buffer.from(stream((flags & 0x0200) === 0 ? '0Table' : '1Table') ?? [])
  // Lengths of the parts, in the order in which they follow each other.
  const [main = 0, notes = 0, headers = 0, macros = 0, comments = 0, endnotes = 0, boxes = 0] = Array.from(
    { length: 7 },
    (_, i) => document.readUInt32LE(0x4c + i * 4),
  )
  const body = new DocBody(new NoticeWriter(limits), limits, {
    characters: propertyRuns(document, table, 'characters'),
    paragraphs: propertyRuns(document, table, 'paragraphs'),
    style: docStyles(document, table),
    lists: docLists(document, table),
    data: Buffer.from(stream('Data') ?? []),
  })
  body.read(docPieces(document, table, main + notes + headers + macros + comments + endnotes, boxes, limits))
  body.read(docPieces(document, table, 0, main, limits))
  return body.finish()
}
