import { expect, it } from 'vitest'
import { workingDays } from './working-days.js'

it.each([
  ['2023-06-16', true, 'a Friday'],
  ['2023-06-17', false, 'a Saturday'],
  ['2023-06-22', false, '端午节'],
  ['2023-06-25', true, 'a Sunday that is worked instead'],
  ['2026-02-14', true, 'a Saturday that is worked instead'],
  ['2026-02-16', false, '春节'],
  ['2020-01-31', false, 'the Spring Festival that was prolonged'],
])('%s works: %s (%s)', (date, works) => {
  expect(workingDays.isWorkingDay(date)).toBe(works)
})

it('knows which years are published', () => {
  expect(workingDays.isPublished('2026-12-31')).toBe(true)
  expect(workingDays.isPublished('2019-01-01')).toBe(true)
  expect(workingDays.isPublished('2035-01-01')).toBe(false)
})
