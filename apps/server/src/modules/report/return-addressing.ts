/**
 * A unit is moved in the middle of a period: its figures count under its new superior at the cut-off, so what it has not filed yet goes
 * there too. Otherwise the old one waits for, and reminds of, a table that is no longer part of its own.
 */
import { v7 as uuidv7 } from 'uuid'
import { decideReturn } from '@bihuan/domain'
import type { Clock } from '../../platform/clock.js'
import type { Database, Handle } from '../../platform/db/scope.js'
import { giveNotice } from '../../platform/notices/notices.js'
import { findUnits, unitsUnder, type UnitRow } from '../organization/index.js'
import { listEnterpriseClasses } from '../enterprise/index.js'
import { listAddressed, saveAddress } from './return-addressing.repo.js'
import { respondentsAmong } from './return-respondents.js'
import { loadReturn } from './return.repo.js'
import { saveStep } from './return.service.js'
import type { ScheduleRow } from './schedule.repo.js'

/** Written in one transaction: small enough to be interrupted, large enough to be quick. */
const PAGE = 200

interface Address {
  readonly returnId: string
  readonly unit: UnitRow
  readonly receiverIds: readonly string[]
}

/** Begun again anywhere it does what is left, and nothing twice. Gives how many returns go elsewhere now. */
export async function readdressReturns(
  { database, clock }: { readonly database: Database; readonly clock: Clock },
  tenantId: string,
  schedule: ScheduleRow,
): Promise<number> {
  const inTenant = <T>(work: (handle: Handle) => Promise<T>) =>
    database.withScope({ purpose: 'tenant', tenantId }, work)
  const moved = await inTenant((handle) => movedOf(handle, schedule, clock))
  for (let from = 0; from < moved.length; from += PAGE) {
    await inTenant(async (handle) => {
      for (const address of moved.slice(from, from + PAGE)) await readdress(handle, address, clock)
    })
  }
  return moved.length
}

/** A unit that is no respondent any more (dissolved, or moved out of the campaign) keeps the receivers that it had. */
async function movedOf(handle: Handle, schedule: ScheduleRow, clock: Clock): Promise<Address[]> {
  const today = clock.today()
  const open = await listAddressed(handle, schedule.id, today)
  if (open.length === 0) return []
  const units = await unitsUnder(handle, schedule.bound_path)
  const isAsked = schedule.respondents.some(({ kinds }) => kinds.includes('enterprise'))
  const enterprises = isAsked ? await listEnterpriseClasses(handle, schedule.bound_path) : []
  const standing = respondentsAmong(schedule, units, today, new Map(enterprises.map((one) => [one.id, one])))
  const receiversOf = new Map(standing.map(({ unitId, receiverIds }) => [unitId, receiverIds]))
  const unitOf = new Map(units.map((unit) => [unit.id, unit]))
  return open.flatMap(({ id, unit_id: unitId, territory_path: path, receiver_ids: before }) => {
    const [receiverIds, unit] = [receiversOf.get(unitId) ?? [], unitOf.get(unitId)]
    // Where the schedule has other receivers since, what is open goes to those that it was opened for.
    if (unit === undefined || unit.territory_path === path || receiverIds.length === 0) return []
    const isSame = receiverIds.length === before.length && receiverIds.every((one) => before.includes(one))
    return isSame ? [] : [{ returnId: id, unit, receiverIds }]
  })
}

async function readdress(handle: Handle, { returnId, unit, receiverIds }: Address, clock: Clock): Promise<void> {
  const record = await loadReturn(handle, returnId)
  if (record === null) return
  const receivers = (await findUnits(handle, receiverIds)).map(({ name }) => name)
  const decision = decideReturn(
    record.detail,
    { kind: 're-address', receivers },
    { today: clock.today(), actor: { personId: '', name: '系统' }, isRespondent: false, isReceiver: false },
  )
  // Filed since it was listed.
  if (!decision.ok) return
  const by = { tenantId: handle.tenantId, via: 'job', personName: '系统', address: 'local' } as const
  const counted = { position: record.position, countedTo: record.counted_to }
  const detail = { addressed: { from: record.receiver_ids, to: receiverIds } }
  await saveStep(handle, by, record, decision.value, { counted, filed: null, hash: null, detail }, clock)
  const { territory_path: territoryPath, line_path: linePath } = unit
  await saveAddress(handle, returnId, { territoryPath, linePath, receiverIds })
  await giveNotice(handle, {
    id: uuidv7(),
    territoryPath,
    linePath,
    unitIds: [record.unit_id, ...record.receiver_ids, ...receiverIds],
    kind: 'return-readdressed',
    text: `${record.title}（${record.unit_name}，${record.period_title}）因单位隶属有变化，改报${receivers.join('、')}。`,
    link: `/returns/${returnId}`,
    dedupeKey: `return-readdressed:${returnId}:${decision.value.next.version}`,
    now: clock.now(),
  })
}
