import { listSchedules } from '@bihuan/contracts'
import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { pathOf, queryOf } from './address.js'
import { fileNameOf } from './download.js'
import { ApiFailure, failureFromAnswer, failureFromNetwork, worthRepeating } from './failure.js'
import { RepeatKey } from './repeat-key.js'
import { askAgain, routeKey } from './use-route.js'

test('a path is filled, and what is in it cannot leave its place', () => {
  expect(pathOf('/api/hazards/:hazardId/photos/:n', { hazardId: 'a/../b', n: 1 })).toBe(
    '/api/hazards/a%2F..%2Fb/photos/1',
  )
  expect(() => pathOf('/api/hazards/:hazardId', {})).toThrow('hazardId')
})

test('the same question is the same address', () => {
  expect(queryOf({ b: ['x', 'y'], a: '', c: undefined, late: true })).toBe('?b=x&b=y&late=true')
  expect(queryOf(undefined)).toBe('')
})

test('a refusal keeps what the server said, places and present state included', () => {
  const failure = failureFromAnswer(
    409,
    {
      error: {
        code: 'hazard.changed',
        message: '已被他人销号',
        places: [{ path: 'x', message: 'y' }],
        current: { v: 2 },
        requestId: 'r1',
      },
    },
    null,
  )
  expect(failure).toMatchObject({
    code: 'hazard.changed',
    message: '已被他人销号',
    status: 409,
    current: { v: 2 },
    requestId: 'r1',
  })
  expect(failure.places).toHaveLength(1)
})

test("a proxy's page instead of an answer still reads as a sentence", () => {
  expect(failureFromAnswer(502, '<html>', null).message).toContain('稍后重试')
})

test('only what came to nothing is sent again; a refusal never is', () => {
  expect(worthRepeating(failureFromNetwork())).toBe(true)
  expect(worthRepeating(failureFromAnswer(503, undefined, null))).toBe(true)
  for (const status of [400, 401, 403, 404, 409, 422, 500])
    expect(worthRepeating(failureFromAnswer(status, undefined, null))).toBe(false)
})

test('a press repeated after the line broke carries the same key; a new act a new one', () => {
  let drawn = 0
  const keys = new RepeatKey(() => `k${++drawn}`)
  const act = { body: { text: 'a' } }
  expect(keys.for(act)).toBe('k1')
  keys.settled(failureFromNetwork())
  expect(keys.for({ body: { text: 'a' } })).toBe('k1')
  expect(keys.for({ body: { text: 'b' } })).toBe('k2')
  keys.settled(new ApiFailure({ code: 'refused', message: '', status: 422 }))
  expect(keys.for({ body: { text: 'b' } })).toBe('k3')
  keys.settled()
  expect(keys.for({ body: { text: 'b' } })).toBe('k4')
})

test('a file comes by its Chinese name', () => {
  expect(fileNameOf('attachment; filename="x.xlsx"; filename*=UTF-8\'\'%E9%9A%90%E6%82%A3.xlsx')).toBe('隐患.xlsx')
  expect(fileNameOf('attachment; filename="a.docx"')).toBe('a.docx')
  expect(fileNameOf(null)).toBeNull()
})

test('a first question that was asked before a write is asked anew after it', async () => {
  const client = new QueryClient()
  const answers = ['before the write', 'after the write']
  const asked: string[] = []
  const observer = new QueryObserver(client, {
    queryKey: routeKey(listSchedules, {}),
    queryFn: async ({ signal }) => {
      const answer = answers[asked.length] ?? 'once too often'
      asked.push(answer)
      // The first is under way until somebody stops it.
      if (asked.length === 1) await new Promise((_, reject) => signal.addEventListener('abort', reject))
      return answer
    },
  })
  const stop = observer.subscribe(() => undefined)
  await askAgain(client, [listSchedules])
  expect(observer.getCurrentResult().data).toBe('after the write')
  expect(asked).toEqual(answers)
  stop()
  client.clear()
})
