/**
 * A return from another server, taken as that of the unit that its sender stands for. Brought twice it changes nothing; altered, or of a
 * stranger, it is refused.
 */
import { v7 as uuidv7 } from 'uuid'
import type { AnswerOf, listReceivedPackages, receivePackage } from '@bihuan/contracts'
import { decideReturn } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import { readHead } from '../../platform/audit/verify.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed, type HttpRefusal } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { filedDeliveries } from './narrative-content.js'
import { keepDeliveries, storeDeliveries, type StoredDelivery } from './package-delivery.js'
import type { PackageContext } from './package-making.js'
import type { ReadContent, ReadPackage } from './package-reading.js'
import * as repo from './package.repo.js'
import { readPackageAside } from './package-thread.js'
import { computeContent } from './return-content.js'
import type { FiledContent } from './return-filed.js'
import * as returns from './return.repo.js'
import { noReturn, type ReturnContextOf } from './return-page.service.js'
import { contextOf, loadFor, saveStep } from './return.service.js'
import { mayReadTables } from './table.policy.js'
import { insertTypedCells } from './typed-cells.js'

type Received = AnswerOf<typeof receivePackage>

/** In two steps, since figures count at a position: what the package says is written and sealed, then filed as of there. */
export async function takePackage(
  context: PackageContext & { readonly seal: (tenantId: string) => Promise<void> },
  actor: Actor,
  bytes: Uint8Array,
): Promise<Answer<Received>> {
  if (!mayReceive(actor)) return { ok: false, refusal: notAllowed('接收报表数据包') }
  const opened = await readPackageAside(bytes)
  if (!opened.ok) return opened
  const given = opened.value
  const inReach = <T>(work: (handle: Handle) => Promise<T>) => context.database.withScope(actor.reach, work)
  // Files are looked at and stored before the transaction, and only those of a sender who is known.
  let stored: readonly StoredDelivery[] = []
  if (given.content.version === 2) {
    const { content } = given
    const known = await inReach((handle) => wantedBy(handle, given))
    if (!known.ok) return known
    if (known.value.before === null) {
      const record = await inReach((handle) => returns.findReturn(handle, known.value.returnId))
      const looked = await storeDeliveries(context.files, record, content, given.files)
      if (!looked.ok) return looked
      stored = looked.value
    }
  }
  let filed = false
  const written = await inReach(async (handle): Promise<Answer<Received>> => {
    const known = await wantedBy(handle, given)
    if (!known.ok) return known
    const { before, returnId } = known.value
    if (before !== null) {
      filed = before.filed
      return { ok: true, value: { returnId, packageHash: given.packageHash, already: true } }
    }
    return write(handle, actor, given, { ...known.value, stored, clock: context.clock })
  })
  if (!written.ok || filed) return written
  await context.seal(actor.tenantId)
  return file(context, actor, given.content, written.value)
}

interface Wanted {
  readonly sender: repo.SenderRow
  readonly returnId: string
  readonly version: number
  /** It was written down before. */
  readonly before: { readonly filed: boolean } | null
}

/** From somebody who is known, as it was signed, for a return that is there. */
async function wantedBy(handle: Handle, { content, packageHash, isSigned }: ReadPackage): Promise<Answer<Wanted>> {
  const sender = await repo.findSender(handle, content.sender.publicKey)
  if (sender === null)
    return refuse(
      'package.unknown-sender',
      `不认识发送方“${content.sender.unit}”的公钥，没有收下。请先核对并登记它的公钥。`,
    )
  if (!isSigned) return refuse('package.altered', '数据包在签名之后被改动过，没有收下。请发送方重新导出。')
  const before = await repo.findReceived(handle, packageHash)
  if (before !== null)
    return { ok: true, value: { sender, returnId: before.return_id, version: 0, before: { filed: before.filed } } }
  const target = await repo.findReturnFor(handle, {
    unitId: sender.unit_id,
    table: content.return.table,
    periodKey: content.return.periodKey,
    sector: content.return.sector,
  })
  if (target === null) {
    return refuse(
      'package.no-return',
      `没有找到${sender.unit_name}《${content.return.table}》${content.return.periodTitle}的待报报表。请先为它设置报送安排。`,
    )
  }
  return { ok: true, value: { sender, returnId: target.id, version: target.version, before: null } }
}

function refuse(code: string, message: string): { ok: false; refusal: HttpRefusal } {
  return { ok: false, refusal: { code, message } }
}

async function write(
  handle: Handle,
  actor: Actor,
  { content: given, packageHash, kept }: ReadPackage,
  into: Wanted & { readonly stored: readonly StoredDelivery[]; readonly clock: ReturnContextOf['clock'] },
): Promise<Answer<Received>> {
  const { clock, sender, returnId, stored } = into
  const loaded = await loadFor(handle, actor, returnId, into.version)
  if (!loaded.ok) return loaded
  const record = loaded.value
  const asked = record.narrative !== null ? '叙述性报告' : record.ledger_id !== null ? '隐患清单' : '报表'
  const came = given.version === 2 ? '叙述性报告' : '报表'
  if (asked !== came)
    return refuse(
      'package.other-kind',
      `数据包里的《${given.return.table}》是${came}，而本系统的是${asked}，没有收下。请核对两边的报送安排。`,
    )
  const { signatures, nil, contentHash } = given.return
  const trial = decideReturn(
    record.detail,
    { kind: 'receive', contentHash, nil, signatures },
    contextOf(actor, record, clock),
  )
  if (!trial.ok) return trial
  const known = await computeContent(handle, record, { to: given.return.countedTo, position: null })
  const own = new Map(known.figures.map((figure) => [figure.key, figure]))
  const named = new Set(given.return.figures.map(({ key }) => key))
  const left = known.cells.find(({ key }) => !named.has(key))
  if (left !== undefined)
    return refuse(
      'package.other-form',
      `本系统表里的“${left.label}”在数据包里没有，没有收下。请核对两边的表是否同一版。`,
    )
  const typed = []
  for (const figure of given.return.figures) {
    const here = own.get(figure.key)
    if (here === undefined)
      return refuse('package.other-form', `数据包里的“${figure.label}”在本系统的表里没有。请核对两边的表是否同一版。`)
    // Here nobody could sign it so, and it would be filed by nobody's word.
    if (figure.value === null)
      return refuse(
        'package.blank',
        `数据包里的“${figure.label}”是空白，没有收下。空白不等于0：没有相关情况的，请发送方填0（或“否”）后重新上报。`,
      )
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
  await keepDeliveries(handle, actor, record, stored, now)
  await repo.insertReceived(handle, {
    ...place,
    id: uuidv7(),
    senderId: sender.id,
    entryId,
    packageHash,
    content: kept,
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
  given: ReadContent,
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
      ...(content.deliveries === null ? {} : { deliveries: filedDeliveries(content.deliveries) }),
      signatures,
      missing: [],
    }
    const saved = { counted: { position, countedTo, span: content.span }, filed, hash: content.hash }
    await saveStep(handle, actor, record, decision.value, saved, clock)
    return { ok: true, value: received }
  })
}

export const mayReceive = (actor: Actor): boolean => actor.permissions.has('return.review')

export async function listReceived(
  handle: Handle,
  actor: Actor,
): Promise<Answer<AnswerOf<typeof listReceivedPackages>>> {
  if (!mayReadTables(actor)) return { ok: false, refusal: notAllowed('查看收下的数据包') }
  const rows = await repo.listReceived(handle)
  return {
    ok: true,
    value: {
      items: rows.map((row) => ({
        id: row.id,
        senderName: row.sender_name,
        unitName: row.unit_name,
        returnId: row.return_id,
        table: row.table_title,
        periodTitle: row.period_title,
        packageHash: row.package_hash,
        personName: row.person_name,
        receivedAt: row.received_at.toISOString(),
      })),
      abilities: { receive: mayReceive(actor) },
    },
  }
}
