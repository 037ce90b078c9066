import {
  DEFAULT_ARCHIVE_LIMITS,
  InflateBudget,
  inflateWhole,
  openArchive,
  verifyArchive,
  type Archive,
  type ArchiveLimits,
} from './archive.js'
import { signatureOf, type Signature } from './file-signature.js'
import { oleStreamNames } from './ole.js'
import { OfficeRefusal, refusalOf, type RefusalValue } from './refusal.js'

export type UploadKind = 'xlsx' | 'docx' | 'xls' | 'doc' | 'zip' | Exclude<Signature['kind'], 'unknown'>

export interface AcceptedUpload {
  readonly ok: true
  readonly kind: UploadKind
  /** To store and serve it under, whatever the sender said. */
  readonly mediaType: string
  readonly extension: string
}

export type UploadVerdict = AcceptedUpload | RefusalValue

export interface UploadLimits extends ArchiveLimits {
  /** Bytes of the file itself. */
  readonly maxBytes: number
}

/** 50 MB a file: a scan of some tens of pages. The rest as `DEFAULT_ARCHIVE_LIMITS`. */
export const DEFAULT_UPLOAD_LIMITS: UploadLimits = { ...DEFAULT_ARCHIVE_LIMITS, maxBytes: 50 * 1024 * 1024 }

const OPEN_XML = 'application/vnd.openxmlformats-officedocument'

/** Media type, and the endings that a file of the kind may bear; the first is the one to store it under. `et` and `wps` are WPS's own. */
const KINDS: Readonly<
  Record<UploadKind, { mediaType: string; endings: readonly [string, ...string[]]; called: string }>
> = {
  xlsx: { mediaType: `${OPEN_XML}.spreadsheetml.sheet`, endings: ['xlsx'], called: 'Excel 表格（.xlsx）' },
  docx: { mediaType: `${OPEN_XML}.wordprocessingml.document`, endings: ['docx'], called: 'Word 文档（.docx）' },
  xls: { mediaType: 'application/vnd.ms-excel', endings: ['xls', 'et'], called: '旧版 Excel 表格（.xls）' },
  doc: { mediaType: 'application/msword', endings: ['doc', 'wps'], called: '旧版 Word 文档（.doc）' },
  pdf: { mediaType: 'application/pdf', endings: ['pdf'], called: 'PDF 文件' },
  jpeg: { mediaType: 'image/jpeg', endings: ['jpg', 'jpeg', 'jfif'], called: 'JPEG 图片' },
  png: { mediaType: 'image/png', endings: ['png'], called: 'PNG 图片' },
  webp: { mediaType: 'image/webp', endings: ['webp'], called: 'WebP 图片' },
  heic: { mediaType: 'image/heic', endings: ['heic', 'heif'], called: 'HEIC 图片' },
  json: { mediaType: 'application/json', endings: ['json'], called: 'JSON 数据' },
  text: { mediaType: 'text/plain', endings: ['txt', 'csv', 'md', 'tsv', 'log'], called: '纯文本' },
  zip: { mediaType: 'application/zip', endings: ['zip'], called: '压缩包（.zip）' },
}

/**
 * What an uploaded file is, by its content. Refuses one that is not what its name says, is cut off, cannot be opened, or would
 * harm who opens it. A name without an ending claims nothing.
 *
 * Inflates an archive once, piece by piece, to count its bytes and check its sums; nothing of it is kept.
 */
export function identifyUpload(
  bytes: Uint8Array,
  declaredName: string,
  limits: Partial<UploadLimits> = {},
): UploadVerdict {
  const bounds = { ...DEFAULT_UPLOAD_LIMITS, ...limits }
  try {
    return judge(bytes, declaredName, bounds)
  } catch (thrown) {
    return refusalOf(thrown)
  }
}

function judge(bytes: Uint8Array, declaredName: string, bounds: UploadLimits): AcceptedUpload {
  if (bytes.length === 0) throw new OfficeRefusal('empty', '文件是空的。请检查后重新上传。')
  if (bytes.length > bounds.maxBytes) {
    const most = Math.floor(bounds.maxBytes / 1024 / 1024)
    throw new OfficeRefusal('too-large', `文件超过 ${most} MB。请压缩或拆分后再上传。`)
  }
  const kind = kindOf(bytes, declaredName, bounds)
  const { mediaType, endings, called } = KINDS[kind]
  const ending = endingOf(declaredName)
  if (ending !== null && !endings.includes(ending) && !isJsonAsText(kind, ending)) {
    throw new OfficeRefusal(
      'type-mismatch',
      `文件扩展名是 .${ending}，内容却是${called}。请用原软件另存为正确的格式后再上传。`,
    )
  }
  return { ok: true, kind, mediaType, extension: endings[0] }
}

/** A text that happens to parse as JSON (`[1]`) is still the text that its name says. */
function isJsonAsText(kind: UploadKind, ending: string): boolean {
  return kind === 'json' && KINDS.text.endings.includes(ending)
}

function endingOf(name: string): string | null {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const dot = last.lastIndexOf('.')
  return dot < 0 || dot === last.length - 1
    ? null
    : last
        .slice(dot + 1)
        .toLowerCase()
        .trim()
}

function kindOf(bytes: Uint8Array, declaredName: string, bounds: UploadLimits): UploadKind {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(8, bytes.length)).toString('latin1')
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06')) return archiveKind(bytes, bounds)
  if (start === '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1') return oleKind(bytes)
  const { kind, isWhole } = signatureOf(bytes)
  if (!isWhole) throw new OfficeRefusal('truncated', '文件不完整，可能没有传完。请重新选择文件上传。')
  if (kind === 'unknown') {
    const ending = endingOf(declaredName)
    const named = ending === null ? '' : `（.${ending}）`
    throw new OfficeRefusal(
      'unknown-type',
      `不支持的文件类型${named}。可上传 Word、Excel、PDF、图片、文本或 zip 文件。`,
    )
  }
  return kind
}

function oleKind(bytes: Uint8Array): UploadKind {
  const names = oleStreamNames(bytes)
  if (names.has('EncryptedPackage') || names.has('EncryptionInfo')) {
    throw new OfficeRefusal('encrypted', '文件设有打开密码，系统无法读取。请取消密码另存后再上传。')
  }
  if (names.has('Workbook') || names.has('Book')) return 'xls'
  if (names.has('WordDocument')) return 'doc'
  throw new OfficeRefusal('unknown-type', '不支持的文件类型。请用 Word、Excel 或 WPS 另存为 .docx 或 .xlsx 后再上传。')
}

function archiveKind(bytes: Uint8Array, bounds: UploadLimits): UploadKind {
  const archive = openArchive(bytes, bounds)
  const kind = officeKind(archive, bounds)
  verifyArchive(archive, bounds, (entry, head) => {
    if (!startsLikeArchive(head)) return
    const message =
      kind === 'zip'
        ? `压缩包里还有压缩包或 Office 文件“${entry.name}”。请解开后分别上传。`
        : '文件里嵌有压缩包或其他 Office 文件。请删去嵌入的对象后再上传。'
    // A zip of Word files is a common bundle; each is opened only when it is uploaded itself.
    if (kind !== 'zip' || !/\.(docx|xlsx)$/i.test(entry.name)) throw new OfficeRefusal('nested-archive', message)
  })
  return kind
}

function startsLikeArchive(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5) && (head[3] === 4 || head[3] === 6)
}

function officeKind(archive: Archive, bounds: UploadLimits): 'xlsx' | 'docx' | 'zip' {
  const types = archive.entry('[Content_Types].xml')
  if (types === undefined) return 'zip'
  const xml = Buffer.from(inflateWhole(types, new InflateBudget(bounds))).toString('utf8')
  if (/macroEnabled|vbaProject/i.test(xml) || archive.entries.some(({ name }) => name.endsWith('vbaProject.bin'))) {
    throw new OfficeRefusal('has-macros', '文件含有宏，不能上传。请另存为不含宏的 .xlsx 或 .docx 后再上传。')
  }
  if (xml.includes('spreadsheetml.sheet.main+xml') && archive.entry('xl/workbook.xml') !== undefined) return 'xlsx'
  if (xml.includes('wordprocessingml.document.main+xml') && archive.entry('word/document.xml') !== undefined)
    return 'docx'
  throw new OfficeRefusal('unsupported-format', '不支持的 Office 文件。请另存为 .xlsx 或 .docx 后再上传。')
}
