import { describe, expect, it } from 'vitest'
import { scoreReasons } from './score-words.js'

describe('the reasons of a score', () => {
  const one = { title: '每周快报', periodTitle: '2023年6月', sector: '', dueOn: '2023-06-16', score: 94 }
  const late = { rule: 'late' as const, points: -6, text: '迟报3天，扣6分' }
  const back = { rule: 'sent-back' as const, points: -5, text: '被退回1次，扣5分' }

  it('are those of each return that lost points, with its schedule where there are several, and nothing of the others', () => {
    const months = [
      {
        month: '2023-06',
        score: 96,
        returns: [
          { ...one, returnId: 'a', lines: [] },
          { ...one, returnId: 'b', sector: '工贸', lines: [late, back] },
        ],
      },
    ]
    const why = '迟报3天，扣6分，被退回1次，扣5分'
    expect(scoreReasons({ months }, false)).toEqual([{ returnId: 'b', what: '2023年6月（工贸）', why }])
    expect(scoreReasons({ months }, true)).toEqual([{ returnId: 'b', what: '每周快报 2023年6月（工贸）', why }])
  })
})
