import * as contracts from '@bihuan/contracts'
import { hazardMetrics } from '@bihuan/domain'
import { recordAct } from '../../platform/audit/record.js'
import { notAllowed, notFound } from '../../platform/http/refusal.js'
import { serveRead, serveWrite, type Served } from '../../platform/http/serve.js'
import type { Handle } from '../../platform/db/scope.js'
import type { Platform } from '../../platform/platform.js'
import { showFigureByUnit } from './figure-units.service.js'
import { recordCells } from './record-cells.service.js'
import { designTable, redesignTable, type DesignedFor } from './table-design.service.js'
import { writeTable } from './table-export.service.js'
import { mayExport, mayReadTables } from './table.policy.js'
import { listTables, openFigure, showTable, typeFigures } from './table.service.js'

/** `campaignOf` comes from the campaign module, which knows tables; so this one need not know campaigns. */
export function tableRoutes(
  served: Served,
  { clock, database }: Platform,
  campaignOf: (handle: Handle, id: string) => Promise<DesignedFor | null>,
): void {
  const context = { clock, database }

  serveRead(served, contracts.listTables, async ({ actor, query, read }) => {
    const rows = await read((handle) => listTables(handle, actor, query.campaign ?? null))
    return {
      ok: true,
      value: {
        items: rows.map((row) => ({
          id: row.id,
          campaignId: row.campaign_id,
          campaignName: row.campaign_name,
          title: row.title,
          version: row.version,
        })),
        metrics: hazardMetrics.map((metric) => ({ id: metric.id, label: metric.label, unit: metric.unit ?? '' })),
        abilities: { design: actor.permissions.has('table.design') },
      },
    }
  })

  serveRead(served, contracts.showTable, ({ actor, params, query }) => showTable(context, actor, params.tableId, query))

  serveRead(served, contracts.openFigure, ({ actor, params, query }) =>
    openFigure(context, actor, params.tableId, params.key, query),
  )

  serveRead(served, contracts.figureByUnit, ({ actor, params, query }) =>
    showFigureByUnit(context, actor, params.tableId, params.key, query),
  )

  serveRead(served, contracts.showRecordCells, ({ actor, params }) => recordCells(context, actor, params.recordId))

  serveRead(served, contracts.exportTable, async ({ actor, params, query, reply, read }) => {
    if (!mayExport(actor)) return { ok: false, refusal: notAllowed('导出调度表') }
    const page = await showTable(context, actor, params.tableId, query)
    if (!page.ok) return page
    const file = await writeTable(page.value, query.format)
    // What left the house, and up to which position it was true.
    await read((handle) =>
      recordAct(
        handle,
        actor,
        {
          action: 'table.export',
          objectKind: 'table',
          objectId: params.tableId,
          after: {
            unitId: page.value.unitId,
            cutOff: page.value.cutOff,
            knownAt: page.value.knownAt,
            format: query.format,
            head: page.value.head,
          },
        },
        clock.now(),
      ),
    )
    reply
      .type(file.mediaType)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
      .send(Buffer.from(file.bytes))
    return { ok: true, value: undefined }
  })

  serveWrite(served, contracts.typeFigures, async (handle, { actor, params, body }) => {
    const typed = await typeFigures(handle, actor, { tableId: params.tableId, ...body }, clock)
    return typed.ok ? { ok: true, value: { tableId: params.tableId, unitId: body.unitId, asOf: body.asOf } } : typed
  })

  serveWrite(served, contracts.designTable, async (handle, { actor, params, body }) =>
    mayReadTables(actor)
      ? designTable(handle, actor, params.campaignId, await campaignOf(handle, params.campaignId), body, clock)
      : { ok: false, refusal: notFound('行动', { objectKind: 'campaign', objectId: params.campaignId }) },
  )

  serveWrite(served, contracts.redesignTable, (handle, { actor, params, body }) =>
    redesignTable(handle, actor, { tableId: params.tableId, version: body.version, design: body }, clock),
  )
}
