/** The plans that units made under a campaign: kept with it, or put on record by a return (备案). */
import type { OwnPlan } from '@bihuan/contracts'
import { returnStatusLabels } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'
import { listPlanFilings } from '../report/index.js'
import { listKeptPlans } from './sub-plan.repo.js'

export const noPlan: OwnPlan = { kept: null, filing: null }

export async function plansOf(
  handle: Handle,
  campaignId: string,
  unitIds: readonly string[],
): Promise<ReadonlyMap<string, OwnPlan>> {
  if (unitIds.length === 0) return new Map()
  const kept = new Map((await listKeptPlans(handle, campaignId, unitIds)).map((one) => [one.unit_id, one]))
  const filings = new Map((await listPlanFilings(handle, campaignId, unitIds)).map((one) => [one.unit_id, one]))
  return new Map(unitIds.map((unitId) => [unitId, planOf(kept.get(unitId), filings.get(unitId))]))
}

function planOf(
  kept: Awaited<ReturnType<typeof listKeptPlans>>[number] | undefined,
  filing: Awaited<ReturnType<typeof listPlanFilings>>[number] | undefined,
): OwnPlan {
  return {
    kept:
      kept === undefined
        ? null
        : {
            fileId: kept.file_id,
            name: kept.file_name,
            personName: kept.person_name,
            keptAt: kept.kept_at.toISOString(),
          },
    filing:
      filing === undefined
        ? null
        : {
            returnId: filing.return_id,
            title: filing.title,
            dueOn: filing.due_on,
            status: filing.status,
            statusLabel: returnStatusLabels[filing.status],
          },
  }
}
