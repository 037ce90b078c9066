import type { FigureView } from '@bihuan/contracts'
import { describe, expect, it } from 'vitest'
import { answersBelow, changeText, faultOf, isCarried, ownText, shownText, withEdit, withZeros } from './typing.js'

const share = (unitId: string, value: string | null) => ({
  unitId,
  unitName: unitId,
  value,
  personName: '林某',
  asOf: '2023-06-16',
  recordedAt: '2023-06-16T01:00:00.000Z',
  returnId: null as string | null,
})
const figure = (over: Partial<FigureView> = {}): FigureView => ({
  key: 'g2.m1',
  label: '帮扶指导重点企业',
  unit: '家次',
  kind: 'count',
  metric: null,
  derived: null,
  typed: '12',
  text: '12',
  answers: null,
  typedBy: [share('district', '5'), share('town', '7')],
  ...over,
})

describe('a figure of an earlier return', () => {
  it('stands on until it is typed again, and is told apart', () => {
    const typed = (returnId: string | null) => figure({ typedBy: [{ ...share('district', '5'), returnId }] })
    expect(isCarried(typed('may'), 'district', 'june')).toBe(true)
    expect(isCarried(typed('june'), 'district', 'june')).toBe(false)
    expect(isCarried(figure({ typedBy: [{ ...share('town', '7'), returnId: 'may' }] }), 'district', 'june')).toBe(false)
    expect(isCarried(figure({ typedBy: [] }), 'district', 'june')).toBe(false)
  })
})

describe('是/否 of units below', () => {
  it('is told as so many of so many, once anybody but the unit itself has answered', () => {
    const flag = (...ids: string[]) =>
      figure({
        kind: 'flag',
        unit: null,
        text: '否',
        answers: { yes: 1, of: ids.length },
        typedBy: ids.map((id) => share(id, '是')),
      })
    expect(answersBelow(flag('district', 'town'), 'district')).toEqual({ yes: 1, of: 2 })
    expect(answersBelow(flag('district'), 'district')).toBeNull()
    expect(answersBelow(figure({ kind: 'flag', typedBy: [share('town', null)] }), 'district')).toBeNull()
  })
})

describe('typing into a sheet', () => {
  it('shows what the form will print: the own figure and those of the units below', () => {
    expect(ownText(figure(), 'district')).toBe('5')
    expect(shownText(figure(), 'district', undefined)).toBe('12')
    expect(shownText(figure(), 'district', '8')).toBe('15')
    expect(shownText(figure(), 'district', '')).toBe('7')
    expect(shownText(figure({ typedBy: [] }), 'district', '')).toBe('')
    expect(shownText(figure(), 'district', '八')).toBe('八')
  })

  it('prints money with two decimals', () => {
    const money = figure({ unit: '万元', kind: 'money', typedBy: [share('town', '3.50')] })
    expect(shownText(money, 'district', '1.2')).toBe('4.70')
  })

  it('forgets an edit that says what is there', () => {
    expect(withEdit({ 'g2.m1': '8' }, figure(), 'district', '5')).toEqual({})
    expect(withEdit({}, figure(), 'district', ' 8 ')).toEqual({ 'g2.m1': '8' })
    expect(withEdit({ 'g2.m1': '8' }, figure(), 'district', null)).toEqual({})
  })

  it('says at once what the server would refuse', () => {
    expect(faultOf(figure(), '1.5')).toContain('整数')
    expect(faultOf(figure(), '')).toBeNull()
    expect(faultOf(figure({ unit: '吨' }), '1.25')).toBeNull()
    expect(faultOf(figure({ kind: 'flag' }), '有')).toContain('是')
  })

  it('tells the change since the last period', () => {
    expect([changeText('12', '10'), changeText('3.50', '4'), changeText('1', '1'), changeText('1', '')]).toEqual([
      '+2',
      '−0.5',
      null,
      null,
    ])
  })

  it('types zeros into what is blank and into nothing else', () => {
    const figures = [
      figure({ key: 'blank', typedBy: [], text: '' }),
      figure({ key: 'flag', kind: 'flag', typedBy: [], text: '' }),
      // The units below have typed 7: nothing is blank here.
      figure({ key: 'below', typedBy: [share('town', '7')], text: '7' }),
      figure({ key: 'counted', metric: 'hazard.found', text: '' }),
      figure({ key: 'typed', typedBy: [], text: '' }),
    ]
    expect(withZeros({ typed: '4' }, figures, 'district')).toEqual({ blank: '0', flag: '否', typed: '4' })
  })
})
