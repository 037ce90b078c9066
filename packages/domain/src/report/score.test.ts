import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../shared/civil-date.js'
import {
  FULL_SCORE,
  meanScore,
  OVERDUE_SCORE,
  scoredMonth,
  scoreOf,
  scoreRules,
  scoreRulesAsMarkdown,
  type ScoredReturn,
} from './score.js'

const filed: ScoredReturn = {
  dueOn: '2023-06-16',
  excusedUntil: null,
  firstSubmittedOn: '2023-06-16',
  dissolvedOn: null,
  timesSentBack: 0,
  timesReopened: 0,
  remarks: [],
}
const scored = (changes: Partial<ScoredReturn>, today = '2023-07-01') => scoreOf({ ...filed, ...changes }, today)
const score = (...of: Parameters<typeof scored>) => scored(...of)?.score ?? null
const answer = (text: string, finding = 'fell:g1.m1') => ({ finding, text })

describe('the score of a return', () => {
  it('is full when it was filed in time and stood', () => {
    expect(scored({})).toEqual({ score: 100, lines: [] })
  })

  it.each([
    ['a day late', { firstSubmittedOn: '2023-06-17' }, 98, '迟报1天，扣2分'],
    ['eleven days late', { firstSubmittedOn: '2023-06-27' }, 80, '迟报11天，扣20分（最多扣20分）'],
    ['sent back twice', { timesSentBack: 2 }, 90, '被退回2次，扣10分'],
    ['a soft finding that nobody explained', { remarks: [answer('无')] }, 97, '1处提示的说明不足4个字，扣3分'],
    ['corrected after it was accepted', { timesReopened: 1 }, 95, '接收后重新开启1次，扣5分'],
  ] satisfies [string, Partial<ScoredReturn>, number, string][])('%s', (_, changes, expected, text) => {
    expect(scored(changes)).toMatchObject({ score: expected, lines: [{ text }] })
  })

  it('of one that is past its day and not filed is nothing, and there is none before', () => {
    expect(scored({ firstSubmittedOn: null }, '2023-06-16')).toBeNull()
    expect(scored({ firstSubmittedOn: null }, '2023-06-19')).toEqual({
      score: OVERDUE_SCORE,
      lines: [{ rule: 'overdue', points: -100, text: '逾期3天未报，本期计0分' }],
    })
  })

  it('of a dissolved unit counts what it owed while it was there, and nothing that fell due after its last day', () => {
    const gone = { firstSubmittedOn: null, dissolvedOn: '2023-06-19' }
    expect(scored(gone)).toEqual({
      score: OVERDUE_SCORE,
      lines: [{ rule: 'overdue', points: -100, text: '到撤销时逾期2天未报，本期计0分' }],
    })
    expect(scored({ ...gone, dissolvedOn: '2023-06-16' })).toBeNull()
    // Filed by whoever was left: it was not asked for, and is neither a merit nor a fault.
    expect(scored({ firstSubmittedOn: '2023-06-30', timesSentBack: 2, dissolvedOn: '2023-06-16' })).toBeNull()
    expect(score({ firstSubmittedOn: '2023-06-30', dissolvedOn: '2023-06-19' })).toBe(96)
  })

  it('loses nothing by a delay that was allowed', () => {
    const excused = { excusedUntil: '2023-06-20', firstSubmittedOn: '2023-06-20' }
    expect(scored(excused)).toEqual({
      score: 100,
      lines: [{ rule: 'excused', points: 0, text: '准予延期至2023-06-20，不扣分' }],
    })
    expect(score({ ...excused, firstSubmittedOn: '2023-06-21' })).toBe(98)
    expect(score({ ...excused, firstSubmittedOn: null }, '2023-06-20')).toBeNull()
  })

  it('looks at what was said last to a finding, in characters, and not at what a receiver wrote', () => {
    expect(score({ remarks: [answer('无'), answer('上月多计一次')] })).toBe(100)
    expect(score({ remarks: [answer('已核实了')] })).toBe(100)
    expect(score({ remarks: [answer(' 属实 ')] })).toBe(97)
    expect(score({ remarks: [{ text: '错' }] })).toBe(100)
  })

  it('is explained to the last point by its lines, and no rule takes more than it may', () => {
    const any = fc.record({
      late: fc.integer({ min: -20, max: 60 }),
      excused: fc.option(fc.integer({ min: 1, max: 30 })),
      isFiled: fc.boolean(),
      timesSentBack: fc.nat(9),
      timesReopened: fc.nat(9),
      remarks: fc.array(fc.record({ finding: fc.string({ minLength: 1 }), text: fc.string({ maxLength: 8 }) })),
    })
    fc.assert(
      fc.property(any, ({ late, excused, isFiled, ...rest }) => {
        const found = scored({
          ...rest,
          excusedUntil: excused === null ? null : addDays(filed.dueOn, excused),
          firstSubmittedOn: isFiled ? addDays(filed.dueOn, late) : null,
        })
        if (found === null) return
        expect(found.lines.reduce((sum, { points }) => sum + points, FULL_SCORE)).toBe(found.score)
        // Whoever files, however late and badly, stands above whoever does not.
        expect(found.score).toBeGreaterThanOrEqual(isFiled ? 25 : 0)
        expect(found.score).toBeLessThanOrEqual(100)
        for (const { rule, points } of found.lines) {
          if (rule === 'overdue' || rule === 'excused') continue
          expect(-points).toBeLessThanOrEqual(scoreRules[rule].most)
          expect(-points % scoreRules[rule].each).toBe(0)
        }
      }),
    )
  })
})

describe('scores together', () => {
  it('are their mean to one decimal, and nothing of none', () => {
    expect(meanScore([100, 95, 40])).toBe(78.3)
    expect(meanScore([])).toBeNull()
  })

  it('belong to the month of the due day', () => expect(scoredMonth('2023-07-17')).toBe('2023-07'))

  it('are drawn as one line a rule', () => {
    expect(scoreRulesAsMarkdown().split('\n')).toHaveLength(2 + Object.keys(scoreRules).length)
    expect(scoreRulesAsMarkdown()).toContain('| 迟报 | 2 | 20 | 迟报一天 |')
  })
})
