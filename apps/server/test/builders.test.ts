import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { whoAmI } from '@bihuan/contracts'
import { actorFor, ask, buildAccount, buildTenant, buildUnit, startTestApp, type TestApp } from './builders.js'

describe('the builders', () => {
  let test: TestApp
  beforeAll(async () => {
    test = await startTestApp()
  })
  afterAll(() => test.stop())

  it('make a person who can log in and work at a unit, with all that stands above it', async () => {
    const tenant = await buildTenant(test)
    const village = await buildUnit(test, tenant, { kind: 'village' })
    const officer = await buildAccount(test, village, 'territory-officer')

    const me = await ask(test, officer, whoAmI)
    expect(me.status).toBe(200)
    expect(me.body.unit.id).toBe(village.id)
    expect(me.body.mustChangePassword).toBe(false)
    const actor = await actorFor(test, officer)
    expect(actor.permissions.has('hazard.register')).toBe(true)
    expect(actor.reach.path?.split('/')).toHaveLength(5)
  })

  it('say of nobody that he is not logged in', async () => {
    const me = await ask(test, null, whoAmI)
    expect([me.status, me.error?.code]).toEqual([401, 'session.not-logged-in'])
  })
})
