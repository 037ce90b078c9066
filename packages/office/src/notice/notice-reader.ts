import type { NoticeDocument } from '@bihuan/domain'
import { signatureOf } from '../file-signature.js'
import { OfficeRefusal } from '../refusal.js'
import { identifyUpload, type UploadKind } from '../upload.js'
import { readDocNotice } from './doc-notice.js'
import { readHtmlNotice } from './html-notice.js'
import { DEFAULT_NOTICE_LIMITS, type NoticeLimits } from './notice-limits.js'
import type { PageListener } from './pdf-file.js'
import { readPdfNotice } from './pdf-notice.js'
import { decodePlainText, noticeOfText } from './plain-text.js'
import { readWordNotice } from './word-notice.js'

/**
 * A notice as it came: .docx, .doc or .wps, .pdf with text, .html, .txt. What the file is, its content says; a name that says otherwise
 * is refused. Throws `OfficeRefusal` with a sentence for the sender, and nothing else.
 *
 * A PDF tells `onPage` of each page that is read: whoever waits in front of a thread knows that it still works.
 */
export async function readNotice(
  bytes: Uint8Array,
  fileName: string,
  limits: Partial<NoticeLimits> = {},
  onPage?: PageListener,
): Promise<NoticeDocument> {
  const bounds = { ...DEFAULT_NOTICE_LIMITS, ...limits }
  const notice = await read(bytes, fileName, bounds, onPage)
  if (notice.blocks.length === 0) throw new OfficeRefusal('no-text', '文件里没有文字。请检查是不是选错了文件。')
  return notice
}

async function read(
  bytes: Uint8Array,
  fileName: string,
  bounds: NoticeLimits,
  onPage: PageListener | undefined,
): Promise<NoticeDocument> {
  const text = textKind(bytes, fileName, bounds)
  if (text === 'html') return readHtmlNotice(bytes, bounds)
  if (text === 'text') return noticeOfText(decodePlainText(bytes), bounds)
  const verdict = identifyUpload(bytes, fileName, bounds)
  if (!verdict.ok) throw new OfficeRefusal(verdict.code, verdict.message)
  switch (verdict.kind) {
    case 'docx':
      return readWordNotice(bytes, bounds)
    case 'doc':
      return readDocNotice(bytes, bounds)
    case 'pdf':
      return readPdfNotice(bytes, bounds, onPage)
    default:
      throw notNotice(verdict.kind)
  }
}

const TEXT_ENDINGS = new Set(['txt', 'text', 'md', 'log', 'csv', 'tsv'])
const PAGE_ENDINGS = new Set(['html', 'htm', 'xhtml', 'shtml'])

/** Text has no mark of its own, so its name decides how it is read; null for what is no text, or goes by another name. */
function textKind(bytes: Uint8Array, fileName: string, bounds: NoticeLimits): 'text' | 'html' | null {
  if (bytes.length === 0 || bytes.length > bounds.maxBytes) return null
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).toString('latin1')
  if (/^PK[\x03\x05]|^\xd0\xcf\x11\xe0/.test(head)) return null
  refuseOtherText(head)
  const ending = /\.([A-Za-z0-9]{1,8})$/.exec(fileName.trim())?.[1]?.toLowerCase() ?? null
  const isNamedText = ending === null || TEXT_ENDINGS.has(ending)
  const isNamedPage = ending !== null && PAGE_ENDINGS.has(ending)
  if (!isNamedText && !isNamedPage) return null
  // UTF-16 without a mark is "unknown" there; the decoder here tells it.
  if (!['text', 'json', 'unknown'].includes(signatureOf(bytes).kind)) return null
  return isNamedPage || (ending === null && /^(\xef\xbb\xbf)?\s*<(!doctype\s+html|html)\b/i.test(head))
    ? 'html'
    : 'text'
}

/** Offices save these under .doc as well. They are text to look at, and none to read. */
function refuseOtherText(head: string): void {
  const called = /^\s*\{\\rtf/.test(head) ? 'RTF 文件' : /^MIME-Version:/im.test(head) ? '单个网页文件（.mht）' : null
  if (called !== null) {
    throw new OfficeRefusal(
      'unsupported-format',
      `这是${called}，系统读不了。请用 Word 或 WPS 打开，另存为 .docx 后再上传。`,
    )
  }
}

function notNotice(kind: UploadKind): OfficeRefusal {
  switch (kind) {
    case 'xlsx':
    case 'xls':
      return new OfficeRefusal(
        'unsupported-format',
        '这是 Excel 表格，不是通知。请上传通知的 Word、PDF、网页或文本文件。',
      )
    case 'zip':
      return new OfficeRefusal('unsupported-format', '这是压缩包。请解压后上传里面的通知文件。')
    case 'jpeg':
    case 'png':
    case 'webp':
    case 'heic':
      return new OfficeRefusal('no-text', '图片没有文字，系统读不了。请提供可编辑的 Word 或带文字的 PDF。')
    default:
      return new OfficeRefusal('unsupported-format', '不支持的通知文件。请上传 Word、PDF、网页或文本文件。')
  }
}
