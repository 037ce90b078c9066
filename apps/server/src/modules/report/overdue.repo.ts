import { hazardStatusLabels } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'

const openStates = Object.keys(hazardStatusLabels).filter((state) => !['draft', 'closed', 'cancelled'].includes(state))

export interface OverdueRow {
  readonly id: string
  readonly territory_unit_id: string
  readonly authority_unit_id: string | null
  readonly code: string
  readonly subject_name: string
  readonly description: string
  readonly deadline: string
}

/** Major and key hazards past their day, the longest first: of places among the units, or (`byDoing`) supervised by them. */
export async function listOverdue(
  handle: Handle,
  question: {
    readonly unitIds: readonly string[]
    readonly byDoing: boolean
    /** Null for all. */
    readonly sectors: readonly string[] | null
    readonly today: string
    readonly limit: number
  },
): Promise<OverdueRow[]> {
  const place = question.byDoing ? 'authority_unit_id' : 'territory_unit_id'
  return handle.query<OverdueRow & Record<string, unknown>>(
    `select id, territory_unit_id, authority_unit_id, code, subject_name, description, deadline from hazard
     where tenant_id = $1 and state = any($6::text[]) and grade in ('major', 'key') and coalesce(deadline, 'infinity'::date) < $2::date
       and ${place} = any($3::uuid[]) and ($4::text[] is null or sector = any($4::text[]))
     order by deadline, id limit $5`,
    [handle.tenantId, question.today, question.unitIds, question.sectors, question.limit, openStates],
  )
}
