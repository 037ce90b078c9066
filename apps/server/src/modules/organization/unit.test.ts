import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
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
import { settlePaths } from './unit.jobs.js'

describe('units and where they stand', () => {
  let test: TestApp
  let tenant: TestTenant
  let admin: TestAccount
  beforeAll(async () => {
    test = await startTestApp()
    tenant = await buildTenant(test)
    admin = await buildAccount(test, tenant, 'system-admin')
  })
  afterAll(() => test.stop())

  const show = async (unitId: string, who = admin) =>
    (await ask(test, who, contracts.showUnit, { params: { unitId } })).body
  const move = async (unitId: string, parentId: string, validFrom: string, corrects: string | null = null) =>
    ask(test, admin, contracts.moveUnit, {
      params: { unitId },
      body: { axis: 'territory', parentId, validFrom, corrects, version: (await show(unitId)).version },
    })
  const pathOf = async (unitId: string) =>
    (await test.db.asOwner<{ territory_path: string }>('select territory_path from unit where id = $1', [unitId]))[0]
      ?.territory_path ?? ''

  it('are added under a unit that the administrator covers, with the history of where they stand', async () => {
    const town = await buildUnit(test, tenant, { kind: 'town' })
    const added = await ask(test, admin, contracts.addUnit, {
      body: {
        kind: 'village',
        name: '上柳村',
        code: null,
        parentId: town.id,
        lineParentId: null,
        existsFrom: '2020-03-01',
      },
    })
    expect(added.status).toBe(200)
    expect(added.body.parent?.id).toBe(town.id)
    expect(added.body.above.map(({ id }) => id)).toEqual([tenant.rootUnitId, town.id])
    expect(added.body.placements.filter(({ axis }) => axis === 'territory')).toMatchObject([
      { validFrom: '2020-03-01', state: 'present', validUntil: null, parent: { id: town.id } },
    ])
  })

  it('refuse a superior that cannot stand above them, a code in use, and a day before the superior existed', async () => {
    const town = await buildUnit(test, tenant, { kind: 'town', existsFrom: '2010-01-01', code: 'QY-1' })
    const add = (body: Partial<Parameters<typeof bodyOf>[0]>) =>
      ask(test, admin, contracts.addUnit, { body: bodyOf({ parentId: town.id, ...body }) })
    expect((await add({ kind: 'district' })).error?.code).toBe('organization.parent-kind')
    expect((await add({ code: 'qy-1' })).error?.code).toBe('organization.already-exists')
    expect((await add({ existsFrom: '2009-12-31' })).error?.code).toBe('organization.before-parent-exists')
    expect((await add({ existsFrom: '2023-02-30' })).error?.code).toBe('organization.no-such-day')
    expect((await add({ kind: 'enterprise' })).error?.code).toBe('organization.enterprise-elsewhere')
  })

  it('keep both superiors when they move: each in its time, and all that stands below goes with them', async () => {
    const [east, west] = [
      await buildUnit(test, tenant, { kind: 'town' }),
      await buildUnit(test, tenant, { kind: 'town' }),
    ]
    const village = await buildUnit(test, tenant, { kind: 'village', parentId: east.id })
    const firm = await buildUnit(test, tenant, { kind: 'enterprise', parentId: village.id })
    const officer = await buildAccount(test, village, 'territory-officer')
    const before = await pathOf(village.id)

    const moved = await move(village.id, west.id, '2023-06-01')
    expect(moved.status).toBe(200)
    expect(moved.body.parent?.id).toBe(west.id)
    expect(moved.body.placements.filter(({ axis }) => axis === 'territory')).toMatchObject([
      { parent: { id: west.id }, validFrom: '2023-06-01', validUntil: null, state: 'present' },
      { parent: { id: east.id }, validFrom: '2000-01-01', validUntil: '2023-05-31', state: 'past' },
    ])
    expect(await pathOf(village.id)).toBe(`${await pathOf(west.id)}${before.split('/').at(-2)}/`)
    expect((await pathOf(firm.id)).startsWith(await pathOf(village.id))).toBe(true)
    const [account] = await test.db.asOwner<{ territory_path: string }>(
      'select territory_path from account where id = $1',
      [officer.id],
    )
    expect(account?.territory_path).toBe(await pathOf(village.id))
    // The former path stays in the scope of whoever covers the village now, so that rows written under it stay visible.
    const paths = await test.db.asOwner<{ path: string }>(
      `select path from unit_path where unit_id = $1 and axis = 'territory'`,
      [village.id],
    )
    expect(paths.map(({ path }) => path).sort()).toEqual([before, await pathOf(village.id)].sort())
  })

  it('stand in the tree of a day as it was known at a position', async () => {
    const [east, west] = [
      await buildUnit(test, tenant, { kind: 'town' }),
      await buildUnit(test, tenant, { kind: 'town' }),
    ]
    const village = await buildUnit(test, tenant, { kind: 'village', parentId: east.id })
    await test.platform.sealer.sealNow(tenant.id)
    const known = (await ask(test, admin, contracts.showUnitTree, { query: {} })).body.head
    await move(village.id, west.id, '2023-03-01')
    await test.platform.sealer.sealNow(tenant.id)
    const parentAt = async (query: { on?: string; knownAt?: number }) =>
      (await ask(test, admin, contracts.showUnitTree, { query })).body.units.find(({ id }) => id === village.id)
        ?.parentId
    expect(await parentAt({})).toBe(west.id)
    expect(await parentAt({ on: '2023-02-28' })).toBe(east.id)
    expect(await parentAt({ knownAt: known })).toBe(east.id)
    expect(await parentAt({ on: '2023-02-28', knownAt: known })).toBe(east.id)
  })

  it('take back a placement that was wrong, and say who took it back', async () => {
    const [east, west] = [
      await buildUnit(test, tenant, { kind: 'town' }),
      await buildUnit(test, tenant, { kind: 'town' }),
    ]
    const village = await buildUnit(test, tenant, { kind: 'village', parentId: east.id })
    const wrong = (await move(village.id, west.id, '2023-05-01')).body.placements.find(
      ({ state, axis }) => state === 'present' && axis === 'territory',
    )
    const mended = await move(village.id, west.id, '2023-05-20', wrong?.id ?? null)
    expect(mended.body.placements.filter(({ axis }) => axis === 'territory')).toMatchObject([
      { validFrom: '2023-05-20', state: 'present' },
      { validFrom: '2023-05-01', state: 'cancelled', cancelled: { by: `林${admin.loginName}` } },
      { validFrom: '2000-01-01', validUntil: '2023-05-19', state: 'past' },
    ])
    expect((await move(village.id, west.id, '2023-05-21', wrong?.id ?? null)).error?.code).toBe(
      'organization.already-cancelled',
    )
  })

  it('move on their day when the move was recorded ahead, and not before', async () => {
    const [east, west] = [
      await buildUnit(test, tenant, { kind: 'town' }),
      await buildUnit(test, tenant, { kind: 'town' }),
    ]
    const village = await buildUnit(test, tenant, { kind: 'village', parentId: east.id })
    const planned = await move(village.id, west.id, '2023-07-01')
    expect(planned.body.parent?.id).toBe(east.id)
    expect(planned.body.placements[0]).toMatchObject({ state: 'future', validFrom: '2023-07-01' })
    await settlePaths(test.platform)
    expect((await show(village.id)).parent?.id).toBe(east.id)
    const now = test.clock.now()
    test.clock.set(new Date('2023-07-01T00:00:05+08:00'))
    try {
      await settlePaths(test.platform)
      expect((await show(village.id)).parent?.id).toBe(west.id)
      expect((await pathOf(village.id)).startsWith(await pathOf(west.id))).toBe(true)
    } finally {
      test.clock.set(now)
    }
  })

  it('do not jump to a superior of the past when a move in the past is added behind the present one', async () => {
    const [east, west, north] = [
      await buildUnit(test, tenant, { kind: 'town' }),
      await buildUnit(test, tenant, { kind: 'town' }),
      await buildUnit(test, tenant, { kind: 'town' }),
    ]
    const village = await buildUnit(test, tenant, { kind: 'village', parentId: east.id })
    await move(village.id, west.id, '2023-05-01')
    expect((await move(village.id, north.id, '2022-01-01')).body.parent?.id).toBe(west.id)
  })

  it('are moved by one of two who try at once; the other is told what happened', async () => {
    const towns = [await buildUnit(test, tenant, { kind: 'town' }), await buildUnit(test, tenant, { kind: 'town' })]
    const village = await buildUnit(test, tenant, { kind: 'village' })
    const { version } = await show(village.id)
    const answers = await Promise.all(
      towns.map((town, at) =>
        ask(test, admin, contracts.moveUnit, {
          params: { unitId: village.id },
          body: { axis: 'territory', parentId: town.id, validFrom: `2023-06-0${at + 1}`, corrects: null, version },
        }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)?.error).toMatchObject({
      code: 'organization.changed-meanwhile',
      current: { version: version + 1 },
    })
  })

  it('never come to stand under themselves, whoever moves what at once', async () => {
    const [a, b] = [
      await buildUnit(test, tenant, { kind: 'department' }),
      await buildUnit(test, tenant, { kind: 'department' }),
    ]
    const under = (unitId: string, parentId: string) =>
      ask(test, admin, contracts.moveUnit, {
        params: { unitId },
        body: { axis: 'line', parentId, validFrom: '2023-01-01', corrects: null, version: 1 },
      })
    const answers = await Promise.all([under(a.id, b.id), under(b.id, a.id)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422])
    expect(answers.find(({ status }) => status === 422)?.error?.code).toBe('organization.cycle')
  })

  it('are dissolved only when nothing stands below them any more, and are then no superior', async () => {
    const town = await buildUnit(test, tenant, { kind: 'town' })
    const village = await buildUnit(test, tenant, { kind: 'village', parentId: town.id })
    const dissolve = (unitId: string, version: number) =>
      ask(test, admin, contracts.dissolveUnit, { params: { unitId }, body: { on: '2023-06-16', version } })
    expect((await dissolve(town.id, 1)).error?.code).toBe('organization.has-units-below')
    expect((await dissolve(village.id, 1)).status).toBe(200)
    expect((await dissolve(town.id, 1)).status).toBe(200)
    expect((await ask(test, admin, contracts.addUnit, { body: bodyOf({ parentId: town.id }) })).error?.code).toBe(
      'organization.parent-dissolved',
    )
    const found = await ask(test, admin, contracts.listUnits, { query: { search: town.name } })
    expect(found.body.items).toEqual([])
  })

  it('of another tenant, or of another administrator’s reach, are not found, and the attempt is on record', async () => {
    const other = await buildTenant(test)
    const theirs = await buildUnit(test, other, { kind: 'town' })
    const answer = await ask(test, admin, contracts.showUnit, { params: { unitId: theirs.id } })
    expect([answer.status, answer.error?.code]).toEqual([404, 'request.not-found'])
    const recorded = await test.db.asOwner<{ tenant_id: string; account_id: string }>(
      `select tenant_id, account_id from audit_entry where action = 'access.refused' and object_kind = 'unit' and object_id = $1`,
      [theirs.id],
    )
    expect(recorded).toEqual([{ tenant_id: tenant.id, account_id: admin.id }])

    const street = await buildUnit(test, tenant, { kind: 'street' })
    const elsewhere = await buildUnit(test, tenant, { kind: 'street' })
    const local = await buildAccount(test, street, 'system-admin')
    const beyond = await ask(test, local, contracts.addUnit, {
      body: bodyOf({ kind: 'community', parentId: elsewhere.id }),
    })
    expect([beyond.status, beyond.error?.code]).toEqual([403, 'request.not-allowed'])
    expect(
      (await ask(test, local, contracts.addUnit, { body: bodyOf({ kind: 'community', parentId: street.id }) })).status,
    ).toBe(200)
  })

  it('are changed by nobody without the role for it', async () => {
    const officer = await buildAccount(test, tenant, 'safety-office')
    const town = await buildUnit(test, tenant, { kind: 'town' })
    const page = await show(town.id, officer)
    expect(
      Object.entries(page.abilities)
        .filter(([, may]) => may)
        .map(([what]) => what),
    ).toEqual(['addResponsibility'])
    const answer = await ask(test, officer, contracts.changeUnit, {
      params: { unitId: town.id },
      body: { name: '新名', code: null, version: 1 },
    })
    expect(answer.error?.code).toBe('request.not-allowed')
  })

  it('are found by any fragment of the name, those that begin with it first, page by page', async () => {
    const fresh = await buildTenant(test)
    const someone = await buildAccount(test, fresh, 'leader')
    for (const name of ['大榆树镇', '榆树镇', '小榆树乡', '白杨镇', '榆树岭乡']) {
      await buildUnit(test, fresh, { kind: name.endsWith('乡') ? 'township' : 'town', name })
    }
    const seen: string[] = []
    let after: string | null = null
    do {
      const page: { body: { items: { name: string }[]; next: string | null } } = await ask(
        test,
        someone,
        contracts.listUnits,
        {
          query: { search: '榆树', limit: 2, ...(after === null ? {} : { after }) },
        },
      )
      seen.push(...page.body.items.map(({ name }) => name))
      after = page.body.next
    } while (after !== null)
    expect(seen).toEqual(['榆树岭乡', '榆树镇', '大榆树镇', '小榆树乡'])
  })
})

describe('the division of duties', () => {
  let test: TestApp
  beforeAll(async () => {
    test = await startTestApp()
  })
  afterAll(() => test.stop())

  it('has one lead for a sector at a time, also when two are named at once', async () => {
    const tenant = await buildTenant(test)
    const officer = await buildAccount(test, tenant, 'safety-office')
    const bureaus = [
      await buildUnit(test, tenant, { kind: 'department' }),
      await buildUnit(test, tenant, { kind: 'department' }),
    ]
    const lead = (unitId: string, validFrom: string) =>
      ask(test, officer, contracts.addResponsibility, {
        body: { unitId, sector: '工贸', role: 'lead', validFrom, validUntil: null },
      })
    const answers = await Promise.all(bureaus.map(({ id }) => lead(id, '2023-01-01')))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422])
    expect(answers.find(({ status }) => status === 422)?.error?.code).toBe('organization.two-leads')

    const first = answers.find(({ status }) => status === 200)?.body
    expect(first).toBeDefined()
    const ended = await ask(test, officer, contracts.endResponsibility, {
      params: { responsibilityId: first?.id ?? '' },
      body: { validUntil: '2023-05-31', version: first?.version ?? 0 },
    })
    expect(ended.status).toBe(200)
    const next = bureaus.find(({ id }) => id !== first?.unit.id)
    expect((await lead(next?.id ?? '', '2023-06-01')).status).toBe(200)
    const now = await ask(test, officer, contracts.listResponsibilities, {
      query: { on: '2023-06-16', sector: '工贸行业' },
    })
    expect(now.body.items.map(({ unit }) => unit.id)).toEqual([next?.id])
  })
})

function bodyOf(given: {
  kind?: 'district' | 'village' | 'community' | 'enterprise'
  code?: string | null
  parentId: string
  existsFrom?: string
}) {
  return {
    kind: given.kind ?? ('village' as const),
    name: '某个单位',
    code: given.code ?? null,
    parentId: given.parentId,
    lineParentId: null,
    existsFrom: given.existsFrom ?? '2020-01-01',
  }
}
