import { expect, test } from 'vitest'
import { patched } from './address-state.js'
import { choiceAfterMove, choiceAfterToggle, choiceOf, chosenColumns, moved, type Column } from './columns.js'
import { conditionsQuery, reading, valuesFrom, type Condition } from './conditions.js'
import { countText } from './count.js'
import { nextSort, sortOf, trailFrom } from './list-state.js'
import { nextRow } from './row-keys.js'
import { sameView, viewNow } from './saved-view.js'

const conditions: Condition[] = [
  {
    kind: 'many',
    key: 'sector',
    label: '行业',
    choices: [
      { value: 'trade', label: '工贸' },
      { value: 'fire', label: '消防' },
    ],
  },
  { kind: 'flag', key: 'late', label: '超期' },
  { kind: 'dates', key: 'found', label: '检查日期' },
]

test('a sentence in the address becomes the question that the server is asked', () => {
  const values = valuesFrom(conditions, new URLSearchParams('sector=trade,fire&late=1&found=2023-05-01..&open=x'))
  expect(conditionsQuery(conditions, values)).toEqual({
    sector: 'trade,fire',
    late: 'yes',
    foundFrom: '2023-05-01',
    foundTo: undefined,
  })
  expect(conditions.map((one) => reading(one, values[one.key] ?? ''))).toEqual([
    '行业=工贸或消防',
    '超期',
    '检查日期 2023-05-01 起',
  ])
})

test('a set of values that has a name of its own is read by it, in whatever order', () => {
  const states: Condition = {
    kind: 'many',
    key: 'state',
    label: '状态',
    choices: ['a', 'b', 'c'].map((value) => ({ value, label: value.toUpperCase() })),
    called: [{ values: ['a', 'b'], label: '未销号' }],
  }
  expect(['b,a', 'a', 'a,b,c'].map((value) => reading(states, value))).toEqual([
    '状态=未销号',
    '状态=A',
    '状态=A或B或C',
  ])
})

test('a date that cannot be is not asked for', () => {
  const values = valuesFrom(conditions, new URLSearchParams('found=yesterday..2023-06-01'))
  expect(conditionsQuery(conditions, values)).toEqual({ foundFrom: undefined, foundTo: '2023-06-01' })
})

test('an empty value leaves no trace in the address', () => {
  expect(patched(new URLSearchParams('a=1&b=2'), { a: null, b: '', c: '3' }).toString()).toBe('c=3')
})

test('a press on a heading sorts up, then down, then not at all', () => {
  expect(nextSort(null, 'deadline')).toBe('deadline')
  expect(nextSort(sortOf('deadline'), 'deadline')).toBe('-deadline')
  expect(nextSort(sortOf('-deadline'), 'deadline')).toBeNull()
  expect(nextSort(sortOf('-deadline'), 'grade')).toBe('grade')
})

test('the way back through pages is remembered, and unknown when a link leads into the middle', () => {
  expect(trailFrom(null, null)).toEqual([])
  expect(trailFrom({ trail: ['', 'k1'] }, 'k2')).toEqual(['', 'k1'])
  expect(trailFrom(null, 'k2')).toBeNull()
})

const columns: Column<object>[] = ['a', 'b', 'c'].map((key) => ({ key, title: key, render: () => null }))

test('columns are moved and hidden, and one that comes with an upgrade is shown at the end', () => {
  const choice = choiceAfterToggle(columns, choiceAfterMove(columns, null, 'c', 'a'), 'b')
  const keys = (of: Column<object>[]) => chosenColumns(of, choice).shown.map((column) => column.key)
  expect(keys(columns)).toEqual(['c', 'a'])
  expect(keys([...columns, { key: 'd', title: 'd', render: () => null }])).toEqual(['c', 'a', 'd'])
})

test('a spare column is hidden until somebody chooses it', () => {
  const withSpare: Column<object>[] = [...columns, { key: 's', title: 's', spare: true, render: () => null }]
  expect(chosenColumns(withSpare, null).shown.map((one) => one.key)).toEqual(['a', 'b', 'c'])
  expect(chosenColumns(withSpare, choiceAfterToggle(withSpare, null, 's')).shown.map((one) => one.key)).toEqual([
    'a',
    'b',
    'c',
    's',
  ])
})

test('moving a column onto itself changes nothing', () => {
  expect(moved(['a', 'b'], 'a', 'a')).toEqual(['a', 'b'])
  expect(moved(['a', 'b', 'c'], 'a', null)).toEqual(['b', 'c', 'a'])
})

test('arrows stop at the ends', () => {
  expect(nextRow('ArrowDown', 2, 3)).toBe(2)
  expect(nextRow('ArrowUp', 0, 3)).toBe(0)
  expect(nextRow('a', 0, 3)).toBeNull()
})

test('where counting stopped, it says so', () => {
  expect(countText({ count: 10_001, capped: true })).toBe('1万+')
  expect(countText({ count: 1234, capped: false })).toBe('1,234')
})

test('a saved view is known whatever the order of its keys', () => {
  expect(sameView('a=1&b=2', 'b=2&a=1')).toBe(true)
  expect(sameView('', 'a=1')).toBe(false)
})

const saved = [
  { key: 'open', name: '未销号', view: 'state=open' },
  { key: 'mine', name: '我的', view: 'state=open', own: true, columns: ['c', 'a'] },
]

test('of two views that ask the same, the page shows the one that was pressed', () => {
  expect(viewNow(saved, 'mine', 'state=open')).toEqual({ known: saved[1], from: saved[1] })
  expect(viewNow(saved, null, 'state=open')).toEqual({ known: saved[0], from: null })
})

test('a page that has moved on from its own view still knows which it was; a link of somebody else knows none', () => {
  expect(viewNow(saved, 'mine', 'state=open&late=1')).toEqual({ known: null, from: saved[1] })
  expect(viewNow(saved, 'of-another', 'late=1')).toEqual({ known: null, from: null })
})

test('the columns of a view are shown in its order, and no others', () => {
  expect(chosenColumns(columns, choiceOf(columns, ['c', 'a'])).shown.map(({ key }) => key)).toEqual(['c', 'a'])
})
