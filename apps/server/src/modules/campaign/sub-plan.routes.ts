import * as contracts from '@bihuan/contracts'
import { WORD } from '@bihuan/domain'
import { giveFile } from '../../platform/http/file-answer.js'
import { serveRead, serveWrite, type Served } from '../../platform/http/serve.js'
import type { Platform } from '../../platform/platform.js'
import { giveStored } from '../document/index.js'
import { draftSubCampaign, keepSubPlan, subPlanFile, writeSubPlan } from './sub-plan.service.js'

export function subPlanRoutes(served: Served, { clock, files }: Platform): void {
  serveRead(served, contracts.draftSubPlan, async ({ actor, params, read, reply }) => {
    const made = await read((handle) => writeSubPlan(handle, actor, params, clock))
    return made.ok ? giveFile(reply, { name: made.value.name, mediaType: WORD }, made.value.bytes) : made
  })

  serveWrite(served, contracts.keepSubPlan, (handle, { actor, params, body }) =>
    keepSubPlan(handle, actor, { ...params, ...body }, clock),
  )

  serveRead(served, contracts.downloadSubPlan, async ({ actor, params, read, reply }) => {
    const found = await read((handle) => subPlanFile(handle, actor, params))
    return found.ok ? giveStored({ files }, reply, found.value) : found
  })

  serveRead(served, contracts.draftSubCampaign, ({ actor, params, query, read }) =>
    read((handle) => draftSubCampaign(handle, actor, { ...params, ...query }, clock)),
  )
}
