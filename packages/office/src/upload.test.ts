import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { handMadeDocument, handMadeWorkbook, oleFile, utf8, zip } from '../test/builders.js'
import { identifyUpload, type UploadLimits } from './upload.js'

const verdict = (bytes: Uint8Array, name: string, limits?: Partial<UploadLimits>) => {
  const found = identifyUpload(bytes, name, limits)
  return found.ok ? found.kind : found.code
}

function jpeg({ isWhole = true } = {}): Uint8Array {
  const thumbnail = [0xff, 0xe1, 0x00, 0x06, 0xff, 0xd8, 0xff, 0xd9] // an end mark inside the head ends nothing
  const scan = [0xff, 0xda, 0x00, 0x04, 0x00, 0x00, 0x12, 0x34]
  return new Uint8Array([0xff, 0xd8, ...thumbnail, ...scan, ...(isWhole ? [0xff, 0xd9] : [])])
}

function png({ isWhole = true } = {}): Uint8Array {
  const end = isWhole ? Buffer.from('0000000049454e44ae426082', 'hex') : Buffer.alloc(0)
  return new Uint8Array(Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), end]))
}

describe('a file is known by its content', () => {
  it.each([
    ['a workbook', handMadeWorkbook({}), '台账.xlsx', 'xlsx'],
    ['a document', handMadeDocument('<w:p/>'), '方案.docx', 'docx'],
    ['an old workbook', oleFile(['Workbook']), '台账.xls', 'xls'],
    ['a workbook of WPS', oleFile(['Workbook']), '台账.et', 'xls'],
    ['an old document', oleFile(['WordDocument']), '方案.doc', 'doc'],
    ['a zip', zip({ '照片/一.txt': '一' }), '佐证.zip', 'zip'],
    ['a PDF', utf8('%PDF-1.7\n...\n%%EOF\n'), '扫描件.PDF', 'pdf'],
    ['a photo', jpeg(), 'IMG_1.JPG', 'jpeg'],
    ['a picture', png(), '图.png', 'png'],
    ['a photo of WebP', new Uint8Array([...utf8('RIFF'), 4, 0, 0, 0, ...utf8('WEBP')]), '图.webp', 'webp'],
    ['a photo of a phone', new Uint8Array([0, 0, 0, 16, ...utf8('ftypheic'), 0, 0, 0, 0]), '图.heic', 'heic'],
    ['JSON', utf8('{"甲":1}'), '数据.json', 'json'],
    ['text', utf8('序号,名称\n1,甲'), '数据.csv', 'text'],
    ['text of older Windows', new Uint8Array([0xd2, 0xfe, 0xbb, 0xbc]), '数据.txt', 'text'],
    ['a file without an ending', handMadeWorkbook({}), '台账', 'xlsx'],
  ])('%s', (_, bytes, name, kind) => {
    expect(verdict(bytes, name)).toBe(kind)
  })

  it('gives the media type to serve it under, whatever the name says', () => {
    expect(identifyUpload(jpeg(), 'a.jfif')).toEqual({
      ok: true,
      kind: 'jpeg',
      mediaType: 'image/jpeg',
      extension: 'jpg',
    })
  })
})

describe('a file is refused', () => {
  it.each([
    ['empty', new Uint8Array(), 'a.xlsx', 'empty'],
    ['text renamed', utf8('不是表格'), '台账.xlsx', 'type-mismatch'],
    ['a workbook renamed', handMadeWorkbook({}), '照片.jpg', 'type-mismatch'],
    ['a workbook under its old ending', handMadeWorkbook({}), '台账.xls', 'type-mismatch'],
    ['a zip with a workbook in it, renamed', zip({ 'a.xlsx': handMadeWorkbook({}) }), '台账.xlsx', 'type-mismatch'],
    ['a zip in a zip', zip({ 'b.zip': zip({ 'c.txt': '深' }) }), '佐证.zip', 'nested-archive'],
    [
      'a workbook with a package in it',
      handMadeWorkbook({ extra: { 'xl/embeddings/a.bin': zip({ a: 'b' }) } }),
      'a.xlsx',
      'nested-archive',
    ],
    ['a name that climbs out', zip({ '../../evil.txt': '恶' }), 'a.zip', 'unsafe-entry-name'],
    ['a name that climbs out of Windows', zip({ '..\\evil.txt': '恶' }), 'a.zip', 'unsafe-entry-name'],
    ['an absolute name', zip({ '/etc/passwd': '恶' }), 'a.zip', 'unsafe-entry-name'],
    ['an encrypted workbook', oleFile(['EncryptionInfo', 'EncryptedPackage']), '台账.xlsx', 'encrypted'],
    ['an OLE file of another kind', oleFile(['VisioDocument']), '图.vsd', 'unknown-type'],
    ['a program', new Uint8Array([0x4d, 0x5a, 0, 0, 1, 2, 3]), 'a.exe', 'unknown-type'],
    ['a workbook with macros', handMadeWorkbook({ extra: { 'xl/vbaProject.bin': 'x' } }), 'a.xlsx', 'has-macros'],
    ['a photo cut off behind its thumbnail', jpeg({ isWhole: false }), 'a.jpg', 'truncated'],
    ['a picture cut off', png({ isWhole: false }), 'a.png', 'truncated'],
    ['a PDF cut off', utf8('%PDF-1.7\n1 0 obj'), 'a.pdf', 'truncated'],
    ['an OLE file cut off', oleFile(['Workbook']).slice(0, 1000), 'a.xls', 'truncated'],
  ])('%s', (_, bytes, name, code) => {
    expect(verdict(bytes, name)).toBe(code)
  })

  it('for its size, before it is looked at', () => {
    expect(verdict(utf8('x'.repeat(11)), 'a.txt', { maxBytes: 10 })).toBe('too-large')
  })

  it('for too many entries', () => {
    const files = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`${i}.txt`, 'x']))
    expect(verdict(zip(files), 'a.zip', { maxEntries: 20 })).toBe('too-many-entries')
  })

  it('for inflating too far, counted and not as declared', () => {
    const bomb = zip({ 'a.txt': new Uint8Array(20 * 1024 * 1024) })
    expect(verdict(bomb, 'a.zip')).toBe('inflates-too-much')
    // 1 in the directory where 20 MB come out.
    const view = new DataView(bomb.buffer, bomb.byteOffset)
    view.setUint32(Buffer.from(bomb).lastIndexOf('PK\x01\x02', undefined, 'latin1') + 24, 1, true)
    expect(verdict(bomb, 'a.zip')).toBe('inflates-too-much')
    expect(verdict(zip({ 'a.txt': new Uint8Array(3000) }), 'a.zip', { maxInflatedBytes: 2000 })).toBe(
      'inflates-too-much',
    )
  })

  it('says what is wrong and what to do, in Chinese', () => {
    const refused = identifyUpload(utf8('不是表格'), '台账.xlsx')
    expect(refused.ok ? '' : refused.message).toMatch(/扩展名是 \.xlsx，内容却是纯文本。请/)
  })

  it('wherever a workbook is cut off', () => {
    const whole = handMadeWorkbook({ sheet: '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>' })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: whole.length - 1 }), (length) => {
        expect(identifyUpload(whole.slice(0, length), 'a.xlsx').ok).toBe(false)
      }),
      { numRuns: 60 },
    )
  })

  it('or accepted, but never throws, whatever byte is changed', () => {
    const whole = handMadeWorkbook({ sheet: '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>' })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), fc.integer({ min: 0, max: 255 }), (at, byte) => {
        const changed = whole.slice()
        changed[at] = byte
        expect(identifyUpload(changed, 'a.xlsx').ok).toBeTypeOf('boolean')
      }),
      { numRuns: 150 },
    )
  })
})
