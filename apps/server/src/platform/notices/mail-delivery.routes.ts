import * as contracts from '@bihuan/contracts'
import { serveRead, type Served } from '../http/serve.js'
import type { Platform } from '../platform.js'
import { sendMailAgain, showMailDeliveries } from './mail-delivery.service.js'

export function mailDeliveryRoutes(served: Served, platform: Platform): void {
  serveRead(served, contracts.listMailDeliveries, ({ actor, query }) => showMailDeliveries(platform, actor, query.show))

  // Who reads mail is for jobs to see alone: in the reach of the tenant, so not with the actor's handle.
  serveRead(served, contracts.sendMailAgain, ({ actor, params }) => sendMailAgain(platform, actor, params))
}
