import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faultsIn, linesOf, tablesOf } from '../../test/notices.js'
import { handMadePdf, pdfGrid, pdfRule, pdfText, type HandMadePage } from '../../test/pdf.js'
import { readNotice } from './notice-reader.js'

const read = (...pages: (HandMadePage | string)[]) => readNotice(handMadePdf(pages), '通知.pdf')

/** Lines of 28 characters between margins of 73 and 521 points, 28 points apart, the first from `top`; `　` before one indents it. */
function body(top: number, ...lines: string[]): string {
  return lines
    .map((line, i) => {
      const indent = /^　*/.exec(line)?.[0].length ?? 0
      return pdfText(73 + 16 * indent, top - 28 * i, line.slice(indent))
    })
    .join('')
}

const FULL = '为深入贯彻落实安全生产的各项决策部署切实防范化解重大安全'
const FULL_28 = FULL.slice(0, 28)

describe('lines of a PDF are paragraphs again', { timeout: 30_000 }, () => {
  it('a line that had no room for more goes on, an indented one begins, and so does what follows a short one', async () => {
    const page = body(
      770,
      '各镇、各部门：',
      `　　${FULL.slice(0, 26)}`,
      FULL_28,
      '风险。',
      '　　一、总体要求',
      `　　${FULL.slice(0, 26)}`,
      '风险，请照办。',
    )
    expect(linesOf(await read(page))).toEqual([
      '各镇、各部门：',
      `${FULL.slice(0, 26)}${FULL_28}风险。`,
      '一、总体要求',
      `${FULL.slice(0, 26)}风险，请照办。`,
    ])
  })

  it('over the end of a page too, past its number and what every page says', async () => {
    const furniture = (page: number) =>
      pdfText(270, 40, `— ${page} —`, 14) + pdfText(200, 800, '某县安全生产委员会文件', 10)
    const page = (number: number, ...lines: string[]) => body(770, ...lines) + furniture(number)
    const first = [...Array.from({ length: 24 }, () => '　　要做好工作。'), `　　${FULL.slice(0, 26)}`]
    const notice = await read(page(1, ...first), page(2, '风险。', '　　二、任务分工'), page(3, '　　三、报送'))
    expect(linesOf(notice).slice(-4)).toEqual([
      '要做好工作。',
      `${FULL.slice(0, 26)}风险。`,
      '二、任务分工',
      '三、报送',
    ])
    expect(notice.text).not.toContain('文件')
  })

  it('a title in the middle that needed two lines is one paragraph, a signature on the right its own', async () => {
    const title = pdfText(88, 760, '某县重大事故隐患专项排查整治行动实施方', 22) + pdfText(286, 728, '案', 22)
    const notice = await read(
      title +
        body(690, `　　${FULL.slice(0, 26)}`, '风险。') +
        pdfText(329, 600, '某县安全生产委员会办公室', 16) +
        pdfText(390, 572, '2024年5月1日', 16) +
        body(540, '联系电话：12345'),
    )
    expect(linesOf(notice)).toEqual([
      '某县重大事故隐患专项排查整治行动实施方案',
      `${FULL.slice(0, 26)}风险。`,
      '某县安全生产委员会办公室',
      '2024年5月1日',
      '联系电话：12345',
    ])
    expect(notice.blocks.map((block) => block.kind === 'paragraph' && block.align)).toEqual([
      'center',
      null,
      'right',
      'right',
      null,
    ])
  })

  it('figures are not parted from characters by the space that the layout puts there, blanks to fill in are', async () => {
    const row =
      pdfText(73, 700, '自') +
      pdfText(93, 700, '2024') +
      pdfText(129, 700, '年起') +
      pdfText(185, 700, '月') +
      pdfText(260, 700, '日')
    expect((await read(row + body(650, '　　请各镇认真落实。'))).text.split('\n')[0]).toMatch(/^自2024年起 +月 +日$/)
  })

  it('a date to fill in that found no room is one, and so are labels side by side', async () => {
    const row =
      pdfText(73, 700, '填报单位：') +
      pdfText(400, 700, '填报日期：') +
      pdfText(505, 700, '年') +
      pdfText(73, 672, '月   日')
    const notice = await read(row + body(600, `　　${FULL.slice(0, 26)}`, FULL_28, '风险。'))
    expect(linesOf(notice)[0]?.replace(/\s/g, '')).toBe('填报单位：填报日期：年月日')
  })

  it('a page that was left early was meant to end', async () => {
    const long = Array.from({ length: 24 }, () => '　　要做好工作。')
    const { text, blocks } = await read(body(770, ...long), body(770, '　　请照办。'), body(770, '附件1'))
    const breaks = blocks.flatMap((block) =>
      block.kind === 'paragraph' && block.pageBreakBefore ? [text.slice(block.start, block.end)] : [],
    )
    expect(breaks).toEqual(['附件1'])
  })

  it('two columns are read one after the other', async () => {
    const column = (x: number, words: string) =>
      Array.from({ length: 10 }, (_, i) =>
        pdfText(x, 700 - 20 * i, i === 9 ? `${words}止。` : words.repeat(10), 10),
      ).join('')
    const { text } = await read(pdfText(200, 760, '某县简报', 22) + column(60, '左边') + column(330, '右边'))
    expect(text.indexOf('左边止。')).toBeLessThan(text.indexOf('右边'))
    expect(linesOf(await read(column(60, '左边') + column(330, '右边')))).toEqual([
      `${'左边'.repeat(90)}左边止。`,
      `${'右边'.repeat(90)}右边止。`,
    ])
  })

  it('a watermark is not read, nor is bold twice', async () => {
    const mark = `BT /F1 60 Tf 0.7 0.7 -0.7 0.7 150 300 Tm <51855bb9> Tj ET\n`
    const bold = pdfText(73, 700, '总体要求，请认真贯彻落实。') + pdfText(73.3, 700, '总体要求，请认真贯彻落实。')
    expect((await read(mark + bold)).text).toBe('总体要求，请认真贯彻落实。\n')
  })
})

describe('a table of a PDF', { timeout: 30_000 }, () => {
  const cells = (...rows: [x: number, y: number, text: string][]) =>
    rows.map(([x, y, text]) => pdfText(x, y, text, 10)).join('')

  it.each(['line', 'area'] as const)('is what its borders show, drawn as %s', async (as) => {
    const notice = await read(
      body(760, '　　附件1调度表如下请填写') +
        pdfGrid(80, 700, [60, 200, 100], [30, 30], as) +
        cells(
          [90, 680, '序号'],
          [150, 680, '指标'],
          [350, 680, '数值'],
          [90, 650, '1'],
          [150, 650, '检查企业（家次）'],
        ) +
        body(600, '　　填报人：'),
    )
    expect(notice.text).toBe('附件1调度表如下请填写\n序号\t指标\t数值\n1\t检查企业（家次）\t\n填报人：\n')
  })

  it('has cells that are merged where no border parts them, down and across', async () => {
    const borders = [
      ...[pdfRule(80, 700, 380, 700), pdfRule(80, 640, 380, 640), pdfRule(140, 670, 380, 670)],
      ...[
        pdfRule(80, 640, 80, 700),
        pdfRule(140, 640, 140, 700),
        pdfRule(380, 640, 380, 700),
        pdfRule(260, 640, 260, 670),
      ],
    ].join('')
    const notice = await read(
      borders + cells([90, 675, '总体情况'], [200, 680, '企业自查情况'], [150, 650, '个数'], [270, 650, '家数']),
    )
    expect(tablesOf(notice)).toEqual([
      [
        ['总体情况 1×2', '企业自查情况 2×1'],
        ['个数', '家数'],
      ],
    ])
  })

  it('text that runs over a border belongs to two cells', async () => {
    const notice = await read(
      pdfGrid(80, 700, [30, 200], [30]) + pdfText(100, 680, '1检查企业并做好记录工作', 10) + body(600, '　　填报。'),
    )
    expect(tablesOf(notice)).toEqual([[['1', '检查企业并做好记录工作']]])
  })

  it('goes on over the page without its head, with what the page cut in two', async () => {
    const head = cells([90, 680, '序号'], [150, 680, '工作要求'], [350, 680, '责任单位'])
    const grid = (rows: number) =>
      pdfGrid(
        80,
        700,
        [60, 200, 100],
        Array.from({ length: rows }, () => 30),
      )
    const first =
      grid(3) +
      head +
      cells(
        [90, 650, '1'],
        [150, 650, '开展自查。'],
        [350, 650, '各镇'],
        [90, 620, '2'],
        [150, 620, '集中排查并将重大'],
        [350, 620, '各镇'],
      )
    const second =
      grid(3) + head + cells([150, 650, '隐患列表上报。'], [90, 620, '3'], [150, 620, '总结。'], [350, 620, '县安委办'])
    expect(tablesOf(await read(first, second))).toEqual([
      [
        ['序号', '工作要求', '责任单位'],
        ['1', '开展自查。', '各镇'],
        ['2', '集中排查并将重大隐患列表上报。', '各镇'],
        ['3', '总结。', '县安委办'],
      ],
    ])
  })

  it('has a row that the page cut, though no line is drawn under it', async () => {
    const sides = (top: number, bottom: number) => [80, 140, 340, 440].map((x) => pdfRule(x, bottom, x, top)).join('')
    const first =
      pdfGrid(80, 130, [60, 200, 100], [30]) +
      sides(100, 40) +
      cells([90, 110, '1'], [150, 110, '开展自查。'], [350, 110, '各镇']) +
      cells([90, 80, '2'], [150, 80, '集中排查。'], [350, 80, '县应急局、'])
    const second =
      pdfGrid(80, 770, [60, 200, 100], [30, 30]) +
      cells([350, 750, '各镇'], [90, 720, '3'], [150, 720, '总结。'], [350, 720, '县安委办'])
    expect(tablesOf(await read(first, second))).toEqual([
      [
        ['1', '开展自查。', '各镇'],
        ['2', '集中排查。', '县应急局、各镇'],
        ['3', '总结。', '县安委办'],
      ],
    ])
  })

  it('on a page that is turned, by itself or by its text, reads upright', async () => {
    const table = (x: number, y: number, turned: boolean) =>
      pdfText(x, y, '序号', 10, turned) +
      pdfText(
        turned ? x : x + 70,
        turned ? y + 70 : y,
        turned ? '单位名称及所在地' : '单位名称及所在地详情',
        10,
        turned,
      )
    const byText = pdfGrid(100, 400, [30, 30], [60, 200].reverse())
    const sideways = {
      content:
        byText +
        table(120, 150, true) +
        pdfText(150, 150, '1', 10, true) +
        pdfText(150, 220, '某镇人民政府办公室', 10, true),
    }
    expect(tablesOf(await read(sideways))).toEqual([
      [
        ['序号', '单位名称及所在地'],
        ['1', '某镇人民政府办公室'],
      ],
    ])
    const byItself = { content: pdfGrid(80, 700, [60, 200], [30]) + table(90, 680, false), rotate: 180 }
    expect(tablesOf(await read(byItself))).toEqual([[['序号', '单位名称及所在地详情']]])
  })

  it('without borders is what its columns show, but names behind their offices are none', async () => {
    const row = (y: number, ...words: string[]) => words.map((word, i) => pdfText(80 + 130 * i, y, word, 10)).join('')
    const table =
      row(700, '序号', '企业名称', '类型') + row(680, '1', '某某商场', '零售') + row(660, '2', '某某酒店', '住宿')
    expect(tablesOf(await read(table))).toEqual([
      [
        ['序号', '企业名称', '类型'],
        ['1', '某某商场', '零售'],
        ['2', '某某酒店', '住宿'],
      ],
    ])
    const names =
      row(700, '组长：', '甲某', '主任') + row(680, '副组长：', '乙某', '副主任') + row(660, '成员：', '丙某', '科长')
    expect(tablesOf(await read(names))).toEqual([])
  })
})

describe('a PDF that cannot be read is refused', { timeout: 30_000 }, () => {
  it.each([
    ['a scan', handMadePdf(['100 0 0 100 0 0 cm']), 'no-text', '扫描件'],
    [
      'a scan with page numbers',
      handMadePdf([pdfText(280, 40, '1'), pdfText(280, 40, '2')]),
      'no-text',
      '可编辑的 Word',
    ],
    ['one cut off', handMadePdf(['']).slice(0, 300), 'truncated', '不完整'],
    ['one of noise', new Uint8Array(Buffer.from('%PDF-1.7\nnoise\n%%EOF')), 'broken-document', '损坏'],
    ['too many pages', handMadePdf(Array.from({ length: 12 }, () => '')), 'too-many-pages', '12 页'],
    [
      'one with a password',
      handMadePdf(
        [''],
        `/Encrypt << /Filter /Standard /V 1 /R 2 /O <${'00'.repeat(32)}> /U <${'11'.repeat(32)}> /P -4 >> /ID [<00> <00>]`,
      ),
      'encrypted',
      '密码',
    ],
  ])('%s', async (_, bytes, code, message) => {
    await expect(readNotice(bytes, '通知.pdf', { maxPages: 10 })).rejects.toMatchObject({
      name: 'OfficeRefusal',
      code,
      message: expect.stringContaining(message) as string,
    })
  })

  it.each(['[ ', '<< ', '( '])(
    'is refused at once where %s stands thousands of times and nothing closes it',
    async (open) => {
      const whole = Buffer.from(handMadePdf([body(700, '　　请各镇认真落实。')]))
      const flooded = Buffer.concat([whole.subarray(0, 200), Buffer.from(open.repeat(20_000)), whole.subarray(200)])
      await expect(readNotice(flooded, '通知.pdf')).rejects.toMatchObject({ code: 'broken-document' })
    },
  )

  it('or read soundly, whatever byte of it is changed', async () => {
    const whole = handMadePdf([pdfGrid(80, 700, [60, 200], [30, 30]) + body(770, '　　请各镇认真落实有关工作要求。')])
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: whole.length - 1 }),
        fc.integer({ min: 0, max: 255 }),
        async (at, byte) => {
          const changed = whole.slice()
          changed[at] = byte
          const faults = await readNotice(changed, '通知.pdf').then(faultsIn, (cause: Error) =>
            cause.name === 'OfficeRefusal' ? [] : [String(cause)],
          )
          expect(faults).toEqual([])
        },
      ),
      { numRuns: 25 },
    )
  }, 60_000)
})
