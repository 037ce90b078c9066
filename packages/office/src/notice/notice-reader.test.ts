import { describe, expect, it } from 'vitest'
import { handMadeWorkbook, oleFile, utf8, zip } from '../../test/builders.js'
import { handMadeNotice, linesOf, tablesOf, wordCell, wordParagraph } from '../../test/notices.js'
import { handMadePdf, pdfGrid, pdfText } from '../../test/pdf.js'
import { readNotice } from './notice-reader.js'

describe('the same notice says the same, whatever it comes in', { timeout: 30_000 }, () => {
  const list = (text: string) => wordParagraph(text, '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
  const word = handMadeNotice({
    body: `${list('总体要求')}${wordParagraph('各镇每月25日前报送。')}${list('附表')}<w:tbl><w:tr>${wordCell('序号')}${wordCell('检查企业（家次）')}</w:tr><w:tr>${wordCell('1')}${wordCell('')}</w:tr></w:tbl>${wordParagraph('填报人：')}`,
    numbering:
      '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
  })
  const page = utf8(
    '<ol style="list-style-type:cjk-ideographic"><li>总体要求<p>各镇每月25日前报送。</p><li>附表</ol><table><tr><td>序号<td>检查企业（家次）<tr><td>1<td></table><p>填报人：</p>',
  )
  const printed = handMadePdf([
    [770, 742, 714]
      .map((y, i) => pdfText(105, y, ['一、总体要求', '各镇每月25日前报送。', '二、附表'][i] ?? ''))
      .join('') +
      pdfGrid(73, 680, [60, 200], [30, 30]) +
      pdfText(80, 660, '序号', 10) +
      pdfText(140, 660, '检查企业（家次）', 10) +
      pdfText(80, 630, '1', 10) +
      pdfText(105, 590, '填报人：') +
      pdfText(290, 40, '1', 10),
  ])
  const typed = utf8(
    '一、总体要求\r\n各镇每月25日前报送。\r\n二、附表\r\n序号\t检查企业（家次）\r\n1\t\r\n填报人：\r\n',
  )

  it.each([
    ['通知.docx', word],
    ['通知.html', page],
    ['通知.pdf', printed],
    ['通知.txt', typed],
  ])('%s', async (name, bytes) => {
    const notice = await readNotice(bytes, name)
    expect(linesOf(notice).map((line) => line.trimEnd())).toEqual([
      '一、总体要求',
      '各镇每月25日前报送。',
      '二、附表',
      '序号\t检查企业（家次）',
      '1',
      '填报人：',
    ])
    const table = [
      ['序号', '检查企业（家次）'],
      ['1', ''],
    ]
    expect(tablesOf(notice)).toEqual(notice.form === 'text' ? [] : [table])
  })
})

describe('what is no notice is refused with what to do instead', () => {
  it.each([
    ['a workbook', '台账.xlsx', handMadeWorkbook({}), 'unsupported-format', 'Excel'],
    ['an old workbook', '台账.xls', oleFile(['Workbook']), 'unsupported-format', 'Excel'],
    ['a zip', '通知.zip', zip({ 'a.txt': '一' }), 'unsupported-format', '解压'],
    [
      'a photo',
      '通知.png',
      new Uint8Array(Buffer.from('89504e470d0a1a0a0000000049454e44ae426082', 'hex')),
      'no-text',
      'Word',
    ],
    ['rich text under the name of Word', '通知.doc', utf8('{\\rtf1\\ansi 通知}'), 'unsupported-format', 'RTF'],
    [
      'a web archive',
      '通知.doc',
      utf8('MIME-Version: 1.0\r\nContent-Type: multipart/related'),
      'unsupported-format',
      '网页',
    ],
    ['text under the name of Word', '通知.docx', utf8('通知'), 'type-mismatch', '纯文本'],
    ['Word under the name of text', '通知.txt', handMadeNotice({ body: '' }), 'type-mismatch', 'Word'],
    ['an encrypted file', '通知.docx', oleFile(['EncryptionInfo', 'EncryptedPackage']), 'encrypted', '密码'],
    ['nothing', '通知.txt', new Uint8Array(), 'empty', '空的'],
    ['blank lines', '通知.txt', utf8('\n\n  \n'), 'no-text', '没有文字'],
    ['a program', '通知.exe', new Uint8Array([0x4d, 0x5a, 0, 0, 1, 2, 3]), 'unknown-type', '.exe'],
  ])('%s', async (_, name, bytes, code, words) => {
    await expect(readNotice(bytes, name)).rejects.toMatchObject({
      name: 'OfficeRefusal',
      code,
      message: expect.stringContaining(words) as string,
    })
  })

  it('a file larger than it may be, before it is looked at', async () => {
    await expect(readNotice(utf8('通知'), '通知.txt', { maxBytes: 3 })).rejects.toMatchObject({ code: 'too-large' })
  })
})
