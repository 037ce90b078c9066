import { expect, test } from 'vitest'
import { daysBetween, documentDate, instantText } from './dates.js'
import { dueOf } from './due.js'
import { amountText, moneyText } from './figures.js'
import { treeLines, treeMove, type TreeNode } from './tree.js'

test('a deadline says how long is left, and over which border it has gone', () => {
  expect(dueOf('2023-06-19', '2023-06-16')).toEqual({ text: '还剩3天', tone: 'orange' })
  expect(dueOf('2023-06-20', '2023-06-16')).toEqual({ text: '还剩4天', tone: 'grey' })
  expect(dueOf('2023-06-16', '2023-06-16')).toEqual({ text: '今天到期', tone: 'orange' })
  expect(dueOf('2023-06-11', '2023-06-16')).toEqual({ text: '超期5天', tone: 'red' })
})

test('days are counted on the calendar, over months and leap days', () => {
  expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2)
  expect(daysBetween('2023-12-31', '2024-01-01')).toBe(1)
})

test('an instant is read in Shanghai, whatever the computer is set to', () => {
  expect(instantText('2023-06-16T16:05:00Z')).toBe('2023-06-17 00:05')
  expect(documentDate('2023-06-06')).toBe('2023年6月6日')
})

test('money keeps two decimals and is rounded as on paper', () => {
  expect(moneyText('12345.6')).toBe('12,345.60')
  expect(moneyText(1.005)).toBe('1.01')
  expect(moneyText('0')).toBe('0.00')
  expect(moneyText('-0.004')).toBe('0.00')
  expect(moneyText('-1234567.891')).toBe('-1,234,567.89')
  expect(amountText(1234567)).toBe('1,234,567')
})

const roots: TreeNode[] = [
  {
    id: 'd',
    label: '区',
    children: [
      { id: 't', label: '温泉镇', children: [{ id: 'v', label: '东村', children: [] }] },
      { id: 's', label: '北街道', children: [] },
    ],
  },
]

test('searching a tree opens the way to what is found', () => {
  expect(treeLines(roots, new Set()).map((line) => line.node.id)).toEqual(['d'])
  expect(treeLines(roots, new Set(), '东村').map((line) => line.node.id)).toEqual(['d', 't', 'v'])
})

test('arrows walk a tree: right opens, then enters; left closes, then goes up', () => {
  const shut = treeLines(roots, new Set(['d']))
  expect(treeMove('ArrowRight', shut, 't')).toEqual({ open: 't' })
  expect(treeMove('ArrowLeft', shut, 't')).toEqual({ to: 'd' })
  const open = treeLines(roots, new Set(['d', 't']))
  expect(treeMove('ArrowRight', open, 't')).toEqual({ to: 'v' })
  expect(treeMove('ArrowLeft', open, 't')).toEqual({ close: 't' })
})
