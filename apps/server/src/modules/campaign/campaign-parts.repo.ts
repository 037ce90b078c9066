/** What a plan gave to its campaign besides phases and tasks, as it is changed afterwards. */
import type { PlanLeader, PlanLedger } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'

/** The rest of the plan stays as it was received. */
export async function saveLeadership(
  handle: Handle,
  campaignId: string,
  leadership: readonly PlanLeader[],
): Promise<void> {
  await handle.query(
    `update campaign set plan = jsonb_set(plan, '{leadership}', $3::jsonb) where tenant_id = $1 and id = $2`,
    [handle.tenantId, campaignId, JSON.stringify(leadership)],
  )
}

export async function saveTarget(
  handle: Handle,
  row: { id: string; ordinal: number; name: string; type: string | null; enterpriseId: string | null },
): Promise<void> {
  await handle.query(
    'update campaign_target set ordinal = $3, name = $4, type = $5, enterprise_id = $6 where tenant_id = $1 and id = $2',
    [handle.tenantId, row.id, row.ordinal, row.name, row.type, row.enterpriseId],
  )
}

export async function deleteTargets(handle: Handle, ids: readonly string[]): Promise<void> {
  await handle.query('delete from campaign_target where tenant_id = $1 and id = any($2::uuid[])', [
    handle.tenantId,
    ids,
  ])
}

export async function saveLedgerForm(
  handle: Handle,
  row: { id: string; ordinal: number; form: PlanLedger },
): Promise<void> {
  await handle.query(
    'update ledger_form set ordinal = $3, title = $4, form = $5, version = version + 1 where tenant_id = $1 and id = $2',
    [handle.tenantId, row.id, row.ordinal, row.form.title, JSON.stringify(row.form)],
  )
}
