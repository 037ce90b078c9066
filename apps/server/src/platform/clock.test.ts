import { describe, expect, it } from 'vitest'
import { ManualClock, shiftedClock, systemClock } from './clock.js'

describe('a clock', () => {
  it.each([
    ['2023-06-15T15:59:59.999Z', '2023-06-15'],
    ['2023-06-15T16:00:00.000Z', '2023-06-16'],
    ['2023-12-31T16:00:00.000Z', '2024-01-01'],
    ['2024-02-28T16:00:00.000Z', '2024-02-29'],
    // The last summers in which China set its clocks forward.
    ['1991-07-01T15:00:00.000Z', '1991-07-02'],
  ])('says the day of Asia/Shanghai, whatever the machine’s zone: %s is %s', (instant, day) => {
    expect(new ManualClock(new Date(instant)).today()).toBe(day)
  })

  it('starts where it was set, and runs on', async () => {
    const clock = shiftedClock(new Date('2023-06-16T01:00:00Z'))
    await new Promise((resolve) => setTimeout(resolve, 30))
    const passed = clock.now().getTime() - Date.parse('2023-06-16T01:00:00Z')
    expect(passed).toBeGreaterThanOrEqual(25)
    expect(passed).toBeLessThan(5000)
    expect(clock.today()).toBe('2023-06-16')
  })

  it('of the machine is the machine’s', () => {
    expect(Math.abs(systemClock.now().getTime() - Date.now())).toBeLessThan(1000)
  })

  it('that stands still is moved by its setter only, not through a date that it gave away', () => {
    const start = new Date('2023-06-16T01:00:00Z')
    const clock = new ManualClock(start)
    clock.now().setUTCFullYear(1999)
    expect(clock.now()).toEqual(new Date('2023-06-16T01:00:00Z'))
    clock.set(new Date('2023-07-01T01:00:00Z'))
    expect(clock.today()).toBe('2023-07-01')
  })
})
