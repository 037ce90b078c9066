import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ReportingUnit } from '../report/respondents.js'
import {
  decideConfirmation,
  decideReminding,
  decideSending,
  sentToLater,
  type Receipt,
  type ReceiverRule,
} from './sending.js'

const standing: readonly ReportingUnit[] = [
  { id: 'district', kind: 'district', ancestorIds: [] },
  { id: 'east', kind: 'town', ancestorIds: ['district'] },
  { id: 'west', kind: 'town', ancestorIds: ['district'] },
  { id: 'fire', kind: 'department', ancestorIds: ['district'] },
  { id: 'mill', kind: 'enterprise', ancestorIds: ['east', 'district'], classes: ['high-risk'] },
  { id: 'shop', kind: 'enterprise', ancestorIds: ['west', 'district'], classes: [] },
]
const towns: ReceiverRule = { kinds: ['town'], unitIds: [] }
const running = { status: 'running', ownUnitId: 'district', standing, sentTo: new Set<string>() } as const

const send = (rule: ReceiverRule, changes: Partial<Parameters<typeof decideSending>[1]> = {}) => {
  const decision = decideSending(rule, { ...running, ...changes })
  return decision.ok ? decision.value : decision.refusal.code
}

describe('sending out', () => {
  it('goes to kinds of units, to enterprises of a class, to those named, and never to the campaign’s own unit', () => {
    expect(send(towns)).toEqual({ added: ['east', 'west'], passed: 0 })
    expect(send({ kinds: ['enterprise'], enterprises: 'high-risk', unitIds: [] })).toEqual({
      added: ['mill'],
      passed: 0,
    })
    expect(send({ kinds: ['district', 'town'], unitIds: ['shop', 'fire'] })).toEqual({
      added: ['east', 'west', 'fire', 'shop'],
      passed: 0,
    })
  })

  it('again goes to those alone that have not been sent it', () => {
    expect(send(towns, { sentTo: new Set(['east']) })).toEqual({ added: ['west'], passed: 1 })
    expect(send(towns, { sentTo: new Set(['east', 'west']) })).toBe('sending.nobody-new')
    expect(send({ kinds: ['village'], unitIds: [] })).toBe('sending.nobody-new')
  })

  it('is refused before the start, after the end, to nobody, and to who does not stand in its territory', () => {
    expect(send(towns, { status: 'preparing' })).toBe('campaign.not-running')
    expect(send(towns, { status: 'closed' })).toBe('campaign.closed')
    expect(send({ kinds: [], unitIds: [] })).toBe('sending.no-receiver')
    expect(send({ kinds: ['town'], enterprises: 'high-risk', unitIds: [] })).toBe('sending.class-misplaced')
    expect(send({ kinds: ['town'], unitIds: ['abroad'] })).toBe('sending.receiver-out-of-reach')
  })

  it('finds who joined since, and what is sent then leaves nobody to find', () => {
    const units = fc.subarray([...standing.slice(1)])
    const rule = fc.record({
      kinds: fc.subarray(['town', 'department', 'enterprise'] as const),
      unitIds: fc.constant<string[]>([]),
    })
    fc.assert(
      fc.property(units, fc.array(rule, { maxLength: 3 }), (before, rules) => {
        const first = rules.flatMap((one) => sentToLater([one], { ...running, standing: before }))
        const later = sentToLater(rules, { ...running, sentTo: new Set(first) })
        for (const id of later) expect(before.map((unit) => unit.id)).not.toContain(id)
        expect(sentToLater(rules, { ...running, sentTo: new Set([...first, ...later]) })).toEqual([])
      }),
    )
  })
})

describe('confirming', () => {
  const waiting: Receipt = { state: 'waiting', confirmedBy: null, confirmedOn: null }
  const confirm = (receipt: Partial<Receipt>, read: string | null = 'v1', status: 'running' | 'closed' = 'running') => {
    const decision = decideConfirmation(
      { ...waiting, ...receipt },
      { noticeFileId: read },
      { status, noticeFileId: 'v1' },
    )
    return decision.ok ? decision.value : decision.refusal
  }

  it('is done once for each version of the notice, and says who did it', () => {
    expect(confirm({})).toEqual({ isAgain: false })
    expect(confirm({ state: 'outdated', confirmedBy: '林槐', confirmedOn: '2023-06-01' })).toEqual({ isAgain: true })
    expect(confirm({ state: 'confirmed', confirmedBy: '林槐', confirmedOn: '2023-06-01' })).toMatchObject({
      code: 'confirmation.already-exists',
      message: '林槐已在 2023-06-01 确认过，不用再确认。',
    })
  })

  it('is of what was read: another version, a campaign that is over, and a unit that is gone are refused', () => {
    expect(confirm({}, 'v0')).toMatchObject({ code: 'confirmation.changed-meanwhile' })
    expect(confirm({}, null)).toMatchObject({ code: 'confirmation.changed-meanwhile' })
    expect(confirm({}, 'v1', 'closed')).toMatchObject({ code: 'campaign.closed' })
    expect(confirm({ state: 'gone' })).toMatchObject({ code: 'confirmation.unit-gone' })
  })
})

describe('reminding', () => {
  const today = '2023-06-16'
  const remind = (...states: readonly (readonly [Receipt['state'], string | null])[]) => {
    const receivers = states.map(([state, remindedOn], at) => ({ unitId: `u${at}`, state, remindedOn }))
    const decision = decideReminding(receivers, { status: 'running', today })
    return decision.ok ? decision.value : decision.refusal.code
  }

  it('reaches those that owe a confirmation, each once a day', () => {
    expect(
      remind(['waiting', null], ['outdated', '2023-06-15'], ['waiting', today], ['confirmed', null], ['gone', null]),
    ).toEqual({ reminded: ['u0', 'u1'], passed: 1 })
    expect(remind(['waiting', today])).toBe('sending.reminded-today')
    expect(remind(['confirmed', null], ['gone', null])).toBe('sending.nobody-waits')
  })
})
