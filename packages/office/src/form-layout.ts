/** How an official form is laid out. Lengths are twips (1/20 point), sizes half-points, as Word counts them. */
export interface FormPage {
  readonly isLandscape: boolean
  readonly margin: { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number }
}

export interface NotesLayout {
  /** Below the table, or in a last row of it that spans all columns. */
  readonly place: 'below' | 'inside'
  /** What the notes begin with: 注：, 填报说明：, or nothing. */
  readonly lead: string
  readonly isLeadOnOwnLine: boolean
  readonly fontSize: number
  readonly lineHeight: number
}

/** What metric tables and ledgers have in common. */
export interface FormLayout {
  /** 附件1, above the title; null for none. */
  readonly annexLabel: string | null
  readonly titleSize: number
  /** The title's lines, where the notice breaks them itself. */
  readonly titleLines: readonly string[] | null
  readonly page: FormPage
  /** One for each column of the table's grid. */
  readonly columnWidths: readonly number[]
  readonly fontSize: number
  readonly lineHeight: number
  /** At least. */
  readonly rowHeight: number
  readonly notes: NotesLayout
  /** Cells whose lines are broken by hand, by their text without white space. */
  readonly brokenCells: ReadonlyMap<string, readonly string[]>
  /** Where the second and later fields of a head or foot line begin, by the line without white space. */
  readonly lineStops: ReadonlyMap<string, readonly number[]>
}

export interface MetricTableLayout extends FormLayout {
  /** Number, label and value stand side by side so many times. */
  readonly pairsPerRow: 1 | 2
}

export interface LedgerLayout extends FormLayout {
  readonly headerSize: number
  readonly headerHeight: number
  /** Numbered rows without data, at least so many rows in all. */
  readonly minimumRows: number
}

export const PORTRAIT: FormPage = { isLandscape: false, margin: { top: 1418, right: 1418, bottom: 1134, left: 1418 } }
export const LANDSCAPE: FormPage = { isLandscape: true, margin: { top: 1134, right: 1134, bottom: 1134, left: 1134 } }
const A4 = { short: 11906, long: 16838 }

/** Width between the margins. */
export function textWidthOf({ isLandscape, margin }: FormPage): number {
  return (isLandscape ? A4.long : A4.short) - margin.left - margin.right
}

const BELOW: NotesLayout = { place: 'below', lead: '注：', isLeadOnOwnLine: false, fontSize: 20, lineHeight: 290 }

/** A metric table that goes on one portrait page: the more rows, the smaller. */
export function defaultMetricLayout(rows: number, pairsPerRow: 1 | 2 = 2): MetricTableLayout {
  const [fontSize, lineHeight, rowHeight] =
    rows <= 10 ? [21, 280, 620] : rows <= 16 ? [19, 230, 480] : rows <= 20 ? [19, 220, 450] : [17, 200, 380]
  return {
    pairsPerRow,
    annexLabel: null,
    titleSize: 36,
    titleLines: null,
    page: PORTRAIT,
    columnWidths: pairsPerRow === 2 ? [760, 440, 2935, 840, 440, 2935, 720] : [1100, 600, 5570, 1800],
    fontSize,
    lineHeight,
    rowHeight,
    notes: BELOW,
    brokenCells: new Map(),
    lineStops: new Map(),
  }
}

/** A ledger over the width of a landscape page; longer columns for what is described at length, short ones for numbers and dates. */
export function defaultLedgerLayout(columns: readonly string[]): LedgerLayout {
  const isDense = columns.length > 10
  const weights = columns.map(columnWeight)
  const unit = textWidthOf(LANDSCAPE) / weights.reduce((sum, weight) => sum + weight, 0)
  return {
    annexLabel: null,
    titleSize: 44,
    titleLines: null,
    page: LANDSCAPE,
    columnWidths: weights.map((weight) => Math.floor(weight * unit)),
    fontSize: isDense ? 17 : 21,
    lineHeight: isDense ? 200 : 280,
    rowHeight: isDense ? 240 : 400,
    headerSize: isDense ? 17 : 21,
    headerHeight: isDense ? 460 : 700,
    minimumRows: 0,
    notes: { place: 'inside', lead: '填报说明：', isLeadOnOwnLine: true, fontSize: 21, lineHeight: 280 },
    brokenCells: new Map(),
    lineStops: new Map(),
  }
}

function columnWeight(header: string): number {
  if (/^序号$/.test(header)) return 4
  if (/描述|隐患$|措施|内容|情况|进展$/.test(header)) return 14
  if (/企业|项目|名称|文号|地址|^单位$/.test(header)) return 12
  if (/时间|日期|时限|期限|备注/.test(header)) return 8
  return 8
}

/** White space does not tell two texts of a form apart. */
export function withoutSpace(text: string): string {
  return text.replace(/\s+/g, '')
}
