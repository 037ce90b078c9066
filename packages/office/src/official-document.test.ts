import mammoth from 'mammoth'
import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { writeOfficialDocument, type OfficialDocument } from './official-document.js'
import { readWordProperty } from './word-properties.js'
import { readWordTables } from './word-tables.js'
import { buildLedger, buildMetricTable } from '../test/builders.js'

const NOTICE: OfficialDocument = {
  letterhead: '示例县消防安全委员会办公室文件',
  documentNumber: '示消办〔2026〕8号',
  title: '关于冬春火灾防控百日行动5月份进展情况的通报',
  recipients: ['各镇人民政府', '县消安委各成员单位'],
  body: [
    { text: '现将有关情况通报如下。' },
    { heading: 1, text: '总体情况' },
    { heading: 2, text: '自查情况。', runOn: '共检查120家次。' },
    { heading: 2, text: '抽查情况。', runOn: '共抽查30家次。' },
    { heading: 3, text: '商场。' },
    { heading: 4, text: '疏散通道。' },
    { heading: 1, text: '下步要求' },
    { heading: 2, text: '压实责任。' },
  ],
  annexes: ['进展情况统计表', '逾期未报送单位名单'],
  signature: '示例县消防安全委员会办公室',
  issuedOn: '2026-06-05',
}

const lines = async (document: OfficialDocument) =>
  readWordTables(await writeOfficialDocument(document))
    .paragraphs.map(({ text }) => text.replace(/\n/g, ''))
    .filter((text) => text !== '')

describe('an official document', () => {
  it('stands in the order of GB/T 9704, its headings numbered by level', async () => {
    expect(await lines(NOTICE)).toEqual([
      '示例县消防安全委员会办公室文件',
      '示消办〔2026〕8号',
      '关于冬春火灾防控百日行动5月份进展情况的通报',
      '各镇人民政府，县消安委各成员单位：',
      '现将有关情况通报如下。',
      '一、总体情况',
      '（一）自查情况。共检查120家次。',
      '（二）抽查情况。共抽查30家次。',
      '1.商场。',
      '（1）疏散通道。',
      '二、下步要求',
      '（一）压实责任。',
      '附件：1.进展情况统计表',
      '2.逾期未报送单位名单',
      '示例县消防安全委员会办公室',
      '2026年6月5日',
    ])
  })

  it('needs neither letterhead nor number, recipients or annexes', async () => {
    expect(
      await lines({
        title: '督办函',
        body: [{ text: '请速办。' }],
        annexes: ['清单'],
        signature: '示例办',
        issuedOn: '2026-06-05',
      }),
    ).toEqual(['督办函', '请速办。', '附件：清单', '示例办', '2026年6月5日'])
  })

  it('counts headings past ten in Chinese', async () => {
    const body = Array.from({ length: 21 }, () => ({ heading: 1 as const, text: '项' }))
    const made = await lines({ ...NOTICE, body })
    for (const numbered of ['九、项', '十、项', '十一、项', '二十、项', '二十一、项']) expect(made).toContain(numbered)
  })

  it('marks what a person has still to fill in', async () => {
    const bytes = await writeOfficialDocument({ ...NOTICE, body: [{ text: '共检查【待填：家次】家次。' }] })
    const xml = Buffer.from(unzipSync(bytes)['word/document.xml'] ?? []).toString('utf8')
    const marked = [...xml.matchAll(/<w:r>(?:(?!<\/w:r>).)*<w:highlight w:val="yellow"\/>(?:(?!<\/w:r>).)*<\/w:r>/gs)]
    expect(marked).toHaveLength(1)
    expect(marked[0]?.[0]).toContain('【待填：家次】')
  })

  it('carries its annexes, each on pages of its own, and a property that no edit of the text touches', async () => {
    const bytes = await writeOfficialDocument({
      ...NOTICE,
      attached: [
        { metricTable: { table: buildMetricTable(), values: {} } },
        { ledger: { ledger: buildLedger() }, rows: [['', '某商场']] },
      ],
      properties: { 'bihuan-draft': '{"position":7}' },
    })
    const { paragraphs, tables } = readWordTables(bytes)
    expect(paragraphs.map(({ text }) => text).filter((text) => /^附件\d$/.test(text))).toEqual(['附件1', '附件2'])
    expect(tables).toHaveLength(2)
    expect(tables[1]?.rows[1]?.cells.slice(0, 2).map(({ text }) => text)).toEqual(['1', '某商场'])
    expect(readWordProperty(bytes, 'bihuan-draft')).toBe('{"position":7}')
    expect(readWordProperty(bytes, 'another')).toBeNull()
    expect(readWordProperty(await writeOfficialDocument(NOTICE), 'bihuan-draft')).toBeNull()
  })

  it('has the margins, typefaces and page numbers of the standard', async () => {
    const bytes = await writeOfficialDocument(NOTICE)
    expect(readWordTables(bytes).pageOf(0).margin).toEqual({ top: 2098, right: 1474, bottom: 1984, left: 1588 })
    const files = unzipSync(bytes)
    const xml = Buffer.from(files['word/document.xml'] ?? []).toString('utf8')
    for (const face of ['方正小标宋简体', '黑体', '楷体_GB2312', '仿宋_GB2312'])
      expect(xml).toContain(`w:eastAsia="${face}"`)
    const footers = Object.keys(files).filter((name) => /footer\d+\.xml$/.test(name))
    expect(footers).toHaveLength(2)
    for (const name of footers) expect(Buffer.from(files[name] ?? []).toString('utf8')).toMatch(/— .*PAGE.* —/s)
    expect((await mammoth.extractRawText({ buffer: Buffer.from(bytes) })).value).toContain('二、下步要求')
  })
})
