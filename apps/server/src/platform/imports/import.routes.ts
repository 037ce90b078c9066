import * as contracts from '@bihuan/contracts'
import { giveFile, workbookType } from '../http/file-answer.js'
import { serveRead, serveUpload, serveWrite, type Served } from '../http/serve.js'
import { jsonField } from '../http/upload.js'
import type { Imports } from './imports.js'

export function importRoutes(served: Served, imports: Imports): void {
  serveUpload(
    served,
    contracts.startImport,
    ({ actor, params, upload }) => imports.storeWorkbook(actor, params.kind, upload),
    (handle, { actor, params, upload }, workbook) =>
      imports.start(handle, actor, params.kind, workbook, jsonField(upload, 'options')),
  )
  serveRead(served, contracts.listImports, ({ actor, query, read }) =>
    read((handle) => imports.list(handle, actor, query)),
  )
  serveRead(served, contracts.readImport, ({ actor, params, read }) =>
    read((handle) => imports.show(handle, actor, params.importId)),
  )
  serveRead(served, contracts.listImportRows, ({ actor, params, query, read }) =>
    read((handle) => imports.rows(handle, actor, params.importId, query)),
  )
  serveWrite(served, contracts.mendImportRow, (handle, { actor, params, body }) =>
    imports.mendRow(handle, actor, params.importId, params.ordinal, body),
  )
  serveWrite(served, contracts.decideImportRows, (handle, { actor, params, body }) =>
    imports.decideAll(handle, actor, params.importId, body.is),
  )
  serveWrite(served, contracts.changeImport, (handle, { actor, params, body }) =>
    imports.changeOptions(handle, actor, params.importId, body.options),
  )
  serveWrite(served, contracts.bringIn, (handle, { actor, params }) => imports.bringIn(handle, actor, params.importId))
  serveWrite(served, contracts.discardImport, (handle, { actor, params }) =>
    imports.discard(handle, actor, params.importId),
  )

  serveRead(served, contracts.exportImportRows, async ({ params, read, reply }) => {
    const file = await imports.refusedRows(read, params.importId)
    return file.ok ? giveFile(reply, { name: file.value.name, mediaType: workbookType }, file.value.chunks) : file
  })
  serveRead(served, contracts.downloadTemplate, async ({ actor, params, reply }) => {
    const file = await imports.template(actor, params.kind)
    return file.ok ? giveFile(reply, { name: file.value.name, mediaType: workbookType }, file.value.bytes) : file
  })
}
