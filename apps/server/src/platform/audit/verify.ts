/** Proves the audit trail from its rows and a head that was kept outside: the server is not trusted with its own proof. */
import type { Handle } from '../db/scope.js'
import { chainHash, entryColumns, entryHash, genesis, type EntryRow } from './chain.js'

/** What a filing receipt prints. */
export interface ChainHead {
  readonly position: number
  /** Lower-case hex. */
  readonly chainHash: string
}

export type ChainVerdict =
  | { readonly ok: true; readonly head: ChainHead; readonly waiting: number }
  | { readonly ok: false; readonly position: number; readonly entryId: string | null; readonly message: string }

export async function readHead(handle: Handle): Promise<ChainHead> {
  const [row] = await handle.query<{ position: number; chain_hash: Buffer }>(
    'select position, chain_hash from audit_seal where tenant_id = $1 order by position desc limit 1',
    [handle.tenantId],
  )
  return row
    ? { position: row.position, chainHash: row.chain_hash.toString('hex') }
    : { position: 0, chainHash: genesis(handle.tenantId).toString('hex') }
}

const pageSize = 2000

/** Walks the whole chain in pages of position. Fails at the first difference and says where. */
export async function verifyChain(handle: Handle, kept: ChainHead | null): Promise<ChainVerdict> {
  const tenantId = handle.tenantId
  let position = 0
  let previous = genesis(tenantId)
  let keptSeen = kept === null || (kept.position === 0 && kept.chainHash === previous.toString('hex'))
  for (;;) {
    const seals = await handle.query<{ position: number; entry_id: string; entry_hash: Buffer; chain_hash: Buffer }>(
      `select position, entry_id, entry_hash, chain_hash from audit_seal
       where tenant_id = $1 and position > $2 order by position limit ${pageSize}`,
      [tenantId, position],
    )
    // In a second step: joined, every page was a hash of the whole trail (200,000 entries: 10 s a page).
    const entries = new Map(
      (
        await handle.query<EntryRow & Record<string, unknown>>(
          `select ${entryColumns} from audit_entry where tenant_id = $1 and id = any($2::uuid[])`,
          [tenantId, seals.map(({ entry_id }) => entry_id)],
        )
      ).map((entry) => [entry.id, entry]),
    )
    if (seals.length === 0) break
    for (const row of seals) {
      position += 1
      const broken = (message: string): ChainVerdict => ({ ok: false, position, entryId: row.entry_id, message })
      if (row.position !== position) return broken(`第 ${position} 号不见了：下一条是第 ${row.position} 号。`)
      const entry = entries.get(row.entry_id)
      if (entry === undefined) return broken(`第 ${position} 号的记录被删除了。`)
      const hash = entryHash(entry)
      if (!hash.equals(row.entry_hash)) return broken(`第 ${position} 号的记录被改过：内容与封存时的摘要不符。`)
      previous = chainHash(previous, position, row.entry_id, hash)
      if (!previous.equals(row.chain_hash)) return broken(`第 ${position} 号的链接不对：从这里起链条被重写过。`)
      if (kept !== null && position === kept.position) {
        if (previous.toString('hex') !== kept.chainHash) {
          return broken(`第 ${position} 号与回执上的链头不符：整条链在出具回执之后被重写过。`)
        }
        keptSeen = true
      }
    }
  }
  if (!keptSeen) {
    return {
      ok: false,
      position,
      entryId: null,
      message: `回执上的链头是第 ${kept?.position} 号，现在只到第 ${position} 号：末尾的记录被删除了。`,
    }
  }
  // One statement, so one snapshot: others write and seal meanwhile. Entry by entry, because two faults can make the counts equal.
  const [unsealed] = await handle.query<{ waiting: number; lost: string | null }>(
    `select count(p.entry_id)::int as waiting, min(e.id::text) filter (where p.entry_id is null) as lost
     from audit_entry e left join audit_pending p on p.tenant_id = e.tenant_id and p.entry_id = e.id
     where e.tenant_id = $1
       and not exists (select 1 from audit_seal s where s.tenant_id = e.tenant_id and s.entry_id = e.id)`,
    [tenantId],
  )
  const lost = unsealed?.lost ?? null
  if (lost !== null) {
    return {
      ok: false,
      position,
      entryId: lost,
      message: `记录 ${lost} 既未封存也不在待封存之列：链条的末尾或待封存的队列被动过。`,
    }
  }
  return { ok: true, head: { position, chainHash: previous.toString('hex') }, waiting: unsealed?.waiting ?? 0 }
}
