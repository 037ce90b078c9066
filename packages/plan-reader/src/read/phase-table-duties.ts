import type { Paragraph, Part } from '../outline/paragraph.js'
import { recordsOf } from '../table/records.js'

const NAMES_PHASES = /阶段|步骤/

/** What a table of phases says of each, as paragraphs: an act with a date or number of its own is owed there as in a sentence. */
export function paragraphsOfPhaseTables(parts: readonly Part[]): Paragraph[] {
  let above: Paragraph | null = null
  return parts.flatMap((part): Paragraph[] => {
    if (part.kind === 'paragraph') {
      above = part
      return []
    }
    const { headings, rows } = recordsOf(part.grid)
    if (!headings.some((heading) => NAMES_PHASES.test(heading?.text ?? ''))) return []
    const under = above === null ? [] : [...above.under, ...(above.isHeading ? [above] : [])]
    return rows.flat().flatMap((words): Paragraph[] => {
      if (words === null || !/[，。；]/.test(words.text)) return []
      const title = words.slice(0, 0)
      return [{ kind: 'paragraph', words, lines: [words], numbering: null, title, isHeading: false, under }]
    })
  })
}
