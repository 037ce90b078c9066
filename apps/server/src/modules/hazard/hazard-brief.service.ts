/** What the page of an enterprise says of its hazards. */
import type { HazardBrief } from '@bihuan/contracts'
import { hazardStatuses, isOpenHazard } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { countOpenAt, listLatestAt } from './hazard-brief.repo.js'
import { mayRead } from './hazard.policy.js'

const latestShown = 5

export async function hazardBriefOf(
  handle: Handle,
  actor: Actor,
  subjectId: string,
  clock: Clock,
): Promise<HazardBrief | null> {
  if (!mayRead(actor)) return null
  const counts = await countOpenAt(handle, subjectId, hazardStatuses.filter(isOpenHazard), clock.today())
  return {
    open: counts.reduce((sum, { count }) => sum + count, 0),
    overdue: counts.reduce((sum, { overdue }) => sum + overdue, 0),
    byState: counts.map(({ state, count }) => ({ state, count })),
    latest: await listLatestAt(handle, subjectId, latestShown),
  }
}
