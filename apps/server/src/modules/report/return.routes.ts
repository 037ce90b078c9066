import * as contracts from '@bihuan/contracts'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import { notAllowed } from '../../platform/http/refusal.js'
import { serveRead, serveWrite, type Served } from '../../platform/http/serve.js'
import type { Answer } from '../../platform/http/serve.js'
import type { Platform } from '../../platform/platform.js'
import { signingKeyOf } from '../../platform/signing.js'
import { showBoard } from './board.service.js'
import { addSender, listSenders, packageOf, takePackage } from './package.service.js'
import { cellHistory } from './return-cell-history.service.js'
import { pageForExport, receiptOf, showFiled } from './return-history.service.js'
import { listReturns, showReturn } from './return-page.service.js'
import { actOnReturn, signReturn, submitReturn, typeIntoReturn, type PlainAct } from './return.service.js'
import { scoreRoutes } from './score.routes.js'
import { listScheduleDrafts, setUpSchedules } from './schedule-draft.service.js'
import { addLedgerSchedule, addSchedule, changeSchedule, listSchedules, previewSchedule } from './schedule.service.js'
import { writeTable } from './table-export.service.js'
import { mayExport } from './table.policy.js'

/** A fresh proof that it is the person who logged in; from the identity module, which this one need not know. */
export type Prove = (actor: Actor, password: string) => Promise<Answer<unknown>>

export function returnRoutes(served: Served, { clock, database, sealer, secret }: Platform, prove: Prove): void {
  const context = { clock, database }
  scoreRoutes(served, clock)
  const shown = (actor: Actor, id: string) => showReturn(context, actor, id)

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

  serveRead(served, contracts.previewSchedule, async ({ body }) => previewSchedule(body.rule, clock.today()))

  serveWrite(served, contracts.addSchedule, (handle, { actor, params, body }) =>
    addSchedule(handle, actor, params.tableId, body, clock),
  )

  serveWrite(served, contracts.addLedgerSchedule, (handle, { actor, params, body }) =>
    addLedgerSchedule(handle, actor, params.ledgerId, body, clock),
  )

  serveWrite(served, contracts.changeSchedule, (handle, { actor, params, body: { version, active, ...input } }) =>
    changeSchedule(handle, actor, { id: params.scheduleId, version, active, input }, clock),
  )

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

  serveRead(served, contracts.exportPackage, async ({ actor, params, read }) => {
    const made = await packageOf(context, actor, params.returnId, signingKeyOf(secret, actor.tenantId))
    if (!made.ok) return made
    const { contentHash } = made.value.return
    await read((handle) =>
      recordAct(
        handle,
        actor,
        {
          action: 'return.export',
          objectKind: 'return',
          objectId: params.returnId,
          after: { format: 'package', contentHash },
        },
        clock.now(),
      ),
    )
    return made
  })

  serveRead(served, contracts.receivePackage, ({ actor, body }) =>
    takePackage({ ...context, seal: (tenantId) => sealer.sealNow(tenantId) }, actor, body),
  )

  serveRead(served, contracts.listPackageSenders, ({ actor, read }) =>
    read((handle) => listSenders(handle, actor, signingKeyOf(secret, actor.tenantId))),
  )

  serveWrite(served, contracts.addPackageSender, (handle, { actor, body }) =>
    addSender(handle, actor, body, clock.now()),
  )

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
    return signed.ok ? shown(actor, params.returnId) : signed
  })

  serveRead(served, contracts.actOnReturn, async ({ actor, params, body: { version, act } }) => {
    const done =
      act.kind === 'submit'
        ? await submitReturn(context, actor, { id: params.returnId, version, contentHash: act.contentHash })
        : await database.withScope(actor.reach, (handle) =>
            actOnReturn(handle, actor, { id: params.returnId, version, act: act satisfies PlainAct }, clock),
          )
    return done.ok ? shown(actor, params.returnId) : done
  })
}
