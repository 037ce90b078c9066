import type { NoticeDocument } from '@bihuan/domain'
import { inflateChunks, InflateBudget, openArchive, type Archive } from '../archive.js'
import { OfficeRefusal } from '../refusal.js'
import { tokenizeAll, type XmlSink } from '../xml-tokens.js'
import type { NoticeLimits } from './notice-limits.js'
import { NoticeWriter } from './notice-writer.js'
import { NumberingLists } from './numbering-lists.js'
import { WordBody } from './word-body.js'
import { WordNumbering } from './word-numbering.js'
import { WordStyles } from './word-styles.js'

/** A .docx as Word shows it: body text with its generated numbers; no headers, footers, notes or comments. Throws `OfficeRefusal`. */
export function readWordNotice(bytes: Uint8Array, limits: NoticeLimits): NoticeDocument {
  const archive = openArchive(bytes, limits)
  const read = (isGeneratedKept: boolean): WordBody => {
    const budget = new InflateBudget(limits)
    const styles = new WordStyles()
    const numbering = new NumberingLists()
    readPart(archive, 'word/styles.xml', styles, budget)
    readPart(archive, 'word/numbering.xml', new WordNumbering(numbering), budget)
    const body = new WordBody(new NoticeWriter(limits), styles, numbering, limits, isGeneratedKept)
    if (!readPart(archive, 'word/document.xml', body, budget) || !body.hasBody) {
      throw new OfficeRefusal('broken-document', '不是完整的 Word 文档。请用 Word 或 WPS 另存为 .docx 后再上传。')
    }
    return body
  }
  const body = read(false)
  // A table of contents without an end would take the rest of the document with it.
  return (body.isCutShort ? read(true) : body).finish()
}

function readPart(archive: Archive, name: string, sink: XmlSink, budget: InflateBudget): boolean {
  const entry = archive.entry(name)
  if (entry === undefined) return false
  tokenizeAll(inflateChunks(entry, budget), sink)
  return true
}
