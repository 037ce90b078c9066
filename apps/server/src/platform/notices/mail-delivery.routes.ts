import * as contracts from '@bihuan/contracts'
import { serveRead, type Served } from '../http/serve.js'
import type { Platform } from '../platform.js'
import { showMailDeliveries } from './mail-delivery.service.js'

export function mailDeliveryRoutes(served: Served, platform: Platform): void {
  serveRead(served, contracts.listMailDeliveries, ({ actor, query }) => showMailDeliveries(platform, actor, query.show))
}
