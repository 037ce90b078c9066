import { expect, test } from 'vitest'
import { draftName, readDraft, writeDraft, type DraftStore } from './draft.js'
import { fieldNameOf, placeErrors } from './places.js'

test('a place of the server finds its field, however it is spelt', () => {
  expect(fieldNameOf('elements[0].name')).toEqual(['elements', 0, 'name'])
  expect(fieldNameOf('rectification.deadline')).toEqual(['rectification', 'deadline'])
})

test('an error goes to its field, one inside a field to that field, and one without a field above the form', () => {
  const placed = placeErrors(
    [
      { path: 'foundOn', message: '不能晚于今天' },
      { path: 'body.photos.2', message: '不是照片' },
      { path: 'campaignId', message: '行动已结束' },
      { message: '别人刚改过' },
    ],
    [['foundOn'], ['photos']],
  )
  expect(placed.fields).toEqual([
    { name: ['foundOn'], errors: ['不能晚于今天'] },
    { name: ['photos'], errors: ['不是照片'] },
  ])
  expect(placed.elsewhere.map((place) => place.message)).toEqual(['行动已结束', '别人刚改过'])
})

function memory(): DraftStore & { readonly held: Map<string, string> } {
  const held = new Map<string, string>()
  return {
    held,
    getItem: (name) => held.get(name) ?? null,
    setItem: (name, text) => void held.set(name, text),
    removeItem: (name) => void held.delete(name),
  }
}

test('a draft comes back to the person who wrote it, and not after a month', () => {
  const store = memory()
  const now = new Date('2023-06-16T08:00:00Z')
  writeDraft(store, draftName('a', 'hazard'), { text: '楼梯' }, now)
  expect(readDraft<{ text: string }>(store, draftName('a', 'hazard'), now)?.values.text).toBe('楼梯')
  expect(readDraft(store, draftName('b', 'hazard'), now)).toBeNull()
  expect(readDraft(store, draftName('a', 'hazard'), new Date('2023-07-20T08:00:00Z'))).toBeNull()
  expect(store.held.size).toBe(0)
})

test('a browser that keeps nothing is not said to have kept it, and a broken draft is none', () => {
  const full: DraftStore = {
    ...memory(),
    setItem: () => {
      throw new Error('quota')
    },
  }
  expect(writeDraft(full, 'x', {}, new Date())).toBe(false)
  const broken = memory()
  broken.setItem('x', '{"savedAt":')
  expect(readDraft(broken, 'x', new Date())).toBeNull()
})
