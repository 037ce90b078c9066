/** A filed return as one signed file, with the ledger behind it. */
import { createHash } from 'node:crypto'
import type { ReturnPackage } from '@bihuan/contracts'
import type { Actor } from '../../platform/actor.js'
import { canonical } from '../../platform/audit/chain.js'
import type { Handle, PurposeReach, Reach } from '../../platform/db/scope.js'
import { listTenants } from '../../platform/db/tenants.js'
import { notAllowed } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import type { SigningKey } from '../../platform/signing.js'
import { readFigureRecords } from './figure.repo.js'
import { computeContent } from './return-content.js'
import type { FiledContent } from './return-filed.js'
import * as returns from './return.repo.js'
import { noReturn, type ReturnContextOf } from './return-page.service.js'
import { mayExport } from './table.policy.js'
import { findHazardLines } from './table.repo.js'

const MOST_ROWS = 50_000

/** What is signed: everything but the signature. */
export function signedText({ signature: _, ...content }: ReturnPackage): string {
  return canonical(content)
}

export function packageHashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

export async function packageOf(
  context: ReturnContextOf,
  actor: Actor,
  id: string,
  key: SigningKey,
): Promise<Answer<ReturnPackage>> {
  if (!mayExport(actor)) return { ok: false, refusal: notAllowed('导出报表') }
  const record = await context.database.withScope(actor.reach, (handle) => returns.findReturn(handle, id))
  if (record === null) return { ok: false, refusal: noReturn(id) }
  if (record.narrative !== null) {
    return {
      ok: false,
      refusal: {
        code: 'package.narrative',
        message: '叙述性报告没有数字可以打包；请下载所交的文件，和回执一起转交。',
      },
    }
  }
  // The ledger as far as the asker sees it: what is not theirs to read they do not hand on.
  const made = await makePackage(context, record, actor.tenantId, actor.reach, key)
  return made === null
    ? {
        ok: false,
        refusal: { code: 'return.not-filed', message: '这张报表还没有上报，不能生成数据包。请先签名上报。' },
      }
    : { ok: true, value: made }
}

/** As it was filed last; `reach` is how far its ledger goes. Null when it was never filed. */
export async function makePackage(
  { database, clock }: ReturnContextOf,
  record: returns.ReturnRecord,
  tenantId: string,
  reach: Reach | PurposeReach,
  key: SigningKey,
): Promise<ReturnPackage | null> {
  const found = await database.withScope({ purpose: 'tenant', tenantId }, (handle) => readFiled(handle, record))
  if (found === null) return null
  const lines = await database.withScope(reach, (handle) => findHazardLines(handle, found.ids))
  const { filed, content } = found
  const tenant = (await listTenants(database)).find((one) => one.id === tenantId)?.name ?? ''
  const views = new Map(content.views.map((view) => [view.key, view]))
  const unsigned = {
    schema: 'bihuan.return-package' as const,
    version: 1 as const,
    issuedAt: clock.now().toISOString(),
    sender: { tenant, unit: record.unit_name, publicKey: key.publicKey },
    return: {
      table: content.asked.table.title,
      title: record.title,
      periodKey: record.period_key,
      periodTitle: record.period_title,
      sector: record.sector,
      cutOff: record.cut_off,
      countedTo: filed.content.countedTo,
      dueOn: record.due_on,
      round: filed.round,
      nil: filed.content.nil,
      submittedAt: filed.recorded_at.toISOString(),
      contentHash: filed.content_hash,
      signatures: filed.content.signatures.map((one) => ({ ...one })),
      figures: filed.content.figures.map((figure) => ({
        ...figure,
        label: views.get(figure.key)?.label ?? '',
        unit: views.get(figure.key)?.unit ?? null,
      })),
    },
    ledger: [...lines.values()]
      .map(({ code, subjectName, description, state, foundOn }) => ({ code, subjectName, description, state, foundOn }))
      .sort((a, b) => (a.code < b.code ? -1 : 1)),
  }
  const signature = { algorithm: 'ed25519' as const, value: key.sign(canonical(unsigned)) }
  return { ...unsigned, signature }
}

/** What was filed, and the records that its figures count. */
async function readFiled(handle: Handle, record: returns.ReturnRecord) {
  const filed = await returns.findFiled<FiledContent>(handle, record.id, record.detail.round)
  if (filed === null) return null
  const content = await computeContent(handle, record, {
    to: filed.content.countedTo,
    position: filed.content.position,
    span: filed.content.span,
  })
  const ids = new Set<string>()
  for (const cell of content.cells) {
    if (cell.metric.source !== 'derived') continue
    const { metrics, question } = content.asked
    for (const one of await readFigureRecords(handle, metrics, cell.metric.id, question, null, MOST_ROWS)) ids.add(one)
  }
  return { filed, content, ids: [...ids] }
}
