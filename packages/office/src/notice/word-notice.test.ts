import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faultsIn, handMadeNotice, linesOf, tablesOf, wordCell, wordNotice, wordParagraph } from '../../test/notices.js'
import { readNotice } from './notice-reader.js'

const run = (text: string, properties = '') => `<w:r><w:rPr>${properties}</w:rPr><w:t>${text}</w:t></w:r>`
const p = (...runs: string[]) => `<w:p>${runs.join('')}</w:p>`
const textOf = async (body: string) => (await wordNotice(body)).text

describe('the text of a Word notice is what Word shows', () => {
  it('breaks, tabs, hyphens and symbols', async () => {
    const body = p(
      run('甲'),
      '<w:r><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:softHyphen/><w:noBreakHyphen/></w:r>',
      '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Wingdings 2" w:char="00A3"/></w:r>',
    )
    expect(await textOf(body)).toBe('甲\t乙\n丙-☑□\n')
  })

  it('tracked changes are accepted: what was put in stays, what was taken out and moved away goes', async () => {
    const body = p(
      run('每月'),
      `<w:ins w:id="1">${run('28日')}</w:ins><w:del w:id="2"><w:r><w:delText>30日</w:delText></w:r></w:del>`,
      `<w:moveFrom w:id="3">${run('上旬')}</w:moveFrom><w:moveTo w:id="4">${run('前')}</w:moveTo>`,
    )
    expect(await textOf(body)).toBe('每月28日前\n')
  })

  it('a paragraph whose mark was taken out goes on in the next', async () => {
    const joined = `<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>${run('各镇')}</w:p>`
    expect(await textOf(joined + p(run('各街道')))).toBe('各镇各街道\n')
  })

  it('properties that were changed count as they are, not as they were', async () => {
    const changed = '<w:jc w:val="center"/><w:pPrChange w:id="1"><w:pPr><w:jc w:val="right"/></w:pPr></w:pPrChange>'
    const { blocks } = await wordNotice(wordParagraph('方案', changed))
    expect(blocks).toMatchObject([{ align: 'center' }])
  })

  it('of fields their results, not their instructions, and no page numbers', async () => {
    const mark = (kind: string) => `<w:r><w:fldChar w:fldCharType="${kind}"/></w:r>`
    const code = (text: string) => `<w:r><w:instrText>${text}</w:instrText></w:r>`
    const field = (instruction: string, result: string) =>
      mark('begin') + code(instruction) + mark('separate') + run(result) + mark('end')
    const body = p(
      field('HYPERLINK "http://example.invalid"', '见网站'),
      field('PAGE', '12'),
      `<w:fldSimple w:instr=" DATE ">${run('今日')}</w:fldSimple>`,
      `<w:fldSimple w:instr=" NUMPAGES ">${run('30')}</w:fldSimple>`,
      mark('begin') + code('eq \\o\\ac(○,11)') + mark('end'),
    )
    expect(await textOf(body)).toBe('见网站今日⑪\n')
  })

  it('a table of contents is left out, and one that never ends does not take the rest with it', async () => {
    const begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>'
    const toc = begin + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run('一、总体要求') + run('1')
    const end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    expect(await textOf(p(toc) + p(end) + p(run('正文')))).toBe('\n\n正文\n')
    expect(await textOf(p(toc) + p(run('正文')))).toBe('一、总体要求1\n正文\n')
  })

  it('nothing that is hidden, by itself or by its style', async () => {
    const styles = '<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
    const body = p(
      run('甲'),
      run('乙', '<w:vanish/>'),
      run('丙', '<w:rStyle w:val="Secret"/>'),
      run('丁', '<w:rStyle w:val="Secret"/><w:vanish w:val="0"/>'),
    )
    expect((await wordNotice({ body, styles })).text).toBe('甲丁\n')
  })

  it('a text box once, before the paragraph that it hangs on', async () => {
    const box = `<w:txbxContent>${p(run('某县人民政府文件'))}</w:txbxContent>`
    const drawn = `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>${box}</w:drawing></mc:Choice><mc:Fallback><w:pict>${box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>`
    expect(await textOf(p(drawn, run('某政发〔2024〕1号')))).toBe('某县人民政府文件\n某政发〔2024〕1号\n')
  })

  it('no notes, comments, headers or phonetic guides', async () => {
    const body = p(
      run('排查'),
      '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="0"/></w:r>',
      `<w:r><w:ruby><w:rt>${run('pin')}</w:rt><w:rubyBase>${run('整治')}</w:rubyBase></w:ruby></w:r>`,
    )
    const extra = { 'word/header1.xml': '<w:hdr>机密</w:hdr>', 'word/footnotes.xml': '<w:footnotes>注</w:footnotes>' }
    expect((await wordNotice({ body, extra })).text).toBe('排查整治\n')
  })
})

const abstractList = (id: number, ...levels: [format: string, text: string, more?: string][]) =>
  `<w:abstractNum w:abstractNumId="${id}">${levels
    .map(
      ([format, text, more = ''], depth) =>
        `<w:lvl w:ilvl="${depth}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`,
    )
    .join('')}</w:abstractNum>`
const list = (id: number, abstract: number, more = '') =>
  `<w:num w:numId="${id}"><w:abstractNumId w:val="${abstract}"/>${more}</w:num>`
const numbered = (text: string, depth = 0, id = 1) =>
  wordParagraph(text, `<w:numPr><w:ilvl w:val="${depth}"/><w:numId w:val="${id}"/></w:numPr>`)

describe('numbers that Word generates stand in the text as if typed', () => {
  const outline = abstractList(
    0,
    ['chineseCountingThousand', '%1、'],
    ['chineseCounting', '（%2）'],
    ['decimal', '%3.'],
    ['decimalEnclosedCircle', '%4'],
  )

  it('一、（一）1. ①, each level beginning anew below the next', async () => {
    const body = [
      numbered('总体要求'),
      numbered('工作思路', 1),
      numbered('工作目标', 1),
      numbered('任务分工'),
      numbered('重点任务', 1),
      numbered('自查自改', 2),
      numbered('带队检查', 2),
      numbered('每季度', 3),
    ].join('')
    expect(linesOf(await wordNotice({ body, numbering: outline + list(1, 0) }))).toEqual([
      '一、总体要求',
      '（一）工作思路',
      '（二）工作目标',
      '二、任务分工',
      '（一）重点任务',
      '1.自查自改',
      '2.带队检查',
      '① 每季度',
    ])
  })

  it('two lists of one kind count on together, unless the second starts itself', async () => {
    const body = numbered('甲') + numbered('乙', 0, 2) + numbered('丙', 0, 3) + numbered('丁', 0, 1)
    const restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    const numbering = outline + list(1, 0) + list(2, 0) + list(3, 0, restart)
    expect(linesOf(await wordNotice({ body, numbering }))).toEqual(['一、甲', '二、乙', '五、丙', '六、丁'])
  })

  it('a list may write a level its own way, and a level may go on whatever stands above it', async () => {
    const own =
      '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="第%1条"/><w:suff w:val="space"/></w:lvl></w:lvlOverride>'
    const going = abstractList(1, ['decimal', '%1.'], ['decimal', '%1.%2', '<w:lvlRestart w:val="0"/>'])
    const body = [numbered('甲', 0, 1), numbered('子', 0, 2), numbered('丑', 1, 2), numbered('寅', 0, 2)].join('')
    const numbering = outline + going + list(1, 0, own) + list(2, 1)
    expect(linesOf(await wordNotice({ body: body + numbered('卯', 1, 2), numbering }))).toEqual([
      '第3条 甲',
      '1.子',
      '1.1 丑',
      '2.寅',
      '2.2 卯',
    ])
  })

  it('numbers come by style, at the level that names the style, and can be taken away', async () => {
    const styles = [
      '<w:style w:type="paragraph" w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>',
      '<w:style w:type="paragraph" w:styleId="Part"><w:basedOn w:val="Base"/></w:style>',
    ].join('')
    const numbering =
      abstractList(0, ['chineseCounting', '%1、'], ['decimal', '%2）', '<w:pStyle w:val="Part"/>']) + list(1, 0)
    const body = [
      wordParagraph('甲', '<w:pStyle w:val="Base"/>'),
      wordParagraph('乙', '<w:pStyle w:val="Part"/>'),
      wordParagraph('丙', '<w:pStyle w:val="Part"/><w:numPr><w:numId w:val="0"/></w:numPr>'),
    ].join('')
    expect(linesOf(await wordNotice({ body, numbering, styles }))).toEqual(['一、甲', '1）乙', '丙'])
  })

  it('a number is not read together with the figure behind it', async () => {
    const body = numbered('2024年前', 2)
    expect(linesOf(await wordNotice({ body, numbering: outline + list(1, 0) }))).toEqual(['1. 2024年前'])
  })

  it('a column of nothing but generated numbers has them', async () => {
    const row = `<w:tr><w:tc>${numbered('', 0)}</w:tc>${wordCell('学校')}</w:tr>`
    const numbering = abstractList(0, ['decimal', '%1']) + list(1, 0)
    const notice = await wordNotice({ body: `<w:tbl>${row}${row}</w:tbl>`, numbering })
    expect(notice.text).toBe('1\t学校\n2\t学校\n')
  })
})

describe('what a paragraph is', () => {
  it('its outline level comes from itself, its style, the style that one is based on, or the name of a heading', async () => {
    const styles = [
      '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>',
      '<w:style w:type="paragraph" w:styleId="B"><w:pPr><w:outlineLvl w:val="1"/><w:jc w:val="center"/></w:pPr></w:style>',
      '<w:style w:type="paragraph" w:styleId="C"><w:basedOn w:val="B"/></w:style>',
      '<w:style w:type="paragraph" w:styleId="D"><w:basedOn w:val="B"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>',
      '<w:style w:type="paragraph" w:styleId="Round"><w:basedOn w:val="Round"/></w:style>',
    ].join('')
    const body = ['1', 'C', 'D', 'Round'].map((id) => wordParagraph(id, `<w:pStyle w:val="${id}"/>`)).join('')
    const { blocks } = await wordNotice({ body: body + wordParagraph('E', '<w:outlineLvl w:val="2"/>'), styles })
    expect(blocks).toMatchObject([
      { level: 1 },
      { level: 2, align: 'center' },
      { level: null },
      { level: null },
      { level: 3 },
    ])
  })

  it('a page begins at a break, at a paragraph that asks for it and at a section, but not at a continuous one', async () => {
    const section = (type: string) => `<w:sectPr><w:type w:val="${type}"/></w:sectPr>`
    const body = [
      p(run('甲'), '<w:r><w:br w:type="page"/></w:r>', run('乙')),
      wordParagraph('丙', '<w:pageBreakBefore/>'),
      wordParagraph('丁', section('nextPage')),
      wordParagraph('戊', section('continuous')),
      p(run('己')),
      section('nextPage'),
    ].join('')
    const { text, blocks } = await wordNotice(body)
    expect(
      blocks.map((block) => text.slice(block.start, block.end) + (block.kind === 'paragraph' && block.pageBreakBefore)),
    ).toEqual(['甲false', '乙true', '丙true', '丁false', '戊false', '己true'])
  })
})

describe('a table of a Word notice', () => {
  it('has each cell once, with its span, and an empty place under a merged one', async () => {
    const notice = await wordNotice(`<w:tbl>
      <w:tr>${wordCell('组别', '<w:vMerge w:val="restart"/>')}${wordCell('指标', '<w:gridSpan w:val="2"/>')}</w:tr>
      <w:tr>${wordCell('', '<w:vMerge/>')}${wordCell('1')}${wordCell('检查（家次）')}</w:tr>
    </w:tbl>`)
    expect(notice.text).toBe('组别\t指标\n\t1\t检查（家次）\n')
    expect(tablesOf(notice)).toEqual([
      [
        ['组别 1×2', '指标 2×1'],
        ['1', '检查（家次）'],
      ],
    ])
    const [table] = notice.blocks
    expect(table?.kind === 'table' && table.rows[1]?.map(({ column }) => column)).toEqual([1, 2])
  })

  it('a table inside a cell is text of the cell, a tab inside one a space', async () => {
    const inner = `<w:tbl><w:tr>${wordCell('子')}${wordCell('丑')}</w:tr></w:tbl>`
    const notice = await wordNotice(
      `<w:tbl><w:tr><w:tc>${p(run('甲'))}${inner}<w:p/></w:tc>${wordCell('乙\t丙')}</w:tr></w:tbl>`,
    )
    expect(tablesOf(notice)).toEqual([[['甲\n子 丑', '乙 丙']]])
    expect(faultsIn(notice)).toEqual([])
  })

  it('rows that were taken out by a tracked change are gone, columns that were left out are counted', async () => {
    const gone = `<w:tr><w:trPr><w:del w:id="1"/></w:trPr>${wordCell('旧')}</w:tr>`
    const late = `<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>${wordCell('新')}</w:tr>`
    const { blocks } = await wordNotice(`<w:tbl>${gone}${late}</w:tbl>`)
    expect(blocks).toMatchObject([{ rows: [[{ column: 2 }]] }])
  })

  it('spans as wide as a stranger likes are cut to what a table can have', async () => {
    const notice = await wordNotice(
      `<w:tbl><w:tr>${wordCell('甲', '<w:gridSpan w:val="99999999"/><w:vMerge w:val="restart"/>')}</w:tr></w:tbl>`,
    )
    expect(tablesOf(notice)).toEqual([[['甲 128×1']]])
  })
})

describe('a Word notice that would do harm is refused', { timeout: 30_000 }, () => {
  it.each([
    ['entities', { body: '<!DOCTYPE a [<!ENTITY b "c">]><w:p/>' }, 'xml-declares-entities'],
    ['an unclosed element', { body: '<w:p>' }, 'broken-xml'],
    ['elements without end', { body: '<w:p>'.repeat(400) + '</w:p>'.repeat(400) }, 'broken-xml'],
    [
      'an embedded archive',
      { body: '<w:p/>', extra: { 'word/embeddings/a.docx': handMadeNotice({ body: '' }) } },
      'nested-archive',
    ],
    ['a path that climbs out', { body: '<w:p/>', extra: { '../evil': 'x' } }, 'unsafe-entry-name'],
    ['a bomb', { body: `<w:p/>${' '.repeat(20_000_000)}` }, 'inflates-too-much'],
  ])('%s', async (_, made, code) => {
    await expect(wordNotice(made)).rejects.toMatchObject({ name: 'OfficeRefusal', code })
  })

  it('millions of empty paragraphs', async () => {
    const bytes = handMadeNotice({ body: '<w:p/>'.repeat(2000) })
    await expect(readNotice(bytes, 'a.docx', { maxPieces: 1000 })).rejects.toMatchObject({ code: 'text-too-long' })
  })

  it('a tag full of brackets inside quotes costs its length, not its square', async () => {
    const began = performance.now()
    await wordNotice(`<w:p w:x="${'>'.repeat(900_000)}"/>${wordParagraph('甲')}`)
    expect(performance.now() - began).toBeLessThan(20_000)
  })
})

describe('whatever a Word notice holds', { timeout: 30_000 }, () => {
  const inline = fc.constantFrom(
    run('整治'),
    run('隐', '<w:vanish/>'),
    '<w:r><w:tab/><w:br/></w:r>',
    '<w:r><w:br w:type="page"/></w:r>',
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
  )
  const block = fc
    .tuple(
      fc.array(inline, { maxLength: 5 }),
      fc.constantFrom('', '<w:rPr><w:del/></w:rPr>', '<w:sectPr/>', '<w:numPr><w:numId w:val="1"/></w:numPr>'),
    )
    .map(([runs, properties]) => `<w:p><w:pPr>${properties}</w:pPr>${runs.join('')}</w:p>`)
  const cell = fc
    .tuple(
      block,
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom('', '<w:vMerge/>', '<w:vMerge w:val="restart"/>', '<w:hMerge/>', '<w:cellDel/>'),
    )
    .map(([content, span, merge]) => `<w:tc><w:tcPr><w:gridSpan w:val="${span}"/>${merge}</w:tcPr>${content}</w:tc>`)
  const table = fc
    .array(
      fc.array(cell, { minLength: 1, maxLength: 4 }).map((cells) => `<w:tr>${cells.join('')}</w:tr>`),
      { maxLength: 4 },
    )
    .map((rows) => `<w:tbl>${rows.join('')}</w:tbl>`)

  it('its blocks cover its words, its offsets are in order and its cells do not overlap', async () => {
    const numbering = abstractList(0, ['decimal', '%1.']) + list(1, 0)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(block, table), { maxLength: 8 }), async (parts) => {
        expect(faultsIn(await wordNotice({ body: wordParagraph('通知') + parts.join(''), numbering }))).toEqual([])
      }),
    )
  })
})
