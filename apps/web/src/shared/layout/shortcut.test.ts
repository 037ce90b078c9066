import { expect, test } from 'vitest'
import { matches } from './shortcut.js'

const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  ...more,
})

test('mod is Ctrl, or Command on a Mac', () => {
  expect(matches('mod+s', press('s', { ctrlKey: true }))).toBe(true)
  expect(matches('mod+s', press('S', { metaKey: true }))).toBe(true)
  expect(matches('mod+s', press('s'))).toBe(false)
  expect(matches('/', press('/', { ctrlKey: true }))).toBe(false)
})

test('a key that an input method is using is left to it', () => {
  expect(matches('/', press('/', { isComposing: true }))).toBe(false)
})
