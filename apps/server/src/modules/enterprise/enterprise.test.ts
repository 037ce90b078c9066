import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  changeEnterprise,
  listEnterprises,
  moveUnit,
  registerEnterprise,
  revealEnterprisePhone,
  showEnterprise,
} from '@bihuan/contracts'
import { creditCodeOf } from '@bihuan/domain'
import { buildEnterprise, enterpriseForm, nextCreditCode } from '../../../test/build-enterprise.js'
import {
  actorFor,
  ask,
  buildAccount,
  buildTenant,
  buildUnit,
  startTestApp,
  type TestApp,
  type TestTenant,
} from '../../../test/builders.js'

describe('an enterprise', () => {
  let test: TestApp
  let tenant: TestTenant
  beforeAll(async () => {
    test = await startTestApp()
    tenant = await buildTenant(test)
  })
  afterAll(() => test.stop())

  async function townWithOfficer() {
    const town = await buildUnit(test, tenant, { kind: 'town' })
    return { town, officer: await buildAccount(test, town, 'territory-officer') }
  }

  async function departmentWithOfficer() {
    const department = await buildUnit(test, tenant, { kind: 'department' })
    return { department, officer: await buildAccount(test, department, 'department-officer') }
  }

  it('is registered by its town as a unit and a record with one id, and seen by its department', async () => {
    const { town, officer } = await townWithOfficer()
    const { department, officer: inspector } = await departmentWithOfficer()
    const form = enterpriseForm(town.id, { leadRegulatorId: department.id, creditCode: ' 91360100ma00000 ' })
    const bad = await ask(test, officer, registerEnterprise, { body: { enterprise: form } })
    expect(bad.error?.places?.[0]).toMatchObject({ path: 'creditCode' })

    const made = await ask(test, officer, registerEnterprise, {
      body: { enterprise: { ...form, creditCode: nextCreditCode() } },
    })
    expect(made.status).toBe(200)
    const { id } = made.body.enterprise
    expect(made.body.enterprise).toMatchObject({
      version: 1,
      territory: { name: town.name },
      leadRegulator: { name: department.name },
    })
    const [unit] = await test.db.asOwner<{ kind: string; name: string; exists_from: string }>(
      'select kind, name, exists_from from unit where id = $1',
      [id],
    )
    expect(unit).toEqual({ kind: 'enterprise', name: form.name, exists_from: '2000-01-01' })

    const seen = await ask(test, inspector, showEnterprise, { params: { enterpriseId: id } })
    expect([seen.status, seen.body.abilities]).toEqual([200, expect.objectContaining({ change: true, place: true })])
  })

  it('may have letters in its code, the check character too', async () => {
    const { town, officer } = await townWithOfficer()
    const lettered = Array.from({ length: 400 }, (_, n) => creditCodeOf('91', '360111', n)).find((code) =>
      /[A-WY]$/.test(code),
    )
    const made = await ask(test, officer, registerEnterprise, {
      body: { enterprise: enterpriseForm(town.id, { creditCode: (lettered ?? '').toLowerCase() }) },
    })
    expect(made.body.enterprise.creditCode).toBe(lettered)
  })

  it('is not seen and not changed from another town, another line or another tenant', async () => {
    const { town } = await townWithOfficer()
    const { department } = await departmentWithOfficer()
    const { enterprise } = await buildEnterprise(test, town, { leadRegulatorId: department.id })
    const elsewhere = await buildTenant(test)
    const strangers = [
      (await townWithOfficer()).officer,
      (await departmentWithOfficer()).officer,
      await buildAccount(test, elsewhere, 'safety-office'),
    ]
    for (const stranger of strangers) {
      const params = { enterpriseId: enterprise.id }
      const answers = [
        await ask(test, stranger, showEnterprise, { params }),
        await ask(test, stranger, changeEnterprise, { params, body: { version: 1, changes: { employees: 1 } } }),
        await ask(test, stranger, revealEnterprisePhone, { params, body: { of: 'principal' } }),
      ]
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
      const list = await ask(test, stranger, listEnterprises, { query: { q: enterprise.name } })
      expect(list.body).toMatchObject({ items: [], total: { count: 0 } })
    }
    const [row] = await test.db.asOwner<{ version: number }>('select version from enterprise where id = $1', [
      enterprise.id,
    ])
    expect(row?.version).toBe(1)
  })

  it('is seen by another regulator and by its landlord, who may not change it', async () => {
    const { town } = await townWithOfficer()
    const { department, officer } = await departmentWithOfficer()
    const landlord = await buildEnterprise(test, town)
    const { enterprise } = await buildEnterprise(test, town, {
      leadRegulatorId: (await departmentWithOfficer()).department.id,
      otherRegulatorIds: [department.id],
      landlordId: landlord.enterprise.id,
    })
    const owner = await buildAccount(
      test,
      { tenantId: tenant.id, id: landlord.enterprise.id, kind: 'enterprise', name: '' },
      'enterprise-principal',
    )
    for (const party of [officer, owner]) {
      const page = await ask(test, party, showEnterprise, { params: { enterpriseId: enterprise.id } })
      expect([page.status, page.body.abilities]).toEqual([
        200,
        expect.objectContaining({ change: false, place: false }),
      ])
      const changed = await ask(test, party, changeEnterprise, {
        params: { enterpriseId: enterprise.id },
        body: { version: 1, changes: { employees: 1 } },
      })
      expect(changed.status).toBe(403)
    }
    const list = await ask(test, officer, listEnterprises, { query: { axis: 'party' } })
    expect(list.body.items.map(({ id }) => id)).toEqual([enterprise.id])
    const page = await ask(test, owner, showEnterprise, { params: { enterpriseId: landlord.enterprise.id } })
    expect(page.body.tenants.items.map(({ id }) => id)).toEqual([enterprise.id])
  })

  it('cannot be registered twice by its code, also where the first one is out of sight', async () => {
    const { town, officer } = await townWithOfficer()
    const { town: farTown, officer: farOfficer } = await townWithOfficer()
    const form = enterpriseForm(town.id)
    expect((await ask(test, officer, registerEnterprise, { body: { enterprise: form } })).status).toBe(200)

    const again = await ask(test, officer, registerEnterprise, {
      body: { enterprise: { ...form, name: '另一个名字的厂' } },
    })
    expect([again.error?.code, again.error?.message]).toEqual([
      'enterprise.code-taken',
      expect.stringContaining(form.name),
    ])
    const far = await ask(test, farOfficer, registerEnterprise, {
      body: { enterprise: { ...form, territoryUnitId: farTown.id } },
    })
    expect([far.status, far.error?.code]).toEqual([409, 'enterprise.already-exists'])
    expect(far.error?.message).not.toContain(form.name)
    const units = await test.db.asOwner('select 1 from unit where name in ($1, $2)', [form.name, '另一个名字的厂'])
    expect(units).toHaveLength(1)
  })

  it('registered by two at once is there once, and the other is told', async () => {
    const { town, officer } = await townWithOfficer()
    const colleague = await buildAccount(test, town, 'territory-officer')
    const form = enterpriseForm(town.id)
    const answers = await Promise.all(
      [officer, colleague, officer, colleague].map((who) =>
        ask(test, who, registerEnterprise, { body: { enterprise: form } }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([
      200,
      expect.any(Number),
      expect.any(Number),
      expect.any(Number),
    ])
    for (const refused of answers.filter(({ status }) => status !== 200)) {
      expect(['enterprise.already-exists', 'enterprise.code-taken']).toContain(refused.error?.code)
    }
    const [count] = await test.db.asOwner<{ units: number; enterprises: number }>(
      `select (select count(*) from unit where name = $1)::int as units, (select count(*) from enterprise where name = $1)::int as enterprises`,
      [form.name],
    )
    expect(count).toEqual({ units: 1, enterprises: 1 })
  })

  it('changed by two at once takes the first change, and shows the second one that it was late', async () => {
    const { town, officer } = await townWithOfficer()
    const { enterprise } = await buildEnterprise(test, town)
    const change = (employees: number) =>
      ask(test, officer, changeEnterprise, {
        params: { enterpriseId: enterprise.id },
        body: { version: 1, changes: { employees } },
      })
    const answers = await Promise.all([change(41), change(42)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)?.error?.code).toBe('enterprise.changed-meanwhile')
  })

  it('moved to another town is seen there and by its line, and not by the old town; the unit keeps its history', async () => {
    const { town: oldTown, officer: oldOfficer } = await townWithOfficer()
    const { town: newTown, officer: newOfficer } = await townWithOfficer()
    const { department, officer: inspector } = await departmentWithOfficer()
    const { enterprise } = await buildEnterprise(test, oldTown, { leadRegulatorId: department.id })
    const params = { enterpriseId: enterprise.id }
    const move = { version: 1, changes: { territoryUnitId: newTown.id }, from: '2023-06-01' }
    const tooFar = await ask(test, oldOfficer, changeEnterprise, { params, body: move })
    expect([tooFar.status, tooFar.error?.code]).toEqual([422, 'enterprise.beyond-reach'])

    const district = await buildAccount(test, tenant, 'safety-office')
    const tooLate = await ask(test, district, changeEnterprise, { params, body: { ...move, from: '2023-07-01' } })
    expect(tooLate.error?.code).toBe('enterprise.move-in-future')
    const moved = await ask(test, district, changeEnterprise, { params, body: move })
    expect(moved.body.enterprise).toMatchObject({ version: 2, territory: { name: newTown.name } })

    const show = async (who: typeof district) => (await ask(test, who, showEnterprise, { params })).status
    expect([await show(newOfficer), await show(inspector), await show(oldOfficer)]).toEqual([200, 200, 404])
    const list = await ask(test, newOfficer, listEnterprises, { query: {} })
    expect(list.body.items.map(({ id }) => id)).toEqual([enterprise.id])
    const placements = await test.db.asOwner<{ parent_id: string; valid_from: string }>(
      `select parent_id, valid_from from unit_placement where unit_id = $1 and axis = 'territory' order by valid_from`,
      [enterprise.id],
    )
    expect(placements).toEqual([
      { parent_id: oldTown.id, valid_from: '2000-01-01' },
      { parent_id: newTown.id, valid_from: '2023-06-01' },
    ])
  })

  it('goes along when its village moves to another town', async () => {
    const { town: oldTown, officer: oldOfficer } = await townWithOfficer()
    const { town: newTown, officer: newOfficer } = await townWithOfficer()
    const village = await buildUnit(test, tenant, { kind: 'village', parentId: oldTown.id })
    const { enterprise } = await buildEnterprise(test, village)
    const admin = await buildAccount(test, tenant, 'system-admin')
    const moved = await ask(test, admin, moveUnit, {
      params: { unitId: village.id },
      body: { axis: 'territory', parentId: newTown.id, validFrom: '2023-06-10', corrects: null, version: 1 },
    })
    expect(moved.error).toBeUndefined()
    const seenBy = async (who: typeof admin) =>
      (await ask(test, who, listEnterprises, { query: {} })).body.items.map(({ id }) => id)
    expect([await seenBy(newOfficer), await seenBy(oldOfficer)]).toEqual([[enterprise.id], []])
    const page = await ask(test, newOfficer, showEnterprise, { params: { enterpriseId: enterprise.id } })
    expect(page.body.abilities).toMatchObject({ change: true, place: true })
  })

  it('handed to another department leaves the first one’s sight and enters the other’s', async () => {
    const { town, officer } = await townWithOfficer()
    const first = await departmentWithOfficer()
    const second = await departmentWithOfficer()
    const { enterprise } = await buildEnterprise(test, town, { leadRegulatorId: first.department.id })
    const params = { enterpriseId: enterprise.id }
    const changed = await ask(test, officer, changeEnterprise, {
      params,
      body: { version: 1, changes: { leadRegulatorId: second.department.id } },
    })
    expect(changed.status).toBe(200)
    expect((await ask(test, first.officer, showEnterprise, { params })).status).toBe(404)
    expect((await ask(test, second.officer, listEnterprises, { query: {} })).body.items.map(({ id }) => id)).toEqual([
      enterprise.id,
    ])
  })

  it('is registered by a department on any territory, but only in its own line', async () => {
    const { town } = await townWithOfficer()
    const { department, officer } = await departmentWithOfficer()
    const own = await ask(test, officer, registerEnterprise, {
      body: { enterprise: enterpriseForm(town.id, { leadRegulatorId: department.id }) },
    })
    expect(own.status).toBe(200)
    const other = (await departmentWithOfficer()).department
    const foreign = await ask(test, officer, registerEnterprise, {
      body: { enterprise: enterpriseForm(town.id, { leadRegulatorId: other.id }) },
    })
    expect(foreign.error?.code).toBe('enterprise.beyond-reach')
  })

  it('may say of itself whom to call, and not whose it is', async () => {
    const { town } = await townWithOfficer()
    const { enterprise } = await buildEnterprise(test, town)
    const principal = await buildAccount(
      test,
      { tenantId: tenant.id, id: enterprise.id, kind: 'enterprise', name: '' },
      'enterprise-principal',
    )
    const params = { enterpriseId: enterprise.id }
    const place = await ask(test, principal, changeEnterprise, {
      params,
      body: { version: 1, changes: { flags: { ...enterprise.flags, highRisk: true } } },
    })
    expect(place.status).toBe(403)
    const contact = await ask(test, principal, changeEnterprise, {
      params,
      body: { version: 1, changes: { principal: { name: '周青云' } } },
    })
    expect(contact.body.enterprise.principal).toEqual({ name: '周青云', phone: '138****1234' })
  })

  it('closes with a reason, and opens again with one', async () => {
    const { town, officer } = await townWithOfficer()
    const { enterprise } = await buildEnterprise(test, town)
    const params = { enterpriseId: enterprise.id }
    const without = await ask(test, officer, changeEnterprise, {
      params,
      body: { version: 1, changes: { status: 'closed' } },
    })
    expect(without.error?.code).toBe('enterprise.reason-required')
    const closed = await ask(test, officer, changeEnterprise, {
      params,
      body: { version: 1, changes: { status: 'closed' }, reason: '经营不善' },
    })
    expect(closed.body.enterprise.status).toBe('closed')
  })

  it('shows telephones masked everywhere, and the whole one as an act on record, to whom it is allowed', async () => {
    const { town, officer } = await townWithOfficer()
    const { enterprise } = await buildEnterprise(test, town, { principal: { name: '周青', phone: '13955551234' } })
    const params = { enterpriseId: enterprise.id }
    const page = await ask(test, officer, showEnterprise, { params })
    const list = await ask(test, officer, listEnterprises, { query: {} })
    expect(page.body.enterprise.principal?.phone).toBe('139****1234')
    expect(list.body.items[0]?.principalPhone).toBe('139****1234')

    const leader = await buildAccount(test, town, 'leader')
    const refused = await ask(test, leader, revealEnterprisePhone, { params, body: { of: 'principal' } })
    expect(refused.status).toBe(403)
    const revealed = await ask(test, officer, revealEnterprisePhone, { params, body: { of: 'principal' } })
    expect(revealed.body).toEqual({ phone: '13955551234' })
    const acts = await test.db.asOwner<{ person_name: string; detail: unknown }>(
      `select person_name, detail from audit_entry where action = 'personal-data.reveal' and object_id = $1`,
      [enterprise.id],
    )
    expect(acts).toEqual([
      { person_name: (await actorFor(test, officer)).personName, detail: { field: 'principal.phone' } },
    ])
    const [trail] = await test.db.asOwner<{ found: number }>(
      `select count(*)::int as found from audit_entry where coalesce(before::text, '') || coalesce(after::text, '') || coalesce(detail::text, '') like '%13955551234%'`,
    )
    expect(trail?.found).toBe(0)
  })
})
