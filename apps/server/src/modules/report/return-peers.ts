/**
 * How the figures of a unit's peers spread: of every other respondent of the same kind what the last filed period added to each cell, and
 * of stocks the figure itself. Read for a whole schedule at once and kept: thousands open their returns on the same day, and what was
 * filed before does not change meanwhile.
 */
import { spreadOf, type Spread } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'
import { MOST_PEERS, peerStamp, readPeerFigures, type FigureAt, type PeerGroup } from './return-comparison.repo.js'
import { rekeyedAll } from './return-earlier.js'
import type { ReturnRecord } from './return.repo.js'

export type Spreads = ReadonlyMap<string, Spread>

/** What a peer filed last and before that, by the keys of the form that it is compared in. */
interface Peer {
  readonly unitId: string
  readonly last: readonly FigureAt[]
  readonly before: readonly FigureAt[]
}

interface Kept {
  readonly stamp: string
  readonly peers: readonly Peer[]
  /** By the one that is left out, and by what is compared as it stands; all that are not among the peers have one. */
  readonly spreads: Map<string, Spreads>
}

const kept = new Map<string, Kept>()
const mostKept = 40

type Of = PeerGroup & Pick<ReturnRecord, 'unit_id' | 'due_on' | 'period_key' | 'table_id' | 'table_version'>

/** `asTheyAre`: cells that are compared as they stand. */
export async function readPeers(handle: Handle, of: Of, asTheyAre: readonly string[]): Promise<Spreads> {
  const key = `${handle.tenantId} ${of.schedule_id} ${of.period_from} ${of.unit_kind} ${of.sector} ${of.table_version}`
  const stamp = await stampOnce(handle, key, of)
  let known = kept.get(key)
  if (known?.stamp !== stamp) {
    if (kept.size >= mostKept) kept.clear()
    known = { stamp, peers: await peersOf(handle, of, null), spreads: new Map() }
    kept.set(key, known)
  }
  const { peers, spreads } = known
  const isAmong = peers.some(({ unitId }) => unitId === of.unit_id)
  const spreadKey = `${isAmong ? of.unit_id : ''} ${asTheyAre.join(' ')}`
  const found = spreads.get(spreadKey)
  if (found !== undefined) return found
  const others = peers.filter(({ unitId }) => unitId !== of.unit_id)
  // Alone with the last period, it is compared with what the others filed before.
  const isAlone = others.length === 0 && peers.length > 0
  const spread = spreadsOf(isAlone ? await peersOf(handle, of, of.unit_id) : others, new Set(asTheyAre))
  // What the others filed before is not in the stamp.
  if (!isAlone) spreads.set(spreadKey, spread)
  return spread
}

async function peersOf(handle: Handle, of: Of, except: string | null): Promise<Peer[]> {
  const peers = await readPeerFigures(handle, of, except)
  const none = { table_version: of.table_version, figures: [] }
  const last = await rekeyedAll(
    handle,
    of,
    peers.map((peer) => peer.last),
  )
  const before = await rekeyedAll(
    handle,
    of,
    peers.map((peer) => peer.before ?? none),
  )
  return peers.map(({ unit_id: unitId }, at) => ({ unitId, last: last[at] ?? [], before: before[at] ?? [] }))
}

/** A transaction asks once: a run over thousands of returns looks at them by pages. */
const stamps = new WeakMap<Handle, Map<string, string>>()

async function stampOnce(handle: Handle, key: string, of: Parameters<typeof peerStamp>[1]): Promise<string> {
  const asked = stamps.get(handle) ?? new Map<string, string>()
  stamps.set(handle, asked)
  const stamp = asked.get(key) ?? (await peerStamp(handle, of))
  asked.set(key, stamp)
  return stamp
}

function spreadsOf(peers: readonly Peer[], asTheyAre: ReadonlySet<string>): Spreads {
  const byCell = new Map<string, number[]>()
  for (const { last, before } of peers.slice(0, MOST_PEERS)) {
    const earlier = new Map(before.map(({ key, value }) => [key, value ?? 0]))
    for (const { key, value } of last) {
      if (value === null) continue
      const added = asTheyAre.has(key) ? value : value - (earlier.get(key) ?? 0)
      const list = byCell.get(key)
      if (list === undefined) byCell.set(key, [added])
      else list.push(added)
    }
  }
  return new Map(
    [...byCell].flatMap(([key, values]): [string, Spread][] => {
      const spread = spreadOf(values)
      return spread === null ? [] : [[key, spread]]
    }),
  )
}
