import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import { OfficeRefusal } from '../refusal.js'
import type { NoticeLimits } from './notice-limits.js'
import { turnOf, upright, type PdfPage, type PlacedText } from './pdf-page.js'
import { rulesOf } from './pdf-rules.js'

/** More runs of text than this on one page are a drawing, or an attack. A page of small print has some 3,000. */
const MOST_TEXTS = 40_000

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
    const file = await loading.promise
    if (file.numPages > limits.maxPages) {
      throw new OfficeRefusal(
        'too-many-pages',
        `PDF 有 ${file.numPages} 页，不像一份通知。请只保留通知正文和附件后再上传。`,
      )
    }
    const pages: PdfPage[] = []
    for (let number = 1; number <= file.numPages; number++) {
      const page = await file.getPage(number)
      const { transform, width, height } = page.getViewport({ scale: 1 })
      const { items } = await page.getTextContent()
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
      const drawn = isBlank ? { fnArray: [], argsArray: [] } : await page.getOperatorList()
      pages.push(upright(width, height, placed, rulesOf(drawn.fnArray, drawn.argsArray, transform, pdf.OPS)))
      page.cleanup()
      onPage(number, file.numPages)
    }
    return pages
  } catch (cause) {
    throw refusalOfPdf(cause)
  } finally {
    await loading.destroy()
  }
}

/** pdf.js throws what it meets; none of it may reach the sender, and all of it means that the file is not as it should be. */
function refusalOfPdf(cause: unknown): OfficeRefusal {
  if (cause instanceof OfficeRefusal) return cause
  if (cause instanceof Error && cause.name === 'PasswordException') {
    return new OfficeRefusal('encrypted', 'PDF 设有打开密码，系统无法读取。请取消密码另存后再上传。')
  }
  return new OfficeRefusal('broken-document', 'PDF 已损坏，无法读取。请用 WPS 或浏览器打开后另存为 PDF，再重新上传。')
}

/** Some typefaces give the radicals of the dictionary for the characters that look like them. */
function unified(text: string): string {
  return text.replace(/[\u2e80-\u2fdf\uf900-\ufaff]/g, (character) => character.normalize('NFKC'))
}
