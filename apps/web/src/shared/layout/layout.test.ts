import { expect, test } from 'vitest'
import { dayEntries, entriesFor, isHere } from './entries.js'
import { inCampaign } from './workplace.js'
import { backFrom, loginAddress } from '../session/back.js'

test('the menu shows what I may do and what exists, and the 工作台 always', () => {
  const shown = entriesFor(
    dayEntries,
    { abilities: { 'hazard.read': true, 'campaign.read': false, 'enterprise.read': true } },
    (to) => to !== '/enterprises',
  )
  expect(shown.map((entry) => entry.label)).toEqual(['工作台', '隐患'])
})

test('a page below an entry marks the entry, and the 工作台 is not above everything', () => {
  expect(isHere('/hazards', '/hazards/123')).toBe(true)
  expect(isHere('/', '/hazards')).toBe(false)
})

test('the campaign goes along, unless the link names another', () => {
  expect(inCampaign('/hazards', 'c1')).toBe('/hazards?campaign=c1')
  expect(inCampaign('/hazards?q=x', 'c1')).toBe('/hazards?q=x&campaign=c1')
  expect(inCampaign('/hazards?campaign=c2', 'c1')).toBe('/hazards?campaign=c2')
})

test('after log-in I come back to where I was, and never to another site', () => {
  expect(loginAddress('/hazards', '?q=a')).toBe('/login?back=%2Fhazards%3Fq%3Da')
  expect(backFrom('?back=%2Fhazards%3Fq%3Da')).toBe('/hazards?q=a')
  for (const evil of ['//evil.cn', '/\\evil.cn', 'https://evil.cn', 'javascript:alert(1)', '/login?back=/login']) {
    expect(backFrom(`?back=${encodeURIComponent(evil)}`)).toBe('/')
  }
})
