/**
 * Where this server may be sent to. An address that a person typed must not lead to what only this machine can reach: the own machine, the
 * network around it, a cloud's metadata. Names are resolved here, every address that comes is judged, and the connection goes to
 * one that was judged: a name that answers otherwise the second time gains nothing.
 */
import { lookup as resolve } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'

/** Never: nothing that takes packages stands there. */
const nowhere = blockList([
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
  ['::', 128],
  // What holds an IPv4 address inside (NAT64, 6to4, Teredo) would need to be judged by that.
  ['64:ff9b::', 95],
  ['100::', 64],
  ['2001::', 32],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fe80::', 10],
  ['ff00::', 8],
])
/** Only for hosts that the operator named (BIHUAN_PRIVATE_RECEIVERS). */
const inside = blockList([
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['::1', 128],
  ['fc00::', 7],
])

function blockList(ranges: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList()
  for (const [address, bits] of ranges) list.addSubnet(address, bits, isIP(address) === 6 ? 'ipv6' : 'ipv4')
  return list
}

export type Standing = 'public' | 'private' | 'forbidden'

export function standingOf(address: string): Standing {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '')
  // An IPv4 address in an IPv6 one is the IPv4 address; the URL parser writes it in hexadecimal.
  const mapped = /^::ffff:(?:(\d+\.\d+\.\d+\.\d+)|([0-9a-f]{1,4}):([0-9a-f]{1,4}))$/i.exec(bare)
  if (mapped !== null) {
    const [, dotted, high = '0', low = '0'] = mapped
    const [a, b] = [Number.parseInt(high, 16), Number.parseInt(low, 16)]
    return standingOf(dotted ?? [a >> 8, a & 255, b >> 8, b & 255].join('.'))
  }
  const version = isIP(bare)
  if (version === 0) return 'forbidden'
  const family = version === 6 ? 'ipv6' : 'ipv4'
  if (nowhere.check(bare, family)) return 'forbidden'
  return inside.check(bare, family) ? 'private' : 'public'
}

export interface Judged {
  readonly address: string
  readonly family: 4 | 6
}

/** Null when the host may not be gone to. A host one of whose addresses is out of bounds is out of bounds. Throws what DNS throws. */
export async function judgedAddress(hostname: string, privateHosts: readonly string[]): Promise<Judged | null> {
  const host = hostname.replace(/^\[|\]$/g, '')
  const found = isIP(host) === 0 ? await resolve(host, { all: true }) : [{ address: host, family: isIP(host) }]
  const mayBePrivate = privateHosts.includes(host.toLowerCase())
  const isAllowed = ({ address }: { address: string }) => {
    const standing = standingOf(address)
    return standing === 'public' || (standing === 'private' && mayBePrivate)
  }
  const [first] = found
  if (first === undefined || !found.every(isAllowed)) return null
  return { address: first.address, family: first.family === 6 ? 6 : 4 }
}
