import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkCharacterOf, CREDIT_CODE_ALPHABET, creditCodeOf, decideCreditCode, isCreditCode } from './credit-code.js'
import { decidePhone } from './phone.js'

const ordinals = fc.integer({ min: 0, max: 800_000_000 })
const messageOf = (code: string) => {
  const answer = decideCreditCode(code)
  return answer.ok ? 'ok' : answer.refusal.message
}

describe('统一社会信用代码', () => {
  it('gives the check character of the standard by another way of counting', () => {
    fc.assert(
      fc.property(ordinals, (ordinal) => {
        const code = creditCodeOf('91', '360902', ordinal)
        // ISO 7064 MOD 31-3: read as a number to the base of 3, the first character weighing least.
        let sum = 0
        for (let index = 17; index >= 0; index--)
          sum = (sum * 3 + CREDIT_CODE_ALPHABET.indexOf(code.charAt(index))) % 31
        const first17 = [...code.slice(0, 17)].reduceRight(
          (total, each) => (total * 3 + CREDIT_CODE_ALPHABET.indexOf(each)) % 31,
          0,
        )
        expect((first17 + CREDIT_CODE_ALPHABET.indexOf(code.charAt(17))) % 31).toBe(0)
        expect(sum).toBeGreaterThanOrEqual(0)
        expect(isCreditCode(code)).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })

  it('finds every single wrong character, and every exchange of two neighbours', () => {
    fc.assert(
      fc.property(ordinals, fc.nat(17), fc.nat(30), (ordinal, place, other) => {
        const code = creditCodeOf('91', '360902', ordinal)
        const wrong = code.slice(0, place) + CREDIT_CODE_ALPHABET.charAt(other) + code.slice(place + 1)
        expect(isCreditCode(wrong)).toBe(wrong === code)
        const [a, b] = [code.charAt(place), code.charAt(place + 1)]
        const swapped = code.slice(0, place) + b + a + code.slice(place + 2)
        if (b !== '') expect(isCreditCode(swapped)).toBe(swapped === code)
      }),
      { numRuns: 1_000 },
    )
  })

  it('has letters for check characters too', () => {
    const last = new Set(Array.from({ length: 500 }, (_, n) => creditCodeOf('91', '360902', n).slice(17)))
    expect(last.size).toBe(31)
    expect(new Set(Array.from({ length: 5_000 }, (_, n) => creditCodeOf('91', '360902', n))).size).toBe(5_000)
  })

  it('is read in full width, in lower case and with spaces', () => {
    const code = creditCodeOf('91', '360902', 12_345)
    const wide = [...code].map((each) => String.fromCharCode(each.charCodeAt(0) + 0xfee0)).join('')
    for (const written of [
      wide,
      code.toLowerCase(),
      ` ${code.slice(0, 8)} ${code.slice(8)}\u200b`,
      code.replace(/(.{6})/g, '$1-'),
    ]) {
      expect(decideCreditCode(written)).toEqual({ ok: true, value: code })
    }
  })

  it('says which character is wrong, and what the check character should be', () => {
    const code = creditCodeOf('91', '360902', 1)
    expect(messageOf(`${code.slice(0, 9)}O${code.slice(10)}`)).toContain('第10位“O”不对，代码中不用字母O，可能是“0”')
    expect(messageOf(`91A60902${code.slice(8)}`)).toContain('第3位“A”不对，第3至8位是区划代码')
    expect(messageOf(code.slice(0, 17))).toContain('有17位，少1位')
    const wrong = code.endsWith('A') ? 'B' : 'A'
    expect(messageOf(code.slice(0, 17) + wrong)).toContain(
      `第18位应为“${checkCharacterOf(code.slice(0, 17))}”，现为“${wrong}”`,
    )
    expect(messageOf('')).toContain('请填写')
  })
})

describe('telephones', () => {
  it.each([
    ['13800001234', '13800001234'],
    ['+86 138-0000-1234', '13800001234'],
    ['１３８００００１２３４', '13800001234'],
    ['(0791) 86260001', '0791-86260001'],
    ['0791-86260001转8001', '0791-86260001-8001'],
    ['010-62345678', '010-62345678'],
    ['400-800-1234', '4008001234'],
    ['12800001234', null],
    ['1380000123', null],
    ['86260001', null],
    ['无', null],
  ])('%s: %s', (written, kept) => {
    const answer = decidePhone(written, 'principal.phone')
    expect(answer.ok ? answer.value : null).toBe(kept)
  })
})
