/** 实施方案: a receiver's own plan under a campaign, drafted from what is theirs, and kept; and a town's campaign under the superior's. */
import { v7 as uuidv7 } from 'uuid'
import type { AnswerOf, CampaignPage, draftSubCampaign as draftRoute } from '@bihuan/contracts'
import { decideSubPlan, nameUnder, planUnder, subPlanBody } from '@bihuan/domain'
import { writeOfficialDocument } from '@bihuan/office'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import { openRecords } from '../../platform/db/opened.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed, notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { fileToGive, findFiles } from '../document/index.js'
import { findUnit } from '../organization/index.js'
import { listPlanFilings, ownPartOf } from '../report/index.js'
import { mayReadCampaigns } from './campaign.policy.js'
import * as campaigns from './campaign.repo.js'
import { noCampaign, pageOf } from './campaign.service.js'
import { mayKeepPlan, mayStandUnder } from './sending.policy.js'
import { loadReceipt } from './sending.repo.js'
import * as repo from './sub-plan.repo.js'

interface OfUnit {
  readonly campaignId: string
  readonly unitId: string
}

export async function writeSubPlan(
  handle: Handle,
  actor: Actor,
  { campaignId, unitId }: OfUnit,
  clock: Clock,
): Promise<Answer<{ readonly name: string; readonly bytes: Uint8Array }>> {
  const campaign = mayReadCampaigns(actor) ? await campaigns.findCampaign(handle, campaignId) : null
  if (campaign === null) return { ok: false, refusal: noCampaign(campaignId) }
  const unit = mayKeepPlan(actor, unitId) ? await findUnit(handle, unitId) : null
  if (unit === null) return { ok: false, refusal: noUnit(unitId) }
  const asks = { today: clock.today(), reveals: actor.permissions.has('personal-data.reveal') }
  const part = await ownPartOf(handle, campaignId, unit, asks)
  if (part === null) return { ok: false, refusal: noCampaign(campaignId) }
  const title = `${nameUnder(unit.name, part.own.campaign)}实施方案`
  const bytes = await writeOfficialDocument({
    title,
    body: subPlanBody(part.own, []),
    signature: unit.name,
    issuedOn: clock.today(),
  })
  await recordAct(
    handle,
    actor,
    { action: 'campaign.draft-sub-plan', objectKind: 'campaign', objectId: campaignId, after: { unitId } },
    clock.now(),
  )
  return { ok: true, value: { name: `${title}（草稿）.docx`, bytes } }
}

export async function keepSubPlan(
  handle: Handle,
  actor: Actor,
  { campaignId, unitId, fileId }: OfUnit & { readonly fileId: string },
  clock: Clock,
): Promise<Answer<CampaignPage>> {
  const campaign = mayReadCampaigns(actor) ? await campaigns.findCampaign(handle, campaignId) : null
  if (campaign === null) return { ok: false, refusal: noCampaign(campaignId) }
  if (!actor.permissions.has('campaign.confirm')) return { ok: false, refusal: notAllowed('交实施方案') }
  const receipt = mayKeepPlan(actor, unitId) ? await loadReceipt(handle, campaignId, unitId, clock.today()) : null
  if (receipt === null) return { ok: false, refusal: { ...noUnit(unitId), path: 'unitId' } }
  const [file] = await findFiles(handle, [fileId])
  if (file === undefined) {
    const refusal = notFound('文件', { objectKind: 'file', objectId: fileId })
    return { ok: false, refusal: { ...refusal, path: 'fileId' } }
  }
  const [filing] = await listPlanFilings(handle, campaignId, [unitId])
  const decision = decideSubPlan(
    { name: file.name, mediaType: file.media_type },
    { status: campaign.state, filedBy: filing ?? null },
  )
  if (!decision.ok) return decision
  const id = uuidv7()
  const now = clock.now()
  const entryId = await recordAct(
    handle,
    actor,
    {
      action: 'campaign.keep-sub-plan',
      objectKind: 'campaign',
      objectId: campaignId,
      after: { id, unitId, fileId, fileName: file.name, sha256: file.sha256 },
    },
    now,
  )
  const { territory_path, line_path, parties } = receipt
  const by = { accountId: actor.accountId, personName: actor.personName, now, entryId }
  const what = { id, campaignId, unitId, fileId, fileName: file.name }
  await repo.insertSubPlan(handle, { ...what, territory_path, line_path, parties, ...by })
  return pageOf(handle, actor, campaignId, clock)
}

/** Whoever sees that the unit kept it reads it: its own people, those above it, and whose campaign it is. */
export async function subPlanFile(handle: Handle, actor: Actor, asked: OfUnit & { readonly fileId: string }) {
  const isMentioned = mayReadCampaigns(actor) && (await repo.isKeptPlan(handle, asked))
  if (!isMentioned)
    return { ok: false as const, refusal: notFound('实施方案', { objectKind: 'file', objectId: asked.fileId }) }
  await openRecords(handle, [asked.fileId])
  return fileToGive(handle, asked.fileId)
}

/** The superior's campaign as the draft of one of the unit's own: nothing is made before somebody has put it right. */
export async function draftSubCampaign(
  handle: Handle,
  actor: Actor,
  { campaignId, unitId }: OfUnit,
  clock: Clock,
): Promise<Answer<AnswerOf<typeof draftRoute>>> {
  const campaign = mayReadCampaigns(actor) ? await campaigns.findCampaign(handle, campaignId) : null
  if (campaign === null) return { ok: false, refusal: noCampaign(campaignId) }
  const unit = await findUnit(handle, unitId)
  if (unit === null) return { ok: false, refusal: { ...noUnit(unitId), path: 'unitId' } }
  if (!mayStandUnder(actor, campaign, unit)) return { ok: false, refusal: notAllowed('在这个行动下为这个单位建立行动') }
  const part = await ownPartOf(handle, campaignId, unit, { today: clock.today(), reveals: false })
  if (part === null) return { ok: false, refusal: noCampaign(campaignId) }
  const { own, tasks } = part
  const decision = planUnder(
    {
      ...{ campaign: own.campaign, phases: own.phases, tasks, plan: campaign.plan },
      ...{ status: campaign.state, unitId: campaign.unit_id, startsOn: campaign.starts_on, endsOn: campaign.ends_on },
    },
    unit,
  )
  if (!decision.ok) return decision
  const plan = structuredClone(decision.value) as unknown as AnswerOf<typeof draftRoute>['plan']
  return { ok: true, value: { unitId, parentId: campaignId, plan } }
}

const noUnit = (id: string) => notFound('下发给本单位的行动', { objectKind: 'unit', objectId: id })
