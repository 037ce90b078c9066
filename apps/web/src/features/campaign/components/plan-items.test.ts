import { describe, expect, it } from 'vitest'
import { blankDraft, type PlanDraft } from './plan-draft.js'
import { findQuote, itemsOf, segmentsOf, withoutItem } from './plan-items.js'

const text = '各镇每月开展1次检查。\n各镇每季度开展1次 演 练。'
const duty = (action: string, start: number, end: number) => ({
  level: 'government' as const,
  actor: '各镇',
  action,
  frequency: { times: 1, per: 'month' as const },
  deadline: null,
  condition: null,
  quota: null,
  source: { start, end },
})
const draft: PlanDraft = {
  ...blankDraft(null, '青榆区', '2023-05-20'),
  plan: { ...blankDraft(null, '青榆区', '2023-05-20').plan, duties: [duty('检查', 0, 10), duty('演练', 12, 27)] },
}

describe('items of a notice', () => {
  it('keep their keys while others are dropped', () => {
    const [first, second] = itemsOf(draft, text)
    if (first === undefined || second === undefined) throw new Error('two items')
    const left = itemsOf(withoutItem(draft, first), text)
    expect(left.map(({ key }) => key)).toEqual([second.key])
    expect(left[0]?.title).toBe('各镇：演练')
  })

  it('tell two of the same words apart', () => {
    const twice = { ...draft, plan: { ...draft.plan, duties: [duty('检查', 0, 10), duty('约谈', 0, 10)] } }
    const keys = itemsOf(twice, text).map(({ key }) => key)
    expect(new Set(keys).size).toBe(2)
  })

  it('mark the text where they stand, the shortest first where several do', () => {
    const overlapping = { ...draft, plan: { ...draft.plan, duties: [duty('检查', 0, 10), duty('次', 5, 8)] } }
    const items = itemsOf(overlapping, text)
    const segments = segmentsOf({ start: 0, end: 12 }, items)
    expect(segments.map(({ start, end, keys }) => [start, end, keys.length])).toEqual([
      [0, 5, 1],
      [5, 8, 2],
      [8, 10, 1],
      [10, 12, 0],
    ])
    expect(segments[1]?.keys[0]).toBe(items[1]?.key)
  })

  it('find the words of a contradiction whatever white space stands in them', () => {
    const found = findQuote(text, '1次演练')
    expect(text.slice(found?.start, found?.end)).toBe('1次 演 练')
    expect(findQuote(text, '没有这句话')).toBeNull()
    expect(findQuote(text, ' ')).toBeNull()
  })
})
