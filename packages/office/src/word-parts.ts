import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeightRule,
  HighlightColor,
  LineRuleType,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Tab,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  VerticalAlignTable,
  VerticalMergeType,
  WidthType,
} from 'docx'
import { unzipSync, zipSync } from 'fflate'
import type { FormPage } from './form-layout.js'

/** Chinese typefaces of official documents; letters and figures are Times New Roman throughout, as in print. */
export type Typeface = '方正小标宋简体' | '黑体' | '仿宋' | '仿宋_GB2312' | '楷体_GB2312' | '宋体'

const A4 = { short: 11906, long: 16838 }

export interface ParagraphStyle {
  readonly face: Typeface
  /** Half-points. */
  readonly size: number
  /** Twips from line to line. */
  readonly line: number
  readonly lineRule?: 'exact' | 'atLeast'
  readonly align?: 'left' | 'center' | 'both' | 'right'
  readonly before?: number
  readonly after?: number
  /** Twips. */
  readonly firstLine?: number
  readonly left?: number
  readonly hanging?: number
  readonly right?: number
  readonly tabStops?: readonly number[]
  readonly color?: string
  readonly bottomRule?: { readonly color: string; readonly size: number }
  readonly keepWithNext?: boolean
}

const ALIGN = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  both: AlignmentType.BOTH,
  right: AlignmentType.RIGHT,
} as const

/** Lines of one paragraph are parted by a line break; a tab in a text is a tab. */
export function paragraph(lines: string | readonly string[], style: ParagraphStyle): Paragraph {
  const runs = (typeof lines === 'string' ? [lines] : lines).map((text, i) => run(text, style, i > 0))
  return paragraphOf(runs, style)
}

/** A text in which what a person has still to fill in (【待填…】) is marked, so that nobody overlooks it on paper. */
export function runsWithBlanks(text: string, style: Pick<ParagraphStyle, 'face' | 'size'>): TextRun[] {
  return text
    .split(/(【待填[^】]*】)/)
    .filter((piece) => piece !== '')
    .map((piece) => run(piece, { ...style, isMarked: piece.startsWith('【待填') }))
}

export function paragraphOf(runs: readonly TextRun[], style: ParagraphStyle): Paragraph {
  const { line, lineRule = 'exact', before, after, firstLine, left, hanging, right, tabStops, bottomRule } = style
  return new Paragraph({
    children: [...runs],
    spacing: {
      line,
      lineRule: lineRule === 'exact' ? LineRuleType.EXACT : LineRuleType.AT_LEAST,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    },
    ...(style.align === undefined ? {} : { alignment: ALIGN[style.align] }),
    ...(firstLine === undefined && left === undefined && right === undefined
      ? {}
      : {
          indent: {
            // Word obeys only one of the two.
            ...(firstLine === undefined || hanging !== undefined ? {} : { firstLine }),
            ...(left === undefined ? {} : { left }),
            ...(hanging === undefined ? {} : { hanging }),
            ...(right === undefined ? {} : { right }),
          },
        }),
    ...(tabStops === undefined ? {} : { tabStops: tabStops.map((position) => ({ type: TabStopType.LEFT, position })) }),
    ...(bottomRule === undefined ? {} : { border: { bottom: { style: BorderStyle.SINGLE, space: 1, ...bottomRule } } }),
    ...(style.keepWithNext === true ? { keepNext: true } : {}),
  })
}

export function run(
  text: string,
  { face, size, color, isMarked = false }: Pick<ParagraphStyle, 'face' | 'size' | 'color'> & { isMarked?: boolean },
  breakBefore = false,
): TextRun {
  const children = printable(text)
    .split('\t')
    .flatMap((piece, i) => (i === 0 ? [piece] : [new Tab(), piece]))
  return new TextRun({
    children,
    font: fontOf(face),
    size,
    ...(color === undefined ? {} : { color }),
    ...(isMarked ? { highlight: HighlightColor.YELLOW } : {}),
    ...(breakBefore ? { break: 1 } : {}),
  })
}

function fontOf(face: Typeface) {
  return { ascii: 'Times New Roman', cs: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: face }
}

/** Characters that XML cannot hold would make the whole document unreadable. */
function printable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g, '').replace(/\p{Surrogate}/gu, '\ufffd')
}

export interface CellOptions {
  readonly width: number
  readonly span?: number
  readonly merge?: 'start' | 'continue'
}

export function tableCell(paragraphs: readonly Paragraph[], { width, span, merge }: CellOptions): TableCell {
  return new TableCell({
    children: paragraphs,
    width: { size: width, type: WidthType.DXA },
    margins: { top: 20, bottom: 20, left: 60, right: 60, marginUnitType: WidthType.DXA },
    verticalAlign: VerticalAlignTable.CENTER,
    ...(span === undefined || span === 1 ? {} : { columnSpan: span }),
    ...(merge === undefined
      ? {}
      : { verticalMerge: merge === 'start' ? VerticalMergeType.RESTART : VerticalMergeType.CONTINUE }),
  })
}

export interface RowOptions {
  /** Twips, at least; none for as high as its text. */
  readonly height?: number
  readonly isHeader?: boolean
  readonly mayBreak?: boolean
}

export function tableRow(cells: readonly TableCell[], { height, isHeader, mayBreak }: RowOptions): TableRow {
  return new TableRow({
    children: cells,
    ...(height === undefined ? {} : { height: { value: height, rule: HeightRule.ATLEAST } }),
    ...(isHeader === true ? { tableHeader: true } : {}),
    ...(mayBreak === true ? {} : { cantSplit: true }),
  })
}

export function borderedTable(rows: readonly TableRow[], columnWidths: readonly number[]): Table {
  const side = { style: BorderStyle.SINGLE, size: 4, color: '000000' }
  return new Table({
    rows,
    columnWidths,
    width: { size: columnWidths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    alignment: AlignmentType.CENTER,
    layout: TableLayoutType.FIXED,
    borders: { top: side, bottom: side, left: side, right: side, insideHorizontal: side, insideVertical: side },
  })
}

/** Page number as GB/T 9704-2012, 7.5 has it: 四号宋体 between dashes. */
function pageNumber(align: 'center' | 'left' | 'right'): Footer {
  const style: ParagraphStyle = { face: '宋体', size: 28, line: 280, lineRule: 'atLeast', align, left: 280, right: 280 }
  const figure = new TextRun({ children: [PageNumber.CURRENT], font: fontOf('宋体'), size: 28 })
  return new Footer({ children: [paragraphOf([run('— ', style), figure, run(' —', style)], style)] })
}

export interface WordSection {
  readonly page: FormPage
  readonly children: readonly (Paragraph | Table)[]
  /** Odd pages outside right, even pages outside left, as printed on both sides; otherwise in the middle. */
  readonly isDuplex?: boolean
  /** From the page's edge to the footer, in twips. */
  readonly footer?: number
}

/**
 * The same content gives the same bytes: the time of writing, which the library takes from the clock, is left out. `properties` are the
 * document's own (自定义属性): Word and WPS keep them through every edit, and `readWordProperty` finds them again.
 */
export async function packWord(
  sections: readonly WordSection[],
  title: string,
  properties: Readonly<Record<string, string>> = {},
): Promise<Uint8Array> {
  const isDuplex = sections.some((section) => section.isDuplex === true)
  const document = new Document({
    title,
    customProperties: Object.entries(properties).map(([name, value]) => ({ name, value })),
    evenAndOddHeaderAndFooters: isDuplex,
    sections: sections.map(({ page, children, footer = 708 }) => ({
      properties: {
        page: {
          size: {
            width: A4.short,
            height: A4.long,
            orientation: page.isLandscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
          },
          margin: { ...page.margin, header: 708, footer, gutter: 0 },
        },
      },
      footers: isDuplex
        ? { default: pageNumber('right'), even: pageNumber('left') }
        : { default: pageNumber('center') },
      children,
    })),
  })
  const written = unzipSync(new Uint8Array(await Packer.toBuffer(document)))
  const core = Buffer.from(written['docProps/core.xml'] ?? []).toString('utf8')
  const undated = core.replace(
    /<dcterms:(created|modified)[^>]*>[^<]*<\/dcterms:\1>|<cp:lastModifiedBy>[^<]*<\/cp:lastModifiedBy>/g,
    '',
  )
  written['docProps/core.xml'] = new Uint8Array(Buffer.from(undated, 'utf8'))
  return zipSync(written, { mtime: FIXED_TIME, level: 6 })
}

const FIXED_TIME = new Date(2000, 0, 1)
