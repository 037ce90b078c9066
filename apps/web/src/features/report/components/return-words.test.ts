import { describe, expect, it } from 'vitest'
import {
  boardMarkOf,
  currentPeriod,
  eventTone,
  lastRound,
  latenessOf,
  lookText,
  receiverNote,
  remarksAtCells,
  waitsText,
} from './return-words.js'

const cell = (over: Partial<Parameters<typeof boardMarkOf>[0]> = {}) =>
  boardMarkOf({ status: 'open', nil: false, timeliness: 'not-due', daysLate: 0, timesSentBack: 0, ...over })

describe('the words of a return', () => {
  it('says how late it is, in days', () => {
    const said = (['not-due', 'due', 'overdue', 'on-time', 'late', 'dissolved'] as const).map(
      (timeliness) => latenessOf({ timeliness, daysLate: 3 }).text,
    )
    expect(said).toEqual(['未到期', '今日到期', '逾期3天', '按时', '迟报3天', '已撤销'])
  })

  it('marks a cell of the board with what must be done first', () => {
    expect(cell().text).toBe('未到期')
    expect(cell({ timeliness: 'overdue', daysLate: 2 }).text).toBe('逾期2天')
    // Signed and not sent on is not filed.
    expect(cell({ status: 'signed', timeliness: 'due' }).text).toBe('今日到期')
    expect(cell({ status: 'submitted', timeliness: 'on-time' }).text).toBe('已报')
    expect(cell({ status: 'accepted', timeliness: 'on-time', nil: true }).text).toBe('零报')
    expect(cell({ status: 'accepted', timeliness: 'late', daysLate: 3 }).text).toBe('迟报3天')
    expect(cell({ status: 'submitted', timeliness: 'late', daysLate: 3, nil: true }).text).toBe('迟报3天·零')
    expect(cell({ timeliness: 'dissolved', daysLate: 9 })).toEqual({ text: '已撤销', tone: 'grey' })
    // Sent back is sent back, however it came.
    expect(cell({ status: 'sent-back', timeliness: 'late', daysLate: 3 })).toEqual({ text: '退回', tone: 'red' })
  })

  it('says what the morning’s look found, and nothing where there was none', () => {
    const look = { blocking: 0, asked: 0, blank: 0, isNil: false }
    expect(lookText(null)).toBe('')
    expect(lookText({ ...look, blocking: 2, asked: 1, blank: 28 })).toBe('2处须改，1处要说明，28格待填')
    expect(lookText({ ...look, isNil: true })).toBe('全部为零')
    expect(lookText(look)).toBe('已填好，可核对签名')
  })

  it('says of each receiver whether it has taken what was filed, and when nobody there can', () => {
    const receiver = { id: 'r', name: '柳荫街道', takenOn: null, takenBy: null, reviewers: 2 }
    expect(receiverNote(receiver, { status: 'open' })).toBe('')
    expect(receiverNote(receiver, { status: 'submitted' })).toBe('（未接收）')
    const taken = { ...receiver, takenOn: '2023-06-16', takenBy: '周某' }
    expect(receiverNote(taken, { status: 'submitted' })).toBe('（周某 2023-06-16 接收）')
    expect(receiverNote({ ...receiver, reviewers: 0 }, { status: 'submitted' })).toContain('没有人能接收')
  })

  it('says whom a signature waits for, and what to do when nobody is left', () => {
    const one = { label: '填表人', name: '林某', on: '2023-06-16' }
    expect(waitsText({ signatures: [], signatories: { names: ['林某', '周某'], more: 3 } })).toBe(
      '可由林某、周某等 5 人签。',
    )
    expect(waitsText({ signatures: [one], signatories: { names: ['周某'], more: 0 } })).toBe(
      '可由周某签（已签的人不能再签）。',
    )
    expect(waitsText({ signatures: [one], signatories: { names: [], more: 0 } })).toContain('没有另一人能签名')
  })

  it('knows which period is being filed', () => {
    const periods = [{ dueOn: '2023-05-16' }, { dueOn: '2023-06-16' }, { dueOn: '2023-07-17' }]
    expect(currentPeriod(periods, '2023-06-16')?.dueOn).toBe('2023-06-16')
    expect(currentPeriod(periods, '2023-08-01')?.dueOn).toBe('2023-07-17')
    expect(currentPeriod([], '2023-08-01')).toBeNull()
  })

  it('marks cells with what was said about the last filing', () => {
    const event = (id: string, round: number, filed: boolean) => ({
      id,
      sentence: '上报',
      personName: '林社',
      recordedAt: '2023-06-16T01:00:00.000Z',
      round,
      filed,
    })
    const remark = (text: string, at: string | null, round: number, finding: string | null = null) => ({
      cell: at,
      text,
      byName: '街道',
      on: '2023-06-16',
      round,
      finding,
    })
    const events = [event('a', 1, true), event('b', 1, false), event('c', 2, true)]
    expect(lastRound({ events: [] })).toBe(0)
    expect(lastRound({ events })).toBe(2)
    const remarks = [
      remark('旧的', 'g1.m1', 1),
      remark('不符', 'g1.m1', 2),
      remark('再核', 'g1.m1', 2),
      remark('总', null, 2),
      // The respondent's own answer to a check is no remark of a receiver.
      remark('核对无误', 'g1.m1', 2, 'fell:g1.m1'),
    ]
    expect([...remarksAtCells({ events, remarks })]).toEqual([['g1.m1', '街道：不符；街道：再核']])
  })

  it('colours what happened', () => {
    expect([eventTone('上报：零报告'), eventTone('退回：不符'), eventTone('签名：填报人 林社')]).toEqual([
      'blue',
      'red',
      'grey',
    ])
  })
})
