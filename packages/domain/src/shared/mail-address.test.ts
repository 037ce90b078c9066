import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readMailAddress } from './mail-address.js'

const read = (text: string) => {
  const decision = readMailAddress(text)
  return decision.ok ? decision.value : decision.refusal.code
}

describe('a mail address', () => {
  it.each([
    ['anban@example.gov.cn', 'anban@example.gov.cn'],
    [' An.Ban+tixing@EXAMPLE.Gov.CN ', 'An.Ban+tixing@example.gov.cn'],
    ['ａｎｂａｎ@example.cn', 'anban@example.cn'],
  ])('%j is read as %s', (text, address) => {
    expect(read(text)).toBe(address)
  })

  it.each([
    ...[
      '',
      'anban',
      '@example.cn',
      'anban@',
      'anban@localhost',
      'a..b@example.cn',
      'anban@-example.cn',
      'a b@example.cn',
    ],
    ...['安办 <anban@example.cn>', 'a@example.cn,b@example.cn', 'a@example.cn;b@example.cn', '"a b"@example.cn'],
    ...[
      'a@example.cn\r\nBcc: b@example.cn',
      'a@example.cn\nb',
      'a\u0000@example.cn',
      'a@example.cn>',
      '安办@example.cn',
    ],
    ...[
      `${'a'.repeat(65)}@example.cn`,
      `a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(10)}.cn`,
    ],
  ])('%j is refused', (text) => {
    expect(read(text)).toBe('mail.address')
  })

  it('never holds what ends a header, begins a second address or leaves ASCII', () => {
    const parts = fc.constantFrom(
      'a',
      '@',
      'example.cn',
      '\r',
      '\n',
      ',',
      '<',
      '>',
      '"',
      ' ',
      ':',
      ';',
      '\u2028',
      '中',
      '.',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(parts).map((some) => some.join('')),
          fc.string({ unit: 'binary' }),
        ),
        (text) => {
          const decision = readMailAddress(text)
          if (decision.ok) expect(decision.value).toMatch(/^[!-+\--9=?A-Z^-~/]+@[a-z0-9.-]+$/)
        },
      ),
    )
  })
})
