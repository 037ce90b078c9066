import { mkdtempSync } from 'node:fs'
import { z } from 'zod'
import { readingRow, type ImportColumn } from '@bihuan/domain'
import { startPlatform } from '../src/platform/platform.js'
import { readSettings } from '../src/platform/settings.js'
import { createModules } from '../src/modules.js'
import { createAccount, grantRole } from '../src/modules/identity/index.js'
import { foundTenant } from '../src/modules/organization/index.js'
import { createImports } from '../src/platform/imports/imports.js'
import type { ImportKind } from '../src/platform/imports/import-kind.js'
import { buildWorkbook } from './workbooks.js'

const keys = ['序号','企业','行业','隐患描述','地点','等级','来源','检查日期','检查人','整改措施','时限','责任人','进展'].map((t, i) => ({ key: 'k' + i, title: t, required: i === 1, alsoCalled: [], note: '', allowed: [] })) as ImportColumn[]
const peak = { rss: 0 }
setInterval(() => { peak.rss = Math.max(peak.rss, process.memoryUsage().rss) }, 50).unref()
async function main() {
  const platform = await startPlatform(readSettings({ BIHUAN_DATA: mkdtempSync('/tmp/zz50k-'), BIHUAN_LOG: 'warn' }))
  const modules = createModules(platform)
  await foundTenant(platform.database, platform.clock, { code: 'a', name: '青榆区', rootKind: 'district', rootCode: null, existsFrom: '2000-01-01' }, async (h, unitId) => {
    const by = { tenantId: h.tenantId, via: 'maintenance', personName: 'x', address: 'local' } as const
    const a = await createAccount(h, by, { loginName: 'u', personName: 'u', post: null, phone: null, unitId, password: 'Xx-123456789', mustChangePassword: false }, platform.clock)
    if (a.ok) await grantRole(h, by, { accountId: a.value.id, unitId, role: 'safety-office' }, platform.clock)
  })
  const actor = (await modules.sessions.actAs(undefined, 'u', 'x'))!
  const kind: ImportKind = { name: 'ledger', title: 'x', permission: 'hazard.import', options: z.unknown(), columns: keys, batch: 500,
    async open() { return { async read(_h, rows) { return rows.map((r) => { const rd = readingRow(keys, r.match, r.cells, r.row); return { verdict: 'new' as const, reading: Object.fromEntries(keys.map((k) => [k.key, rd.text(k.key)])) } }) } } },
    async write(h, _a, rows) { await h.query('select 1'); return rows.map(() => ({ ok: true as const, objectId: actor.accountId })) } }
  const imports = createImports(platform, [kind], modules.sessions.actAt)
  let bytes: Uint8Array | null = await buildWorkbook(keys.map((k) => k.title), Array.from({ length: 50000 }, (_, i) => [i, `青榆区第${i % 300}机械厂有限公司`, '工贸', `配电柜未安装漏电保护装置，二号车间通道堆放杂物影响疏散 ${i}`, '二号车间东侧', '重大', '部门检查', '2023-06-16', '林某某、张某某', '更换配电柜并清理通道，安排专人复核', '2023-07-16', '王某某', '正在整改，已完成百分之六十']))
  console.log('file MB', (bytes.length / 1e6).toFixed(1), 'rss now', (process.memoryUsage().rss / 1e6).toFixed(0))
  globalThis.gc?.(); peak.rss = 0
  const t0 = Date.now()
  const stored = await imports.storeWorkbook(actor, 'ledger', { fields: {}, files: [{ name: 'a.xlsx', bytes: Buffer.from(bytes) }] })
  bytes = null
  if (!stored.ok) throw new Error(stored.refusal.message)
  console.log('identified+stored', Date.now() - t0)
  const run = await platform.database.withScope(actor.reach, (h) => imports.start(h, actor, 'ledger', stored.value, {}))
  if (!run.ok) throw new Error('x')
  const payload = { tenantId: actor.tenantId, accountId: actor.accountId, runId: run.value.id } as never
  const t1 = Date.now(); await imports.jobs[0]!.run(payload); console.log('read', Date.now() - t1, 'peak MB', (peak.rss / 1e6).toFixed(0))
  await platform.database.withScope(actor.reach, (h) => imports.bringIn(h, actor, run.value.id))
  const t2 = Date.now(); await imports.jobs[2]!.run(payload); console.log('write', Date.now() - t2, 'peak MB', (peak.rss / 1e6).toFixed(0))
  console.log((await platform.database.withScope(actor.reach, (h) => imports.show(h, actor, run.value.id))))
  await platform.stop()
}
void main()
