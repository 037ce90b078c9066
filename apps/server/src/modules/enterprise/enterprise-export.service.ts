import type { z } from 'zod'
import type { exportEnterprises } from '@bihuan/contracts'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import { notAllowed } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { everyEnterprise, type Reader } from './enterprise-list.service.js'
import { enterpriseSheet } from './enterprise-sheet.js'
import { mayExport, mayRead } from './enterprise.policy.js'

/** The list that is seen, as a workbook; who took it away is on record before the first byte leaves. */
export async function sheetOf(
  actor: Actor,
  query: z.output<(typeof exportEnterprises)['query']>,
  read: Reader,
  { clock }: { readonly clock: Clock },
): Promise<Answer<AsyncGenerator<Uint8Array>>> {
  if (!mayRead(actor) || !mayExport(actor)) return { ok: false, refusal: notAllowed('导出企业名册') }
  const { columns, ...filters } = query
  const rows = await everyEnterprise(actor, filters, read)
  if (!rows.ok) return rows
  await read((handle) =>
    recordAct(
      handle,
      actor,
      { action: 'enterprise.export', objectKind: 'enterprise', objectId: null, detail: { filters } },
      clock.now(),
    ),
  )
  return { ok: true, value: enterpriseSheet({ unitName: actor.unitName, today: clock.today(), columns }, rows.value) }
}
