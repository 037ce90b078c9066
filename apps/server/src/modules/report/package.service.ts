/**
 * Returns across servers: what was filed here, with the ledger behind it, as one signed file; and such a file from another server
 * taken as the return of the unit that the sender stands for. Brought twice it changes nothing; altered, or of a stranger, it is refused.
 */
import { createHash } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { AnswerOf, listPackageSenders, receivePackage, ReturnPackage } from '@bihuan/contracts'
import { decideReturn } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { canonical } from '../../platform/audit/chain.js'
import { recordAct } from '../../platform/audit/record.js'
import { readHead } from '../../platform/audit/verify.js'
import type { Handle } from '../../platform/db/scope.js'
import { listTenants } from '../../platform/db/tenants.js'
import { notAllowed, notFound, type HttpRefusal } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { isSignedBy, readPublicKey, type SigningKey } from '../../platform/signing.js'
import { findUnit } from '../organization/index.js'
import { readFigureRecords } from './figure.repo.js'
import * as repo from './package.repo.js'
import { computeContent, type FiledContent } from './return-content.js'
import * as returns from './return.repo.js'
import { noReturn, type ReturnContextOf } from './return-page.service.js'
import { contextOf, loadFor, saveStep } from './return.service.js'
import { findHazardLines } from './table.repo.js'
import { isInReach, mayExport, mayReadTables } from './table.policy.js'
import { insertTypedCells } from './typed-cells.js'

const MOST_ROWS = 50_000

/** What is signed: everything but the signature. */
function signedText({ signature: _, ...content }: ReturnPackage): string {
  return canonical(content)
}

export async function packageOf(
  { database, clock }: ReturnContextOf,
  actor: Actor,
  id: string,
  key: SigningKey,
): Promise<Answer<ReturnPackage>> {
  if (!mayExport(actor)) return { ok: false, refusal: notAllowed('导出报表') }
  const record = await database.withScope(actor.reach, (handle) => returns.findReturn(handle, id))
  if (record === null) return { ok: false, refusal: noReturn(id) }
  const found = await database.withScope({ purpose: 'tenant', tenantId: actor.tenantId }, async (handle) => {
    const filed = await returns.findFiled<FiledContent>(handle, id, record.detail.round)
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
      for (const one of await readFigureRecords(handle, metrics, cell.metric.id, question, null, MOST_ROWS))
        ids.add(one)
    }
    return { filed, content, ids: [...ids] }
  })
  if (found === null) {
    return {
      ok: false,
      refusal: { code: 'return.not-filed', message: '这张报表还没有上报，不能生成数据包。请先签名上报。' },
    }
  }
  // The ledger as far as the asker sees it: what is not theirs to read they do not hand on.
  const lines = await database.withScope(actor.reach, (handle) => findHazardLines(handle, found.ids))
  const { filed, content } = found
  const tenant = (await listTenants(database)).find((one) => one.id === actor.tenantId)?.name ?? ''
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
  return { ok: true, value: { ...unsigned, signature } }
}

type Received = AnswerOf<typeof receivePackage>

/** In two steps, since figures count at a position: what the package says is written and sealed, then filed as of there. */
export async function takePackage(
  context: ReturnContextOf & { readonly seal: (tenantId: string) => Promise<void> },
  actor: Actor,
  given: ReturnPackage,
): Promise<Answer<Received>> {
  if (!actor.permissions.has('return.review')) return { ok: false, refusal: notAllowed('接收报表数据包') }
  const { database, clock } = context
  const text = signedText(given)
  const packageHash = createHash('sha256').update(text).digest('hex')
  let filed = false
  const written = await database.withScope(actor.reach, async (handle): Promise<Answer<Received>> => {
    const sender = await repo.findSender(handle, given.sender.publicKey)
    if (sender === null)
      return refuse(
        'package.unknown-sender',
        `不认识发送方“${given.sender.unit}”的公钥，没有收下。请先核对并登记它的公钥。`,
      )
    if (!isSignedBy(sender.public_key, text, given.signature.value))
      return refuse('package.altered', '数据包在签名之后被改动过，没有收下。请发送方重新导出。')
    const before = await repo.findReceived(handle, packageHash)
    if (before !== null) {
      filed = before.filed
      return { ok: true, value: { returnId: before.return_id, packageHash, already: true } }
    }
    const target = await repo.findReturnFor(handle, {
      unitId: sender.unit_id,
      table: given.return.table,
      periodKey: given.return.periodKey,
      sector: given.return.sector,
    })
    if (target === null) {
      return refuse(
        'package.no-return',
        `没有找到${sender.unit_name}《${given.return.table}》${given.return.periodTitle}的待报报表。请先为它设置报送安排。`,
      )
    }
    return write(handle, actor, given, { packageHash, sender, returnId: target.id, version: target.version, clock })
  })
  if (!written.ok || filed) return written
  await context.seal(actor.tenantId)
  return file(context, actor, given, written.value)
}

function refuse(code: string, message: string): { ok: false; refusal: HttpRefusal } {
  return { ok: false, refusal: { code, message } }
}

async function write(
  handle: Handle,
  actor: Actor,
  given: ReturnPackage,
  into: {
    readonly packageHash: string
    readonly sender: repo.SenderRow
    readonly returnId: string
    readonly version: number
    readonly clock: ReturnContextOf['clock']
  },
): Promise<Answer<Received>> {
  const { clock, packageHash, sender, returnId } = into
  const loaded = await loadFor(handle, actor, returnId, into.version)
  if (!loaded.ok) return loaded
  const record = loaded.value
  const { signatures, nil, contentHash } = given.return
  const trial = decideReturn(
    record.detail,
    { kind: 'receive', contentHash, nil, signatures },
    contextOf(actor, record, clock),
  )
  if (!trial.ok) return trial
  const known = await computeContent(handle, record, { to: given.return.countedTo, position: null })
  const own = new Map(known.figures.map((figure) => [figure.key, figure]))
  const typed = []
  for (const figure of given.return.figures) {
    const here = own.get(figure.key)
    if (here === undefined)
      return refuse('package.other-form', `数据包里的“${figure.label}”在本系统的表里没有。请核对两边的表是否同一版。`)
    const amount = figure.value === null ? null : figure.value - (here.derived ?? 0)
    if (amount !== null && amount < 0) {
      return refuse(
        'package.counted-here',
        `“${figure.label}”本系统已有${here.text}，多于数据包里的${figure.text}。请先核对重复的记录。`,
      )
    }
    typed.push({ id: uuidv7(), cell: figure.key, amount })
  }
  const now = clock.now()
  const entryId = await recordAct(
    handle,
    actor,
    {
      action: 'package.receive',
      objectKind: 'table',
      objectId: record.table_id,
      after: { unitId: record.unit_id, asOf: given.return.countedTo, returnId, senderId: sender.id, packageHash },
      detail: { typed },
    },
    now,
  )
  const place = {
    tableId: record.table_id,
    unitId: record.unit_id,
    territoryPath: record.territory_path,
    linePath: record.line_path,
    parties: record.parties,
    asOf: given.return.countedTo,
    sector: record.sector,
    returnId,
  }
  await insertTypedCells(handle, actor, typed, place, entryId, now)
  await repo.insertReceived(handle, {
    ...place,
    id: uuidv7(),
    senderId: sender.id,
    entryId,
    packageHash,
    content: given,
    accountId: actor.accountId,
    personName: actor.personName,
    now,
  })
  return { ok: true, value: { returnId, packageHash, already: false } }
}

/** Filed once: a package that was written and, after a crash, not filed is filed when it is brought again. */
async function file(
  { database, clock }: ReturnContextOf,
  actor: Actor,
  given: ReturnPackage,
  received: Received,
): Promise<Answer<Received>> {
  const { signatures, nil, countedTo } = given.return
  const computed = await database.withScope({ purpose: 'tenant', tenantId: actor.tenantId }, async (handle) => {
    const record = await returns.findReturn(handle, received.returnId)
    const position = (await readHead(handle)).position
    return record === null
      ? null
      : { position, content: await computeContent(handle, record, { to: countedTo, position }) }
  })
  if (computed === null) return { ok: false, refusal: noReturn(received.returnId) }
  const { position, content } = computed
  return database.withScope(actor.reach, async (handle): Promise<Answer<Received>> => {
    const record = await returns.loadReturn(handle, received.returnId)
    if (record === null) return { ok: false, refusal: noReturn(received.returnId) }
    if (record.detail.status === 'submitted' || record.detail.status === 'accepted')
      return { ok: true, value: received }
    const decision = decideReturn(
      record.detail,
      { kind: 'receive', contentHash: content.hash, nil, signatures },
      contextOf(actor, record, clock),
    )
    if (!decision.ok) return decision
    const filed: FiledContent = {
      position,
      countedTo,
      span: content.span,
      tableVersion: record.table_version,
      nil,
      figures: content.figures,
      signatures,
      missing: [],
    }
    await saveStep(handle, actor, record, decision.value, { position, countedTo, span: content.span }, filed, content.hash, clock)
    return { ok: true, value: received }
  })
}

type Senders = AnswerOf<typeof listPackageSenders>

export async function listSenders(handle: Handle, actor: Actor, key: SigningKey): Promise<Answer<Senders>> {
  if (!mayReadTables(actor)) return { ok: false, refusal: notAllowed('查看数据包发送方') }
  const rows = await repo.listSenders(handle)
  return {
    ok: true,
    value: {
      ownPublicKey: key.publicKey,
      items: rows.map(viewOf),
      abilities: { manage: actor.permissions.has('schedule.manage') },
    },
  }
}

export async function addSender(
  handle: Handle,
  actor: Actor,
  given: { readonly name: string; readonly unitId: string; readonly publicKey: string },
  now: Date,
): Promise<Answer<Senders['items'][number]>> {
  if (!actor.permissions.has('schedule.manage')) return { ok: false, refusal: notAllowed('登记数据包发送方') }
  const unit = await findUnit(handle, given.unitId)
  if (unit === null || !isInReach(actor, unit))
    return {
      ok: false,
      refusal: { ...notFound('单位', { objectKind: 'unit', objectId: given.unitId }), path: 'unitId' },
    }
  if (readPublicKey(given.publicKey) === null)
    return {
      ok: false,
      refusal: { code: 'package.key', message: '这不是一个公钥。请从对方系统的页面上完整复制。', path: 'publicKey' },
    }
  const id = uuidv7()
  const place = { territoryPath: unit.territory_path, linePath: unit.line_path }
  if (!(await repo.insertSender(handle, { ...given, ...place, id, now }))) {
    return {
      ok: false,
      refusal: {
        code: 'package.key-known',
        message: '这个公钥已经登记过。请核对是不是同一个发送方。',
        path: 'publicKey',
      },
    }
  }
  await recordAct(
    handle,
    actor,
    { action: 'package.add-sender', objectKind: 'package-sender', objectId: id, after: given },
    now,
  )
  return {
    ok: true,
    value: { id, name: given.name, unitId: unit.id, unitName: unit.name, publicKey: given.publicKey, active: true },
  }
}

function viewOf(row: repo.SenderRow): Senders['items'][number] {
  return {
    id: row.id,
    name: row.name,
    unitId: row.unit_id,
    unitName: row.unit_name,
    publicKey: row.public_key,
    active: row.active,
  }
}
