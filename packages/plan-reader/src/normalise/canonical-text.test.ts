import { describe, expect, it } from 'vitest'
import { CanonicalText } from './canonical-text.js'
import { simplified } from './traditional.js'

const canonical = (text: string) => CanonicalText.of(text).text

describe('the text as the rules read it', () => {
  it.each([
    ['２０２３年５月', '2023年5月'],
    ['（一）(二)', '（一）（二）'],
    ['2023 年\n5 月', '2023年5月'],
    ['關於印發專項整治', '关于印发专项整治'],
    ['5月1日—31日～－', '5月1日-31日--'],
    ['二○二三年', '二〇二三年'],
    ['2O23年l月', '2023年1月'],
    ['城中公发﹝2023﹞', '城中公发〔2023〕'],
    ['⽉⽇', '月日'],
    ['①②', '①②'],
    ['第 3 页 共 9 页', ''],
    ['前文\n- 12 -\n后文', '前文后文'],
  ])('%s', (text, read) => expect(canonical(text)).toBe(read))

  it('keeps the length of every character, and knows where it stands', () => {
    const source = '關於 ２０２３\n年'
    const text = CanonicalText.of(source)
    expect(text.words(0, 2).own).toBe('關於')
    expect(text.words(2, 6).source).toEqual({ start: 3, end: 7 })
    expect(text.words(5, 7).raw).toBe('３\n年')
    for (const [traditional, simple] of simplified) expect([traditional.length, simple.length]).toEqual([1, 1])
  })
})
