/** 阅读并确认: who confirms a campaign that was sent out, for which unit, of which version of its notice. */
import { v7 as uuidv7 } from 'uuid'
import type { CampaignPage } from '@bihuan/contracts'
import { decideConfirmation } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed, notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { mayReadCampaigns } from './campaign.policy.js'
import * as campaigns from './campaign.repo.js'
import { noCampaign, pageOf } from './campaign.service.js'
import { mayConfirm } from './sending.policy.js'
import * as repo from './sending.repo.js'

export async function confirmCampaign(
  handle: Handle,
  actor: Actor,
  command: { readonly campaignId: string; readonly unitId: string; readonly noticeFileId: string | null },
  clock: Clock,
): Promise<Answer<CampaignPage>> {
  const { campaignId, unitId, noticeFileId } = command
  const campaign = mayReadCampaigns(actor) ? await campaigns.findCampaign(handle, campaignId) : null
  if (campaign === null) return { ok: false, refusal: noCampaign(campaignId) }
  if (!actor.permissions.has('campaign.confirm')) return { ok: false, refusal: notAllowed('确认下发的行动') }
  const receipt = mayConfirm(actor, unitId) ? await repo.loadReceipt(handle, campaignId, unitId, clock.today()) : null
  if (receipt === null) {
    const refusal = notFound('下发给本单位的行动', { objectKind: 'campaign', objectId: campaignId })
    return { ok: false, refusal: { ...refusal, path: 'unitId' } }
  }
  const now = { status: campaign.state, noticeFileId: campaign.notice_file_id }
  const decision = decideConfirmation(receipt, { noticeFileId }, now)
  if (!decision.ok) return decision
  const id = uuidv7()
  const entryId = await recordAct(
    handle,
    actor,
    {
      action: 'campaign.confirm',
      objectKind: 'campaign',
      objectId: campaignId,
      after: { id, unitId, noticeFileId, isAgain: decision.value.isAgain },
    },
    clock.now(),
  )
  const by = { accountId: actor.accountId, personName: actor.personName, now: clock.now(), entryId }
  const { territory_path, line_path, parties } = receipt
  await repo.insertConfirmation(handle, { id, ...command, territory_path, line_path, parties, ...by })
  return pageOf(handle, actor, campaignId, clock)
}
