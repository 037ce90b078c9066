import * as contracts from '@bihuan/contracts'
import { WORD } from '@bihuan/domain'
import { giveFile } from '../../platform/http/file-answer.js'
import { serveRead, serveWrite, type Served } from '../../platform/http/serve.js'
import type { Platform } from '../../platform/platform.js'
import { giveStored } from '../document/index.js'
import { writeWord } from './circular-word.service.js'
import { discard, draft, issue, issuedFile, listAll, recordsBehind, showCircular } from './circular.service.js'

export function circularRoutes(served: Served, { clock, database, files, sealer }: Platform): void {
  const context = { clock, database }

  serveRead(served, contracts.listCirculars, async ({ actor, query, read }) => ({
    ok: true,
    value: await read((handle) => listAll(handle, actor, query.campaign ?? null)),
  }))

  // The figures are those of a position: what was written until now is sealed first, and counted in the tenant's reach.
  serveRead(served, contracts.draftCircular, async ({ actor, params, body }) => {
    await sealer.sealNow(actor.tenantId)
    return draft(context, actor, params.campaignId, body)
  })

  serveRead(served, contracts.showCircular, ({ actor, params, read }) =>
    read((handle) => showCircular(handle, actor, params.circularId)),
  )

  serveRead(served, contracts.circularRecords, ({ actor, params, query }) =>
    recordsBehind(context, actor, { id: params.circularId, unitId: params.unitId, ...query }),
  )

  serveRead(served, contracts.writeCircular, async ({ actor, params, read, reply }) => {
    const made = await read((handle) => writeWord(handle, actor, params.circularId, clock))
    return made.ok ? giveFile(reply, { name: made.value.name, mediaType: WORD }, made.value.bytes) : made
  })

  serveWrite(served, contracts.issueCircular, (handle, { actor, params, body }) =>
    issue(handle, actor, { id: params.circularId, ...body }, clock),
  )

  serveWrite(served, contracts.discardCircular, (handle, { actor, params }) =>
    discard(handle, actor, params.circularId, clock),
  )

  serveRead(served, contracts.downloadCircularFile, async ({ actor, params, read, reply }) => {
    const found = await read((handle) => issuedFile(handle, actor, params.circularId))
    return found.ok ? giveStored({ files }, reply, found.value) : found
  })
}
