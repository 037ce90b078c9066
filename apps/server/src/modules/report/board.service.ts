/** The board: respondents × periods. Who has filed, who is late, who was sent back, who said zero. */
import type { ReturnBoard } from '@bihuan/contracts'
import { timelinessOf } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import * as repo from './return.repo.js'
import { findSchedule } from './schedule.repo.js'
import { mayReadTables } from './table.policy.js'

export async function showBoard(
  handle: Handle,
  actor: Actor,
  query: {
    readonly scheduleId: string
    readonly below?: string | undefined
    readonly periods: number
    readonly after?: string | undefined
    readonly limit: number
  },
  clock: Clock,
): Promise<Answer<ReturnBoard>> {
  const schedule = mayReadTables(actor) ? await findSchedule(handle, query.scheduleId) : null
  if (schedule === null) {
    return {
      ok: false,
      refusal: notFound('报送安排', { objectKind: 'schedule', objectId: query.scheduleId }),
    }
  }
  const today = clock.today()
  const periods = (await repo.listBoardPeriods(handle, schedule.id, query.periods)).reverse()
  const receiverId = query.below ?? null
  const keys = periods.map(({ period_key }) => period_key)
  const found = await repo.listBoardRows(handle, {
    scheduleId: schedule.id,
    periodKeys: keys,
    receiverId,
    after: query.after ?? '',
    limit: query.limit + 1,
  })
  const places = [...new Set(found.map(({ place }) => place))]
  const shown = new Set(places.slice(0, query.limit))
  const rows = new Map<string, ReturnBoard['rows'][number]>()
  for (const { place, unit_id, unit_name, sector, id, period_key, detail } of found) {
    if (!shown.has(place)) continue
    const row = rows.get(place) ?? {
      unitId: unit_id,
      unitName: unit_name,
      sector,
      cells: keys.map(() => null),
    }
    rows.set(place, row)
    const { state, daysLate } = timelinessOf(detail, today)
    row.cells[keys.indexOf(period_key)] = {
      returnId: id,
      status: detail.status,
      nil: detail.nil,
      timeliness: state,
      daysLate,
      timesSentBack: detail.timesSentBack,
    }
  }
  // Of the period that is being filed: the first whose day has not come, or the last.
  const current = periods.find(({ due_on }) => due_on >= today) ?? periods.at(-1)
  return {
    ok: true,
    value: {
      title: schedule.title,
      periods: periods.map(({ period_key, period_title, due_on }) => ({
        key: period_key,
        title: period_title,
        dueOn: due_on,
      })),
      rows: [...rows.values()],
      next: places.length > query.limit ? (places[query.limit - 1] ?? null) : null,
      summary: await repo.summarizeBoard(handle, schedule.id, current?.period_key ?? '', receiverId, today),
    },
  }
}
