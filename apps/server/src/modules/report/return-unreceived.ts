/**
 * Returns that were filed to a unit where nobody may take them. Whoever stands above it is told, or else those who make accounts and give
 * roles: without a word the respondents would wait, and the receiver cannot know.
 */
import { v7 as uuidv7 } from 'uuid'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { giveNotice } from '../../platform/notices/notices.js'
import { findUnit, type UnitRow } from '../organization/index.js'
import { countReviewers, listAdministrators } from './return-people.repo.js'
import { countUntaken, type UntakenRow } from './return-unreceived.repo.js'

/** Each morning, in the reach of the whole tenant. The key keeps each period from being said twice. */
export async function tellUnreceived(handle: Handle, clock: Clock): Promise<void> {
  const untaken = await countUntaken(handle)
  const receivers = [...new Set(untaken.map((row) => row.receiver_id))]
  const reviewers = await countReviewers(handle, receivers)
  for (const receiverId of receivers.filter((id) => (reviewers.get(id) ?? 0) === 0)) {
    const receiver = await findUnit(handle, receiverId)
    // What went to a unit that is no more goes to its successor (return-addressing.ts).
    if (receiver === null || receiver.dissolved_on !== null) continue
    const readers = await readersAbove(handle, receiver)
    for (const row of untaken.filter((one) => one.receiver_id === receiverId))
      for (const reader of readers) await tell(handle, receiver, row, reader, clock)
  }
}

interface Reader {
  readonly unitId: string
  /** Null for all who work for the unit. */
  readonly accountId: string | null
}

/** The nearest unit above that has people to see to it. */
async function readersAbove(handle: Handle, receiver: UnitRow): Promise<readonly Reader[]> {
  const above: string[] = []
  for (let unitId = receiver.parent_id; unitId !== null;) {
    if (((await countReviewers(handle, [unitId])).get(unitId) ?? 0) > 0) return [{ unitId, accountId: null }]
    above.push(unitId)
    unitId = (await findUnit(handle, unitId))?.parent_id ?? null
  }
  return listAdministrators(handle, [receiver.id, ...above])
}

async function tell(
  handle: Handle,
  receiver: UnitRow,
  { schedule_id: scheduleId, title, period_key: period, period_title: periodTitle, count }: UntakenRow,
  { unitId, accountId }: Reader,
  clock: Clock,
): Promise<void> {
  await giveNotice(handle, {
    id: uuidv7(),
    territoryPath: receiver.territory_path,
    linePath: receiver.line_path,
    unitIds: [unitId],
    ...(accountId === null ? {} : { accountId }),
    kind: 'return-unreceived',
    text: `报给${receiver.name}的“${title}”（${periodTitle}）有 ${count} 张等待接收，但${receiver.name}没有人能接收。请为它安排人员：系统管理员建立账户，安全保密管理员授予角色。`,
    link: accountId === null ? `/schedules/${scheduleId}/board?below=${receiver.id}` : '/admin/accounts',
    dedupeKey: ['return-unreceived', receiver.id, scheduleId, period, accountId ?? unitId].join(':'),
    now: clock.now(),
  })
}
