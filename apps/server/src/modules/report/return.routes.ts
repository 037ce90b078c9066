import * as contracts from '@bihuan/contracts'
import { WORD } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import { giveFile } from '../../platform/http/file-answer.js'
import { notAllowed } from '../../platform/http/refusal.js'
import { serveRead, serveWrite, type Served } from '../../platform/http/serve.js'
import type { Answer } from '../../platform/http/serve.js'
import type { Platform } from '../../platform/platform.js'
import { giveStored } from '../document/index.js'
import { showBoard } from './board.service.js'
import { calendarRoutes } from './calendar.routes.js'
import { deliverFiles, returnFile } from './delivery.service.js'
import { writeDraft } from './narrative-draft.service.js'
import { packageRoutes } from './package.routes.js'
import { cellHistory } from './return-cell-history.service.js'
import { pageForExport, receiptOf, showFiled } from './return-history.service.js'
import { listReturns, showReturn, type CountedContent } from './return-page.service.js'
import { actOnReturn, signReturn, submitReturn, typeIntoReturn, type PlainAct } from './return.service.js'
import { scoreRoutes } from './score.routes.js'
import { listScheduleDrafts, setUpSchedules } from './schedule-draft.service.js'
import {
  addLedgerSchedule,
  addNarrativeSchedule,
  addSchedule,
  changeSchedule,
  listSchedules,
  previewSchedule,
} from './schedule.service.js'
import { writeTable } from './table-export.service.js'
import { mayExport } from './table.policy.js'

/** A fresh proof that it is the person who logged in; from the identity module, which this one need not know. */
export type Prove = (actor: Actor, password: string) => Promise<Answer<unknown>>

export function returnRoutes(served: Served, platform: Platform, prove: Prove): void {
  const { clock, database, files, sealer } = platform
  const context = { clock, database }
  packageRoutes(served, platform)
  scoreRoutes(served, clock)
  calendarRoutes(served, clock)
  const shown = (actor: Actor, id: string, just?: CountedContent) => showReturn(context, actor, id, just)

  serveRead(served, contracts.listSchedules, async ({ actor, query, read }) => ({
    ok: true,
    value: await read((handle) => listSchedules(handle, actor, query.campaign ?? null, clock)),
  }))

  serveRead(served, contracts.listScheduleDrafts, ({ actor, params, read }) =>
    read((handle) => listScheduleDrafts(handle, actor, params.campaignId)),
  )

  serveWrite(served, contracts.setUpSchedules, (handle, { actor, params }) =>
    setUpSchedules(handle, actor, params.campaignId, clock),
  )

  serveRead(served, contracts.previewSchedule, ({ body, read }) =>
    read((handle) => previewSchedule(handle, body.rule, clock.today())),
  )

  serveWrite(served, contracts.addSchedule, (handle, { actor, params, body }) =>
    addSchedule(handle, actor, params.tableId, body, clock),
  )

  serveWrite(served, contracts.addLedgerSchedule, (handle, { actor, params, body }) =>
    addLedgerSchedule(handle, actor, params.ledgerId, body, clock),
  )

  serveWrite(
    served,
    contracts.changeSchedule,
    (handle, { actor, params, body: { version, active, narrative, ...input } }) =>
      changeSchedule(handle, actor, { id: params.scheduleId, version, active, input, narrative }, clock),
  )

  serveWrite(served, contracts.addNarrativeSchedule, (handle, { actor, params, body }) =>
    addNarrativeSchedule(handle, actor, params.campaignId, body, clock),
  )

  serveRead(served, contracts.draftNarrative, async ({ actor, params, reply }) => {
    await sealer.sealNow(actor.tenantId)
    const made = await writeDraft(context, actor, params.returnId)
    return made.ok ? giveFile(reply, { name: made.value.name, mediaType: WORD }, made.value.bytes) : made
  })

  serveRead(served, contracts.downloadReturnFile, async ({ actor, params, read, reply }) => {
    const found = await read((handle) => returnFile(handle, actor, params.returnId, params.fileId))
    return found.ok ? giveStored({ files }, reply, found.value) : found
  })

  serveRead(served, contracts.deliverFiles, async ({ actor, params, body }) => {
    const delivered = await deliverFiles({ ...context, files }, actor, { id: params.returnId, ...body })
    return delivered.ok ? shown(actor, params.returnId) : delivered
  })

  serveRead(served, contracts.returnBoard, ({ actor, params, query, read }) =>
    read((handle) => showBoard(handle, actor, { scheduleId: params.scheduleId, ...query }, clock)),
  )

  serveRead(served, contracts.listReturns, ({ actor, query, read }) =>
    read((handle) => listReturns(handle, actor, query, clock)),
  )

  serveRead(served, contracts.showReturn, ({ actor, params }) => shown(actor, params.returnId))

  serveRead(served, contracts.showFiledReturn, ({ actor, params }) =>
    showFiled(context, actor, params.returnId, params.round),
  )

  serveRead(served, contracts.returnCellHistory, ({ actor, params }) =>
    cellHistory(context, actor, params.returnId, params.key),
  )

  serveRead(served, contracts.returnReceipt, ({ actor, params }) => receiptOf(context, actor, params.returnId))

  serveRead(served, contracts.exportReturn, async ({ actor, params, query, reply, read }) => {
    if (!mayExport(actor)) return { ok: false, refusal: notAllowed('导出报表') }
    const found = await pageForExport(context, actor, params.returnId)
    if (!found.ok) return found
    const { page, signed } = found.value
    const file = await writeTable(page, query.format, signed)
    const { unitId, cutOff, knownAt, head } = page
    await read((handle) =>
      recordAct(
        handle,
        actor,
        {
          action: 'return.export',
          objectKind: 'return',
          objectId: params.returnId,
          after: { unitId, cutOff, knownAt, format: query.format, head },
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

  // An act of its own in the asker's reach, and the answer in that of the tenant: figures do not depend on who asks. The version that
  // each act names keeps a repeated request from acting twice.
  serveRead(served, contracts.typeIntoReturn, async ({ actor, params, body: { version, values } }) => {
    const typed = await database.withScope(actor.reach, (handle) =>
      typeIntoReturn(handle, actor, { id: params.returnId, version, values }, clock),
    )
    return typed.ok ? shown(actor, params.returnId) : typed
  })

  // What was typed has to be sealed first, so that the signature can name the position that it counts to.
  serveRead(served, contracts.signReturn, async ({ actor, params, body: { password, ...command } }) => {
    const proof = await prove(actor, password)
    await sealer.sealNow(actor.tenantId)
    const signed = await signReturn(context, actor, { id: params.returnId, ...command }, proof)
    return signed.ok ? shown(actor, params.returnId, signed.value) : signed
  })

  serveRead(served, contracts.actOnReturn, async ({ actor, params, body: { version, act } }) => {
    // Of a report that nobody signs here, the filing fixes the position: what was delivered is sealed first.
    if (act.kind === 'submit') await sealer.sealNow(actor.tenantId)
    const done =
      act.kind === 'submit'
        ? await submitReturn(context, actor, { id: params.returnId, version, ...act })
        : await database.withScope(actor.reach, (handle) =>
            actOnReturn(handle, actor, { id: params.returnId, version, act: act satisfies PlainAct }, clock),
          )
    return done.ok ? shown(actor, params.returnId, done.value) : done
  })
}
