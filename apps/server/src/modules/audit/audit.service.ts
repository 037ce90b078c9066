/** The audit trail as its readers see it. Reading is free of side effects; verifying and exporting are themselves on record. */
import { countCap, type AuditRow } from '@bihuan/contracts'
import { addDays, isCivilDate } from '@bihuan/domain'
import { writeWorkbook, type WorkbookRow } from '@bihuan/office'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import { readHead, verifyChain, type ChainHead } from '../../platform/audit/verify.js'
import type { Clock } from '../../platform/clock.js'
import type { Database, Handle } from '../../platform/db/scope.js'
import { notAllowed, notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { actName, objectKindName } from './act-names.js'
import { mayExport, mayRead, mayVerify } from './audit.policy.js'
import * as repo from './audit.repo.js'

export interface AuditFilters {
  readonly account?: string | undefined
  readonly q?: string | undefined
  readonly action?: string | undefined
  readonly objectKind?: string | undefined
  readonly object?: string | undefined
  readonly via?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export async function listAudit(
  handle: Handle,
  actor: Actor,
  asked: AuditFilters & { readonly after?: string | undefined; readonly limit: number },
) {
  if (!mayRead(actor)) return { ok: false as const, refusal: notAllowed('查看审计记录') }
  const search = searchOf(asked)
  if (!search.ok) return search
  const found = await repo.listEntries(handle, search.value, readCursor(asked.after), asked.limit + 1)
  const shown = found.slice(0, asked.limit)
  const last = found.length > asked.limit ? shown.at(-1) : undefined
  const count = await repo.countEntries(handle, search.value, countCap + 1)
  return {
    ok: true as const,
    value: {
      items: shown.map(present),
      next: last === undefined ? null : `${last.at.toISOString()} ${last.id}`,
      total: { count: Math.min(count, countCap), capped: count > countCap },
      abilities: { verify: mayVerify(actor), export: mayExport(actor) },
    },
  }
}

export async function showEntry(handle: Handle, actor: Actor, id: string) {
  const entry = mayRead(actor) ? await repo.findEntry(handle, id) : null
  if (entry === null)
    return { ok: false as const, refusal: notFound('审计记录', { objectKind: 'audit-entry', objectId: id }) }
  return {
    ok: true as const,
    value: {
      ...present(entry),
      before: entry.before,
      after: entry.after,
      detail: entry.detail,
      entryHash: entry.entry_hash?.toString('hex') ?? null,
      chainHash: entry.chain_hash?.toString('hex') ?? null,
      sealedAt: entry.sealed_at?.toISOString() ?? null,
    },
  }
}

export async function showHead(handle: Handle, actor: Actor) {
  if (!mayRead(actor)) return { ok: false as const, refusal: notAllowed('查看审计记录') }
  return { ok: true as const, value: { ...(await readHead(handle)), waiting: await repo.countWaiting(handle) } }
}

/** Reads the whole chain under a purpose of its own, and holds no other connection meanwhile; the result is recorded afterwards. */
export async function verifyAudit(database: Database, actor: Actor, kept: ChainHead | null, clock: Clock) {
  if (!mayVerify(actor)) return { ok: false as const, refusal: notAllowed('校验审计链') }
  const verdict = await database.withScope({ purpose: 'verify', tenantId: actor.tenantId }, (reading) =>
    verifyChain(reading, kept),
  )
  const answer = verdict.ok
    ? {
        ok: true,
        position: verdict.head.position,
        chainHash: verdict.head.chainHash,
        waiting: verdict.waiting,
        message: `从第 1 号到第 ${verdict.head.position} 号逐条核对，没有发现改动。`,
        entryId: null,
      }
    : {
        ok: false,
        position: verdict.position,
        chainHash: null,
        waiting: 0,
        message: verdict.message,
        entryId: verdict.entryId,
      }
  const after = { kept, ok: answer.ok, position: answer.position }
  await database.withScope(actor.reach, (handle) =>
    recordAct(
      handle,
      actor,
      { action: 'audit.verify', objectKind: 'tenant', objectId: actor.tenantId, after },
      clock.now(),
    ),
  )
  return { ok: true as const, value: answer }
}

const exportCap = 100_000

export async function exportAudit(
  read: <T>(work: (handle: Handle) => Promise<T>) => Promise<T>,
  actor: Actor,
  asked: AuditFilters,
  clock: Clock,
): Promise<Answer<{ name: string; chunks: AsyncIterable<Uint8Array> }>> {
  if (!mayExport(actor)) return { ok: false, refusal: notAllowed('导出审计记录') }
  const asking = searchOf(asked)
  if (!asking.ok) return asking
  const search = asking.value
  await read((handle) =>
    recordAct(
      handle,
      actor,
      { action: 'audit.export', objectKind: 'tenant', objectId: actor.tenantId, after: asked },
      clock.now(),
    ),
  )
  const pageAfter = (after: { at: Date; id: string } | null) =>
    read((handle) => repo.listEntries(handle, search, after, 1000))
  async function* rows(): AsyncGenerator<WorkbookRow> {
    let after: { at: Date; id: string } | null = null
    for (let given = 0; given < exportCap;) {
      const page: repo.AuditEntryRow[] = await pageAfter(after)
      for (const entry of page) {
        const {
          at,
          position,
          personName,
          unitName,
          actionName,
          action,
          objectKindName: kind,
          objectId,
          via,
          address,
        } = present(entry)
        yield {
          cells: [position, localTime(at), personName, unitName, actionName, action, kind, objectId, via, address],
        }
      }
      given += page.length
      const last = page.at(-1)
      if (last === undefined) return
      after = { at: last.at, id: last.id }
    }
  }
  const chunks = writeWorkbook(
    {
      sheetName: '审计记录',
      title: '审计记录',
      head: [
        `导出时间：${localTime(clock.now().toISOString())}　导出人：${actor.personName}　最多 ${exportCap.toLocaleString('en-US')} 条，新的在前`,
      ],
      columns: [
        { header: '封存号', width: 10 },
        { header: '时间', width: 20 },
        { header: '人员', width: 12 },
        { header: '单位', width: 24 },
        { header: '事项', width: 22 },
        { header: '事项代码', width: 22 },
        { header: '对象', width: 12 },
        { header: '对象编号', width: 38 },
        { header: '途径', width: 8 },
        { header: '来源地址', width: 18 },
      ],
      isFilterable: true,
    },
    rows(),
  )
  return { ok: true, value: { name: `审计记录-${clock.today()}.xlsx`, chunks } }
}

function present(entry: repo.AuditEntryRow): AuditRow {
  return {
    id: entry.id,
    at: entry.at.toISOString(),
    position: entry.position,
    personName: entry.person_name,
    accountId: entry.account_id,
    unitName: entry.unit_name,
    via: entry.via,
    address: entry.address,
    action: entry.action,
    actionName: actName(entry.action),
    objectKind: entry.object_kind,
    objectKindName: objectKindName(entry.object_kind),
    objectId: entry.object_id,
  }
}

function searchOf(asked: AuditFilters): Answer<repo.AuditSearch> {
  for (const [day, path] of [
    [asked.from, 'from'],
    [asked.to, 'to'],
  ] as const) {
    if (day !== undefined && !isCivilDate(day)) {
      return { ok: false, refusal: { code: 'audit.invalid', message: `没有 ${day} 这一天。请核对日期。`, path } }
    }
  }
  const midnight = (day: string) => new Date(`${day}T00:00:00+08:00`)
  return {
    ok: true,
    value: {
      account: asked.account ?? null,
      personText: asked.q === undefined || asked.q === '' ? null : asked.q,
      action: asked.action === undefined || asked.action === '' ? null : asked.action,
      objectKind: asked.objectKind === undefined || asked.objectKind === '' ? null : asked.objectKind,
      object: asked.object ?? null,
      via: asked.via ?? null,
      from: asked.from === undefined ? null : midnight(asked.from),
      before: asked.to === undefined ? null : midnight(addDays(asked.to, 1)),
    },
  }
}

function readCursor(cursor: string | undefined): { at: Date; id: string } | null {
  const [time, id] = (cursor ?? '').split(' ')
  const at = new Date(time ?? '')
  return Number.isNaN(at.getTime()) || !/^[0-9a-f-]{36}$/.test(id ?? '') ? null : { at, id: id ?? '' }
}

/** In Shanghai, to the second. */
function localTime(iso: string): string {
  return new Date(new Date(iso).getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
}
