import type { Paragraph } from 'docx'
import { fillFormLine, type FormFill } from './form-line.js'
import { textWidthOf, withoutSpace, type FormLayout, type NotesLayout } from './form-layout.js'
import { breakEvenly } from './text-break.js'
import { textWidth } from './text-width.js'
import { paragraph } from './word-parts.js'

/** 附件1, and the title: whole words, lines of like length. */
export function titleParagraphs(title: string, layout: FormLayout): Paragraph[] {
  const lines = titleLines(title, layout)
  const label = layout.annexLabel === null ? [] : [paragraph(layout.annexLabel, { face: '黑体', size: 32, line: 560 })]
  const line = Math.max(500, Math.round(layout.titleSize * 10 * 1.39))
  const style = {
    face: '方正小标宋简体',
    size: layout.titleSize,
    line,
    align: 'center',
    before: 0,
    after: 100,
  } as const
  return [...label, paragraph(lines, style)]
}

export function titleLines(title: string, layout: FormLayout): readonly string[] {
  if (layout.titleLines !== null) return layout.titleLines
  return breakEvenly(title, Math.floor(textWidthOf(layout.page) / (layout.titleSize * 5)))
}

/** Lines above and below a table, filled in; 小四号仿宋. */
export function lineParagraphs(
  lines: readonly string[],
  fill: FormFill,
  layout: FormLayout,
  before?: number,
): Paragraph[] {
  return lines.map((line, i) => {
    const filled = fillFormLine(line, fill)
    const stops = tabStops(line, filled, layout)
    const space = before === undefined || i > 0 ? {} : { before }
    return paragraph(filled, {
      face: '仿宋',
      size: LINE_SIZE,
      line: 560,
      ...space,
      ...(stops.length > 0 ? { tabStops: stops } : {}),
    })
  })
}

const LINE_SIZE = 24

/** Where the fields after the first begin: as in the notice, or evenly; further right if what stands before them needs it. */
function tabStops(line: string, filled: string, layout: FormLayout): number[] {
  const fields = filled.split('\t')
  const width = textWidthOf(layout.page)
  const printed = layout.lineStops.get(withoutSpace(line))
  const stops: number[] = []
  let end = 0
  fields.forEach((field, i) => {
    if (i > 0) {
      const wanted = printed?.[i - 1] ?? Math.round((width * i) / fields.length)
      stops.push(Math.max(wanted, end + LINE_SIZE * 10))
    }
    end = (stops.at(-1) ?? 0) + textWidth(field) * LINE_SIZE * 5
  })
  return stops
}

/** The same fields in one cell of a sheet, spaced out over so many Western characters. */
export function spacedLine(line: string, fill: FormFill, width: number): string {
  const fields = fillFormLine(line, fill).split('\t')
  return fields.reduce((text, field, i) => {
    const gap = Math.max(4, Math.round((width * i) / fields.length) - textWidth(text))
    return i === 0 ? field : text + ' '.repeat(gap) + field
  }, '')
}

/** The notes with what they begin with. */
export function noteLines(notes: readonly string[], { lead, isLeadOnOwnLine }: NotesLayout): readonly string[] {
  if (notes.length === 0 || lead === '') return notes
  if (isLeadOnOwnLine) return [lead, ...notes]
  return notes.map((note, i) => (i === 0 ? lead + note : note))
}

export function noteParagraphs(notes: readonly string[], layout: NotesLayout): Paragraph[] {
  const isInside = layout.place === 'inside'
  return noteLines(notes, layout).map((note) =>
    paragraph(note, {
      face: '仿宋',
      size: layout.fontSize,
      line: layout.lineHeight,
      lineRule: isInside ? 'atLeast' : 'exact',
      align: isInside ? 'left' : 'both',
    }),
  )
}
