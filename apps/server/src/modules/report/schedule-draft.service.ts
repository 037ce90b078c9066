/** What the campaign's plan asks to be filed: shown as drafts, and set up in one act as far as the plan and the decisions say all of it. */
import type { ScheduleDraftView, ScheduleView } from '@bihuan/contracts'
import { draftSchedules, plainWords, unitsCalled, type ScheduleDraft, type Who } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed, notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { findUnit, findUnits, findUnitsCalled, unitsDownTo, unitsUnder, type UnitRow } from '../organization/index.js'
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

export async function draftsOf(handle: Handle, campaign: repo.PlannedCampaign): Promise<ScheduleDraftView[]> {
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
  const chosen = new Map(
    (await repo.listNamed(handle, campaign.unit_id)).map(({ words: said, meaning }) => [plainWords(said), meaning]),
  )
  const near = [
    ...(await unitsDownTo(handle, campaign.bound_path)),
    ...(await unitsUnder(handle, campaign.bound_path)),
    // What stands beside the campaign's unit is known by its whole name.
    ...(await findUnitsCalled(handle, words)),
    ...(await findUnits(
      handle,
      [...chosen.values()].flatMap((who) => who?.unitIds ?? []),
    )),
  ].filter(({ kind, dissolved_on }) => kind !== 'enterprise' && dissolved_on === null)
  const units = [...new Map(near.map((unit) => [unit.id, unit])).values()]
  return drafts.map((draft) => viewOf(draft, campaign, forms, { units, own, issuer: campaign.issuer, chosen }))
}

interface Named {
  readonly units: readonly UnitRow[]
  readonly own: UnitRow | null
  readonly issuer: string
  /** What an officer said of the same words before. */
  readonly chosen: ReadonlyMap<string, Who | null>
}

function viewOf(
  draft: ScheduleDraft,
  { sectors, plan }: repo.PlannedCampaign,
  forms: repo.PlannedForms,
  named: Named,
): ScheduleDraftView {
  const open = [...draft.open]
  const table = draft.files === 'table' ? forms.tables.find(({ annex }) => annex === draft.annex) : undefined
  const ledger = draft.files === 'ledger' ? forms.ledgers.find(({ annex }) => annex === draft.annex) : undefined
  if (draft.files !== 'narrative' && table === undefined && ledger === undefined)
    open.push('附件里的这张表不在行动中，请先补上。')
  const who = named.chosen.get(plainWords(plan.reports[draft.report]?.from ?? ''))
  const respondents =
    who && draft.respondents.every(({ groups }) => groups === null)
      ? [{ kinds: who.kinds, unitIds: who.unitIds, groups: null }]
      : [...draft.respondents]
  if (draft.respondent !== null && respondents.length === 0) {
    const unit = unitCalled(draft.respondent, named)
    if (unit === null) open.push(`没有找到填报单位“${draft.respondent}”，请选定。`)
    else respondents.push({ kinds: [], unitIds: [unit.id], groups: null })
  }
  const receiverIds = receiversOf(draft.receivers, named, open)
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
function receiversOf(words: readonly string[], named: Named, open: string[]): string[] {
  const found = words.map((word) => ({ word, unit: unitCalled(word, named) }))
  const lost = found.filter(({ unit }) => unit === null)
  // One receiver that nobody knows by that name is the unit that asks for it; of several, each must be known.
  if (words.length <= 1 && lost.length > 0) return []
  for (const { word } of lost) open.push(`没有找到接收单位“${word}”，请选定。`)
  const ids = [...new Set(found.flatMap(({ unit }) => unit?.id ?? []))]
  return ids.length === 1 && ids[0] === named.own?.id ? [] : ids
}

/** As it was said before; by its name, whole or short; or an office of the campaign's own unit, by the name of either. */
function unitCalled(word: string, { units, own, issuer, chosen }: Named): UnitRow | null {
  const [said, another] = chosen.get(plainWords(word))?.unitIds ?? []
  if (said !== undefined && another === undefined) return units.find(({ id }) => id === said) ?? null
  const whole = units.filter(({ name }) => name === word)
  if (whole.length === 1) return whole[0] ?? null
  const called = unitsCalled(plainWords(word), { units, ownUnitId: own?.id ?? null }).units
  if (called.length === 1) return units.find(({ id }) => id === called[0]?.id) ?? null
  return own !== null && (word === issuer || word.includes(own.name) || issuer.endsWith(word)) ? own : null
}
