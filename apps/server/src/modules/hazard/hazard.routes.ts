import * as contracts from '@bihuan/contracts'
import type { HazardCommand } from '@bihuan/domain'
import { notFound } from '../../platform/http/refusal.js'
import { serveRead, serveWrite, type Served } from '../../platform/http/serve.js'
import type { Platform } from '../../platform/platform.js'
import { giveStored } from '../document/index.js'
import { listHazards, sumHazards } from './hazard-list.service.js'
import * as views from './hazard-view.service.js'
import { remindHazards } from './hazard-reminder.service.js'
import { mayRead } from './hazard.policy.js'
import { actOnHazard, hazardFile, registerHazard, showHazard } from './hazard.service.js'

const noLedger = { ok: false, refusal: notFound('台账') } as const

export function hazardRoutes(served: Served, { clock, files }: Platform): void {
  serveRead(served, contracts.listHazards, async ({ actor, query, read }) =>
    mayRead(actor) ? listHazards(actor, query, read, clock) : noLedger,
  )

  serveRead(served, contracts.sumHazards, async ({ actor, query, read }) =>
    mayRead(actor) ? sumHazards(actor, query, read, clock) : noLedger,
  )

  serveRead(served, contracts.showHazard, async ({ actor, params, read }) =>
    read((handle) => showHazard(handle, actor, params.hazardId, clock)),
  )

  serveRead(served, contracts.downloadHazardFile, async ({ actor, params, read, reply }) => {
    const found = await read((handle) => hazardFile(handle, actor, params.hazardId, params.fileId))
    return found.ok ? giveStored({ files }, reply, found.value) : found
  })

  serveWrite(served, contracts.registerHazard, (handle, { actor, body }) =>
    registerHazard(handle, actor, { details: body.details, draft: body.draft }, clock),
  )

  serveWrite(served, contracts.actOnHazard, (handle, { actor, params, body }) =>
    actOnHazard(handle, actor, params.hazardId, body.version, body.act as HazardCommand, clock),
  )

  serveWrite(served, contracts.remindHazards, (handle, { actor, body }) => remindHazards(handle, actor, body, clock))

  serveRead(served, contracts.listHazardViews, async ({ actor, query, read }) =>
    mayRead(actor) ? views.listViews(actor, query, read, clock) : noLedger,
  )

  serveWrite(served, contracts.saveHazardView, (handle, { actor, body }) => views.saveView(handle, actor, body, clock))

  serveWrite(served, contracts.changeHazardView, (handle, { actor, params, body }) =>
    views.changeView(handle, actor, params.viewId, body, clock),
  )

  serveWrite(served, contracts.orderHazardViews, (handle, { actor, body }) =>
    views.orderViews(handle, actor, body.viewIds, clock),
  )

  serveWrite(served, contracts.openWithHazardView, (handle, { actor, body }) =>
    views.openWithView(handle, actor, body.key, clock),
  )

  serveWrite(served, contracts.removeHazardView, (handle, { actor, params }) =>
    views.removeView(handle, actor, params.viewId, clock),
  )
}
