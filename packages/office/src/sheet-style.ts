/**
 * The cell styles of official forms, as the fixed `styles.xml` of every workbook written here. Few and named, because a clerk's
 * form has few; the index of a style in the file is its place in `CELL_STYLES`.
 */
interface CellStyle {
  readonly font: number
  readonly bordered: boolean
  readonly horizontal: 'center' | 'left'
  /** 49 is text: a code keeps its zeros and a sign stays a sign when the cell is edited. */
  readonly format: number
  readonly isQuoted?: boolean
}

const FONTS = [
  { name: '宋体', size: 11 },
  { name: '宋体', size: 10 },
  { name: '黑体', size: 10 },
  { name: '方正小标宋简体', size: 18 },
  { name: '仿宋', size: 12 },
  { name: '仿宋', size: 10.5 },
  { name: '黑体', size: 16 },
] as const

const DATE_FORMAT = 164

const CELL_STYLES = {
  plain: { font: 0, bordered: false, horizontal: 'left', format: 0 },
  annex: { font: 6, bordered: false, horizontal: 'left', format: 49 },
  title: { font: 3, bordered: false, horizontal: 'center', format: 49 },
  line: { font: 4, bordered: false, horizontal: 'left', format: 49 },
  header: { font: 2, bordered: true, horizontal: 'center', format: 49 },
  text: { font: 1, bordered: true, horizontal: 'left', format: 49 },
  quoted: { font: 1, bordered: true, horizontal: 'left', format: 49, isQuoted: true },
  centred: { font: 1, bordered: true, horizontal: 'center', format: 49 },
  centredQuoted: { font: 1, bordered: true, horizontal: 'center', format: 49, isQuoted: true },
  number: { font: 1, bordered: true, horizontal: 'center', format: 0 },
  date: { font: 1, bordered: true, horizontal: 'center', format: DATE_FORMAT },
  note: { font: 5, bordered: false, horizontal: 'left', format: 49 },
  boxedNote: { font: 5, bordered: true, horizontal: 'left', format: 49 },
} as const satisfies Readonly<Record<string, CellStyle>>

export type CellStyleName = keyof typeof CELL_STYLES

const NAMES = Object.keys(CELL_STYLES) as CellStyleName[]
const INDEX = new Map(NAMES.map((name, index) => [name, index]))

export function styleIndex(name: CellStyleName): number {
  return INDEX.get(name) ?? 0
}

export function stylesXml(): string {
  const fonts = FONTS.map(
    ({ name, size }) => `<font><sz val="${size}"/><name val="${name}"/><charset val="134"/></font>`,
  )
  const side = (tag: string) => `<${tag} style="thin"><color rgb="FF000000"/></${tag}>`
  const borders = [
    '<border><left/><right/><top/><bottom/><diagonal/></border>',
    `<border>${['left', 'right', 'top', 'bottom'].map(side).join('')}<diagonal/></border>`,
  ]
  const formats = NAMES.map((name) => cellFormat(CELL_STYLES[name]))
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
    `<numFmts count="1"><numFmt numFmtId="${DATE_FORMAT}" formatCode="yyyy\\-mm\\-dd"/></numFmts>` +
    `<fonts count="${fonts.length}">${fonts.join('')}</fonts>` +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
    `<borders count="2">${borders.join('')}</borders>` +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    `<cellXfs count="${formats.length}">${formats.join('')}</cellXfs>` +
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>' +
    '</styleSheet>'
  )
}

function cellFormat({ font, bordered, horizontal, format, isQuoted }: CellStyle): string {
  const quote = isQuoted === true ? ' quotePrefix="1"' : ''
  return (
    `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="${bordered ? 1 : 0}" xfId="0"${quote}` +
    ' applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1">' +
    `<alignment horizontal="${horizontal}" vertical="center" wrapText="1"/></xf>`
  )
}
