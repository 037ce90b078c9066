import { expect, it } from 'vitest'
import { changesOf } from './changes.js'

it('shows what differs, member by member, and leaves out what stayed', () => {
  expect(changesOf({ name: '甲', code: 'A', gone: 1 }, { name: '乙', code: 'A', added: ['x'] })).toEqual([
    { key: 'name', before: '甲', after: '乙' },
    { key: 'gone', before: '1', after: null },
    { key: 'added', before: null, after: 'x' },
  ])
})

it('shows all of an entry that has only one side, and nothing of one that has none', () => {
  expect(changesOf(null, { name: '甲' })).toEqual([{ key: 'name', before: null, after: '甲' }])
  expect(changesOf(null, null)).toEqual([])
})

it('says what a member and its value are called, and a thing within a list in one line', () => {
  expect(
    changesOf(
      { status: 'registered', progress: [] },
      { status: 'rectifying', progress: [{ on: '2023-06-16', text: '已停用', evidenceFileIds: [] }] },
    ),
  ).toEqual([
    { key: 'status', before: '已登记', after: '整改中' },
    { key: 'progress', before: '', after: '日期：2023-06-16；内容：已停用' },
  ])
})
