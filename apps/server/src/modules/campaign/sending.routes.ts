import * as contracts from '@bihuan/contracts'
import { giveFile, workbookType } from '../../platform/http/file-answer.js'
import { serveRead, serveWrite, type Served } from '../../platform/http/serve.js'
import type { Platform } from '../../platform/platform.js'
import { confirmCampaign } from './receipt.service.js'
import { exportReceivers, listReceivers } from './receiver-board.service.js'
import { previewSending, remindReceivers, sendOut } from './sending.service.js'

export function sendingRoutes(served: Served, { clock }: Platform): void {
  // Asked with a body, and changes nothing.
  serveRead(served, contracts.previewSending, ({ actor, params, body, read }) =>
    read((handle) => previewSending(handle, actor, params.campaignId, body.rule, clock)),
  )

  serveWrite(served, contracts.sendOutCampaign, (handle, { actor, params, body }) =>
    sendOut(handle, actor, params.campaignId, body.rule, clock),
  )

  serveWrite(served, contracts.remindReceivers, (handle, { actor, params, body }) =>
    remindReceivers(handle, actor, params.campaignId, body.text, clock),
  )

  serveWrite(served, contracts.confirmCampaign, (handle, { actor, params, body }) =>
    confirmCampaign(handle, actor, { campaignId: params.campaignId, ...body }, clock),
  )

  serveRead(served, contracts.listReceivers, ({ actor, params, query, read }) =>
    read((handle) => listReceivers(handle, actor, { ...params, ...query }, clock)),
  )

  serveRead(served, contracts.exportReceivers, async ({ actor, params, query, reply, read }) => {
    const file = await exportReceivers(read, actor, { ...params, ...query }, clock)
    return file.ok ? giveFile(reply, { name: file.value.name, mediaType: workbookType }, file.value.chunks) : file
  })
}
