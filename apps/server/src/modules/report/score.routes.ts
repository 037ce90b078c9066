import * as contracts from '@bihuan/contracts'
import type { Clock } from '../../platform/clock.js'
import { giveFile, workbookType } from '../../platform/http/file-answer.js'
import { serveRead, type Served } from '../../platform/http/serve.js'
import { exportScores, showScores } from './score.service.js'

export function scoreRoutes(served: Served, clock: Clock): void {
  serveRead(served, contracts.showScores, ({ actor, params, query, read }) =>
    read((handle) => showScores(handle, actor, { of: params, ...query }, clock)),
  )

  serveRead(served, contracts.showCampaignScores, ({ actor, params, query, read }) =>
    read((handle) => showScores(handle, actor, { of: params, ...query }, clock)),
  )

  serveRead(served, contracts.exportScores, async ({ actor, params, query, reply, read }) => {
    const file = await exportScores(read, actor, { of: params, ...query }, clock)
    return file.ok ? giveFile(reply, { name: file.value.name, mediaType: workbookType }, file.value.chunks) : file
  })

  serveRead(served, contracts.exportCampaignScores, async ({ actor, params, query, reply, read }) => {
    const file = await exportScores(read, actor, { of: params, ...query }, clock)
    return file.ok ? giveFile(reply, { name: file.value.name, mediaType: workbookType }, file.value.chunks) : file
  })
}
