import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../test/builders.js'
import { faultsIn, linesOf, tablesOf } from '../../test/notices.js'
import { readNotice } from './notice-reader.js'

const page = (body: string, head = '<meta charset="utf-8">') =>
  readNotice(
    utf8(`<!DOCTYPE html><html><head><title>某县政府网</title>${head}</head><body>${body}</body></html>`),
    '通知.html',
  )

describe('the text of a page is what a browser shows of it', () => {
  it('without scripts, styles, menus and what is hidden', async () => {
    const body = `<nav>首页</nav><script>var 甲 = '<p>乙</p>'</script><style>p { color: red }</style><p>关于排查的通知</p>
      <p style="display:none">草稿</p><p hidden>内部</p><footer>版权所有</footer><p>各<!-- 注 -->镇&amp;街道：</p>`
    expect((await page(body)).text).toBe('关于排查的通知\n各镇&街道：\n')
  })

  it('white space is one space, and none where a line of the source ends between Chinese characters', async () => {
    expect((await page('<p>请各镇\n   认真   落实 ABC\n DEF</p>')).text).toBe('请各镇认真 落实 ABC DEF\n')
  })

  it('headings have their level, paragraphs their place', async () => {
    const { blocks } = await page(
      '<h1 align="center">方案</h1><h2>一、要求</h2><div style="text-align: right"><p>某县</p></div>',
    )
    expect(blocks).toMatchObject([
      { level: 1, align: 'center' },
      { level: 2, align: null },
      { level: null, align: 'right' },
    ])
  })

  it('a line break ends a paragraph, but not a heading', async () => {
    const { blocks, text } = await page('<h1>方案<br>（试行）</h1><p>　　一、甲<br>　　二、乙</p>')
    expect(text).toBe('方案\n（试行）\n一、甲\n二、乙\n')
    expect(blocks).toHaveLength(3)
  })

  it('points of a list have the numbers that a browser gives them', async () => {
    const body = `<ol><li>甲<li value="5">乙<li>丙</ol><ol type="a" start="2"><li>丁</ol><ol style="list-style-type:cjk-ideographic"><li>戊
      <ol><li>己</ol><li>庚</ol><ul><li>辛</ul><ol style="list-style: none"><li>壬</ol>`
    expect(linesOf(await page(body))).toEqual(['1.甲', '5.乙', '6.丙', 'b.丁', '一、戊', '1.己', '二、庚', '辛', '壬'])
  })

  it('a new page where print would begin one', async () => {
    const { blocks } = await page('<p>正文</p><p style="page-break-before:always">附件</p>')
    expect(blocks).toMatchObject([{ pageBreakBefore: false }, { pageBreakBefore: true }])
  })
})

describe('a table of a page', () => {
  it('has each cell once, with its spans', async () => {
    const notice = await page(
      `<table><tr><th rowspan=2>组别<th colspan=2>指标</tr><tr><td>1<td>检查<br>（家次）</table>`,
    )
    expect(tablesOf(notice)).toEqual([
      [
        ['组别 1×2', '指标 2×1'],
        ['1', '检查\n（家次）'],
      ],
    ])
    expect(notice.text).toBe('组别\t指标\n\t1\t检查\n（家次）\n')
  })

  it('that only lays out the page is none', async () => {
    const inner = '<table><tr><td>1<td>甲</tr><tr><td>2<td>乙</table>'
    const notice = await page(`<table><tr><td><p>通知</p>${inner}<p>某县</p></table>`)
    expect(notice.text).toBe('通知\n1\t甲\n2\t乙\n某县\n')
    expect(tablesOf(notice)).toEqual([
      [
        ['1', '甲'],
        ['2', '乙'],
      ],
    ])
  })

  it('spans that go too far or run into each other end where there is room', async () => {
    const notice = await page('<table><tr><td>甲<td rowspan=999>乙</tr><tr><td colspan=5>丙<td>丁</table>')
    expect(tablesOf(notice)).toEqual([
      [
        ['甲', '乙 1×2'],
        ['丙', '丁'],
      ],
    ])
    expect(faultsIn(notice)).toEqual([])
  })
})

describe('a page in any encoding', () => {
  const gbPage = Buffer.concat([Buffer.from('<meta charset="gb2312"><p>'), Buffer.from([0xcd, 0xa8, 0xd6, 0xaa])])

  it.each([
    ['as it says', new Uint8Array(gbPage)],
    ['that says nothing', new Uint8Array(gbPage.subarray(gbPage.indexOf('<p>')))],
    [
      'that says something else',
      new Uint8Array(Buffer.concat([Buffer.from('<meta charset=utf-8>'), gbPage.subarray(23)])),
    ],
    ['with a mark', new Uint8Array(Buffer.from('\ufeff<meta charset="gb2312"><p>通知', 'utf16le'))],
  ])('%s', async (_, bytes) => {
    expect((await readNotice(bytes, '通知.htm')).text).toBe('通知\n')
  })
})

describe('a page that would do harm', { timeout: 30_000 }, () => {
  it('with elements in elements without end is refused', async () => {
    await expect(page('<div>'.repeat(5000))).rejects.toMatchObject({ code: 'broken-document' })
  })

  it('with ten thousand spans of ten thousand columns costs no more than its rows', async () => {
    const began = performance.now()
    const notice = await page(`<table>${'<tr><td rowspan=65534 colspan=1000>甲<td>乙'.repeat(5000)}</table>`)
    expect(performance.now() - began).toBeLessThan(20_000)
    expect(faultsIn(notice)).toEqual([])
  })

  it('or is anything else, reads soundly', async () => {
    const tag = fc.constantFrom(
      ...[
        '<p>',
        '</p>',
        '<table>',
        '</table>',
        '<tr>',
        '<td rowspan=2>',
        '<td colspan=3>',
        '</td>',
        '<li>',
        '<ol>',
        '</ol>',
      ],
      ...['<br>', '<h2>', '</h2>', '<div>', '</div>', '<pre>', '</pre>', '甲', '\n', '&nbsp;', '<script>', '</script>'],
    )
    await fc.assert(
      fc.asyncProperty(fc.array(tag, { maxLength: 40 }), async (tags) => {
        expect(faultsIn(await page(`通知${tags.join('')}`))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})
