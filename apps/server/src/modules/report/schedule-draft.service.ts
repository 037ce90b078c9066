/** What the campaign's plan asks to be filed: shown as drafts, and set up in one act as far as the plan and the decisions say all of it. */
import type { ScheduleDraftView, ScheduleView } from '@bihuan/contracts'
import { draftSchedules, type ScheduleDraft } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed, notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { findUnit, findUnitsCalled, unitsDownTo, unitsUnder, type UnitRow } from '../organization/index.js'
import { mayManageSchedules } from './return.policy.js'
import * as repo from './schedule-draft.repo.js'
import { addLedgerSchedule, addNarrativeSchedule, addSchedule } from './schedule.service.js'
import { mayReadTables } from './table.policy.js'

export interface ScheduleDrafts {
  readonly items: ScheduleDraftView[]
  readonly abilities: Record<string, boolean>
}

const noCampaign = (id: string) => notFound('行动', { objectKind: 'campaign', objectId: id })

export async function listScheduleDrafts(
  handle: Handle,
  actor: Actor,
  campaignId: string,
): Promise<Answer<ScheduleDrafts>> {
  const campaign = mayReadTables(actor) ? await repo.findPlanned(handle, campaignId) : null
  if (campaign === null) return { ok: false, refusal: noCampaign(campaignId) }
  return {
    ok: true,
    value: {
      items: await draftsOf(handle, campaign),
      abilities: { manage: mayManageSchedules(actor, campaign) && campaign.state !== 'closed' },
    },
  }
}

/** Those that are ready and not there yet. What is left says why. */
export async function setUpSchedules(
  handle: Handle,
  actor: Actor,
  campaignId: string,
  clock: Clock,
): Promise<Answer<{ added: ScheduleView[]; left: ScheduleDraftView[] }>> {
  const campaign = mayReadTables(actor) ? await repo.findPlanned(handle, campaignId) : null
  if (campaign === null) return { ok: false, refusal: noCampaign(campaignId) }
  if (!mayManageSchedules(actor, campaign)) return { ok: false, refusal: notAllowed('设置这个行动的报送安排') }
  if (campaign.state === 'closed') {
    return { ok: false, refusal: { code: 'campaign.closed', message: '行动已经结束，不再开启报表。' } }
  }
  // Two who press at once set nothing up twice.
  await repo.holdSchedules(handle, campaignId)
  const added: ScheduleView[] = []
  const left: ScheduleDraftView[] = []
  for (const draft of await draftsOf(handle, campaign)) {
    if (draft.scheduleId !== null) continue
    if (draft.open.length > 0) {
      left.push(draft)
      continue
    }
    const answer =
      draft.narrative !== null
        ? await addNarrativeSchedule(handle, actor, campaignId, { ...draft.input, narrative: draft.narrative }, clock)
        : draft.ledgerId !== null
          ? await addLedgerSchedule(handle, actor, draft.ledgerId, draft.input, clock)
          : await addSchedule(handle, actor, draft.tableId ?? '', draft.input, clock)
    if (answer.ok) added.push(answer.value)
    else left.push({ ...draft, open: [answer.refusal.message] })
  }
  return { ok: true, value: { added, left } }
}

async function draftsOf(handle: Handle, campaign: repo.PlannedCampaign): Promise<ScheduleDraftView[]> {
  const { plan, detail, starts_on, ends_on } = campaign
  const drafts = draftSchedules({
    plan,
    questions: detail.questions,
    decisions: detail.decisions,
    startsOn: starts_on,
    endsOn: ends_on,
  })
  const forms = await repo.listForms(handle, campaign.id)
  const own = await findUnit(handle, campaign.unit_id)
  const words = drafts.flatMap(({ receivers, respondent }) => [
    ...receivers,
    ...(respondent === null ? [] : [respondent]),
  ])
  const near = [
    ...(await unitsDownTo(handle, campaign.bound_path)),
    ...(await unitsUnder(handle, campaign.bound_path)),
    // What stands beside the campaign's unit is known by its whole name.
    ...(await findUnitsCalled(handle, words)),
  ].filter(({ kind, dissolved_on }) => kind !== 'enterprise' && dissolved_on === null)
  const units = [...new Map(near.map((unit) => [unit.id, unit])).values()]
  return drafts.map((draft) => viewOf(draft, campaign, forms, units, own))
}

function viewOf(
  draft: ScheduleDraft,
  { sectors, issuer }: repo.PlannedCampaign,
  forms: repo.PlannedForms,
  units: readonly UnitRow[],
  own: UnitRow | null,
): ScheduleDraftView {
  const open = [...draft.open]
  const table = draft.files === 'table' ? forms.tables.find(({ annex }) => annex === draft.annex) : undefined
  const ledger = draft.files === 'ledger' ? forms.ledgers.find(({ annex }) => annex === draft.annex) : undefined
  if (draft.files !== 'narrative' && table === undefined && ledger === undefined)
    open.push('附件里的这张表不在行动中，请先补上。')
  const respondents = [...draft.respondents]
  if (draft.respondent !== null) {
    const unit = unitCalled(draft.respondent, units, own, issuer)
    if (unit === null) open.push(`没有找到填报单位“${draft.respondent}”，请选定。`)
    else respondents.push({ kinds: [], unitIds: [unit.id], groups: null })
  }
  const receiverIds = receiversOf(draft.receivers, units, own, issuer, open)
  const splitSectors = draft.isSplitBySector && draft.narrative === null ? [...sectors] : []
  if (draft.isSplitBySector && draft.narrative === null && splitSectors.length === 0)
    open.push('方案要求分行业报送，但没有列出行业领域，请填写按哪些行业分。')
  return {
    report: draft.report,
    annex: draft.annex,
    files: draft.files,
    from: draft.respondent,
    to: [...draft.receivers],
    tableId: table?.id ?? null,
    ledgerId: ledger?.id ?? null,
    scheduleId:
      forms.schedules.find(
        (one) =>
          one.report === draft.report &&
          (draft.files === 'narrative'
            ? one.isNarrative
            : ledger === undefined
              ? one.tableId === table?.id && one.ledgerId === null
              : one.ledgerId === ledger.id),
      )?.id ?? null,
    narrative:
      draft.narrative === null
        ? null
        : {
            kind: draft.narrative.kind,
            name: draft.narrative.title,
            mustContain: [...draft.narrative.mustContain],
            deliverables: draft.narrative.forms.map((form) => ({ form, receiverId: null })),
            signatures: [],
            tableIds: [],
          },
    input: {
      title: draft.title,
      rule: { ...draft.rule, dates: [...draft.rule.dates] },
      respondents: respondents.map(({ kinds, unitIds, groups, enterprises }) => ({
        kinds: [...kinds],
        unitIds: [...unitIds],
        groups: groups === null ? null : [...groups],
        ...(enterprises === undefined ? {} : { enterprises }),
      })),
      receiverIds,
      splitSectors,
      note: draft.note,
      planReport: draft.report,
    },
    open,
  }
}

/**
 * The campaign's own unit receives what is sent to it or to an office of it, and each level rolls up the one below: then no receiver is
 * named. Others are named where the plan has their name.
 */
function receiversOf(
  words: readonly string[],
  units: readonly UnitRow[],
  own: UnitRow | null,
  issuer: string,
  open: string[],
): string[] {
  const found = words.map((word) => ({ word, unit: unitCalled(word, units, own, issuer) }))
  const lost = found.filter(({ unit }) => unit === null)
  // One receiver that nobody knows by that name is the unit that asks for it; of several, each must be known.
  if (words.length <= 1 && lost.length > 0) return []
  for (const { word } of lost) open.push(`没有找到接收单位“${word}”，请选定。`)
  const ids = [...new Set(found.flatMap(({ unit }) => unit?.id ?? []))]
  return ids.length === 1 && ids[0] === own?.id ? [] : ids
}

/** By its name; or an office of the campaign's own unit, by the name of either (街道办事处公共安全办公室). */
function unitCalled(word: string, units: readonly UnitRow[], own: UnitRow | null, issuer: string): UnitRow | null {
  const named = units.filter(({ name }) => name === word)
  if (named.length === 1) return named[0] ?? null
  const ending = units.filter(({ name }) => word.endsWith(name) || (word.length >= 4 && name.endsWith(word)))
  if (ending.length === 1) return ending[0] ?? null
  return own !== null && (word === issuer || word.includes(own.name) || issuer.endsWith(word)) ? own : null
}
