/**
 * `verify`: the chain, then everything that can be computed again from it. Modules contribute what they keep (`Verifier`); whoever
 * stores a figure, a state or a copy adds one, and lists it in modules.ts.
 *
 * All of it in one snapshot, as the owner at maintenance (why: platform/db/maintenance.ts): a server may work on meanwhile, and an
 * act that is half seen would look like tampering. In pages throughout: a million hazards take no more memory than a thousand.
 */
import { atMaintenance } from '../db/maintenance.js'
import type { Handle } from '../db/scope.js'
import { readTenants, type TenantRow } from '../db/tenants.js'
import type { Log } from '../log.js'
import { verifyChain, type ChainHead } from './verify.js'

export type Checked = { readonly ok: true; readonly count: number } | { readonly ok: false; readonly message: string }

export interface Verifier {
  /** What is looked at, in Chinese: 事实账. */
  readonly subject: string
  /** Stops at the first difference, and says where it is in one Chinese sentence. */
  verify(handle: Handle): Promise<Checked>
}

export interface TenantVerdict {
  readonly tenant: TenantRow
  readonly ok: boolean
  /** Where the chain ends; null when it is the chain that is broken. */
  readonly head: ChainHead | null
  /** Entries that wait for their position. */
  readonly waiting: number
  readonly checked: readonly { readonly subject: string; readonly count: number }[]
  /** Null when all is as it should be. */
  readonly difference: { readonly subject: string; readonly message: string } | null
}

export const chainSubject = '审计链'

export async function verifyTenant(
  handle: Handle,
  tenant: TenantRow,
  kept: ChainHead | null,
  verifiers: readonly Verifier[],
): Promise<TenantVerdict> {
  const chain = await verifyChain(handle, kept)
  if (!chain.ok) {
    const difference = { subject: chainSubject, message: chain.message }
    return { tenant, ok: false, head: null, waiting: 0, checked: [], difference }
  }
  const checked = [{ subject: chainSubject, count: chain.head.position }]
  const known = { tenant, head: chain.head, waiting: chain.waiting, checked }
  for (const { subject, verify } of verifiers) {
    const outcome = await verify(handle)
    if (!outcome.ok) return { ...known, ok: false, difference: { subject, message: outcome.message } }
    checked.push({ subject, count: outcome.count })
  }
  return { ...known, ok: true, difference: null }
}

/** Every tenant, or those that `of` names, with the heads that were kept outside. Stops at the first one that differs. */
export async function verifyDatabase(
  ground: { readonly ownerUrl: string; readonly log: Log },
  verifiers: readonly Verifier[],
  options: {
    readonly of?: (tenant: TenantRow) => boolean
    readonly keptHead?: (tenant: TenantRow) => ChainHead | null
  } = {},
): Promise<readonly TenantVerdict[]> {
  return atMaintenance(ground.ownerUrl, ground.log, 'read', async ({ client, forTenant }) => {
    const verdicts: TenantVerdict[] = []
    for (const tenant of (await readTenants(client)).filter(options.of ?? (() => true))) {
      const verdict = await verifyTenant(forTenant(tenant.id), tenant, options.keptHead?.(tenant) ?? null, verifiers)
      verdicts.push(verdict)
      if (!verdict.ok) break
    }
    return verdicts
  })
}
