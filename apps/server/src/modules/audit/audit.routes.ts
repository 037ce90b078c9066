import * as contracts from '@bihuan/contracts'
import { giveFile, workbookType } from '../../platform/http/file-answer.js'
import { serveRead, type Served } from '../../platform/http/serve.js'
import type { Platform } from '../../platform/platform.js'
import { exportAudit, listAudit, showEntry, showHead, verifyAudit } from './audit.service.js'

export function auditRoutes(served: Served, { clock, database }: Platform): void {
  serveRead(served, contracts.listAudit, ({ actor, query, read }) => read((handle) => listAudit(handle, actor, query)))
  serveRead(served, contracts.showAuditEntry, ({ actor, params, read }) =>
    read((handle) => showEntry(handle, actor, params.entryId)),
  )
  serveRead(served, contracts.auditHead, ({ actor, read }) => read((handle) => showHead(handle, actor)))
  serveRead(served, contracts.verifyAudit, ({ actor, body }) => verifyAudit(database, actor, body.head, clock))
  serveRead(served, contracts.exportAudit, async ({ actor, query, read, reply }) => {
    const file = await exportAudit(read, actor, query, clock)
    return file.ok ? giveFile(reply, { name: file.value.name, mediaType: workbookType }, file.value.chunks) : file
  })
}
