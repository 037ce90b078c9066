import type { NoticeBlock, NoticeDocument } from '@bihuan/domain'

/** Plain text as a notice: every line a paragraph; tables that were flattened into lines are put together by the reader. */
export function documentOfText(source: string): NoticeDocument {
  const text = source.replace(/\r\n?/g, '\n').replace(/^\uFEFF/, '')
  const blocks: NoticeBlock[] = []
  let start = 0
  for (const line of text.split('\n')) {
    const end = start + line.length
    blocks.push({ kind: 'paragraph', start, end, level: null, align: null, pageBreakBefore: line.startsWith('\f') })
    start = end + 1
  }
  return { form: 'text', text, blocks }
}
