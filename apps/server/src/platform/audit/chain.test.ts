import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical, chainHash, entryHash, genesis, type EntryRow } from './chain.js'

const json = fc.jsonValue({ maxDepth: 3 })

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, shuffled(member)]),
  )
}

const entry: EntryRow = {
  id: '018f0000-0000-7000-8000-000000000001',
  at: new Date('2023-06-16T01:02:03.004Z'),
  account_id: null,
  person_name: '王某',
  unit_id: null,
  via: 'web',
  address: '10.0.0.1',
  action: 'hazard.register',
  object_kind: 'hazard',
  object_id: null,
  before: null,
  after: { state: 'found', deadline: '2023-07-01' },
  detail: null,
}

describe('what a hash covers', () => {
  it('does not depend on the order of keys, which jsonb does not keep', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonical(shuffled(value))).toBe(canonical(value))
      }),
    )
  })

  it('tells any two different values apart', () => {
    fc.assert(
      fc.property(json, json, (one, two) => {
        const same = JSON.stringify(sorted(one)) === JSON.stringify(sorted(two))
        expect(canonical(one) === canonical(two)).toBe(same)
      }),
    )
  })

  it('survives the way through JSON', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonical(JSON.parse(JSON.stringify(value)))).toBe(canonical(value))
      }),
    )
  })

  // Computed with another program, from the description alone.
  it('is the same tomorrow: a receipt of today must still hold', () => {
    expect(entryHash(entry).toString('hex')).toBe('8b07e06c3b4443f0a7feeb5d0ed54da76122c99bab91012aaa10f04d5eafde51')
    const first = genesis('018f0000-0000-7000-8000-00000000000a')
    expect(chainHash(first, 1, entry.id, entryHash(entry)).toString('hex')).toBe(
      'b2a4fe596424b23d154ba7c73ba0d3cb5f242881169b49173a770eb6ed4c9230',
    )
  })

  it('begins differently in every tenant', () => {
    expect(genesis('018f0000-0000-7000-8000-00000000000a')).not.toEqual(genesis('018f0000-0000-7000-8000-00000000000b'))
  })

  it('a link holds the one before it, its place, its entry and what the entry says', () => {
    const link = (previous: string, position: number, id: string, hash: string) =>
      chainHash(Buffer.from(previous), position, id, Buffer.from(hash)).toString('hex')
    const links = [
      link('a', 1, 'x', 'h'),
      link('b', 1, 'x', 'h'),
      link('a', 2, 'x', 'h'),
      link('a', 1, 'y', 'h'),
      link('a', 1, 'x', 'i'),
    ]
    expect(new Set(links).size).toBe(links.length)
  })
})

/** A second opinion on equality: keys in order, and -0 as JSON has it. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => ({ key, member: sorted(member) }))
    .concat([{ key: 'this is an object', member: true }])
}
