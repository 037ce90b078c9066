import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chooseEnterprise, exportEnterprises, listEnterprises, type QueryOf } from '@bihuan/contracts'
import { cellText, readWorkbook } from '@bihuan/office'
import { buildEnterprise } from '../../../test/build-enterprise.js'
import {
  ask,
  buildAccount,
  buildTenant,
  buildUnit,
  startTestApp,
  type TestAccount,
  type TestApp,
  type TestUnit,
} from '../../../test/builders.js'

describe('the list of enterprises', () => {
  let test: TestApp
  let officer: TestAccount
  let inspector: TestAccount
  let village: TestUnit
  let department: TestUnit
  const names = ['东榆烟花厂', '东榆酒店', '西榆酒店', '西榆木器厂', '西榆漆业']

  beforeAll(async () => {
    test = await startTestApp()
    const tenant = await buildTenant(test)
    const town = await buildUnit(test, tenant, { kind: 'town' })
    village = await buildUnit(test, tenant, { kind: 'village', parentId: town.id })
    department = await buildUnit(test, tenant, { kind: 'department' })
    officer = await buildAccount(test, town, 'territory-officer')
    inspector = await buildAccount(test, department, 'department-officer')
    for (const [at, name] of names.entries()) {
      await buildEnterprise(test, name.startsWith('东') ? village : town, {
        name,
        leadSector: name.endsWith('酒店') ? '商贸' : '工贸',
        otherSectors: name === '西榆漆业' ? ['危险化学品'] : [],
        size: at === 0 ? 'above-designated' : 'individual',
        flags: {
          highRisk: at === 0,
          crowded: name.endsWith('酒店'),
          labourIntensive: false,
          keySupervised: at === 0,
          stateOwned: false,
        },
        leadRegulatorId: name.endsWith('酒店') ? department.id : null,
        ...(at === 3
          ? { creditCode: null, alternativeKey: { kind: 'individual-licence' as const, number: 'GT360100' } }
          : {}),
      })
    }
  })
  afterAll(() => test.stop())

  const listed = async (query: QueryOf<typeof listEnterprises>, who = officer) =>
    (await ask(test, who, listEnterprises, { query })).body.items.map(({ name }) => name)

  it('is filtered by unit, sector, size, flags, status, regulator, and a fragment of name or code', async () => {
    expect(await listed({ unit: village.id })).toEqual(['东榆烟花厂', '东榆酒店'])
    expect(await listed({ sector: '商贸' })).toEqual(['东榆酒店', '西榆酒店'])
    expect(await listed({ sector: '危险化学品' })).toEqual(['西榆漆业'])
    expect(await listed({ size: 'above-designated,other' })).toEqual(['东榆烟花厂'])
    expect(await listed({ flag: 'highRisk,keySupervised' })).toEqual(['东榆烟花厂'])
    expect(await listed({ flag: 'highRisk,crowded' })).toEqual([])
    expect(await listed({ status: 'closed' })).toEqual([])
    expect(await listed({ regulator: department.id })).toEqual(['东榆酒店', '西榆酒店'])
    expect(await listed({ q: '酒店' })).toEqual(['东榆酒店', '西榆酒店'])
    expect(await listed({ q: 'gt3601' })).toEqual(['西榆木器厂'])
    expect(await listed({ q: '%' })).toEqual([])
  })

  it('stands on the line for a department', async () => {
    expect(await listed({}, inspector)).toEqual(['东榆酒店', '西榆酒店'])
    const beyond = await ask(test, officer, listEnterprises, { query: { axis: 'line', unit: department.id } })
    expect(beyond.body?.items ?? []).toEqual([])
  })

  it('is paged by key in both orders, each row once', async () => {
    for (const sort of ['name', 'newest'] as const) {
      const seen: string[] = []
      let after: string | undefined
      do {
        const page = await ask(test, officer, listEnterprises, {
          query: { sort, limit: 2, ...(after === undefined ? {} : { after }) },
        })
        expect(page.body.total).toEqual({ count: 5, capped: false })
        seen.push(...page.body.items.map(({ name }) => name))
        after = page.body.next ?? undefined
      } while (after !== undefined)
      expect(seen).toEqual(sort === 'name' ? [...names].sort() : [...names].reverse())
    }
    const broken = await ask(test, officer, listEnterprises, { query: { after: 'x' } })
    expect(broken.status).toBe(400)
  })

  it('goes to Excel as it is seen, telephones masked, and that is on record', async () => {
    const answer = await ask(test, officer, exportEnterprises, { query: { sector: '商贸', columns: 'name,phone' } })
    expect(answer.headers['content-disposition']).toContain('filename*=UTF-8')
    const rows: string[][] = []
    for await (const row of readWorkbook(answer.bytes)) rows.push(row.cells.map(cellText))
    expect(rows.slice(2)).toEqual([
      ['序号', '企业名称', '主要负责人电话'],
      ['1', '东榆酒店', '138****1234'],
      ['2', '西榆酒店', '138****1234'],
    ])
    const acts = await test.db.asOwner(`select 1 from audit_entry where action = 'enterprise.export'`)
    expect(acts).toHaveLength(1)
    const safety = await buildAccount(test, village, 'system-admin')
    expect((await ask(test, safety, exportEnterprises, { query: {} })).status).toBe(403)
  })

  it('is chosen from by two characters or a part of the code, nearest names first', async () => {
    const chosen = async (search: string) =>
      (await ask(test, officer, chooseEnterprise, { query: { search } })).body.items.map(({ name }) => name)
    expect(await chosen('西榆')).toEqual(['西榆漆业', '西榆酒店', '西榆木器厂'])
    expect(await chosen('酒店')).toEqual(['东榆酒店', '西榆酒店'])
    expect(await chosen('gt36')).toEqual(['西榆木器厂'])
    expect(await chosen('没有的')).toEqual([])
  })
})
