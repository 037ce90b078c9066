import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import {
  ask,
  buildAccount,
  buildTenant,
  buildUnit,
  cookieOf,
  startTestApp,
  unique,
  type TestAccount,
  type TestApp,
  type TestTenant,
} from '../../../test/builders.js'

describe('accounts and what they may do', () => {
  let test: TestApp
  let tenant: TestTenant
  let system: TestAccount
  let security: TestAccount
  beforeAll(async () => {
    test = await startTestApp()
    tenant = await buildTenant(test)
    system = await buildAccount(test, tenant, 'system-admin')
    security = await buildAccount(test, tenant, 'security-admin')
  })
  afterAll(() => test.stop())

  const open = (unitId: string, loginName = unique('p'), phone: string | null = '13812345678', who = system) =>
    ask(test, who, contracts.createAccount, { body: { loginName, personName: '许某某', post: '科员', phone, unitId } })
  const grant = (accountId: string, unitId: string, role: string, who = security) =>
    ask(test, who, contracts.grantRole, { params: { accountId }, body: { unitId, role } })

  it('are opened by a system administrator, with a first password that is shown once and must be changed', async () => {
    const made = await open(tenant.rootUnitId)
    expect(made.status).toBe(200)
    expect(made.body.account).toMatchObject({ status: 'active', mustChangePassword: true, phone: '138****5678' })
    const account = {
      ...system,
      id: made.body.account.id,
      loginName: made.body.account.loginName,
      password: made.body.firstPassword,
    }
    expect((await ask(test, account, contracts.whoAmI)).body.mustChangePassword).toBe(true)
    const [leak] = await test.db.asOwner<{ count: number }>(
      `select (select count(*) from audit_entry where to_jsonb(audit_entry)::text like '%' || $1 || '%' or to_jsonb(audit_entry)::text like '%13812345678%')::int
         + (select count(*) from idempotency_key where answer::text like '%' || $1 || '%')::int as count`,
      [made.body.firstPassword],
    )
    expect(leak?.count).toBe(0)
  })

  it('have names that nobody else has, also when two are opened at once and out of each other’s sight', async () => {
    const name = unique('same')
    const [here, there] = [
      await buildUnit(test, tenant, { kind: 'street' }),
      await buildUnit(test, tenant, { kind: 'street' }),
    ]
    const local = await buildAccount(test, there, 'system-admin')
    const answers = await Promise.all([open(here.id, name), open(there.id, name.toUpperCase(), null, local)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)?.error?.code).toBe('account.already-exists')
  })

  it('are kept by administrators of units above them only, and never by themselves', async () => {
    const [here, there] = [
      await buildUnit(test, tenant, { kind: 'street' }),
      await buildUnit(test, tenant, { kind: 'street' }),
    ]
    const local = await buildAccount(test, here, 'system-admin')
    const theirs = await buildAccount(test, there, 'leader')
    expect((await open(there.id, unique('p'), null, local)).error?.code).toBe('request.not-allowed')
    expect((await ask(test, local, contracts.showAccount, { params: { accountId: theirs.id } })).status).toBe(404)
    const own = await ask(test, local, contracts.showAccount, { params: { accountId: local.id } })
    expect(Object.values(own.body.abilities).filter(Boolean)).toEqual([])
    expect(
      (
        await ask(test, local, contracts.setAccountStatus, {
          params: { accountId: local.id },
          body: { status: 'disabled', version: own.body.version },
        })
      ).error?.code,
    ).toBe('request.not-allowed')
    expect((await ask(test, local, contracts.listAccounts, { query: {} })).body.items.map(({ id }) => id)).toEqual([
      local.id,
    ])
    expect((await ask(test, theirs, contracts.listAccounts, { query: {} })).error?.code).toBe('request.not-allowed')
  })

  it('are listed by fragment, unit, role and state, page by page, with phones masked', async () => {
    const fresh = await buildTenant(test)
    const admin = await buildAccount(test, fresh, 'system-admin')
    const town = await buildUnit(test, fresh, { kind: 'town' })
    const names = ['陈甲', '陈乙', '陈丙']
    for (const personName of names)
      await buildAccount(test, town, 'territory-officer', { personName, phone: '13900001111' })
    const seen: string[] = []
    let after: string | undefined
    do {
      const page: { body: { items: { personName: string; phone: string | null }[]; next: string | null } } = await ask(
        test,
        admin,
        contracts.listAccounts,
        {
          query: { q: '陈', limit: 2, ...(after === undefined ? {} : { after }) },
        },
      )
      expect(page.body.items.every(({ phone }) => phone === '139****1111')).toBe(true)
      seen.push(...page.body.items.map(({ personName }) => personName))
      after = page.body.next ?? undefined
    } while (after !== undefined)
    expect(seen.sort()).toEqual([...names].sort())
    expect(
      (await ask(test, admin, contracts.listAccounts, { query: { role: 'system-admin' } })).body.items.map(
        ({ id }) => id,
      ),
    ).toEqual([admin.id])
    expect((await ask(test, admin, contracts.listAccounts, { query: { unit: town.id } })).body.total).toEqual({
      count: 3,
      capped: false,
    })
  })

  it('when disabled are out at once, and their programs with them; enabled, they may log in again', async () => {
    const account = await buildAccount(test, tenant, 'leader')
    await cookieOf(test, account)
    const version = (await ask(test, system, contracts.showAccount, { params: { accountId: account.id } })).body.version
    const set = (status: 'active' | 'disabled', at: number) =>
      ask(test, system, contracts.setAccountStatus, {
        params: { accountId: account.id },
        body: { status, version: at },
      })
    const off = await set('disabled', version)
    expect(off.body.status).toBe('disabled')
    expect((await ask(test, account, contracts.whoAmI)).status).toBe(401)
    const [sessions] = await test.db.asOwner<{ count: number }>(
      'select count(*)::int as count from session where account_id = $1 and ended_at is null',
      [account.id],
    )
    expect(sessions?.count).toBe(0)
    expect((await set('active', version)).error?.code).toBe('account.changed-meanwhile')
    expect((await set('active', off.body.version)).body.status).toBe('active')
    // The ended session does not come back with the account.
    expect((await ask(test, account, contracts.whoAmI)).status).toBe(401)
  })

  it('get a new first password that puts out whoever is in, and lose their tokens', async () => {
    const account = await buildAccount(test, tenant, 'leader')
    const { token } = (
      await ask(test, account, contracts.createToken, {
        body: { name: '程序', permissions: ['unit.read'], expiresOn: '2023-12-31' },
      })
    ).body
    const reset = await ask(test, system, contracts.resetPassword, { params: { accountId: account.id } })
    expect(reset.body.account.mustChangePassword).toBe(true)
    expect((await ask(test, account, contracts.whoAmI)).status).toBe(401)
    expect(
      (await test.app.inject({ method: 'GET', url: '/api/me', headers: { authorization: `Bearer ${token}` } }))
        .statusCode,
    ).toBe(401)
    const again = { ...account, id: `${account.id} `, password: reset.body.firstPassword }
    expect((await ask(test, again, contracts.whoAmI)).body.mustChangePassword).toBe(true)
  })

  it('are unlocked by the system administrator', async () => {
    const account = await buildAccount(test, tenant, 'leader')
    await test.db.asOwner('update account set failures = 5, locked_until = $2 where id = $1', [
      account.id,
      new Date(test.clock.now().getTime() + 600_000),
    ])
    const shown = await ask(test, system, contracts.showAccount, { params: { accountId: account.id } })
    expect(shown.body).toMatchObject({ abilities: { unlock: true } })
    expect(
      (await ask(test, system, contracts.unlockAccount, { params: { accountId: account.id } })).body.lockedUntil,
    ).toBe(null)
    expect((await ask(test, account, contracts.whoAmI)).status).toBe(200)
  })

  describe('roles', () => {
    it('are given and taken by the security administrator, and count with the next request', async () => {
      const town = await buildUnit(test, tenant)
      const account = await buildAccount(test, town, 'leader')
      expect((await ask(test, account, contracts.whoAmI)).body.abilities['hazard.register']).toBeUndefined()
      const granted = await grant(account.id, town.id, 'territory-officer')
      expect((await ask(test, account, contracts.whoAmI)).body.abilities['hazard.register']).toBe(true)
      const grantId = granted.body.grants.find(({ role }) => role === 'territory-officer')?.id ?? ''
      expect(
        (
          await ask(test, security, contracts.revokeRole, { params: { accountId: account.id, grantId } })
        ).body.grants.map(({ role }) => role),
      ).toEqual(['leader'])
      expect((await ask(test, account, contracts.whoAmI)).body.abilities['hazard.register']).toBeUndefined()
      expect(
        (await ask(test, security, contracts.revokeRole, { params: { accountId: account.id, grantId } })).status,
      ).toBe(409)
    })

    it('are never given by an administrator to himself, nor by one whose work it is not', async () => {
      const own = await grant(security.id, tenant.rootUnitId, 'safety-office')
      expect([own.status, own.error?.code]).toEqual([403, 'identity.not-allowed'])
      const account = await buildAccount(test, tenant, 'leader')
      expect((await grant(account.id, tenant.rootUnitId, 'leader', system)).error?.code).toBe('request.not-allowed')
    })

    it('keep the three administrators apart, also when two are given at once', async () => {
      const account = await buildAccount(test, tenant)
      const answers = await Promise.all([
        grant(account.id, tenant.rootUnitId, 'system-admin'),
        grant(account.id, tenant.rootUnitId, 'audit-admin'),
      ])
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 422])
      expect(answers.find(({ status }) => status === 422)?.error?.code).toBe('identity.separate-administrators')
      expect((await grant(account.id, tenant.rootUnitId, 'leader')).error?.code).toBe(
        'identity.administrator-without-business',
      )
    })

    it('are given at a unit of the right kind, within reach', async () => {
      const street = await buildUnit(test, tenant, { kind: 'street' })
      const elsewhere = await buildUnit(test, tenant, { kind: 'street' })
      const local = await buildAccount(test, street, 'security-admin')
      const account = await buildAccount(test, street)
      expect((await grant(account.id, elsewhere.id, 'leader', local)).error?.code).toBe('request.not-allowed')
      expect((await grant(account.id, street.id, 'enterprise-safety', local)).error?.code).toBe(
        'identity.role-not-at-this-unit',
      )
      expect((await grant(account.id, street.id, 'no-such-role', local)).error?.code).toBe('identity.no-such-role')
      expect((await grant(account.id, street.id, 'leader', local)).status).toBe(200)
    })
  })

  describe('sessions of others', () => {
    it('are seen and ended by the security administrator, and out at once', async () => {
      const account = await buildAccount(test, tenant, 'leader')
      await cookieOf(test, account)
      const shown = await ask(test, security, contracts.listSessionsOf, { params: { accountId: account.id } })
      expect(shown.body.items).toHaveLength(1)
      const sessionId = shown.body.items[0]?.id ?? ''
      expect(
        (await ask(test, system, contracts.listSessionsOf, { params: { accountId: account.id } })).error?.code,
      ).toBe('request.not-allowed')
      expect(
        (await ask(test, system, contracts.endSessionOf, { params: { accountId: account.id, sessionId } })).error?.code,
      ).toBe('request.not-allowed')
      expect(
        (await ask(test, security, contracts.endSessionOf, { params: { accountId: account.id, sessionId } })).status,
      ).toBe(204)
      expect((await ask(test, account, contracts.whoAmI)).status).toBe(401)
      expect(
        (await ask(test, security, contracts.endSessionOf, { params: { accountId: account.id, sessionId } })).status,
      ).toBe(409)
      expect((await ask(test, security, contracts.endSessionsOf, { params: { accountId: account.id } })).status).toBe(
        204,
      )
    })

    it('of another tenant are not found', async () => {
      const other = await buildTenant(test)
      const theirs = await buildAccount(test, other, 'leader')
      expect((await ask(test, security, contracts.listSessionsOf, { params: { accountId: theirs.id } })).status).toBe(
        404,
      )
      expect((await ask(test, security, contracts.endSessionsOf, { params: { accountId: theirs.id } })).status).toBe(
        404,
      )
    })
  })

  it('people of a unit are seen with masked phones; one in full is a recorded act of its own', async () => {
    const town = await buildUnit(test, tenant)
    const officer = await buildAccount(test, town, 'territory-officer', { personName: '何某', phone: '13700002222' })
    const leader = await buildAccount(test, town, 'leader')
    const people = await ask(test, leader, contracts.listPeople, { params: { unitId: town.id } })
    expect(people.body.items.find(({ id }) => id === officer.id)).toMatchObject({
      phone: '137****2222',
      abilities: { reveal: false },
    })
    expect(
      (await ask(test, leader, contracts.revealPersonPhone, { params: { accountId: officer.id } })).error?.code,
    ).toBe('request.not-allowed')
    expect(
      (await ask(test, officer, contracts.revealPersonPhone, { params: { accountId: officer.id } })).body.phone,
    ).toBe('13700002222')
    const rows = await test.db.asOwner(
      `select 1 from audit_entry where action = 'personal-data.reveal' and object_id = $1 and account_id = $1`,
      [officer.id],
    )
    expect(rows).toHaveLength(1)
  })
})
