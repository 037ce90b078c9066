import * as contracts from '@bihuan/contracts'
import type { Plan } from '@bihuan/domain'
import { serveRead, serveUpload, serveWrite, type Served } from '../../platform/http/serve.js'
import type { Platform } from '../../platform/platform.js'
import { giveStored } from '../document/index.js'
import { checkPlan, createCampaign } from './campaign-creation.service.js'
import {
  actOnCampaign,
  closeCampaign,
  listCampaigns,
  revisePhases,
  showCampaign,
  type CarryOver,
} from './campaign.service.js'
import { decideWords } from './duty-words.service.js'
import { changePhrase, listPhrases, previewPhraseChange } from './phrase.service.js'
import { choicesIn } from './word.service.js'
import { reviseLeadership, reviseLedgers, reviseTargets } from './campaign-parts.service.js'
import { campaignNotice, campaignNoticeFile, keepNotice, showNotice, takeNotice } from './notice.service.js'
import { applyNotice, compareNotice } from './notice-revision.service.js'
import { sendingRoutes } from './sending.routes.js'
import { subPlanRoutes } from './sub-plan.routes.js'
import { addTask, changeTask, taskFile, updateTask } from './task.service.js'

/** `carryOver` comes from the hazard module, which knows campaigns; so this one need not know hazards. */
export function campaignRoutes(served: Served, platform: Platform, carryOver: CarryOver): void {
  const { clock, files, database } = platform
  serveRead(served, contracts.listCampaigns, async ({ actor, query, read }) => ({
    ok: true,
    value: await read((handle) => listCampaigns(handle, actor, query.state ?? null, clock)),
  }))

  serveRead(served, contracts.showCampaign, ({ actor, params, query, read }) =>
    read((handle) => showCampaign(handle, actor, params.campaignId, query.asOf ?? clock.today())),
  )

  // Asked with a body, and changes nothing: neither an entry nor a key.
  serveRead(served, contracts.checkPlan, ({ actor, body, read }) =>
    read((handle) =>
      checkPlan(
        handle,
        actor,
        { plan: body.plan as Plan, unitId: body.unitId, choices: choicesIn(body.choices) },
        clock,
      ),
    ),
  )

  serveRead(served, contracts.listPhrases, ({ actor, read }) => read((handle) => listPhrases(handle, actor)))

  serveRead(served, contracts.previewPhrase, ({ actor, body, read }) =>
    read((handle) => previewPhraseChange(handle, actor, body)),
  )

  serveWrite(served, contracts.changePhrase, (handle, { actor, body }) => changePhrase(handle, actor, body, clock))

  serveRead(served, contracts.downloadTaskFile, async ({ actor, params, read, reply }) => {
    const found = await read((handle) => taskFile(handle, actor, params))
    return found.ok ? giveStored({ files }, reply, found.value) : found
  })

  serveUpload(
    served,
    contracts.importNotice,
    ({ actor, upload }) => takeNotice(files, actor, upload.files),
    (handle, { actor }, read) => keepNotice(handle, actor, read, clock),
  )

  serveRead(served, contracts.showImportedNotice, ({ actor, params, read }) =>
    read((handle) => showNotice(handle, actor, params.fileId)),
  )

  serveRead(served, contracts.showCampaignNotice, ({ actor, params }) =>
    campaignNotice(database, actor, params.campaignId),
  )

  serveRead(served, contracts.downloadCampaignNotice, async ({ actor, params, reply }) => {
    const found = await campaignNoticeFile(database, actor, params.campaignId)
    return found.ok ? giveStored({ files }, reply, found.value) : found
  })

  serveWrite(served, contracts.createCampaign, (handle, { actor, body }) =>
    createCampaign(handle, actor, { ...body, plan: body.plan as Plan, choices: choicesIn(body.choices) }, clock),
  )

  serveRead(served, contracts.compareNotice, ({ actor, params, body, read }) =>
    read((handle) =>
      compareNotice(handle, actor, {
        id: params.campaignId,
        noticeFileId: body.noticeFileId,
        plan: body.plan as Plan | null,
        choices: choicesIn(body.choices),
      }),
    ),
  )

  serveWrite(served, contracts.applyNotice, (handle, { actor, params, body }) =>
    applyNotice(
      handle,
      actor,
      { ...body, id: params.campaignId, plan: body.plan as Plan | null, choices: choicesIn(body.choices) },
      clock,
    ),
  )

  serveWrite(served, contracts.decideWords, (handle, { actor, params, body }) =>
    decideWords(
      handle,
      actor,
      { id: params.campaignId, version: body.version, choices: choicesIn(body.choices) },
      clock,
    ),
  )

  serveWrite(served, contracts.decideQuestion, (handle, { actor, params, body }) =>
    actOnCampaign(
      handle,
      actor,
      params.campaignId,
      body.version,
      { kind: 'decide-question', key: body.key, chosen: body.chosen, reason: body.reason },
      clock,
    ),
  )

  serveWrite(served, contracts.setCampaignDates, (handle, { actor, params, body }) =>
    actOnCampaign(
      handle,
      actor,
      params.campaignId,
      body.version,
      { kind: 'set-dates', startsOn: body.startsOn, endsOn: body.endsOn, reason: body.reason },
      clock,
    ),
  )

  serveWrite(served, contracts.setCampaignSectors, (handle, { actor, params, body }) =>
    actOnCampaign(
      handle,
      actor,
      params.campaignId,
      body.version,
      { kind: 'set-sectors', sectors: body.sectors, reason: body.reason },
      clock,
    ),
  )

  serveWrite(served, contracts.startCampaign, (handle, { actor, params, body }) =>
    actOnCampaign(handle, actor, params.campaignId, body.version, { kind: 'start' }, clock),
  )

  serveWrite(served, contracts.closeCampaign, (handle, { actor, params, body }) =>
    closeCampaign(
      handle,
      actor,
      { id: params.campaignId, version: body.version, carryOverTo: body.carryOverTo },
      carryOver,
      clock,
    ),
  )

  serveWrite(served, contracts.revisePhases, (handle, { actor, params, body }) =>
    revisePhases(handle, actor, { id: params.campaignId, version: body.version, phases: body.phases }, clock),
  )

  serveWrite(served, contracts.reviseLeadership, (handle, { actor, params, body }) =>
    reviseLeadership(handle, actor, { id: params.campaignId, ...body }, clock),
  )

  serveWrite(served, contracts.reviseTargets, (handle, { actor, params, body }) =>
    reviseTargets(handle, actor, { id: params.campaignId, ...body }, clock),
  )

  serveWrite(served, contracts.reviseLedgers, (handle, { actor, params, body }) =>
    reviseLedgers(handle, actor, { id: params.campaignId, ...body }, clock),
  )

  serveWrite(served, contracts.addTask, (handle, { actor, params, body }) =>
    addTask(handle, actor, params.campaignId, body, clock),
  )

  serveWrite(served, contracts.changeTask, (handle, { actor, params, body }) =>
    changeTask(
      handle,
      actor,
      { campaignId: params.campaignId, taskId: params.taskId, version: body.version, input: body },
      clock,
    ),
  )

  serveWrite(served, contracts.updateTask, (handle, { actor, params, body }) =>
    updateTask(handle, actor, { campaignId: params.campaignId, taskId: params.taskId, ...body }, clock),
  )

  sendingRoutes(served, platform)
  subPlanRoutes(served, platform)
}
