/** The board: respondents × periods. Who has filed, who is late, who was sent back, who said zero. */
import type { ReturnBoard } from '@bihuan/contracts'
import { timelinessOf, type CivilDate } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import * as repo from './board.repo.js'
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
  const after = query.after === undefined ? null : placeIn(query.after)
  if (query.after !== undefined && after === null) {
    return {
      ok: false,
      refusal: { code: 'request.invalid', message: '翻页位置不对。请回到第一页重新查询。', path: 'after' },
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
    after,
    limit: query.limit + 1,
  })
  const { rows, last, hasMore } = rowsOf(found, keys, query.limit, today)
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
      rows,
      next: hasMore && last !== undefined ? `${last.path} ${last.unit_id} ${last.sector}` : null,
      summary: await repo.summarizeBoard(handle, schedule.id, current?.period_key ?? '', receiverId, today),
    },
  }
}

/** They come in the order of their places: those of one respondent stand together. */
function rowsOf(found: readonly repo.BoardRow[], keys: readonly string[], limit: number, today: CivilDate) {
  const column = new Map(keys.map((key, index) => [key, index]))
  const rows: ReturnBoard['rows'] = []
  let last: repo.BoardRow | undefined
  for (const one of found) {
    let row = rows.at(-1)
    if (row === undefined || last?.unit_id !== one.unit_id || last.sector !== one.sector) {
      if (rows.length === limit) return { rows, last, hasMore: true }
      row = { unitId: one.unit_id, unitName: one.unit_name, sector: one.sector, cells: keys.map(() => null) }
      rows.push(row)
    }
    last = one
    const { state, daysLate } = timelinessOf(one, today)
    const { id: returnId, status, nil, timesSentBack } = one
    row.cells[column.get(one.period_key) ?? -1] = { returnId, status, nil, timeliness: state, daysLate, timesSentBack }
  }
  return { rows, last, hasMore: false }
}

function placeIn(text: string): readonly [string, string, string] | null {
  const [, path, unitId, sector] =
    /^(\/\S*\/) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) (.{0,60})$/u.exec(text) ?? []
  return path === undefined || unitId === undefined ? null : [path, unitId, sector ?? '']
}
