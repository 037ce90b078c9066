import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sentenceAt, sentenceText, taskSource } from './notice-basis.js'
import type { PlanTask } from './plan.js'

const text = [
  '二、工作要求',
  '（一）加强领导。各镇要明确专人；村（社区）每季度召开1次会议。',
  '（二）按时报送。各镇于3月15日前报送实施方案，每月28日前',
  '报送调度表。其他事项另行通知',
].join('\n')
const at = (words: string) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length })

describe('the sentence of a thing', () => {
  it('is all that is said with the words that were read', () => {
    expect(sentenceText(text, at('实施方案'))).toBe('各镇于3月15日前报送实施方案，每月28日前')
    expect(sentenceText(text, at('每季度召开1次会议'))).toBe('村（社区）每季度召开1次会议。')
    expect(sentenceText(text, at('各镇要明确专人；'))).toBe('各镇要明确专人；')
    expect(sentenceText(text, at('其他事项'))).toBe('其他事项另行通知')
  })

  it('joins the lines that the words themselves run over', () => {
    expect(sentenceText(text, at('每月28日前\n报送调度表'))).toBe('各镇于3月15日前报送实施方案，每月28日前报送调度表。')
  })

  it('never leaves the text, holds the words, and grown again stays the same', () => {
    const signs = fc.constantFrom('。', '；', '\n', ' ', '镇', '报', '1')
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 60 }), fc.nat(59), fc.nat(59), (parts, one, other) => {
        const any = parts.join('')
        const [start = 0, end = 0] = [Math.min(one, any.length), Math.min(other, any.length)].sort((a, b) => a - b)
        const grown = sentenceAt(any, { start, end })
        expect(grown.start).toBeGreaterThanOrEqual(0)
        expect(grown.end).toBeLessThanOrEqual(any.length)
        expect(grown.start).toBeLessThanOrEqual(grown.end)
        expect(any.slice(grown.start, grown.end)).toContain(any.slice(start, end).trim())
        if (grown.end > grown.start) expect(sentenceAt(any, grown)).toEqual(grown)
      }),
    )
  })
})

describe('the place of a task', () => {
  const planTask = (task: string, requirement: string, start: number): PlanTask => ({
    area: '企业责任',
    task,
    requirement,
    responsible: [],
    frequency: null,
    quota: null,
    dueText: '',
    due: null,
    source: { start, end: start + 5 },
  })
  const annexes = [
    {
      ordinal: 1,
      title: '清单',
      kind: 'task-list' as const,
      tasks: [planTask('带头', '公示承诺', 10), planTask('带头', '带队检查', 20), planTask('外包', '建立名单', 30)],
    },
  ]
  const row = { ordinal: 2, area: '企业责任', task: '带头', requirement: '带队检查' }

  it('is found by its words, wherever it stands by now', () => {
    expect(taskSource({ annexes }, row)?.start).toBe(20)
    expect(taskSource({ annexes }, { ...row, ordinal: 9 })?.start).toBe(20)
  })

  it('is kept when its wording was put right, and is none of a task that the office added', () => {
    expect(taskSource({ annexes }, { ...row, requirement: '每月带队检查' })?.start).toBe(20)
    expect(taskSource({ annexes }, { ordinal: 4, area: '其他', task: '', requirement: '补充' })).toBeNull()
    expect(taskSource({ annexes }, { ...row, ordinal: 3, requirement: '每月带队检查' })).toBeNull()
  })

  it('of the same words twice is the one at its place', () => {
    const twice = [{ ...annexes[0]!, tasks: [planTask('带头', '带队检查', 1), planTask('带头', '带队检查', 2)] }]
    expect(taskSource({ annexes: twice }, row)?.start).toBe(2)
  })
})
