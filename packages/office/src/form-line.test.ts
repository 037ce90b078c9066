import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fillFormLine, type FormFill } from './form-line.js'

const FILL: FormFill = {
  unit: '示例镇人民政府',
  date: '2026-06-09',
  persons: { 填报人: '甲某', 审核人: '乙某', 填表人: '丙某', 联系人: '丁某' },
  phones: { 填报人: '000-1234567', 审核人: '000-7654321' },
  period: '2026年5月',
}

describe('a form line is filled as officers write it', () => {
  it.each([
    ['单位名称：_____________________ 时间：2024年 月 日', '单位名称：示例镇人民政府\t时间：2026年6月9日'],
    ['单位___________ 时间：2024年 月 日', '单位示例镇人民政府\t时间：2026年6月9日'],
    ['（单位名称）：__________ 时间：2024年 月 日', '（单位名称）：示例镇人民政府\t时间：2026年6月9日'],
    ['填报单位：', '填报单位：示例镇人民政府'],
    ['填报单位（盖章）： 填报日期： 年 月 日', '填报单位（盖章）：示例镇人民政府\t填报日期：2026年6月9日'],
    ['填报单位：（盖章）', '填报单位：示例镇人民政府（盖章）'],
    ['填报人： 联系电话：', '填报人：甲某\t联系电话：000-1234567'],
    ['填报人： 审核人： 联系电话：', '填报人：甲某\t审核人：乙某\t联系电话：000-7654321'],
    ['填报单位： 联系电话：', '填报单位：示例镇人民政府\t联系电话：000-1234567'],
    ['填表人： 联系电话：', '填表人：丙某\t联系电话：'],
    ['审核人： 填表人： 填报时间：2024年 月', '审核人：乙某\t填表人：丙某\t填报时间：2026年6月'],
    ['填 报 人：____ 联系人（签字）：', '填报人：甲某\t联系人（签字）：'],
    ['统计时段：____ 填报时间：', '统计时段：2026年5月\t填报时间：2026年6月9日'],
    ['填报时间：____年__月__日', '填报时间：2026年6月9日'],
  ])('%s', (line, filled) => {
    expect(fillFormLine(line, FILL)).toBe(filled)
  })

  it('stays blank where nothing is known, with room to write in', () => {
    expect(fillFormLine('单位名称：____ 时间：2024年 月 日', {})).toBe('单位名称：____\t时间：2024年   月   日')
    expect(fillFormLine('分管领导： 单位性质：____', FILL)).toBe('分管领导：\t单位性质：____')
  })

  it('leaves alone what is printed already', () => {
    expect(fillFormLine('填报单位：示例县安委办 时间：2024年6月', FILL)).toBe('填报单位：示例县安委办\t时间：2024年6月')
  })

  it('never loses a label', () => {
    const label = fc.constantFrom('填报单位', '时间', '填报人', '联系电话', '备注', '审核人', '其他事项')
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 4 }), fc.boolean(), (labels, isFilled) => {
        const filled = fillFormLine(labels.map((each) => `${each}：____`).join(' '), isFilled ? FILL : {})
        expect(filled.split('\t').map((field) => field.split('：')[0])).toEqual(labels)
      }),
    )
  })
})
