import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bareHeading, blankFor, readSections } from './narrative-sections.js'

const points = ['隐患排查整改情况', '存在的主要问题', '下步工作打算']

describe('a report read back', () => {
  it('finds a point however it is numbered, spaced or run on', () => {
    const lines = [
      '现将有关情况报告如下。',
      '一、隐患排查 整改情况',
      '排查3家。',
      '（二）存在的主要问题。个别场所重视不够。',
      '3．下步工作打算：',
      '继续排查。',
    ]
    expect(readSections(lines, points)).toEqual({ missing: [], empty: [], blanks: 0 })
  })

  it('names what is not there, and a heading with nothing under it', () => {
    const lines = ['一、隐患排查整改情况', '排查3家。', '二、存在的主要问题', '三、其他', '其他情况。']
    expect(readSections(lines, points)).toEqual({
      missing: ['下步工作打算'],
      empty: ['存在的主要问题'],
      blanks: 0,
    })
  })

  it('takes neither a blank of the draft, nor the closing words, the signature or the annexes for something written', () => {
    const lines = [
      '三、下步工作打算',
      blankFor('请写明本单位的具体情况'),
      '特此报告。',
      '附件：1.调度表',
      '柳荫街道',
      '2023年6月15日',
      '附件1',
      '填报单位：柳荫街道',
    ]
    expect(readSections(lines, ['下步工作打算'])).toEqual({ missing: [], empty: ['下步工作打算'], blanks: 1 })
    expect(readSections(['下步工作打算', '', '柳荫街道', '2023年6月15日'], ['下步工作打算']).empty).toHaveLength(1)
    expect(readSections(['下步工作打算', '抓好整改。', '柳荫街道', '2023年6月15日'], ['下步工作打算']).empty).toEqual(
      [],
    )
  })

  it('does not take a longer heading, or a sentence, for the point', () => {
    expect(readSections(['问题整改情况', '已整改。'], ['问题']).missing).toEqual(['问题'])
    expect(readSections(['本月着重查找问题，逐条整改。'], ['问题']).missing).toEqual(['问题'])
    expect(readSections(['12家企业有问题。'], ['12家企业']).missing).toEqual(['12家企业'])
  })

  it('counts what stands in a table, and in sub-headings, as written', () => {
    expect(readSections(['一、问题', '1 某场所 未整改'], ['问题']).empty).toEqual([])
    expect(readSections(['一、问题', '（一）消防方面。通道堵塞。', '二、打算', '整改。'], ['问题', '打算'])).toEqual({
      missing: [],
      empty: [],
      blanks: 0,
    })
  })

  const heading = fc
    .uniqueArray(fc.constantFrom('甲', '乙', '丙', '丁', '戊', '己', '庚', '辛'), { minLength: 1, maxLength: 8 })
    .map((words) => words.map((word) => `${word}方面的情况`))
  const numbers = [
    (at: number) => `${'一二三四五六七八'[at]}、`,
    (at: number) => `（${'一二三四五六七八'[at]}）`,
    (at: number) => `${at + 1}.`,
    () => '',
  ]

  it('names exactly the points that were left out or left empty, in every numbering', () => {
    fc.assert(
      fc.property(
        heading,
        fc.array(fc.constantFrom('left out', 'empty', 'blank', 'written', 'run on'), { minLength: 8, maxLength: 8 }),
        fc.constantFrom(...numbers),
        (headings, fates, number) => {
          const lines = headings.flatMap((text, at) => {
            const line = `${number(at)}${text}`
            switch (fates[at]) {
              case 'left out':
                return []
              case 'empty':
                return [line, '', '  ']
              case 'blank':
                return [line, blankFor('写明')]
              case 'run on':
                return [`${line}。已开展3次。`]
              default:
                return [line, '', '已开展3次。']
            }
          })
          const read = readSections([...lines, '某街道', '2023年6月15日'], headings)
          const fated = (...fate: string[]) => headings.filter((_, at) => fate.includes(fates[at] ?? ''))
          expect(read.missing).toEqual(fated('left out'))
          expect(read.empty).toEqual(fated('empty', 'blank'))
          expect(read.blanks).toBe(fated('blank').length)
        },
      ),
    )
  })

  it('reads any text without an end, and a bare heading is bare already', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string(), { maxLength: 30 }),
        fc.array(fc.string(), { maxLength: 5 }),
        (lines, headings) => {
          const { missing, empty } = readSections(lines, headings)
          expect([...missing, ...empty].every((one) => headings.includes(one))).toBe(true)
        },
      ),
    )
    for (const text of ['一、总体情况', '（三）问题：', '1.2、打算', '第二部分 措施']) {
      expect(bareHeading(bareHeading(text))).toBe(bareHeading(text))
    }
  })
})
