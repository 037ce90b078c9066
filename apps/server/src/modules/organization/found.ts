/** The beginning: a tenant with its root unit and its three administrators. Once for a database; never on one with data. */
import { randomInt } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { UnitKind } from '@bihuan/domain'
import { recordAct } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import type { Database, Handle } from '../../platform/db/scope.js'
import { addUnit } from './unit.service.js'
import * as repo from './unit.repo.js'

export interface FoundTenant {
  readonly code: string
  readonly name: string
  readonly rootKind: UnitKind
  readonly rootCode: string | null
  readonly existsFrom: string
}

export async function isFounded(database: Database): Promise<boolean> {
  return database.withScope(
    { purpose: 'found', tenantId: null },
    async (handle) => (await repo.countTenants(handle)) > 0,
  )
}

/** Makes the tenant and its root; `within` adds what belongs to the same moment (the first accounts), in the same transaction. */
export async function foundTenant<T>(
  database: Database,
  clock: Clock,
  tenant: FoundTenant,
  within: (handle: Handle, rootUnitId: string) => Promise<T>,
): Promise<{ tenantId: string; rootUnitId: string; result: T }> {
  const tenantId = uuidv7()
  return database.withScope({ purpose: 'found', tenantId }, async (handle) => {
    const by = { tenantId, via: 'maintenance', personName: '系统', address: 'local' } as const
    const made = await repo.insertTenant(handle, {
      id: tenantId,
      code: tenant.code,
      name: tenant.name,
      now: clock.now(),
    })
    if (!made) throw new Error(`tenant ${tenant.code} stands already`)
    await recordAct(
      handle,
      by,
      {
        action: 'tenant.found',
        objectKind: 'tenant',
        objectId: tenantId,
        after: { code: tenant.code, name: tenant.name },
      },
      clock.now(),
    )
    const root = await addUnit(
      handle,
      by,
      {
        kind: tenant.rootKind,
        name: tenant.name,
        code: tenant.rootCode,
        parentId: null,
        lineParentId: null,
        existsFrom: tenant.existsFrom,
      },
      clock,
    )
    if (!root.ok) throw new Error(root.refusal.message)
    return { tenantId, rootUnitId: root.value.id, result: await within(handle, root.value.id) }
  })
}

/** A first password to be changed at the first log-in: easy to read out, hard to guess. */
export function firstPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz'
  const part = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')
  return `${part()}-${part()}-${String(randomInt(1000, 10_000))}A`
}
