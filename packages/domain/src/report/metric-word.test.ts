import { describe, expect, it } from 'vitest'
import { readHeading, readLabel, topicOf } from './metric-meaning.js'
import { HEADING_WORDS, METRIC_WORDS } from './metric-word.js'

const examplesOf = (words: typeof METRIC_WORDS) =>
  words.flatMap(({ says, examples }) => examples.map((example) => [example, says] as const))

describe('the words of labels', () => {
  it.each(examplesOf(METRIC_WORDS))('%s', (example, says) => {
    // What only a listing tells of (市级挂牌督办) is read before it.
    const read = readLabel('place' in says ? `${example}挂牌督办` : example)
    expect(read.facets).toMatchObject(says)
    if (!('place' in says)) expect(read.facets).toEqual(says)
    expect([read.left, [...read.torn]]).toEqual([[], []])
  })

  it('that nobody knows are left over, together where they stand together', () => {
    expect(readLabel('危化企业自查发现的锅炉重大隐患').left).toEqual(['危化', '锅炉'])
  })

  it('that disagree tear their facet', () => {
    expect([...readLabel('企业自查和部门检查发现的重大事故隐患和重点隐患').torn].sort()).toEqual([
      'grade',
      'subject',
      'way',
    ])
  })
})

describe('the words of headings', () => {
  it.each(examplesOf(HEADING_WORDS))('%s', (example) => {
    expect(readHeading(example)).toMatchObject({ facets: {}, left: [] })
  })

  it.each([
    ['企业自查自改情况', 'enterprise'],
    ['使用单位自查情况', 'enterprise'],
    ['部门监管执法', 'department'],
    ['乡镇部门检查情况', 'department'],
    ['街道检查执法', 'department'],
    ['总体情况', null],
    ['企业自查和部门检查情况', null],
    ['对企业自查自改进行抽查检查情况', null],
  ] as const)('%s tells whose finding it is: %s', (heading, topic) => {
    expect(topicOf(readHeading(heading))).toBe(topic)
  })
})
