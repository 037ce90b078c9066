import { describe, expect, it } from 'vitest'
import { judgedAddress, standingOf } from './guarded-address.js'

describe('an address', () => {
  it.each([
    ...['127.0.0.1', '10.1.2.3', '172.31.255.255', '192.168.0.1', '100.64.0.1', '::1', 'fd00::1', '[::1]'],
    ...['::ffff:127.0.0.1', '::ffff:7f00:1', '[::ffff:a01:203]'],
  ])('%s is private', (address) => {
    expect(standingOf(address)).toBe('private')
  })

  it.each([
    ...['169.254.169.254', '0.0.0.0', '224.0.0.1', '255.255.255.255', '192.0.2.1', '::', 'fe80::1', 'fe80::1%eth0'],
    ...['ff02::1', '64:ff9b::7f00:1', '2002:7f00:1::', '::ffff:169.254.169.254', 'localhost', ''],
  ])('%j is nowhere to go', (address) => {
    expect(standingOf(address)).toBe('forbidden')
  })

  it.each(['1.1.1.1', '172.32.0.1', '8.8.8.8', '2400:3200::1', '::ffff:1.1.1.1'])('%s is public', (address) => {
    expect(standingOf(address)).toBe('public')
  })

  it('inside is gone to only under the name that the operator gave, and metadata never', async () => {
    expect(await judgedAddress('127.0.0.1', [])).toBeNull()
    expect(await judgedAddress('localhost', [])).toBeNull()
    expect(await judgedAddress('127.0.0.1', ['127.0.0.1'])).toEqual({ address: '127.0.0.1', family: 4 })
    expect((await judgedAddress('localhost', ['localhost']))?.address).toMatch(/^(127\.|::1)/)
    expect(await judgedAddress('127.0.0.1', ['localhost'])).toBeNull()
    expect(await judgedAddress('169.254.169.254', ['169.254.169.254'])).toBeNull()
    expect(await judgedAddress('[::1]', ['::1'])).toEqual({ address: '::1', family: 6 })
  })
})
