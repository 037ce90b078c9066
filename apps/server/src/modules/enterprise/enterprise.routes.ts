import * as contracts from '@bihuan/contracts'
import { giveFile, workbookType } from '../../platform/http/file-answer.js'
import { notFound } from '../../platform/http/refusal.js'
import { serveRead, serveWrite, type Served } from '../../platform/http/serve.js'
import { sheetOf } from './enterprise-export.service.js'
import { chooseEnterprises, listEnterprises, listSectors } from './enterprise-list.service.js'
import { profileOf } from './enterprise.input.js'
import { mayRead } from './enterprise.policy.js'
import {
  changeAndShow,
  registerAndShow,
  revealPhone,
  showEnterprise,
  type EnterpriseSurroundings,
} from './enterprise.service.js'

export function enterpriseRoutes(served: Served, around: EnterpriseSurroundings): void {
  const { clock } = around
  const nothingToRead = { ok: false, refusal: notFound('名册') } as const

  serveRead(served, contracts.listEnterprises, async ({ actor, query, read }) =>
    mayRead(actor) ? listEnterprises(actor, query, read) : nothingToRead,
  )

  serveRead(served, contracts.chooseEnterprise, async ({ actor, query, read }) =>
    mayRead(actor) ? chooseEnterprises(query, read) : nothingToRead,
  )

  serveRead(served, contracts.listEnterpriseSectors, async ({ actor, read }) =>
    mayRead(actor) ? { ok: true, value: { items: await read(listSectors) } } : nothingToRead,
  )

  serveRead(served, contracts.exportEnterprises, async ({ actor, query, read, reply }) => {
    const sheet = await sheetOf(actor, query, read, around)
    if (!sheet.ok) return sheet
    return giveFile(reply, { name: `企业名册_${clock.today()}.xlsx`, mediaType: workbookType }, sheet.value)
  })

  serveRead(served, contracts.showEnterprise, async ({ actor, params, read }) =>
    read((handle) => showEnterprise(handle, actor, params.enterpriseId, around)),
  )

  serveWrite(served, contracts.registerEnterprise, (handle, { actor, body }) =>
    registerAndShow(handle, actor, { profile: profileOf(body.enterprise), since: body.since }, around),
  )

  serveWrite(served, contracts.changeEnterprise, (handle, { actor, params, body }) =>
    changeAndShow(handle, actor, { id: params.enterpriseId, ...body }, around),
  )

  serveWrite(served, contracts.revealEnterprisePhone, (handle, { actor, params, body }) =>
    revealPhone(handle, actor, params.enterpriseId, body.of, clock),
  )
}
