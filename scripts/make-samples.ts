/**
 * `npx tsx scripts/make-samples.ts [NAME…]`: makes the Word, text and PDF files of the sample notices in packages/plan-reader/samples
 * from their HTML sources, whose few conventions its README tells. The same source gives the same files.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import chromium from '@sparticuz/chromium'
import * as word from 'docx'
import type { ChildNode, Element } from 'domhandler'
import { parseDocument } from 'htmlparser2'
import JSZip from 'jszip'
import { chromium as playwright } from 'playwright-core'

type Change = 'inserted' | 'deleted'

interface Run {
  readonly text: string
  readonly change: Change | null
}

interface Paragraph {
  readonly kind: 'paragraph'
  readonly align: 'left' | 'center' | 'right'
  readonly heading: 1 | 2 | 3 | null
  /** Its number is made by the word processor: 1 is 一、, 2 is （一）, 3 is 1. */
  readonly numbered: 1 | 2 | 3 | null
  readonly boxed: boolean
  readonly newPage: boolean
  /** A list of lines (those that <br> parts) of runs. */
  readonly lines: readonly (readonly Run[])[]
}

interface Cell {
  readonly column: number
  readonly colSpan: number
  readonly rowSpan: number
  readonly lines: readonly (readonly Run[])[]
}

interface Table {
  readonly kind: 'table'
  readonly width: number
  readonly rows: readonly (readonly Cell[])[]
}

type Block = Paragraph | Table

interface Sample {
  readonly blocks: readonly Block[]
  /** How a table looks as text: a cell a line as Word saves it, or a row a line as it is pasted. */
  readonly tablesAs: 'cells' | 'rows'
  readonly pdf: boolean
}

const samples = fileURLToPath(new URL('../packages/plan-reader/samples', import.meta.url))
const isElement = (node: ChildNode): node is Element => 'attribs' in node
const childElements = (node: Element) => node.children.filter(isElement)

function readSample(html: string): Sample {
  const find = (nodes: readonly ChildNode[], name: string): Element | null => {
    for (const node of nodes.filter(isElement)) {
      const found = node.name === name ? node : find(node.children, name)
      if (found !== null) return found
    }
    return null
  }
  const body = find(parseDocument(html).children, 'body')
  if (body === null) throw new Error('a sample needs a body')
  let newPage = false
  const blocks = childElements(body).flatMap((element): Block[] => {
    if (element.name === 'hr') {
      newPage = true
      return []
    }
    const starts = newPage
    newPage = false
    if (element.name === 'table') return [readTable(element)]
    if (element.name === 'aside') return childElements(element).map((inner) => readParagraph(inner, true, false))
    return [readParagraph(element, false, starts)]
  })
  return {
    blocks,
    tablesAs: body.attribs['data-tables'] === 'rows' ? 'rows' : 'cells',
    pdf: 'data-pdf' in body.attribs,
  }
}

function readParagraph(element: Element, boxed: boolean, newPage: boolean): Paragraph {
  const { align, 'data-number': number } = element.attribs
  const level = (text: string | undefined) =>
    text === '1' || text === '2' || text === '3' ? (+text as 1 | 2 | 3) : null
  return {
    kind: 'paragraph',
    align: align === 'center' || align === 'right' ? align : 'left',
    heading: level(/^h(\d)$/.exec(element.name)?.[1]),
    numbered: level(number),
    boxed,
    newPage,
    lines: readLines(element),
  }
}

/** White space counts as in a browser; a typed space that must stay is `&nbsp;` in the source, and a plain one in what is made. */
function readLines(element: Element): Run[][] {
  const lines: Run[][] = [[]]
  const visit = (node: ChildNode, change: Change | null) => {
    if ('data' in node) lines.at(-1)?.push({ text: node.data.replaceAll(/[ \t\r\n]+/g, ' '), change })
    if (!isElement(node)) return
    if (node.name === 'br') lines.push([])
    const own = node.name === 'ins' ? 'inserted' : node.name === 'del' ? 'deleted' : change
    for (const child of node.children) visit(child, own)
  }
  for (const child of element.children) visit(child, null)
  return lines.map((runs) => {
    const first = runs.findIndex(({ text }) => text.trim() !== '' || /[\u00a0\u3000]/.test(text))
    const kept = first < 0 ? [] : runs.slice(first)
    return kept
      .map(({ text, change }, at) => {
        const left = at === 0 ? text.replace(/^ +/, '') : text
        return { text: at === kept.length - 1 ? left.replace(/ +$/, '') : left, change }
      })
      .map(({ text, change }) => ({ text: text.replaceAll('\u00a0', ' '), change }))
      .filter(({ text }) => text !== '')
  })
}

function readTable(element: Element): Table {
  const trs = childElements(element).flatMap((one) => (one.name === 'tr' ? [one] : childElements(one)))
  // Columns that a cell of an earlier row still covers, by the number of rows to come.
  const covered: number[] = []
  const rows = trs.map((tr) => {
    let column = 0
    const skip = () => {
      while ((covered[column] ?? 0) > 0) column++
    }
    const cells = childElements(tr).map((td): Cell => {
      skip()
      const colSpan = Number(td.attribs.colspan ?? 1)
      const cell = { column, colSpan, rowSpan: Number(td.attribs.rowspan ?? 1), lines: readLines(td) }
      column += colSpan
      return cell
    })
    for (let at = 0; at < covered.length; at++) covered[at] = Math.max(0, (covered[at] ?? 0) - 1)
    for (const cell of cells)
      for (let at = cell.column; at < cell.column + cell.colSpan; at++) covered[at] = cell.rowSpan - 1
    return cells
  })
  const width = Math.max(...rows.flatMap((cells) => cells.map(({ column, colSpan }) => column + colSpan)))
  return { kind: 'table', width, rows }
}

const accepted = (runs: readonly Run[]) =>
  runs.flatMap(({ text, change }) => (change === 'deleted' ? [] : [text])).join('')
const acceptedLines = (lines: Paragraph['lines']) => lines.map(accepted)

const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']
const chinese = (n: number) => (n < 10 ? digits[n] : `${n < 20 ? '' : digits[Math.floor(n / 10)]}十${digits[n % 10]}`)

/** What Word would print before each paragraph, in their order. */
function numberOf(): (paragraph: Paragraph) => string {
  const counts = [0, 0, 0]
  return ({ numbered }) => {
    if (numbered === null) return ''
    counts[numbered - 1] = (counts[numbered - 1] ?? 0) + 1
    counts.fill(0, numbered)
    const n = counts[numbered - 1] ?? 0
    return numbered === 1 ? `${chinese(n)}、` : numbered === 2 ? `（${chinese(n)}）` : `${n}.`
  }
}

function plainText({ blocks, tablesAs }: Sample): string {
  const number = numberOf()
  return blocks
    .map((block) => {
      if (block.kind === 'paragraph') return `${number(block)}${acceptedLines(block.lines).join('\n')}\n`
      return block.rows
        .map((_, row) => (tablesAs === 'cells' ? rowAsCells(block, row) : rowAsLine(block, row)))
        .join('')
    })
    .join('')
}

/** The cells of a row in the order of its columns; `null` where one of an earlier row goes on. */
function cellsOfRow(table: Table, row: number): (Cell | null)[] {
  const own = table.rows[row] ?? []
  const above = table.rows
    .slice(0, row)
    .flatMap((cells, at) => cells.filter(({ rowSpan }) => at + rowSpan > row))
    .map(({ column }) => ({ column, cell: null }))
  return [...own.map((cell) => ({ column: cell.column, cell })), ...above]
    .sort((a, b) => a.column - b.column)
    .map(({ cell }) => cell)
}

const rowAsCells = (table: Table, row: number) =>
  cellsOfRow(table, row)
    .map((cell) => `\t${cell === null ? '' : acceptedLines(cell.lines).join('\n')}\n`)
    .join('') + '\n'

const rowAsLine = (table: Table, row: number) =>
  `${cellsOfRow(table, row)
    .map((cell) => (cell === null ? '' : acceptedLines(cell.lines).join('')))
    .join('\t')}\n`

const song = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '仿宋_GB2312' }
const edited = { author: '办公室', date: '2024-01-01T00:00:00Z' }

async function writeWord({ blocks }: Sample): Promise<Buffer> {
  let changes = 0
  const runs = (lines: Paragraph['lines'], size: number, bold: boolean) =>
    lines.flatMap((line, at) =>
      (line.length === 0 ? [{ text: '', change: null }] : line).map(({ text, change }, place) => {
        const options = { text, size, bold, ...(at > 0 && place === 0 ? { break: 1 } : {}) }
        if (change === null) return new word.TextRun(options)
        const marked = { ...options, ...edited, id: ++changes }
        return change === 'inserted' ? new word.InsertedTextRun(marked) : new word.DeletedTextRun(marked)
      }),
    )
  const aligned = { left: word.AlignmentType.LEFT, center: word.AlignmentType.CENTER, right: word.AlignmentType.RIGHT }
  const levels = [word.HeadingLevel.HEADING_1, word.HeadingLevel.HEADING_2, word.HeadingLevel.HEADING_3]
  const paragraph = (one: Paragraph) => {
    const heading = one.heading === null ? undefined : levels[one.heading - 1]
    const plain = one.align === 'left' && one.heading === null && one.numbered === null
    return new word.Paragraph({
      alignment: aligned[one.align],
      pageBreakBefore: one.newPage,
      ...(heading === undefined ? {} : { heading }),
      ...(one.numbered === null ? {} : { numbering: { reference: 'official', level: one.numbered - 1 } }),
      ...(plain ? { indent: { firstLine: 640 } } : {}),
      children: runs(one.lines, one.heading === 1 ? 44 : 32, one.heading !== null),
    })
  }
  const table = (one: Table) =>
    new word.Table({
      width: { size: 100, type: word.WidthType.PERCENTAGE },
      columnWidths: Array.from({ length: one.width }, () => Math.floor(8800 / one.width)),
      rows: one.rows.map(
        (cells) =>
          new word.TableRow({
            children: cells.map(
              ({ colSpan, rowSpan, lines }) =>
                new word.TableCell({
                  columnSpan: colSpan,
                  rowSpan,
                  children: lines.map((line) => new word.Paragraph({ children: runs([line], 21, false) })),
                }),
            ),
          }),
      ),
    })
  const level = (at: number, format: (typeof word.LevelFormat)[keyof typeof word.LevelFormat], text: string) => ({
    ...{ level: at, format, text, suffix: word.LevelSuffix.NOTHING },
    style: { paragraph: { indent: { firstLine: 640 } } },
  })
  const file = new word.Document({
    creator: '办公室',
    lastModifiedBy: '办公室',
    styles: { default: { document: { run: { font: song, size: 32 } } } },
    numbering: {
      config: [
        {
          reference: 'official',
          levels: [
            level(0, word.LevelFormat.CHINESE_COUNTING, '%1、'),
            level(1, word.LevelFormat.CHINESE_COUNTING, '（%2）'),
            level(2, word.LevelFormat.DECIMAL, '%3.'),
          ],
        },
      ],
    },
    sections: [
      {
        footers: {
          default: new word.Footer({
            children: [
              new word.Paragraph({ children: [new word.TextRun({ children: ['— ', word.PageNumber.CURRENT, ' —'] })] }),
            ],
          }),
        },
        children: blocks.map((block) => {
          if (block.kind === 'table') return table(block)
          return block.boxed
            ? new word.Textbox({ style: { width: '420pt', height: '60pt' }, children: [paragraph(block)] })
            : paragraph(block)
        }),
      },
    ],
  })
  return settled(await word.Packer.toBuffer(file))
}

/** The library writes the time of day into the properties and every entry of the archive, and gives each text box a random name. */
async function settled(docx: Buffer): Promise<Buffer> {
  const read = await JSZip.loadAsync(docx)
  const written = new JSZip()
  for (const [path, entry] of Object.entries(read.files)) {
    if (entry.dir) continue
    const text = await entry.async('string')
    let boxes = 0
    const fixed =
      path === 'docProps/core.xml'
        ? text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, edited.date)
        : text.replaceAll(/<v:shape id="[^"]*"/g, () => `<v:shape id="box-${++boxes}"`)
    written.file(path, fixed, { date: new Date(edited.date), createFolders: false })
  }
  return written.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' })
}

const escaped = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/ (?= )|^ | $/g, '\u00a0')

function printable({ blocks }: Sample): string {
  const number = numberOf()
  const html = (lines: Paragraph['lines']) => acceptedLines(lines).map(escaped).join('<br>')
  const body = blocks.map((block) => {
    if (block.kind === 'table') {
      const rows = block.rows.map((cells) =>
        cells.map((one) => `<td colspan="${one.colSpan}" rowspan="${one.rowSpan}">${html(one.lines)}</td>`).join(''),
      )
      return `<table>${rows.map((cells) => `<tr>${cells}</tr>`).join('')}</table>`
    }
    const kind = [block.align, block.heading === null ? '' : `h${block.heading}`, block.boxed ? 'box' : '']
    const page = block.newPage ? ' style="break-before: page"' : ''
    return `<p class="${kind.join(' ')}"${page}>${number(block)}${html(block.lines)}</p>`
  })
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><style>
    body { font: 15.5px/1.75 'Droid Sans Fallback', 'Noto Serif CJK SC', serif; margin: 0 }
    p { margin: 0; min-height: 1.75em } .left { text-indent: 2em } .center { text-align: center } .right { text-align: right }
    .h1 { font-size: 21px; text-indent: 0 } .box { border: 1px solid; padding: 0 8px }
    table { border-collapse: collapse; width: 100%; font-size: 12px; line-height: 1.4 } td { border: 1px solid; padding: 2px 4px }
    </style><body>${body.join('\n')}</body></html>`
}

async function printPdfs(files: readonly { readonly at: string; readonly sample: Sample }[]): Promise<void> {
  if (files.length === 0) return
  const executablePath = process.env.CHROMIUM ?? (await chromium.executablePath())
  const browser = await playwright.launch({ executablePath, args: ['--no-sandbox', '--no-zygote', '--disable-gpu'] })
  try {
    const page = await browser.newPage()
    for (const { at, sample } of files) {
      await page.setContent(printable(sample))
      const pdf = await page.pdf({
        format: 'A4',
        margin: { top: '30mm', bottom: '28mm', left: '27mm', right: '25mm' },
        displayHeaderFooter: true,
        headerTemplate: '<span></span>',
        footerTemplate:
          '<p style="width: 100%; text-align: center; font-size: 10px">— <span class="pageNumber"></span> —</p>',
      })
      const fixed = pdf.toString('latin1').replaceAll(/Date \(D:\d{14}/g, 'Date (D:20240101000000')
      writeFileSync(at, fixed, 'latin1')
    }
  } finally {
    await browser.close()
  }
}

async function main(wanted: readonly string[]): Promise<void> {
  const sources = [samples, join(samples, 'held-out')].flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.html'))
      .map((file) => join(folder, file)),
  )
  const chosen = sources.filter((path) => wanted.length === 0 || wanted.includes(basename(path, '.html')))
  const prints: { at: string; sample: Sample }[] = []
  for (const path of chosen) {
    const stem = path.slice(0, -'.html'.length)
    const sample = readSample(readFileSync(path, 'utf8'))
    writeFileSync(`${stem}.txt`, plainText(sample))
    writeFileSync(`${stem}.docx`, await writeWord(sample))
    if (sample.pdf) prints.push({ at: `${stem}.pdf`, sample })
  }
  await printPdfs(prints)
  process.stdout.write(`${chosen.length} samples, ${prints.length} of them printed\n`)
}

await main(process.argv.slice(2))
