import * as contracts from '@bihuan/contracts'
import { giveFile } from '../../platform/http/file-answer.js'
import { serveRead, type Served } from '../../platform/http/serve.js'
import type { Platform } from '../../platform/platform.js'
import { ledgerFile, seenFile } from './ledger-export.service.js'

export function ledgerRoutes(served: Served, { clock }: Platform): void {
  serveRead(served, contracts.exportLedger, async ({ actor, params, query, read, reply }) => {
    const file = await ledgerFile(actor, { ...params, query }, read, clock)
    return file.ok ? giveFile(reply, file.value, file.value.content) : file
  })

  serveRead(served, contracts.exportHazards, async ({ actor, query, read, reply }) => {
    const file = await seenFile(actor, query, read, clock)
    return file.ok ? giveFile(reply, file.value, file.value.content) : file
  })
}
