/** A filed return as one signed file: a table with the ledger behind it, a report in words with its files. */
import type { NarrativePackage, ReturnPackage, TablePackage } from '@bihuan/contracts'
import type { Actor } from '../../platform/actor.js'
import type { Handle, PurposeReach, Reach } from '../../platform/db/scope.js'
import { listTenants } from '../../platform/db/tenants.js'
import { bytesOf } from '../../platform/files/stored-bytes.js'
import type { FileStore } from '../../platform/files/store.js'
import { notAllowed, type HttpRefusal } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import type { SigningKey } from '../../platform/signing.js'
import { readFigureRecords } from './figure.repo.js'
import { mostFileBytes, signedText } from './package-form.js'
import { computeContent } from './return-content.js'
import type { FiledContent } from './return-filed.js'
import * as returns from './return.repo.js'
import { noReturn, type ReturnContextOf } from './return-page.service.js'
import { mayExport } from './table.policy.js'
import { findHazardLines } from './table.repo.js'

const MOST_ROWS = 50_000

export type PackageContext = ReturnContextOf & { readonly files: FileStore }

export async function packageOf(
  context: PackageContext,
  actor: Actor,
  id: string,
  key: SigningKey,
): Promise<Answer<ReturnPackage>> {
  if (!mayExport(actor)) return { ok: false, refusal: notAllowed('导出报表') }
  const record = await context.database.withScope(actor.reach, (handle) => returns.findReturn(handle, id))
  if (record === null) return { ok: false, refusal: noReturn(id) }
  // The ledger as far as the asker sees it: what is not theirs to read they do not hand on.
  return makePackage(context, record, actor.tenantId, actor.reach, key)
}

/** Of one that was never filed. */
export const notFiled = 'return.not-filed'

/** As it was filed last; `reach` is how far its ledger goes. */
export async function makePackage(
  context: PackageContext,
  record: returns.ReturnRecord,
  tenantId: string,
  reach: Reach | PurposeReach,
  key: SigningKey,
): Promise<Answer<ReturnPackage>> {
  const { database, clock } = context
  if (record.ledger_id !== null) {
    // Its rows are hazards of this server, which the other one cannot count as its own.
    return no('package.ledger', '隐患清单不能打成数据包；请导出清单的 Word 或 Excel，和回执一起转交。')
  }
  const found = await database.withScope({ purpose: 'tenant', tenantId }, (handle) => readFiled(handle, record))
  if (found === null) return no(notFiled, '这张报表还没有上报，不能生成数据包。请先签名上报。')
  const { filed, content } = found
  const tenant = (await listTenants(database)).find((one) => one.id === tenantId)?.name ?? ''
  const views = new Map(content.views.map((view) => [view.key, view]))
  const common = {
    schema: 'bihuan.return-package' as const,
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
  }
  if (record.narrative !== null) {
    const words = await wordsOf(context.files, record.narrative.name, filed.content)
    return words.ok ? { ok: true, value: signed({ ...common, version: 2, ...words.value }, key) } : words
  }
  const lines = await database.withScope(reach, (handle) => findHazardLines(handle, found.ids))
  const ledger = [...lines.values()]
    .map(({ code, subjectName, description, state, foundOn }) => ({ code, subjectName, description, state, foundOn }))
    .sort((a, b) => (a.code < b.code ? -1 : 1))
  return { ok: true, value: signed({ ...common, version: 1, ledger }, key) }
}

type Unsigned = Omit<TablePackage, 'signature'> | Omit<NarrativePackage, 'signature'>

function signed(unsigned: Unsigned, key: SigningKey): ReturnPackage {
  const blank = { ...unsigned, signature: { algorithm: 'ed25519' as const, value: '' } }
  return { ...blank, signature: { algorithm: 'ed25519', value: key.sign(signedText(blank)) } }
}

/** The files as they were filed, each content once. */
async function wordsOf(
  store: FileStore,
  name: string,
  { deliveries = [] }: Pick<FiledContent, 'deliveries'>,
): Promise<Answer<Pick<NarrativePackage, 'narrative' | 'files'>>> {
  const narrative = {
    name,
    deliveries: deliveries.map(({ form, personName, deliveredAt, files }) => ({
      form,
      personName,
      deliveredAt,
      files: files.map(({ name: called, mediaType, size, sha256 }) => ({ name: called, mediaType, size, sha256 })),
    })),
  }
  const named = new Map(deliveries.flatMap((one) => one.files.map((file) => [file.sha256, file])))
  const size = [...named.values()].reduce((sum, file) => sum + file.size, 0)
  if (size > mostFileBytes) {
    const megabytes = (bytes: number) => Math.ceil(bytes / 1024 / 1024)
    return no(
      'package.too-large',
      `所交的文件共 ${megabytes(size)} MB，一个数据包最多装 ${megabytes(mostFileBytes)} MB。请把扫描件压缩后重新交，或下载文件另行转交。`,
    )
  }
  const files: NarrativePackage['files'] = []
  for (const [sha256, file] of named) {
    const bytes = await bytesOf(store, sha256)
    if (bytes === null)
      return no('package.file-missing', `所交的“${file.name}”在文件库里不见了，不能打包。请告诉系统管理员。`)
    files.push({ sha256, base64: bytes.toString('base64') })
  }
  return { ok: true, value: { narrative, files } }
}

function no(code: string, message: string): { readonly ok: false; readonly refusal: HttpRefusal } {
  return { ok: false, refusal: { code, message } }
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
