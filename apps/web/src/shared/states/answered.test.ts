import { expect, test } from 'vitest'
import { ApiFailure } from '../api/failure.js'
import { standingOf } from './answered.js'

const failure = (status: number) => new ApiFailure({ code: 'x', message: 'x', status })

test('a refusal is not offered again, a failure is', () => {
  expect(standingOf({ data: undefined, error: failure(403) })).toBe('refused')
  expect(standingOf({ data: undefined, error: failure(404) })).toBe('refused')
  expect(standingOf({ data: undefined, error: failure(503) })).toBe('failed')
  expect(standingOf({ data: undefined, error: failure(0) })).toBe('failed')
})

test('what is on screen stays when asking again fails', () => {
  expect(standingOf({ data: [1], error: failure(0) })).toBe('here')
})

test('nothing found is not the same as nothing come yet', () => {
  expect(standingOf<number[]>({ data: [], error: null }, (items) => items.length === 0)).toBe('empty')
  expect(standingOf<number[]>({ data: undefined, error: null }, (items) => items.length === 0)).toBe('loading')
})
