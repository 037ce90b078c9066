import * as contracts from '@bihuan/contracts'
import type { HazardCommand, HazardDetails } from '@bihuan/domain'
import { notFound } from '../../platform/http/refusal.js'
import { serveRead, serveWrite, type Served } from '../../platform/http/serve.js'
import type { Platform } from '../../platform/platform.js'
import { listHazards } from './hazard-list.service.js'
import { mayRead } from './hazard.policy.js'
import { actOnHazard, registerHazard, showHazard } from './hazard.service.js'

export function hazardRoutes(served: Served, { clock }: Platform): void {
  serveRead(served, contracts.listHazards, async ({ actor, query, read }) =>
    mayRead(actor) ? listHazards(actor, query, read, clock) : { ok: false, refusal: notFound('台账') },
  )

  serveRead(served, contracts.showHazard, async ({ actor, params, read }) =>
    read((handle) => showHazard(handle, actor, params.hazardId, clock)),
  )

  serveWrite(served, contracts.registerHazard, (handle, { actor, body }) =>
    registerHazard(handle, actor, { details: body.details as HazardDetails, draft: body.draft }, clock),
  )

  serveWrite(served, contracts.actOnHazard, (handle, { actor, params, body }) =>
    actOnHazard(handle, actor, params.hazardId, body.version, body.act as HazardCommand, clock),
  )
}
