import type { Plan, PlanLedger, PlanMetric, PlanMetricTable } from '@bihuan/domain'
import { zipSync, type Zippable } from 'fflate'

export function utf8(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'utf8'))
}

export function zip(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const entries: Zippable = {}
  for (const [name, content] of Object.entries(files))
    entries[name] = typeof content === 'string' ? utf8(content) : content
  return zipSync(entries, { mtime: new Date(2000, 0, 1) })
}

const SPREADSHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const TYPES = 'application/vnd.openxmlformats-officedocument'

export interface HandMadeWorkbook {
  /** What stands inside `<worksheet>`. */
  readonly sheet?: string
  readonly sharedStrings?: string
  readonly styles?: string
  readonly workbookPr?: string
  readonly extra?: Readonly<Record<string, string | Uint8Array>>
}

/** A workbook written by hand, so that a test can break any part of it. */
export function handMadeWorkbook({
  sheet = '<sheetData/>',
  sharedStrings,
  styles,
  workbookPr = '',
  extra = {},
}: HandMadeWorkbook): Uint8Array {
  const relation = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`
  return zip({
    '[Content_Types].xml': `<Types><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.spreadsheetml.sheet.main+xml"/></Types>`,
    '_rels/.rels': `<Relationships>${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${SPREADSHEET}" xmlns:r="${OFFICE}">${workbookPr}<sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels':
      `<Relationships>${relation('rId1', 'worksheet', 'worksheets/sheet1.xml')}` +
      `${relation('rId2', 'sharedStrings', 'sharedStrings.xml')}${relation('rId3', 'styles', 'styles.xml')}</Relationships>`,
    'xl/worksheets/sheet1.xml': `<?xml version="1.0"?><worksheet xmlns="${SPREADSHEET}">${sheet}</worksheet>`,
    ...(sharedStrings === undefined ? {} : { 'xl/sharedStrings.xml': `<sst>${sharedStrings}</sst>` }),
    ...(styles === undefined ? {} : { 'xl/styles.xml': `<styleSheet>${styles}</styleSheet>` }),
    ...extra,
  })
}

export function handMadeDocument(body: string): Uint8Array {
  return zip({
    '[Content_Types].xml': `<Types><Override PartName="/word/document.xml" ContentType="${TYPES}.wordprocessingml.document.main+xml"/></Types>`,
    '_rels/.rels': `<Relationships/>`,
    'word/document.xml': `<w:document xmlns:w="w"><w:body>${body}</w:body></w:document>`,
  })
}

/** The head of an OLE file with one directory sector that names the given streams. */
export function oleFile(streams: readonly string[]): Uint8Array {
  const bytes = Buffer.alloc(512 * 4)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes)
  bytes.writeUInt16LE(9, 30)
  bytes.writeUInt32LE(1, 48) // the directory is sector 1
  bytes.writeUInt32LE(0, 76) // the allocation table is sector 0
  bytes.fill(0xff, 80, 512)
  bytes.writeUInt32LE(0xfffffffd, 512)
  bytes.writeUInt32LE(0xfffffffe, 516)
  ;['Root Entry', ...streams].slice(0, 4).forEach((name, i) => {
    const at = 1024 + i * 128
    bytes.write(name, at, 'utf16le')
    bytes.writeUInt16LE((name.length + 1) * 2, at + 64)
  })
  return new Uint8Array(bytes)
}

export function buildMetric(ordinal: number, cell: string): PlanMetric {
  return {
    ordinal,
    cell,
    label: cell.replace(/（[^）]*）/g, ''),
    unit: /（([^）]*)）$/.exec(cell)?.[1] ?? null,
    parts: [],
  }
}

export function buildMetricTable(overrides: Partial<PlanMetricTable> = {}): PlanMetricTable {
  return {
    ordinal: 1,
    title: '示例县冬春火灾防控百日行动进展情况统计表',
    kind: 'metric-table',
    head: ['填报单位：____________ 时间：2024年 月 日'],
    groups: [
      {
        name: '基本情况',
        metrics: [
          buildMetric(1, '检查场所总数（家次）'),
          buildMetric(2, '发现火灾隐患（处）'),
          buildMetric(3, '作出罚款（起，万元）'),
        ],
      },
      { name: '宣传情况', metrics: [buildMetric(1, '组织疏散演练（场）'), buildMetric(2, '是否开设专栏')] },
    ],
    notes: ['1.填写自发文之日起的数字。', '2.没有的填零。'],
    foot: ['填报人： 联系电话：'],
    signatures: ['填报人'],
    ...overrides,
  }
}

export function buildLedger(overrides: Partial<PlanLedger> = {}): PlanLedger {
  return {
    ordinal: 2,
    title: '火灾隐患台账',
    kind: 'ledger',
    head: ['填报单位：'],
    columns: ['序号', '场所名称', '统一社会信用代码', '隐患描述', '检查日期', '整改阶段', '备注'],
    notes: ['1.隐患描述写明部位。'],
    foot: ['审核人： 填表人： 填报时间：2024年 月'],
    signatures: ['审核人', '填表人'],
    ...overrides,
  }
}

export function buildPlan(annexes: Plan['annexes']): Plan {
  return {
    title: '示例方案',
    issuer: '示例县消防安全委员会',
    docNo: null,
    issuedOn: null,
    campaign: { name: '示例行动', startsOn: null, endsOn: null },
    basis: [],
    parentPlan: null,
    recipients: [],
    leadership: [],
    sectors: [],
    responsibilities: [],
    criteria: [],
    phases: [],
    duties: [],
    reports: [],
    targets: [],
    contacts: [],
    annexes,
    warnings: [],
  }
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}
