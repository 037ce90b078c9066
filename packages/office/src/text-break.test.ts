import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breakEvenly, breakGroupName } from './text-break.js'
import { textWidth } from './text-width.js'

describe('a label is broken as a typist breaks it', () => {
  it.each([
    ['检查场所总数（家次）', 28, ['检查场所总数（家次）']],
    ['场所自查发现的各类火灾隐患（处）', 28, ['场所自查发现的', '各类火灾隐患（处）']],
    [
      '示例县冬春火灾防控专项排查整治2024行动推进情况汇总表',
      50,
      ['示例县冬春火灾防控专项排查整治', '2024行动推进情况汇总表'],
    ],
    ['某某街道重大事故隐患专项排查整治2026行动方案', 40, ['某某街道重大事故隐患', '专项排查整治2026行动方案']],
  ])('%s', (text, width, lines) => {
    expect(breakEvenly(text, width)).toEqual(lines)
  })

  it('loses nothing, keeps to the width, and begins no line with a closing mark', () => {
    const text = fc.array(
      fc.constantFrom('隐患', '整改', '的', '（家次）', '、', '2024', '检查', '，', '“', '”', '安'),
      { minLength: 1, maxLength: 24 },
    )
    fc.assert(
      fc.property(text, fc.integer({ min: 16, max: 60 }), (parts, width) => {
        const lines = breakEvenly(parts.join(''), width)
        expect(lines.join('')).toBe(parts.join(''))
        if (lines.length === 1) return
        for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(width)
        for (const line of lines.slice(1)) expect(line).not.toMatch(/^[）、，”]/)
      }),
    )
  })

  it('sets the name of a group two by two where that is even', () => {
    expect(breakGroupName('组织领导情况', 3)).toEqual(['组织', '领导', '情况'])
    expect(breakGroupName('宣传教育培训情', 3)).toEqual(['宣传教', '育培训', '情'])
    expect(breakGroupName('总体', 3)).toEqual(['总体'])
  })
})
