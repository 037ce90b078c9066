import * as contracts from '@bihuan/contracts'
import { giveFile, workbookType } from '../../platform/http/file-answer.js'
import { serveRead, serveWrite, type Served } from '../../platform/http/serve.js'
import type { Platform } from '../../platform/platform.js'
import { addResponsibility, endResponsibility, listResponsibilities } from './responsibility.service.js'
import { listUnits, showTree, showUnit } from './unit-directory.service.js'
import { exportUnits } from './unit-export.js'
import { addUnitBelow, changeUnit, dissolveUnit, moveUnit } from './unit.desk.js'

export function unitRoutes(served: Served, { clock }: Platform): void {
  serveRead(served, contracts.listUnits, ({ actor, query, read }) => read((handle) => listUnits(handle, actor, query)))
  serveRead(served, contracts.showUnitTree, ({ actor, query, read }) =>
    read((handle) => showTree(handle, actor, query, clock)),
  )
  serveRead(served, contracts.showUnit, ({ actor, params, read }) =>
    read((handle) => showUnit(handle, actor, params.unitId, clock)),
  )

  serveWrite(served, contracts.addUnit, (handle, { actor, body }) => addUnitBelow(handle, actor, body, clock))
  serveWrite(served, contracts.changeUnit, (handle, { actor, params, body }) =>
    changeUnit(handle, actor, { unitId: params.unitId, ...body }, clock),
  )
  serveWrite(served, contracts.moveUnit, (handle, { actor, params, body }) =>
    moveUnit(handle, actor, { unitId: params.unitId, ...body }, clock),
  )
  serveWrite(served, contracts.dissolveUnit, (handle, { actor, params, body }) =>
    dissolveUnit(handle, actor, { unitId: params.unitId, ...body }, clock),
  )

  serveRead(served, contracts.listResponsibilities, ({ actor, query, read }) =>
    read((handle) => listResponsibilities(handle, actor, query)),
  )
  serveWrite(served, contracts.addResponsibility, (handle, { actor, body }) =>
    addResponsibility(handle, actor, body, clock),
  )
  serveWrite(served, contracts.endResponsibility, (handle, { actor, params, body }) =>
    endResponsibility(handle, actor, { id: params.responsibilityId, ...body }, clock),
  )

  serveRead(served, contracts.exportUnits, async ({ actor, read, reply }) => {
    const file = await read((handle) => exportUnits(handle, actor, clock))
    return file.ok ? giveFile(reply, { name: file.value.name, mediaType: workbookType }, file.value.bytes) : file
  })
}
