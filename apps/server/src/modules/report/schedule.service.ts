/** Schedules: set up for a table of a campaign by who manages it, previewed, changed; opened returns stay as they were opened. */
import { v7 as uuidv7 } from 'uuid'
import type { NarrativeInput, ScheduleInput, ScheduleRule, ScheduleView } from '@bihuan/contracts'
import {
  checkNarrative,
  checkRespondents,
  checkSchedule,
  nextDuePeriods,
  periodTitle,
  type CivilDate,
  type Narrative,
  type WorkingDays,
} from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { canonical } from '../../platform/audit/chain.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { enqueue } from '../../platform/jobs/queue.js'
import { notAllowed, notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { workingDaysOf } from '../../platform/working-days.js'
import { findUnits } from '../organization/index.js'
import * as narratives from './narrative.repo.js'
import { findReceivers } from './package-receiver.repo.js'
import { noReceiver } from './package-receiver.service.js'
import { openJob } from './return-opening.js'
import { mayManageSchedules } from './return.policy.js'
import * as repo from './schedule.repo.js'
import { mayReadTables } from './table.policy.js'
import { noTable } from './table-question.js'
import { findTable, insertTable } from './table.repo.js'

const SHOWN = 6

export async function listSchedules(
  handle: Handle,
  actor: Actor,
  campaignId: string | null,
  clock: Clock,
): Promise<{ items: ScheduleView[]; abilities: Record<string, boolean> }> {
  const rows = mayReadTables(actor) ? await repo.listSchedules(handle, campaignId) : []
  const calendar = await workingDaysOf(handle)
  const receivers = await findUnits(handle, [...new Set(rows.flatMap(({ receiver_ids }) => receiver_ids))])
  const outside = await findReceivers(handle, [...new Set(rows.flatMap((row) => row.outside_receiver_ids))])
  const names = new Map([...receivers, ...outside].map(({ id, name }) => [id, name]))
  return {
    items: rows.map((row) => viewOf(row, actor, names, calendar, clock.today())),
    abilities: { manage: actor.permissions.has('schedule.manage') },
  }
}

export async function previewSchedule(
  handle: Handle,
  rule: ScheduleRule,
  today: CivilDate,
): Promise<Answer<{ next: ScheduleView['next'] }>> {
  const calendar = await workingDaysOf(handle)
  const checked = checkSchedule(rule, calendar)
  if (!checked.ok) return prefixed(checked.refusal, 'rule')
  return { ok: true, value: { next: nextOf(rule, calendar, today) } }
}

export async function addSchedule(
  handle: Handle,
  actor: Actor,
  tableId: string,
  input: ScheduleInput,
  clock: Clock,
): Promise<Answer<ScheduleView>> {
  const table = mayReadTables(actor) ? await findTable(handle, tableId) : null
  if (table === null) return { ok: false, refusal: noTable(tableId) }
  if (!mayManageSchedules(actor, table)) return { ok: false, refusal: notAllowed('设置这个行动的报送安排') }
  const fault = await faultOf(
    handle,
    input,
    table.form.groups.map(({ name }) => name),
  )
  if (fault !== null) return fault
  const id = uuidv7()
  await repo.insertSchedule(handle, {
    ...input,
    id,
    campaignId: table.campaign_id,
    territoryPath: table.territory_path,
    boundPath: table.bound_path,
    tableId,
    outsideReceiverIds: input.outsideReceiverIds ?? [],
    ledgerId: null,
    narrativeId: null,
    now: clock.now(),
  })
  await recordAct(
    handle,
    actor,
    { action: 'schedule.add', objectKind: 'schedule', objectId: id, after: { tableId, ...input } },
    clock.now(),
  )
  // What is due already is opened at once, not tomorrow morning.
  await enqueue(handle, openJob, {}, { key: openJob })
  return shownAs(handle, actor, id, clock)
}

/** The ledger itself is filed. What carries signatures, versions and periods is a table, here one of no groups. */
export async function addLedgerSchedule(
  handle: Handle,
  actor: Actor,
  ledgerId: string,
  input: ScheduleInput,
  clock: Clock,
): Promise<Answer<ScheduleView>> {
  const ledger = mayReadTables(actor) ? await repo.findLedgerPlace(handle, ledgerId) : null
  if (ledger === null)
    return { ok: false, refusal: notFound('隐患清单', { objectKind: 'ledger_form', objectId: ledgerId }) }
  if (!mayManageSchedules(actor, ledger)) return { ok: false, refusal: notAllowed('设置这个行动的报送安排') }
  const fault = await faultOf(handle, input, [])
  if (fault !== null) return fault
  const [id, tableId] = [uuidv7(), uuidv7()]
  const place = {
    campaignId: ledger.campaign_id,
    territoryPath: ledger.territory_path,
    boundPath: ledger.bound_path,
  }
  await insertCarrier(handle, place, tableId, ledger.title, [...ledger.signatures])
  await repo.insertSchedule(handle, {
    ...input,
    ...place,
    id,
    tableId,
    ledgerId,
    outsideReceiverIds: input.outsideReceiverIds ?? [],
    narrativeId: null,
    now: clock.now(),
  })
  await recordAct(
    handle,
    actor,
    { action: 'schedule.add', objectKind: 'schedule', objectId: id, after: { ledgerId, tableId, ...input } },
    clock.now(),
  )
  await enqueue(handle, openJob, {}, { key: openJob })
  return shownAs(handle, actor, id, clock)
}

/** What carries periods and versions where no table form is filed: a table of no groups. */
async function insertCarrier(
  handle: Handle,
  place: { readonly campaignId: string; readonly territoryPath: string; readonly boundPath: string },
  id: string,
  title: string,
  signatures: string[],
): Promise<void> {
  await insertTable(handle, {
    ...place,
    id,
    ordinal: 900,
    form: { ordinal: 900, title, kind: 'metric-table', head: [], groups: [], notes: [], foot: [], signatures },
    layout: { pairsPerRow: 1 },
    bindings: {},
    checks: [],
  })
}

/** A report on named dates or in a rhythm, or a plan for the record. */
export async function addNarrativeSchedule(
  handle: Handle,
  actor: Actor,
  campaignId: string,
  { narrative, ...input }: ScheduleInput & { readonly narrative: NarrativeInput },
  clock: Clock,
): Promise<Answer<ScheduleView>> {
  const campaign = mayReadTables(actor) ? await narratives.findCampaignPlace(handle, campaignId) : null
  if (campaign === null)
    return { ok: false, refusal: notFound('行动', { objectKind: 'campaign', objectId: campaignId }) }
  if (!mayManageSchedules(actor, campaign)) return { ok: false, refusal: notAllowed('设置这个行动的报送安排') }
  const fault = narrativeFault(narrative, input, campaign) ?? (await faultOf(handle, input, []))
  if (fault !== null) return fault
  const [id, tableId, narrativeId] = [uuidv7(), uuidv7(), uuidv7()]
  const place = { campaignId, territoryPath: campaign.territory_path, boundPath: campaign.bound_path }
  const now = clock.now()
  const entryId = await recordAct(
    handle,
    actor,
    {
      action: 'schedule.add',
      objectKind: 'schedule',
      objectId: id,
      after: { ...input },
      detail: { narrative: { id: narrativeId, version: 1, ...narrative } },
    },
    now,
  )
  await insertCarrier(handle, place, tableId, input.title, [])
  await narratives.insertNarrative(handle, { id: narrativeId, version: 1, place: campaign, narrative, entryId, now })
  await repo.insertSchedule(handle, {
    ...input,
    ...place,
    outsideReceiverIds: input.outsideReceiverIds ?? [],
    id,
    tableId,
    ledgerId: null,
    narrativeId,
    now,
  })
  await enqueue(handle, openJob, {}, { key: openJob })
  return shownAs(handle, actor, id, clock)
}

/** A narrative is filed as a whole: without groups, and once for all sectors. */
function narrativeFault(
  narrative: Narrative,
  { receiverIds, splitSectors }: ScheduleInput,
  { table_ids: tableIds }: Pick<narratives.CampaignPlace, 'table_ids'>,
): Extract<Answer<never>, { ok: false }> | null {
  if (splitSectors.length > 0) {
    return {
      ok: false,
      refusal: {
        code: 'narrative.split',
        message: '叙述性报告不分行业填报，请去掉行业；需要分行业写的，列为必写要点。',
        path: 'splitSectors',
      },
    }
  }
  const checked = checkNarrative(narrative, { receiverIds, tableIds })
  return checked.ok ? null : prefixed(checked.refusal, 'narrative')
}

export async function changeSchedule(
  handle: Handle,
  actor: Actor,
  command: {
    readonly id: string
    readonly version: number
    readonly active: boolean
    readonly input: ScheduleInput
    readonly narrative: NarrativeInput | null
  },
  clock: Clock,
): Promise<Answer<ScheduleView>> {
  const { id, version, active, input, narrative } = command
  const before = mayReadTables(actor) ? await repo.findSchedule(handle, id) : null
  if (before === null) return { ok: false, refusal: noSchedule(id) }
  if (!mayManageSchedules(actor, before)) return { ok: false, refusal: notAllowed('修改这个报送安排') }
  const fault = await faultOf(
    handle,
    input,
    before.form.groups.map(({ name }) => name),
  )
  if (fault !== null) return fault
  // A program that knows nothing of them does not take them away.
  const outsideReceiverIds = input.outsideReceiverIds ?? before.outside_receiver_ids
  const wanted = before.narrative === null ? null : (narrative ?? before.narrative)
  if (wanted !== null) {
    const campaign = await narratives.findCampaignPlace(handle, before.campaign_id)
    const wrong = narrativeFault(wanted, input, { table_ids: campaign?.table_ids ?? [] })
    if (wrong !== null) return wrong
  }
  const isRewritten = wanted !== null && canonical(wanted) !== canonical(before.narrative)
  const narrativeVersion = before.narrative_version === null ? null : before.narrative_version + (isRewritten ? 1 : 0)
  // The row of the schedule last: it points at the version of the narrative, and tells who was first of two.
  const entryId = await recordAct(
    handle,
    actor,
    {
      action: 'schedule.change',
      objectKind: 'schedule',
      objectId: id,
      before: {
        title: before.title,
        rule: before.rule,
        respondents: before.respondents,
        receiverIds: before.receiver_ids,
        outsideReceiverIds: before.outside_receiver_ids,
        splitSectors: before.split_sectors,
        note: before.note,
        active: before.active,
      },
      after: { ...input, outsideReceiverIds, active },
      ...(isRewritten
        ? { detail: { narrative: { id: before.narrative_id, version: narrativeVersion, ...wanted } } }
        : {}),
    },
    clock.now(),
  )
  if (isRewritten && before.narrative_id !== null && narrativeVersion !== null) {
    const written = { id: before.narrative_id, version: narrativeVersion, narrative: wanted }
    await narratives.insertNarrative(handle, { ...written, place: before, entryId, now: clock.now() })
  }
  if (!(await repo.saveSchedule(handle, id, version, { ...input, outsideReceiverIds, active, narrativeVersion }))) {
    return {
      ok: false,
      refusal: {
        code: 'schedule.changed-meanwhile',
        message: '这个报送安排刚被别人改过，您的修改没有保存。请刷新后再改。',
      },
    }
  }
  await enqueue(handle, openJob, {}, { key: openJob })
  return shownAs(handle, actor, id, clock)
}

const noSchedule = (id: string) => notFound('报送安排', { objectKind: 'schedule', objectId: id })

async function shownAs(handle: Handle, actor: Actor, id: string, clock: Clock): Promise<Answer<ScheduleView>> {
  const row = await repo.findSchedule(handle, id)
  if (row === null) return { ok: false, refusal: noSchedule(id) }
  const receivers = await findUnits(handle, row.receiver_ids)
  const outside = await findReceivers(handle, row.outside_receiver_ids)
  const names = new Map([...receivers, ...outside].map(({ id, name }) => [id, name]))
  return { ok: true, value: viewOf(row, actor, names, await workingDaysOf(handle), clock.today()) }
}

async function faultOf(
  handle: Handle,
  { rule, respondents, receiverIds, outsideReceiverIds = [] }: ScheduleInput,
  groupNames: readonly string[],
): Promise<Extract<Answer<never>, { ok: false }> | null> {
  const checked = checkSchedule(rule, await workingDaysOf(handle))
  if (!checked.ok) return prefixed(checked.refusal, 'rule')
  const filing = checkRespondents(respondents, groupNames)
  if (!filing.ok) return filing
  const outside = new Set((await findReceivers(handle, outsideReceiverIds)).map(({ id }) => id))
  const unknown = outsideReceiverIds.find((id) => !outside.has(id))
  if (unknown !== undefined) return { ok: false, refusal: { ...noReceiver(unknown), path: 'outsideReceiverIds' } }
  const named = [...new Set([...receiverIds, ...respondents.flatMap(({ unitIds }) => unitIds)])]
  const known = new Set((await findUnits(handle, named)).map(({ id }) => id))
  const stranger = named.find((id) => !known.has(id))
  return stranger === undefined
    ? null
    : {
        ok: false,
        refusal: {
          ...notFound('单位', { objectKind: 'unit', objectId: stranger }),
          path: receiverIds.includes(stranger) ? 'receiverIds' : 'respondents',
        },
      }
}

function prefixed(refusal: { code: string; message: string; path?: string }, before: string) {
  const path = refusal.path === undefined ? before : `${before}.${refusal.path}`
  return { ok: false as const, refusal: { ...refusal, path } }
}

function viewOf(
  row: repo.ScheduleRow,
  actor: Actor,
  names: ReadonlyMap<string, string>,
  calendar: WorkingDays,
  today: CivilDate,
): ScheduleView {
  return {
    id: row.id,
    campaignId: row.campaign_id,
    campaignName: row.campaign_name,
    tableId: row.table_id,
    tableTitle: row.table_title,
    ledgerId: row.ledger_id,
    narrative: row.narrative === null ? null : narrativeViewOf(row.narrative),
    title: row.title,
    rule: { ...row.rule, dates: [...row.rule.dates] },
    respondents: row.respondents.map(({ kinds, unitIds, groups, enterprises }) => ({
      kinds: [...kinds],
      unitIds: [...unitIds],
      groups: groups === null ? null : [...groups],
      ...(enterprises === undefined ? {} : { enterprises }),
    })),
    receiverIds: row.receiver_ids,
    outsideReceiverIds: row.outside_receiver_ids,
    receivers: row.receiver_ids.map((id) => ({ id, name: names.get(id) ?? '' })),
    outsideReceivers: row.outside_receiver_ids.map((id) => ({ id, name: names.get(id) ?? '' })),
    splitSectors: row.split_sectors,
    note: row.note,
    planReport: row.plan_report,
    active: row.active,
    hasBasis: row.has_basis,
    version: row.version,
    next: row.active ? nextOf(row.rule, calendar, today) : [],
    abilities: { manage: mayManageSchedules(actor, row) },
  }
}

function narrativeViewOf(narrative: Narrative): NarrativeInput {
  const { mustContain, deliverables, signatures, tableIds, ...rest } = narrative
  return {
    ...rest,
    mustContain: [...mustContain],
    deliverables: deliverables.map((one) => ({ ...one })),
    signatures: [...signatures],
    tableIds: [...tableIds],
  }
}

function nextOf(rule: repo.ScheduleRow['rule'], calendar: WorkingDays, today: CivilDate): ScheduleView['next'] {
  return nextDuePeriods(rule, calendar, today, SHOWN).map((period) => ({
    key: period.key,
    title: periodTitle(rule.cadence, period),
    from: period.from,
    to: period.to,
    cutOff: period.cutOff,
    nominalDueOn: period.nominalDueOn,
    dueOn: period.dueOn,
    provisional: period.provisional,
  }))
}
