import type { Archive, ArchiveEntry, InflateBudget } from './archive.js'
import { inflateChunks } from './archive.js'
import { isDateFormatCode, isDateFormatId } from './excel-date.js'
import { OfficeRefusal } from './refusal.js'
import { attribute, decodeText, localAttribute, tokenizeAll, type XmlSink } from './xml-tokens.js'

export interface SheetPart {
  readonly name: string
  readonly isHidden: boolean
  readonly entry: ArchiveEntry
}

export interface WorkbookParts {
  readonly sheets: readonly SheetPart[]
  readonly dateSystem: '1900' | '1904'
  /** Whether the cell format of that index shows a date. */
  readonly dateFormats: readonly boolean[]
  readonly sharedStrings: SharedStrings
}

/** Reads everything of a workbook but its sheets. */
export function readWorkbookParts(archive: Archive, budget: InflateBudget): WorkbookParts {
  const rootRelations = relations(archive, '_rels/.rels', '', budget)
  const workbookPath = find(rootRelations, 'officeDocument')?.target ?? 'xl/workbook.xml'
  const workbook = archive.entry(workbookPath)
  if (workbook === undefined) throw brokenWorkbook()
  const folder = workbookPath.slice(0, workbookPath.lastIndexOf('/') + 1)
  const file = workbookPath.slice(folder.length)
  const related = relations(archive, `${folder}_rels/${file}.rels`, folder, budget)

  const found: { name: string; isHidden: boolean; relation: string }[] = []
  let dateSystem: '1900' | '1904' = '1900'
  readPart(workbook, budget, (name, raw) => {
    if (name === 'workbookPr' && /^(1|true)$/.test(attribute(raw, 'date1904') ?? '')) dateSystem = '1904'
    if (name !== 'sheet') return
    const state = attribute(raw, 'state') ?? 'visible'
    found.push({
      name: attribute(raw, 'name') ?? '',
      isHidden: state !== 'visible',
      relation: localAttribute(raw, 'id') ?? '',
    })
  })

  const sheets: SheetPart[] = []
  for (const { name, isHidden, relation } of found) {
    const target = related.get(relation)
    if (target === undefined) throw brokenWorkbook()
    if (!target.type.endsWith('/worksheet')) continue // chart sheets hold no cells
    const entry = archive.entry(target.target)
    if (entry === undefined) throw brokenWorkbook()
    sheets.push({ name, isHidden, entry })
  }

  const styles = archive.entry(find(related, 'styles')?.target ?? '')
  const strings = archive.entry(find(related, 'sharedStrings')?.target ?? '')
  return {
    sheets,
    dateSystem,
    dateFormats: styles === undefined ? [] : readDateFormats(styles, budget),
    sharedStrings: strings === undefined ? new SharedStrings() : readSharedStrings(strings, budget),
  }
}

interface Relation {
  readonly type: string
  readonly target: string
}

function relations(archive: Archive, path: string, folder: string, budget: InflateBudget): Map<string, Relation> {
  const found = new Map<string, Relation>()
  const entry = archive.entry(path)
  if (entry === undefined) return found
  readPart(entry, budget, (name, raw) => {
    if (name !== 'Relationship' || attribute(raw, 'TargetMode') === 'External') return
    const target = attribute(raw, 'Target') ?? ''
    found.set(attribute(raw, 'Id') ?? '', { type: attribute(raw, 'Type') ?? '', target: resolve(folder, target) })
  })
  return found
}

function find(all: Map<string, Relation>, kind: string): Relation | undefined {
  for (const relation of all.values()) if (relation.type.endsWith(`/${kind}`)) return relation
  return undefined
}

function resolve(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1)
  const parts: string[] = []
  for (const part of `${folder}${target}`.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

function readPart(entry: ArchiveEntry, budget: InflateBudget, open: XmlSink['open']): void {
  tokenizeAll(inflateChunks(entry, budget), { open, close: () => undefined, text: () => undefined })
}

function readDateFormats(entry: ArchiveEntry, budget: InflateBudget): boolean[] {
  const custom = new Map<number, boolean>()
  const formats: boolean[] = []
  let inCellFormats = false
  const sink: XmlSink = {
    open(name, raw) {
      if (name === 'numFmt') {
        custom.set(Number(attribute(raw, 'numFmtId')), isDateFormatCode(attribute(raw, 'formatCode') ?? ''))
      } else if (name === 'cellXfs') inCellFormats = true
      else if (name === 'xf' && inCellFormats) {
        const id = Number(attribute(raw, 'numFmtId') ?? 0)
        formats.push(custom.get(id) ?? isDateFormatId(id))
      }
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false
    },
    text: () => undefined,
  }
  tokenizeAll(inflateChunks(entry, budget), sink)
  return formats
}

/**
 * The strings that the cells of a workbook point at, as UTF-8 in a few large blocks: a million JavaScript strings cost three
 * times as much, and each one cut out of a chunk of XML would keep that chunk alive.
 */
export class SharedStrings {
  private readonly blocks: Buffer[] = []
  private block = Buffer.allocUnsafe(0)
  private used = 0
  private starts = new Float64Array(1024)
  private ends = new Float64Array(1024)
  private count = 0

  add(text: string): void {
    const bytes = Buffer.byteLength(text)
    if (this.used + bytes > this.block.length) {
      this.block = Buffer.allocUnsafeSlow(Math.max(BLOCK, bytes))
      this.blocks.push(this.block)
      this.used = 0
    }
    if (this.count === this.starts.length) {
      this.starts = grown(this.starts)
      this.ends = grown(this.ends)
    }
    const base = (this.blocks.length - 1) * SPAN
    this.block.write(text, this.used)
    this.starts[this.count] = base + this.used
    this.ends[this.count] = base + this.used + bytes
    this.used += bytes
    this.count++
  }

  get(index: number): string | undefined {
    const start = this.starts[index]
    const end = this.ends[index]
    if (index >= this.count || start === undefined || end === undefined) return undefined
    const block = Math.floor(start / SPAN)
    return this.blocks[block]?.toString('utf8', start % SPAN, end - block * SPAN)
  }
}

const BLOCK = 1024 * 1024
/** No block is longer: one string is at most a tokenizer's few megabytes. */
const SPAN = 2 ** 32

function grown(old: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(old.length * 2)
  larger.set(old)
  return larger
}

function readSharedStrings(entry: ArchiveEntry, budget: InflateBudget): SharedStrings {
  const strings = new SharedStrings()
  const sink = new RichText((text) => strings.add(text), 'si')
  tokenizeAll(inflateChunks(entry, budget), sink)
  return strings
}

/** Excel cells hold 32,767 characters; what is far longer was not typed by anyone. */
const MAX_TEXT = 100_000

/** Collects the text of `<si>` or `<is>`: the plain `<t>`, or those of all runs; a phonetic guide (`<rPh>`) is no text. */
export class RichText implements XmlSink {
  private collected = ''
  private inText = false
  private phonetic = 0

  constructor(
    private readonly done: (text: string) => void,
    private readonly outer: 'si' | 'is',
  ) {}

  open(name: string, _raw?: string): void {
    if (name === this.outer) this.collected = ''
    else if (name === 'rPh') this.phonetic++
    else if (name === 't') this.inText = this.phonetic === 0
  }

  text(raw: string): void {
    if (!this.inText) return
    this.collected += raw
    if (this.collected.length > MAX_TEXT) throw new OfficeRefusal('text-too-long', '单元格文字过长，请删减后再上传。')
  }

  close(name: string): void {
    if (name === 't') this.inText = false
    else if (name === 'rPh') this.phonetic--
    else if (name === this.outer) this.done(unescapeCharacters(decodeText(this.collected)))
  }
}

/** Excel writes characters that XML cannot hold as `_x000D_`. */
export function unescapeCharacters(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

export function brokenWorkbook(): OfficeRefusal {
  return new OfficeRefusal(
    'broken-workbook',
    '表格文件已损坏，无法读取。请用 Excel 或 WPS 打开后另存为 .xlsx，再重新上传。',
  )
}
