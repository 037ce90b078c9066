import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import { OfficeRefusal } from '../refusal.js'
import type { NoticeLimits } from './notice-limits.js'
import { turnOf, upright, type PdfPage, type PlacedText } from './pdf-page.js'
import { rulesOf } from './pdf-rules.js'

/** More runs of text than this on one page are a drawing, or an attack. A page of small print has some 3,000. */
const MOST_TEXTS = 40_000

/**
 * A file without an index is parsed from each trailer, and from each object that has the number of an earlier one, in the worst case to its
 * end: 1,500 of them took 10 s of 750 KB. A file that was saved again and again has some tens. More brackets left open than these are as slow.
 */
const MOST_SAVED = 100
const MOST_UNPAIRED = 4_000
const BRACKETS: ReadonlySet<number> = new Set(Buffer.from('[]<>()'))

/** pdf.js has no answer at all for some broken pages, and waits without doing anything. */
const LONGEST_SILENCE_MS = 8_000

/** Told after each page: its number, and how many there are. */
export type PageListener = (page: number, of: number) => void

/**
 * The pages of a PDF, read by pdf.js in this thread. Only its time is not bounded here: a stranger's file belongs into a thread with a
 * deadline. Throws `OfficeRefusal`.
 */
export async function readPdfPages(
  bytes: Uint8Array,
  limits: NoticeLimits,
  onPage: PageListener = () => undefined,
): Promise<PdfPage[]> {
  if (isTooSlowToParse(bytes)) throw brokenPdf()
  const pdf = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
  const loading = pdf.getDocument({
    // It takes the bytes for itself, and no Buffer.
    data: new Uint8Array(bytes),
    cMapUrl: join(folder, 'cmaps') + sep,
    cMapPacked: true,
    standardFontDataUrl: join(folder, 'standard_fonts') + sep,
    isEvalSupported: false,
    useSystemFonts: false,
    disableFontFace: true,
    useWorkerFetch: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    useWasm: false,
    enableXfa: false,
    // Nothing looks at pictures: none is decoded.
    maxImageSize: 1,
    verbosity: pdf.VerbosityLevel.ERRORS,
  })
  try {
    const file = await answered(loading.promise)
    if (file.numPages > limits.maxPages) {
      throw new OfficeRefusal(
        'too-many-pages',
        `PDF 有 ${file.numPages} 页，不像一份通知。请只保留通知正文和附件后再上传。`,
      )
    }
    const pages: PdfPage[] = []
    for (let number = 1; number <= file.numPages; number++) {
      const page = await answered(file.getPage(number))
      const { transform, width, height } = page.getViewport({ scale: 1 })
      const { items } = await answered(page.getTextContent())
      const placed: PlacedText[] = []
      let isBlank = true
      for (const item of items) {
        if (!('str' in item) || item.str === '') continue
        const [a, b, c, d, x, y] = pdf.Util.transform(transform, item.transform) as number[]
        if (placed.length >= MOST_TEXTS || !Number.isFinite((x ?? NaN) + (y ?? NaN) + item.width)) continue
        isBlank &&= item.str.trim() === ''
        const size = Math.hypot(c ?? 0, d ?? 0)
        if (size < 1) continue
        const text = unified(item.str)
        placed.push({ text, x: x ?? 0, y: y ?? 0, width: item.width, size, turn: turnOf(a ?? 0, b ?? 0) })
      }
      // The drawing of a page without text is a picture, and may be large.
      const drawn = isBlank ? { fnArray: [], argsArray: [] } : await answered(page.getOperatorList())
      pages.push(upright(width, height, placed, rulesOf(drawn.fnArray, drawn.argsArray, transform, pdf.OPS)))
      page.cleanup()
      onPage(number, file.numPages)
    }
    return pages
  } catch (cause) {
    throw refusalOfPdf(cause)
  } finally {
    // Not waited for: after a page without an answer there is none to this either.
    loading.destroy().catch(() => undefined)
  }
}

function answered<T>(asked: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const silence = setTimeout(() => reject(brokenPdf()), LONGEST_SILENCE_MS)
    asked.then(resolve, reject).finally(() => clearTimeout(silence))
  })
}

/** pdf.js throws what it meets; none of it may reach the sender, and all of it means that the file is not as it should be. */
function refusalOfPdf(cause: unknown): OfficeRefusal {
  if (cause instanceof OfficeRefusal) return cause
  if (cause instanceof Error && cause.name === 'PasswordException') {
    return new OfficeRefusal('encrypted', 'PDF 设有打开密码，系统无法读取。请取消密码另存后再上传。')
  }
  return brokenPdf()
}

function brokenPdf(): OfficeRefusal {
  return new OfficeRefusal('broken-document', 'PDF 已损坏，无法读取。请用 WPS 或浏览器打开后另存为 PDF，再重新上传。')
}

function isTooSlowToParse(bytes: Uint8Array): boolean {
  return hasLooseBrackets(bytes) || timesSaved(bytes) > MOST_SAVED
}

/** How often the object that was written most often, or a trailer, stands in the file. */
function timesSaved(bytes: Uint8Array): number {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  const times = new Map<string, number>()
  for (const [found, object] of text.matchAll(/\b(\d{1,10})\s{1,3}\d{1,5}\s{1,3}obj\b|\btrailer\b/g)) {
    const name = object ?? found
    times.set(name, (times.get(name) ?? 0) + 1)
  }
  return [...times.values()].reduce((most, value) => Math.max(most, value), 0)
}

/** Over all bytes: in what is packed each bracket is as frequent as the other, within some hundreds in 50 MB. */
function hasLooseBrackets(bytes: Uint8Array): boolean {
  const counts = new Map<number, number>()
  for (const byte of bytes) if (BRACKETS.has(byte)) counts.set(byte, (counts.get(byte) ?? 0) + 1)
  const unpaired = (open: string, close: string): number =>
    Math.abs((counts.get(open.charCodeAt(0)) ?? 0) - (counts.get(close.charCodeAt(0)) ?? 0))
  return ['[]', '<>', '()'].some(([open = '', close = '']) => unpaired(open, close) > MOST_UNPAIRED)
}

/** Some typefaces give the radicals of the dictionary for the characters that look like them. */
function unified(text: string): string {
  return text.replace(/[\u2e80-\u2fdf\uf900-\ufaff]/g, (character) => character.normalize('NFKC'))
}
