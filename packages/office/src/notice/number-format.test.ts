import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numberText } from './number-format.js'

describe('a number is written as Word writes it', () => {
  it.each([
    ['chineseCounting', 1, '一'],
    ['chineseCountingThousand', 10, '十'],
    ['chineseCountingThousand', 11, '十一'],
    ['japaneseCounting', 20, '二十'],
    ['chineseCountingThousand', 99, '九十九'],
    ['chineseCountingThousand', 105, '一百零五'],
    ['chineseCountingThousand', 110, '一百一十'],
    ['chineseCountingThousand', 2001, '二千零一'],
    ['chineseCountingThousand', 10_000, '一万'],
    ['chineseCountingThousand', 10_500, '一万零五百'],
    ['chineseLegalSimplified', 12, '壹拾贰'],
    ['ideographDigital', 10, '一〇'],
    ['ideographTraditional', 3, '丙'],
    ['ideographTraditional', 11, '11'],
    ['ideographZodiac', 12, '亥'],
    ['decimal', 7, '7'],
    ['decimalZero', 7, '07'],
    ['decimalFullWidth', 12, '１２'],
    ['decimalEnclosedCircle', 3, '③'],
    ['decimalEnclosedCircleChinese', 21, '㉑'],
    ['decimalEnclosedCircle', 50, '㊿'],
    ['decimalEnclosedCircle', 51, '51'],
    ['decimalEnclosedParen', 2, '⑵'],
    ['decimalEnclosedFullstop', 20, '⒛'],
    ['upperLetter', 26, 'Z'],
    ['lowerLetter', 28, 'bb'],
    ['upperRoman', 1994, 'MCMXCIV'],
    ['lowerRoman', 4, 'iv'],
    ['upperRoman', 0, '0'],
    ['numberInDash', 5, '- 5 -'],
    ['none', 5, ''],
    ['ordinal', 12, '12th'],
    ['a format of tomorrow', 5, '5'],
  ])('%s of %i is %s', (format, value, text) => {
    expect(numberText(format, value)).toBe(text)
  })

  it('and no two numbers alike, up to 9,999', () => {
    const value = fc.integer({ min: 1, max: 9999 })
    const format = fc.constantFrom('chineseCountingThousand', 'chineseLegalSimplified', 'ideographDigital', 'decimal')
    fc.assert(
      fc.property(value, value, format, (one, other, as) => {
        expect(numberText(as, one) === numberText(as, other)).toBe(one === other)
      }),
    )
  })
})
