import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** How many pages a PDF has; 0 when it cannot be opened (broken, or locked with a password). Nothing of it is drawn or run. */
export async function countPdfPages(bytes: Uint8Array): Promise<number> {
  // A copy, since the library takes what it is given for its own; and no Buffer, which it refuses.
  const loading = getDocument({ data: Uint8Array.from(bytes), verbosity: 0, useSystemFonts: false })
  try {
    const document = await loading.promise
    return document.numPages
  } catch {
    return 0
  } finally {
    await loading.destroy()
  }
}
