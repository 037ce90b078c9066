/**
 * Hazards against the chain. The trail keeps what each act changed, so all acts in their order, laid upon each other, must give
 * exactly the hazard that stands now; the columns that lists filter by must agree with it; and every act has its one event.
 */
import type { Hazard } from '@bihuan/domain'
import { canonical } from '../../platform/audit/chain.js'
import { entryName, firstDifference, firstId } from '../../platform/audit/covered-rows.js'
import type { Verifier } from '../../platform/audit/verification.js'
import { partiesOf } from './hazard.policy.js'
import { filterColumnsOf } from './hazard.repo.js'
import * as repo from './hazard-verify.repo.js'

const hazardsAtOnce = 200

export const hazardVerifier: Verifier = {
  subject: '隐患台账',
  async verify(handle) {
    let count = 0
    let after = firstId
    for (;;) {
      const hazards: repo.HazardAsStored[] = await repo.hazardsAfter(handle, after, hazardsAtOnce)
      const ids = hazards.map(({ id }) => id)
      const acts = byHazard(await repo.actsOnHazards(handle, ids), (act) => act.object_id)
      const events = byHazard(await repo.eventsOfHazards(handle, ids), (event) => event.hazard_id)
      for (const hazard of hazards) {
        const difference = hazardDifference(hazard, acts.get(hazard.id) ?? [], events.get(hazard.id) ?? [])
        if (difference !== null) {
          const where = difference.entryId === undefined ? '' : `（${await entryName(handle, difference.entryId)}）`
          return { ok: false, message: `隐患 ${hazard.detail.code}（${hazard.id}）：${difference.text}${where}。` }
        }
      }
      count += hazards.length
      if (hazards.length < hazardsAtOnce) break
      after = ids.at(-1) ?? after
    }
    const lost = await repo.findLostHazard(handle)
    if (lost === null) return { ok: true, count }
    return { ok: false, message: `隐患 ${lost.id} 不见了：${await entryName(handle, lost.entryId)}里登记过它。` }
  },
}

interface Difference {
  readonly text: string
  readonly entryId?: string
}

function hazardDifference(
  stored: repo.HazardAsStored,
  acts: readonly repo.ActOnHazard[],
  events: readonly repo.EventAsStored[],
): Difference | null {
  let replayed: Partial<Hazard> = {}
  for (const [index, act] of acts.entries()) {
    if (act.after.version !== index + 1) return { text: `第 ${index + 1} 步没有审计记录`, entryId: act.id }
    const wrong = eventDifference(act, events[index], replayed.status ?? null)
    if (wrong !== null) return { text: `第 ${index + 1} 步的经过${wrong}`, entryId: act.id }
    replayed = { ...replayed, ...act.after }
  }
  if (acts.length === 0) return { text: '没有任何审计记录' }
  if (events.length > acts.length) return { text: `多出一步没有审计记录的经过（第 ${acts.length + 1} 步）` }

  const fields = new Set([...Object.keys(replayed), ...Object.keys(stored.detail)]) as Set<keyof Hazard>
  for (const field of fields) {
    if (canonical(replayed[field]) === canonical(stored.detail[field])) continue
    const changedBy = acts.findLast(({ after }) => field in after)
    return {
      text: `${field} 与审计记录逐步推算的结果不同，应为 ${canonical(replayed[field])}，现为 ${canonical(stored.detail[field])}`,
      ...(changedBy === undefined ? {} : { entryId: changedBy.id }),
    }
  }
  const columns = { ...filterColumnsOf(stored.detail), version: stored.detail.version }
  const difference = firstDifference([
    ...Object.entries(columns).map(([name, value]) => [`${name} 列`, value, stored[name]] as const),
    ['parties 列', partiesOf(stored.detail).sort(), [...stored.parties].sort()],
  ])
  return difference === null ? null : { text: `列与内容不符：${difference}` }
}

function eventDifference(
  act: repo.ActOnHazard,
  event: repo.EventAsStored | undefined,
  before: Hazard['status'] | null,
): string | null {
  if (event === undefined) return '不见了'
  const said = act.events?.[0]
  return firstDifference([
    ['序号', act.after.version, event.ordinal],
    ['来历', act.id, event.entry_id],
    ['事项', act.action, `hazard.${event.type}`],
    ['日期', said?.on, event.occurred_on],
    ['文字', said?.sentence, event.payload.sentence],
    ['附件', said?.fileIds ?? [], event.payload.fileIds ?? []],
    ['原状态', before, event.payload.from],
    ['新状态', act.after.status ?? before, event.payload.to],
    ['账户', act.account_id, event.account_id],
    ['姓名', act.person_name, event.person_name],
    ['单位', act.unit_id, event.unit_id],
  ])
}

function byHazard<Row>(rows: readonly Row[], idOf: (row: Row) => string): Map<string, Row[]> {
  const grouped = new Map<string, Row[]>()
  for (const row of rows) {
    const own = grouped.get(idOf(row))
    if (own === undefined) grouped.set(idOf(row), [row])
    else own.push(row)
  }
  return grouped
}
