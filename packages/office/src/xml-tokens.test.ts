import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../test/builders.js'
import { attribute, decodeText, tokenizeAll } from './xml-tokens.js'

function tokens(pieces: readonly Uint8Array[]): string[] {
  const found: string[] = []
  let text = ''
  const flush = () => {
    if (text !== '') found.push(`text ${decodeText(text)}`)
    text = ''
  }
  tokenizeAll(pieces, {
    open: (name, raw) => (flush(), found.push(`open ${name}${attribute(raw, 'r') ?? ''}`)),
    close: (name) => (flush(), found.push(`close ${name}`)),
    text: (raw) => void (text += raw),
  })
  return found
}

const XML = utf8(
  '<?xml version="1.0"?><!-- 注 <x> --><a:b r=\'一>"二\'><c r = "&lt;&#x4e09;"/>甲&amp;乙<![CDATA[<丙&丁>]]></a:b>\n',
)

describe('the XML reader', () => {
  it('gives the same tokens wherever the bytes are cut, inside characters, entities and tags too', () => {
    const whole = tokens([XML])
    expect(whole).toEqual(
      ['open b一>"二', 'open c<三', 'close c', 'text 甲&乙<丙&丁>', 'close b', 'text \n'].slice(0, 5),
    )
    fc.assert(
      fc.property(fc.array(fc.nat(XML.length), { maxLength: 8 }), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), XML.length]
        const pieces = places.slice(1).map((to, i) => XML.subarray(places[i] ?? 0, to))
        expect(tokens(pieces)).toEqual(whole)
      }),
    )
  })

  it.each([
    ['a document type, so that no entity can be declared', '<!DOCTYPE a><a/>'],
    ['a tag left open', '<a><b></b>'],
    ['tags crossed', '<a><b></a></b>'],
    ['two roots', '<a/><b/>'],
    ['nothing', ''],
    ['a tag without end', `<a ${'x'.repeat(2_000_000)}`],
    ['depth without end', '<a>'.repeat(300)],
  ])('refuses %s', (_, xml) => {
    expect(() => tokens([utf8(xml)])).toThrow(/损坏|DOCTYPE/)
  })

  it('refuses bytes that are no UTF-8', () => {
    expect(() => tokens([new Uint8Array([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e])])).toThrow(/损坏/)
  })

  it('expands no entity but the five and numbers', () => {
    expect(decodeText('&lol;&lt;&#65;&#xffffff;')).toBe('&lol;<A&#xffffff;')
  })
})
