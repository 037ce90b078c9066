import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actOnHazard, registerHazard, showHazard } from '@bihuan/contracts'
import { buildHazardWorld, foundInFirm, register, type HazardWorld } from '../../../test/build-hazard-world.js'
import { ask, startTestApp, type TestAccount, type TestApp } from '../../../test/builders.js'

let app: TestApp
let world: HazardWorld
beforeAll(async () => {
  app = await startTestApp()
  world = await buildHazardWorld(app)
})
afterAll(() => app.stop())

const seenBy = (who: TestAccount, hazardId: string) => ask(app, who, showHazard, { params: { hazardId } })

describe('what is another’s', () => {
  test('another unit, another line, another tenant: not found, nothing changed, and on record', async () => {
    const page = await register(app, world.communityOfficer, foundInFirm(world))
    const elsewhere = await buildHazardWorld(app)
    const strangers = [world.otherTownOfficer, world.otherInspector, elsewhere.safetyOffice, elsewhere.manager]
    for (const stranger of strangers) {
      expect((await seenBy(stranger, page.hazard.id)).status).toBe(404)
      const answer = await ask(app, stranger, actOnHazard, {
        params: { hazardId: page.hazard.id },
        body: { version: 1, act: { kind: 'cancel', reason: '试试' } },
      })
      expect(answer.status).toBe(404)
      expect(answer.error?.message).not.toContain('青榆')
    }
    expect((await seenBy(world.chief, page.hazard.id)).body.hazard).toMatchObject({ version: 1, status: 'registered' })
    const refused = await app.db.asOwner<{ account_id: string }>(
      `select distinct account_id from audit_entry where action = 'access.refused' and object_kind = 'hazard' and object_id = $1`,
      [page.hazard.id],
    )
    expect(refused.map((row) => row.account_id).sort()).toEqual(strangers.map(({ id }) => id).sort())
  })

  test('ids of another tenant’s units, campaigns and files are not found when a hazard names them', async () => {
    const elsewhere = await buildHazardWorld(app)
    const forged = [
      { campaignId: elsewhere.campaignId },
      { responsibleUnitId: elsewhere.firm.id },
      { territoryUnitId: elsewhere.community.id },
      { evidenceFileIds: ['00000000-0000-7000-8000-00000000f11e'] },
    ]
    for (const overrides of forged) {
      const answer = await ask(app, world.communityOfficer, registerHazard, {
        body: { details: foundInFirm(world, overrides), draft: false } as never,
      })
      expect(answer.status).toBe(404)
    }
  })

  test('nobody registers what they would not see afterwards', async () => {
    const answer = await ask(app, world.otherTownOfficer, registerHazard, {
      body: {
        details: foundInFirm(world, {
          subject: { kind: 'place', id: null, name: '七桥菜场' },
          responsibleUnitId: world.street.id,
          finder: { personId: null, name: '某人', unitId: world.street.id, side: 'government' },
        }),
        draft: false,
      } as never,
    })
    expect(answer.error?.code).toBe('hazard.outside-reach')
  })
})
