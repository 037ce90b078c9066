/** `bihuan roll-ups rebuild`: what it finds, what it makes anew, and that it may be stopped at any moment. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hazardMetrics } from '@bihuan/domain'
import { actOnCampaign } from '../src/modules/campaign/index.js'
import { readTree } from '../src/modules/organization/index.js'
import {
  askFigures,
  askRollUp,
  beginRollUpAnew,
  compareKeptRollUp,
  productRollUp,
} from '../src/modules/report/index.js'
import {
  actorFor,
  buildAccount,
  buildTenant,
  buildUnit,
  inTenant,
  startTestApp,
  type TestApp,
  type TestTenant,
} from './builders.js'
import { buildCampaign, buildHazard, detailsOf } from './build-hazards.js'
import { runCli } from './run-command.js'

let test: TestApp
let folder: string
let tenant: TestTenant
let villageIds: string[]

const found = 'hazard.major.department.all'

beforeAll(async () => {
  test = await startTestApp()
  // The command does it, and what it does is looked at.
  await test.modules.stopFolding()
  folder = await mkdtemp(join(tmpdir(), 'bihuan-roll-ups-'))
  tenant = await buildTenant(test)
  const town = await buildUnit(test, tenant)
  villageIds = []
  for (let n = 0; n < 32; n++)
    villageIds.push((await buildUnit(test, tenant, { kind: 'village', parentId: town.id })).id)
  const officer = await actorFor(test, await buildAccount(test, tenant, 'safety-office'))
  const campaignId = await buildCampaign(test, officer, tenant.rootUnitId)
  await test.database.withScope(officer.reach, (handle) =>
    actOnCampaign(handle, officer, campaignId, 1, { kind: 'start' }, test.clock),
  )
  const finder = { personId: officer.accountId, name: officer.personName }
  for (const unitId of villageIds.slice(0, 3))
    await buildHazard(test, officer, detailsOf({ campaignId, unitId, finder }))
})
afterAll(async () => {
  await test.stop()
  await rm(folder, { recursive: true, force: true })
})

const rebuild = (...more: string[]) =>
  runCli(['roll-ups', 'rebuild', '--tenant', tenant.code, ...more], {
    DATABASE_URL: test.db.ownerUrl,
    BIHUAN_DATA: folder,
  })

beforeEach(async () => {
  expect((await rebuild()).code).toBe(0)
})

const asked = async () => {
  const question = { startsOn: '2023-05-01', sectors: null, cutOff: '2023-06-16', knownAt: null }
  return inTenant(test, tenant.id, async (handle) => {
    const [span] = await handle.query<{ starts_on: string }>(
      'select starts_on from roll_up_span where tenant_id = $1',
      [tenant.id],
    )
    const unitIds = (await readTree(handle, 'territory', question.cutOff, null)).descendantsOf(tenant.rootUnitId, true)
    const all = { ...question, startsOn: span?.starts_on ?? question.startsOn, unitIds }
    const shown = await askFigures(handle, hazardMetrics, all)
    const rolled = await askRollUp(handle, hazardMetrics, all, productRollUp)
    return { shown: shown.find(({ metricId }) => metricId === found)?.value, rolled: rolled?.get(found) }
  })
}

const times = async () =>
  (
    await test.db.asOwner<{ before: { faults: { part: string }[] } }>(
      "select before from audit_entry where tenant_id = $1 and action = 'roll-up.rebuild' order by at, id",
      [tenant.id],
    )
  ).map(({ before }) => before.faults.map(({ part }) => part))

describe('bihuan roll-ups rebuild', () => {
  it('leaves alone what is as the facts say', async () => {
    const before = await times()
    const { code, out, err } = await rebuild()
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/汇总底数与事实相符\n {2}与事实全部相符，做到账本第 \d+ 号\n$/)
    expect(await times()).toEqual(before)
    expect(await asked()).toEqual({ shown: 3, rolled: 3 })
  })

  it('says what differs, makes it anew from the facts, and stands in the audit trail with what it found', async () => {
    await test.db.asOwner(
      `update roll_up_month set amount = amount + 4, amounts = array[amounts[1] + 4] || amounts[2:]
       where tenant_id = $1 and metric = $2 and sector = '*'`,
      [tenant.id, found],
    )
    expect((await asked()).shown).toBe(7)
    const { code, out, err } = await rebuild()
    expect(code).toBe(0)
    // Of the town and of the district.
    expect(err).toMatch(
      /每月累计 2 处不符，第一处：\S+“.*”（全部行业，自 2023-\d\d-\d\d 起，2023-06-01）.*所存 7 .*，重算 3 /,
    )
    expect(out).toMatch(/须重做\n {2}已清空[\s\S]+已做到账本第 \d+ 号，共 \d+ 号\n {2}与事实全部相符/)
    expect(await asked()).toEqual({ shown: 3, rolled: 3 })
    expect((await times()).at(-1)).toEqual(['每月累计'])
  })

  it('goes on where it was stopped', async () => {
    const by = { tenantId: tenant.id, via: 'maintenance', personName: '测试', address: 'local' } as const
    await beginRollUpAnew(test.platform, by, await compareKeptRollUp(test.platform, tenant.id))
    // Killed here. Whoever asks meanwhile is answered from the facts.
    expect(await asked()).toEqual({ shown: 3, rolled: undefined })
    const before = await times()
    const { code, out } = await rebuild()
    expect([code, out]).toEqual([0, expect.stringContaining('做到账本第 0 号')])
    expect(out).not.toContain('已清空')
    expect(await times()).toEqual(before)
    expect(await asked()).toEqual({ shown: 3, rolled: 3 })
  })

  it('is believed at once by a server that keeps the tree of the one before', async () => {
    const [{ tree } = { tree: 0 }] = await test.db.asOwner<{ tree: number }>(
      'select tree::int from roll_up_state where tenant_id = $1',
      [tenant.id],
    )
    // A village that stands nowhere is counted beside the district that has counted it.
    await test.db.asOwner(`update roll_up_place set above = '{}' where tenant_id = $1 and unit_id = $2`, [
      tenant.id,
      villageIds[0],
    ])
    await test.db.asOwner('update roll_up_state set making = making + 1 where tenant_id = $1', [tenant.id])
    expect((await asked()).shown).toBe(4)
    const { code, err } = await rebuild()
    expect([code, err]).toEqual([0, expect.stringContaining('上下级 1 处不符')])
    // As it is where batches are cut at the same positions.
    await test.db.asOwner('update roll_up_state set tree = $2 where tenant_id = $1', [tenant.id, tree])
    expect((await asked()).shown).toBe(3)
  })

  it('makes anew what another version of the program left, and with --force what is sound', async () => {
    const before = (await times()).length
    await test.db.asOwner(`update roll_up_state set definition = 'older' where tenant_id = $1`, [tenant.id])
    expect((await rebuild()).out).toContain('另一个版本的程序')
    expect((await rebuild('--force')).out).toContain('已清空')
    expect(await times()).toHaveLength(before + 2)
    expect(await asked()).toEqual({ shown: 3, rolled: 3 })
  })

  it('refuses a tenant that is not there', async () => {
    const { code, err } = await rebuild('--tenant', 'nowhere')
    expect([code, err]).toEqual([2, expect.stringContaining('nowhere')])
  })
})
