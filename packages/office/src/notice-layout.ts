import type { PlanAnnex, PlanLedger, PlanMetricTable } from '@bihuan/domain'
import { splitFields } from './form-line.js'
import {
  withoutSpace,
  type FormLayout,
  type LedgerLayout,
  type MetricTableLayout,
  type NotesLayout,
} from './form-layout.js'
import type { BodyItem, WordParagraph, WordTable, WordTables } from './word-tables.js'

/** Where an annex stands in the document of its notice. */
export interface FoundAnnex {
  readonly table: WordTable
  /** Index in `body` of the table. */
  readonly at: number
  /** The paragraphs above the table, from 附件 or the title on, and those below it that belong to it. */
  readonly above: readonly WordParagraph[]
  readonly below: readonly WordParagraph[]
}

type FormAnnex = PlanMetricTable | PlanLedger

/** Finds the table of an annex by its cells, and by its title where the same table stands twice. Null if it is not there. */
export function findAnnex(document: WordTables, annex: FormAnnex): FoundAnnex | null {
  const { body } = document
  const wanted = new Set(annexTexts(annex).map(withoutSpace))
  let best: { score: number; found: FoundAnnex } | null = null
  body.forEach((item, at) => {
    if (!('table' in item)) return
    const texts = new Set(item.table.rows.flatMap(({ cells }) => cells.map(({ text }) => text)))
    const shared = [...wanted].filter((text) => texts.has(text)).length / Math.max(1, wanted.size)
    const above = paragraphsAbove(body, at, annex.title)
    const score = shared + (above.some(({ text }) => withoutSpace(text) === withoutSpace(annex.title)) ? 0.5 : 0)
    if (shared < 0.6 || (best !== null && score <= best.score)) return
    best = { score, found: { table: item.table, at, above, below: paragraphsBelow(body, at, annex) } }
  })
  return (best as { found: FoundAnnex } | null)?.found ?? null
}

function annexTexts(annex: FormAnnex): readonly string[] {
  return annex.kind === 'ledger'
    ? annex.columns
    : annex.groups.flatMap(({ metrics }) => metrics.map(({ cell }) => cell))
}

function paragraphsAbove(body: readonly BodyItem[], at: number, title: string): WordParagraph[] {
  const above: WordParagraph[] = []
  for (let i = at - 1; i >= 0 && above.length < 8; i--) {
    const item = body[i]
    if (item === undefined || !('paragraph' in item)) break
    above.unshift(item.paragraph)
    if (isAnnexLabel(item.paragraph.text)) return above
  }
  const start = above.findIndex(({ text }) => withoutSpace(text) === withoutSpace(title))
  return start < 0 ? [] : above.slice(start)
}

function paragraphsBelow(body: readonly BodyItem[], at: number, annex: FormAnnex): WordParagraph[] {
  const expected = annex.notes.length + annex.foot.length + 1
  const below: WordParagraph[] = []
  for (let i = at + 1; i < body.length && below.length < expected; i++) {
    const item = body[i]
    if (item === undefined || !('paragraph' in item) || isAnnexLabel(item.paragraph.text)) break
    if (item.paragraph.text.trim() !== '') below.push(item.paragraph)
  }
  return below
}

function isAnnexLabel(text: string): boolean {
  return /^附\s*(?:件|表)\s*[0-9０-９一二三四五六七八九十]*\s*[：:]?\s*$/.test(text)
}

/** The layout of a 调度表 as its notice has it, for `writeMetricTableWord`. */
export function metricLayoutFromNotice(
  document: WordTables,
  annex: PlanMetricTable,
): Partial<MetricTableLayout> | null {
  const found = findAnnex(document, annex)
  if (found === null) return null
  const columns = found.table.columnWidths.length
  if (columns !== 4 && columns !== 7) return null
  const row = found.table.rows[0]
  const sample = row?.cells.find(({ text }) => text !== '')
  return {
    ...commonLayout(document, found, annex),
    pairsPerRow: columns === 7 ? 2 : 1,
    ...given('rowHeight', row?.height),
    ...given('fontSize', sample?.fontSize),
    ...given('lineHeight', sample?.lineHeight),
  }
}

/** The layout of a 清单 as its notice has it, for `writeLedgerWord`. */
export function ledgerLayoutFromNotice(document: WordTables, annex: PlanLedger): Partial<LedgerLayout> | null {
  const found = findAnnex(document, annex)
  if (found === null || found.table.columnWidths.length !== annex.columns.length) return null
  const [header, ...rows] = found.table.rows
  const blank = rows.filter(({ cells }) => cells.length === annex.columns.length)
  const sample = header?.cells[0]
  const inRow = blank[0]?.cells.find(({ text }) => text !== '')
  return {
    ...commonLayout(document, found, annex),
    minimumRows: blank.length,
    ...given('headerHeight', header?.height),
    ...given('headerSize', sample?.fontSize),
    ...given('rowHeight', blank[0]?.height),
    ...given('fontSize', inRow?.fontSize),
    ...given('lineHeight', inRow?.lineHeight ?? sample?.lineHeight),
  }
}

function commonLayout(document: WordTables, found: FoundAnnex, annex: PlanAnnex & FormAnnex): Partial<FormLayout> {
  const label = found.above.find(({ text }) => isAnnexLabel(text))
  const title = found.above.find(({ text }) => withoutSpace(text) === withoutSpace(annex.title))
  const titleLines = title?.text.split('\n').map((line) => line.trim())
  const broken = new Map<string, readonly string[]>()
  for (const { cells } of found.table.rows) {
    for (const { text, lines } of cells) if (text !== '') broken.set(text, lines)
  }
  const stops = new Map<string, readonly number[]>()
  for (const { text, fontSize } of [...found.above, ...found.below]) {
    const starts = fieldStarts(text, fontSize ?? 24)
    if (starts.length > 0) stops.set(withoutSpace(text), starts)
  }
  return {
    annexLabel: label?.text.trim() ?? null,
    titleLines: titleLines ?? null,
    ...given('titleSize', title?.fontSize),
    page: document.pageOf(found.at),
    columnWidths: found.table.columnWidths,
    brokenCells: broken,
    lineStops: stops,
    notes: notesLayout(found, annex),
  }
}

const LEAD = /^(?:注|说明|填报说明|填表说明|备注)[：:]/

function notesLayout({ table, below }: FoundAnnex, annex: FormAnnex): NotesLayout {
  const last = table.rows.at(-1)?.cells
  const inside = last?.length === 1 && (last[0]?.colSpan ?? 1) === table.columnWidths.length ? last[0] : undefined
  const first = withoutSpace(annex.notes[0] ?? '')
  const place = inside !== undefined && inside.text.includes(first) ? 'inside' : 'below'
  const lines = place === 'inside' ? (inside?.lines ?? []) : below.map(({ text }) => text)
  const opening = withoutSpace(lines[0] ?? '')
  const lead = LEAD.exec(opening)?.[0] ?? ''
  const styled = place === 'inside' ? inside : below[0]
  return {
    place,
    lead,
    isLeadOnOwnLine: lead !== '' && opening === lead,
    fontSize: styled?.fontSize ?? 20,
    lineHeight: styled?.lineHeight ?? 290,
  }
}

/** Where the second and later fields of a line begin, in twips, counting a Chinese character as its size and others as half of it. */
function fieldStarts(text: string, fontSize: number): number[] {
  const fields = splitFields(text)
  const starts: number[] = []
  let from = 0
  fields.forEach((field, i) => {
    const at = text.indexOf(field.split(/\s/)[0] ?? field, from)
    if (at < 0) return
    if (i > 0) starts.push(Math.round(widthInTwips(text.slice(0, at), fontSize)))
    from = at + 1
  })
  return starts
}

function widthInTwips(text: string, fontSize: number): number {
  let ems = 0
  for (const character of text) {
    // In Times New Roman a space is a quarter of the size, a figure or underscore half.
    ems += character === ' ' ? 0.25 : (character.codePointAt(0) ?? 0) < 0x2e80 ? 0.5 : 1
  }
  return ems * fontSize * 10
}

function given<K extends string>(key: K, value: number | null | undefined): Partial<Record<K, number>> {
  return value === null || value === undefined ? {} : ({ [key]: value } as Record<K, number>)
}
