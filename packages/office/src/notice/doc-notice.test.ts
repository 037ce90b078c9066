import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { oleFile } from '../../test/builders.js'
import { faultsIn, linesOf, tablesOf } from '../../test/notices.js'
import { readNotice } from './notice-reader.js'

/** Made for this test in LibreOffice, saved as Word 97: a list of three levels, a tracked change, hidden text, a link, a footer, a table. */
const saved = new Uint8Array(readFileSync(join(import.meta.dirname, '../../test/notice-97.doc')))

describe('an old Word notice', () => {
  it.each(['通知.doc', '通知.wps'])('is read as Word shows it: %s', async (name) => {
    const notice = await readNotice(saved, name)
    expect(notice.form).toBe('doc')
    expect(linesOf(notice)).toEqual([
      '某县冬春火灾防控行动方案',
      '各镇人民政府：',
      '一、总体要求',
      '（一）工作目标',
      '1.摸清底数。',
      '2.限期整改。',
      '二、工作任务',
      '（一）自查自改',
      '每月25日前报送。',
      '详见县政府网站\t联系电话',
      '（白天）',
      '保障措施',
      '附件1',
      '组别\t指标',
      '\t1\t检查场所',
      '（家次）',
      '填报人：',
    ])
    expect(faultsIn(notice)).toEqual([])
  })

  it('has its tables with merged cells', async () => {
    expect(tablesOf(await readNotice(saved, '通知.doc'))).toEqual([
      [
        ['组别 1×2', '指标 2×1'],
        ['1', '检查场所\n（家次）'],
      ],
    ])
  })

  it('has the look of its paragraphs: the middle, the outline level, the new page', async () => {
    const { text, blocks } = await readNotice(saved, '通知.doc')
    const look = (words: string) => blocks.find(({ start, end }) => text.slice(start, end) === words)
    expect(look('某县冬春火灾防控行动方案')).toMatchObject({ align: 'center', level: null, pageBreakBefore: false })
    expect(look('保障措施')).toMatchObject({ level: 2 })
    expect(look('附件1')).toMatchObject({ pageBreakBefore: true })
  })
})

describe('an old Word notice that cannot be read is refused', { timeout: 30_000 }, () => {
  const changed = (at: number, bytes: readonly number[]) => {
    const copy = saved.slice()
    copy.set(bytes, at)
    return copy
  }
  /** Where the main stream begins: its sectors follow each other in this file. */
  const main = Buffer.from(saved).indexOf(Buffer.from([0xec, 0xa5]))

  it.each([
    ['with a password', changed(main + 10, [0x00, 0x13]), 'encrypted'],
    ['of Word 95', changed(main + 2, [0x68, 0x00]), 'unsupported-format'],
    ['with no text at all', oleFile(['WordDocument']), 'broken-document'],
    ['whose text lies beyond the file', changed(main + 0x4c, [0xff, 0xff, 0x7f, 0x00]), 'broken-document'],
    ['whose piece table lies beyond the file', changed(main + 0x1a2, [0xff, 0xff, 0xff, 0x7f]), 'broken-document'],
  ])('%s', async (_, bytes, code) => {
    await expect(readNotice(bytes, '通知.doc')).rejects.toMatchObject({ name: 'OfficeRefusal', code })
  })

  it('when a chain of its sectors runs in a circle', async () => {
    const table = Buffer.from(saved).readUInt32LE(76)
    const looping = saved.slice()
    const view = new DataView(looping.buffer)
    for (let sector = 0; sector < 16; sector++)
      view.setUint32((table + 1) * 512 + sector * 4, sector === 0 ? 1 : 0, true)
    await expect(readNotice(looping, '通知.doc')).rejects.toMatchObject({ name: 'OfficeRefusal' })
  })

  it('or read soundly, whatever bytes of it are changed', async () => {
    const change = fc.tuple(fc.integer({ min: 8, max: saved.length - 1 }), fc.integer({ min: 0, max: 255 }))
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
        const copy = saved.slice()
        for (const [at, byte] of changes) copy[at] = byte
        const faults = await readNotice(copy, '通知.doc').then(faultsIn, (cause: Error) =>
          cause.name === 'OfficeRefusal' ? [] : [`${cause.name}: ${cause.message}`],
        )
        expect(faults).toEqual([])
      }),
      { numRuns: 400 },
    )
  })
})
