import { describe, expect, it } from 'vitest'
import { dueInWords, dueWords } from './due-words.js'

describe('words of a due day', () => {
  it.each(dueWords.map(({ example: [words, due] }) => [words, due] as const))('%s', (words, due) => {
    expect(dueInWords(words).due).toEqual(due)
  })

  it.each([
    ['每月２８日前将调度表报至办公室', { day: 28 }],
    ['每月 1 日前上报截至上月末的累计情况', { day: 1 }],
    ['次月五日前', { day: 5 }],
    ['每月三十一日', { day: 31 }],
    ['每星期天', { weekday: 7 }],
    ['自6月份开始上报，每月1日前', { day: 1 }],
    ['8月10日前报送', null],
    ['每月四十日前', null],
    ['以正文为准', null],
  ])('%s', (words, due) => {
    expect(dueInWords(words).due).toEqual(due)
  })

  it.each([
    ['自6月份开始上报', 6],
    ['各社区从五月起报送', 5],
    ['自2023年6月1日起', 6],
    ['每月1日前', null],
  ])('say since when: %s', (words, month) => {
    expect(dueInWords(words).sinceMonth).toBe(month)
  })
})
