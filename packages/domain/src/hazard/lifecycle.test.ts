import { describe, expect, it } from 'vitest'
import { checkLifecycle, type Lifecycle } from '../shared/lifecycle-check.js'
import { drawHazardLifecycle, hazardLifecycle, hazardStatuses, hazardTransition, isOpenHazard } from './lifecycle.js'

describe('the lifecycle of a hazard', () => {
  it('is a sound table: every state known, reached, and on a way to an end', () => {
    expect(checkLifecycle(hazardLifecycle)).toEqual([])
  })

  it('is drawn from the table with the Chinese words', () => {
    const drawing = drawHazardLifecycle()
    expect(drawing).toContain('state "待复查" as awaiting_reinspection')
    expect(drawing).toContain('awaiting_sign_off --> closed: 销号')
    expect(drawing).toContain('[*] --> registered: 登记')
    expect(drawing).toContain('transferring --> awaiting_reinspection: 签收 / 退回移送 / 撤回移送')
    expect(drawing.split('\n').filter((line) => line.includes('state "'))).toHaveLength(hazardStatuses.length)
  })

  it('knows what is open: from registration until it is signed off or cancelled', () => {
    expect(hazardStatuses.filter(isOpenHazard)).toEqual([
      'registered',
      'rectifying',
      'awaiting-reinspection',
      'awaiting-sign-off',
      'transferring',
    ])
  })

  it('lets nothing but its two parties touch a hazard under transfer', () => {
    const possible = Object.keys(hazardLifecycle.commands).filter(
      (kind) => hazardTransition('transferring', kind as 'cancel') !== null,
    )
    expect(possible).toEqual(['accept-transfer', 'decline-transfer', 'withdraw-transfer'])
  })
})

describe('the check of lifecycles', () => {
  type Table = Lifecycle<string, string>
  const sound: Table = {
    states: { a: '甲', b: '乙' },
    commands: { begin: '开始', end: '结束' },
    final: ['b'],
    transitions: [
      { command: 'begin', from: [null], to: 'a' },
      { command: 'end', from: ['a'], to: 'b' },
    ],
  }
  const problemsOf = (change: Partial<Table>) => checkLifecycle({ ...sound, ...change })

  it('passes a sound table', () => {
    expect(checkLifecycle(sound)).toEqual([])
  })

  it.each<[string, Partial<Table>]>([
    ['unknown state c', { transitions: [...sound.transitions, { command: 'end', from: ['c'], to: 'b' }] }],
    ['unknown command leap', { transitions: [...sound.transitions, { command: 'leap', from: ['a'], to: 'b' }] }],
    [
      'unreachable state c',
      {
        states: { ...sound.states, c: '丙' },
        transitions: [...sound.transitions, { command: 'end', from: ['c'], to: 'b' }],
      },
    ],
    [
      'dead end c',
      {
        states: { ...sound.states, c: '丙' },
        commands: { ...sound.commands, stray: '走失' },
        transitions: [...sound.transitions, { command: 'stray', from: ['a'], to: 'c' }],
      },
    ],
    ['no transition for rest', { commands: { ...sound.commands, rest: '歇' } }],
    [
      'two transitions for end from a',
      { transitions: [...sound.transitions, { command: 'end', from: ['a'], to: 'a' }] },
    ],
    [
      'end returns to a state that nothing remembers',
      { transitions: [...sound.transitions, { command: 'end', from: ['b'], to: 'remembered' }] },
    ],
    [
      'begin stays in no state',
      { transitions: [{ command: 'begin', from: [null], to: 'same' }, ...sound.transitions.slice(1)] },
    ],
  ])('finds a planted fault: %s', (problem, change) => {
    expect(problemsOf(change)).toContain(problem)
  })
})
