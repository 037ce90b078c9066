import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import { cellText, readWorkbook } from '@bihuan/office'
import {
  ask,
  buildAccount,
  buildTenant,
  buildUnit,
  startTestApp,
  type TestAccount,
  type TestApp,
  type TestTenant,
} from '../../../test/builders.js'

describe('the audit trail', () => {
  let test: TestApp
  let tenant: TestTenant
  let admin: TestAccount
  let auditor: TestAccount
  beforeAll(async () => {
    test = await startTestApp()
    tenant = await buildTenant(test)
    admin = await buildAccount(test, tenant, 'system-admin', { personName: '周系统' })
    auditor = await buildAccount(test, tenant, 'audit-admin')
  })
  afterAll(() => test.stop())

  const list = (query: object = {}) => ask(test, auditor, contracts.listAudit, { query })

  it('tells who did what to what, the newest first, page by page without a gap', async () => {
    const town = await buildUnit(test, tenant, { kind: 'town' })
    for (const name of ['甲镇', '乙镇', '丙镇']) {
      const { version } = (await ask(test, admin, contracts.showUnit, { params: { unitId: town.id } })).body
      await ask(test, admin, contracts.changeUnit, { params: { unitId: town.id }, body: { name, code: null, version } })
    }
    await test.platform.sealer.sealNow(tenant.id)
    const seen: string[] = []
    let after: string | undefined
    do {
      const page: Awaited<ReturnType<typeof list>> = await list({
        object: town.id,
        limit: 2,
        ...(after === undefined ? {} : { after }),
      })
      seen.push(...page.body.items.map(({ actionName, personName }) => `${actionName} ${personName}`))
      after = page.body.next ?? undefined
    } while (after !== undefined)
    expect(seen).toEqual(['更改单位 周系统', '更改单位 周系统', '更改单位 周系统', '登记单位 测试'])

    const [last] = (await list({ object: town.id, limit: 1 })).body.items
    const entry = await ask(test, auditor, contracts.showAuditEntry, { params: { entryId: last?.id ?? '' } })
    expect(entry.body).toMatchObject({ before: { name: '乙镇' }, after: { name: '丙镇' }, position: last?.position })
    expect(entry.body.chainHash).toMatch(/^[0-9a-f]{64}$/)
  })

  it('is narrowed by person, act, object and day', async () => {
    const name = '郑某人'
    await buildAccount(test, tenant, 'leader', { personName: name })
    expect((await list({ action: 'session.', account: auditor.id })).body.items.map(({ action }) => action)).toEqual([
      'session.begin',
    ])
    expect(
      (await list({ q: '周系', action: 'unit.' })).body.items.every(({ personName }) => personName === '周系统'),
    ).toBe(true)
    expect((await list({ from: '2023-06-17' })).body.items).toEqual([])
    expect((await list({ from: '2023-06-16', to: '2023-06-16' })).body.total?.count).toBeGreaterThan(3)
    expect((await list({ from: '2023-02-30' })).error?.code).toBe('audit.invalid')
  })

  it('is read by nobody whose work it is not', async () => {
    for (const role of ['system-admin', 'security-admin', 'safety-office', 'leader'] as const) {
      const someone = await buildAccount(test, tenant, role)
      for (const route of [contracts.listAudit, contracts.auditHead]) {
        expect((await ask(test, someone, route)).error?.code).toBe('request.not-allowed')
      }
      expect((await ask(test, someone, contracts.verifyAudit, { body: { head: null } })).error?.code).toBe(
        'request.not-allowed',
      )
    }
  })

  it('passes its check against a head that was kept, and fails it when a byte was turned', async () => {
    await test.platform.sealer.sealNow(tenant.id)
    const head = (await ask(test, auditor, contracts.auditHead)).body
    const verify = () =>
      ask(test, auditor, contracts.verifyAudit, {
        body: { head: { position: head.position, chainHash: head.chainHash } },
      })
    expect((await verify()).body).toMatchObject({ ok: true })

    const [victim] = await test.db.asOwner<{ entry_id: string; position: number }>(
      'select entry_id, position from audit_seal where tenant_id = $1 and position = 3',
      [tenant.id],
    )
    await test.db.asOwner(`update audit_entry set person_name = person_name || '。' where id = $1`, [victim?.entry_id])
    const verdict = (await verify()).body
    expect(verdict).toMatchObject({ ok: false, position: 3, entryId: victim?.entry_id })
    expect(verdict.message).toContain('被改过')
    await test.db.asOwner(`update audit_entry set person_name = left(person_name, -1) where id = $1`, [
      victim?.entry_id,
    ])
    expect((await verify()).body).toMatchObject({ ok: true })
    await test.platform.sealer.sealNow(tenant.id)
    expect((await list({ action: 'audit.verify', account: auditor.id })).body.items).toHaveLength(3)
  })

  it('comes out as a workbook, and that is on record', async () => {
    const file = await ask(test, auditor, contracts.exportAudit, { query: { action: 'unit.' } })
    expect(file.status).toBe(200)
    expect(String(file.headers['content-disposition'])).toContain(encodeURIComponent('审计记录'))
    const rows: string[] = []
    for await (const row of readWorkbook(file.bytes)) rows.push(row.cells.map(cellText).join('|'))
    expect(rows.some((row) => row.includes('登记单位'))).toBe(true)
    expect((await list({ action: 'audit.export' })).body.items).toHaveLength(1)
  })
})
