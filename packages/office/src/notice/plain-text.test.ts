import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../test/builders.js'
import { faultsIn } from '../../test/notices.js'
import { readNotice } from './notice-reader.js'
import { noticeOfText } from './plain-text.js'

const TEXT = '某县安委会办公室\r\n关于开展排查整治的通知\r\n\r\n各镇：\r\n请于2024年6月1日前报送。'
const READ = '某县安委会办公室\n关于开展排查整治的通知\n\n各镇：\n请于2024年6月1日前报送。\n'

/** The two bytes of each character that the test needs, as GB 18030 has them. */
const GB: Readonly<Record<string, readonly [number, number]>> = {
  通: [0xcd, 0xa8],
  知: [0xd6, 0xaa],
  各: [0xb8, 0xf7],
  镇: [0xd5, 0xf2],
  '：': [0xa3, 0xba],
}

function gb18030(text: string): Uint8Array {
  return new Uint8Array([...text].flatMap((character) => GB[character] ?? [character.charCodeAt(0)]))
}

function utf16(text: string, { isBig = false, isMarked = true } = {}): Uint8Array {
  const bytes = Buffer.from((isMarked ? '\ufeff' : '') + text, 'utf16le')
  return new Uint8Array(isBig ? bytes.swap16() : bytes)
}

describe('a text file is read in the encoding that it has', () => {
  it.each([
    ['UTF-8', utf8(TEXT)],
    ['UTF-8 with a mark', utf8(`\ufeff${TEXT}`)],
    ['UTF-16 of Windows', utf16(TEXT)],
    ['UTF-16 the other way round', utf16(TEXT, { isBig: true })],
    ['UTF-16 without a mark', utf16(TEXT, { isMarked: false })],
    ['UTF-16 the other way round without a mark', utf16(TEXT, { isMarked: false, isBig: true })],
  ])('%s', async (_, bytes) => {
    expect((await readNotice(bytes, '通知.txt')).text).toBe(READ)
  })

  it('GB 18030 of Chinese Windows', async () => {
    expect((await readNotice(gb18030('通知\r\n各镇：'), '通知.txt')).text).toBe('通知\n各镇：\n')
    expect((await readNotice(gb18030('通知'), '通知.txt')).text).toBe('通知\n')
  })

  it('and bytes that are no text are refused, with what to do', async () => {
    const noise = new Uint8Array(400).map((_, i) => 128 + ((i * 73) % 127))
    await expect(readNotice(noise, '通知.txt')).rejects.toMatchObject({
      name: 'OfficeRefusal',
      message: expect.stringMatching(/请/) as string,
    })
  })
})

describe('pasted text', () => {
  it('is a paragraph a line; an empty line is no paragraph', () => {
    const { text, blocks, form } = noticeOfText('一、总体要求\n\n　　为了安全。\n')
    expect(form).toBe('text')
    expect(blocks.map(({ start, end }) => text.slice(start, end))).toEqual(['一、总体要求', '　　为了安全。'])
  })

  it('keeps the tabs of a table that was flattened, empty cells too', () => {
    expect(noticeOfText('\t序号\n\t单位\n\n\t1\n\t\n').text).toBe('\t序号\n\t单位\n\n\t1\n\t\n')
  })

  it('begins a page at a form feed', () => {
    const { blocks } = noticeOfText('正文\n\f附件1\n调度表')
    expect(blocks.map((block) => block.kind === 'paragraph' && block.pageBreakBefore)).toEqual([false, true, false])
  })

  it('longer than any notice is refused', () => {
    expect(() => noticeOfText('字'.repeat(101), { maxCharacters: 100 })).toThrow('文字太多')
  })

  it('is sound, whatever it is', () => {
    const anyText = fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
      .map((codes) => String.fromCharCode(...codes))
    const text = fc
      .array(fc.oneof(anyText, fc.constantFrom('甲', '\n', '\r', '\f', '\t', '\u00ad')))
      .map((all) => all.join(''))
    fc.assert(
      fc.property(text, (pasted) => {
        expect(faultsIn(noticeOfText(pasted))).toEqual([])
      }),
    )
  })
})
