import * as contracts from '@bihuan/contracts'
import { serveRead, serveWrite, type Served } from '../../platform/http/serve.js'
import type { Platform } from '../../platform/platform.js'
import { listNotices, readNotices, showWorkbench } from './workbench.service.js'

/** Everybody who is logged in has a 工作台; what stands on it is each module's own answer to who they are. */
export function workbenchRoutes(served: Served, { clock }: Platform): void {
  serveRead(served, contracts.showWorkbench, async ({ actor, read }) => showWorkbench(actor, read, clock))

  serveRead(served, contracts.listNotices, async ({ actor, query, read }) =>
    read((handle) => listNotices(handle, actor, query)),
  )

  serveWrite(served, contracts.readNotices, (handle, { actor, body }) =>
    readNotices(handle, actor, body.noticeIds, clock),
  )
}
