import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import type { BodyOf } from '@bihuan/contracts'
import { blankHazardDetails } from '@bihuan/domain'
import { ask, buildAccount, buildTenant, buildUnit, startTestApp, type TestAccount, type TestApp, type TestTenant, type TestUnit } from '../../../test/builders.js'
import { samplePlan } from '../../../test/sample-plan.js'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp({ now: '2023-06-16T09:00:00+08:00', environment: { BIHUAN_LOG: 'error' } })
})
afterAll(() => test.stop())

interface District {
  readonly tenant: TestTenant
  readonly safetyOffice: TestAccount
  readonly town: TestUnit
  readonly townOfficer: TestAccount
  readonly firm: TestUnit
}

async function buildDistrict(): Promise<District> {
  const tenant = await buildTenant(test)
  const office = await buildUnit(test, tenant, { kind: 'safety-committee-office', name: '青榆区安委办' })
  const town = await buildUnit(test, tenant, { kind: 'town' })
  return {
    tenant,
    town,
    firm: await buildUnit(test, tenant, { kind: 'enterprise', parentId: town.id }),
    safetyOffice: await buildAccount(test, office, 'safety-office'),
    townOfficer: await buildAccount(test, town, 'territory-officer', { personName: '林某' }),
  }
}

type PlanBody = BodyOf<typeof contracts.createCampaign>['plan']

async function create(district: District, overrides = {}) {
  const created = await ask(test, district.safetyOffice, contracts.createCampaign, {
    body: { unitId: district.tenant.rootUnitId, plan: samplePlan(overrides) as PlanBody },
  })
  expect(created.error).toBeUndefined()
  return created.body
}

async function decideAndStart(district: District, campaign: { id: string; version: number }) {
  const decided = await ask(test, district.safetyOffice, contracts.decideQuestion, {
    params: { campaignId: campaign.id },
    body: { version: campaign.version, key: 'conflicting-due#1', chosen: '每月28日前', reason: '以正文为准' },
  })
  expect(decided.error).toBeUndefined()
  const started = await ask(test, district.safetyOffice, contracts.startCampaign, {
    params: { campaignId: campaign.id },
    body: { version: decided.body.version },
  })
  expect(started.error).toBeUndefined()
  return started.body
}

describe('a campaign made from a plan', () => {
  it('has the phases, tasks, targets, tables and ledgers that the plan orders', async () => {
    const district = await buildDistrict()
    const campaign = await create(district)
    expect(campaign.state).toBe('preparing')
    expect(campaign.phases.map((phase) => [phase.name, phase.state])).toEqual([
      ['动员部署', 'past'],
      ['自查自改', 'current'],
      ['精准执法', 'future'],
      ['总结提高', 'future'],
    ])
    expect(campaign.tasks.map((task) => task.due?.kind)).toEqual(['date', 'recurring', 'standing', 'dates'])
    expect(campaign.tables.map((table) => table.title)).toEqual(['青榆区重大事故隐患专项排查整治进展情况调度表'])
    expect(campaign.ledgers.map((ledger) => ledger.columns.length)).toEqual([13, 9])
    expect(campaign.targets.map((target) => target.name)).toEqual(['青榆金属制品厂'])
  })

  it('finds the responsible unit by its name and leaves to people what only words tell', async () => {
    const district = await buildDistrict()
    const campaign = await create(district)
    expect(campaign.tasks.map((task) => task.responsibleUnitIds.length)).toEqual([1, 1, 0, 1])
  })

  it('starts only when the contradiction in its plan is decided, and keeps the decision with its reason', async () => {
    const district = await buildDistrict()
    const campaign = await create(district)
    const early = await ask(test, district.safetyOffice, contracts.startCampaign, {
      params: { campaignId: campaign.id },
      body: { version: campaign.version },
    })
    expect(early.error?.code).toBe('campaign.questions-open')
    const started = await decideAndStart(district, campaign)
    expect(started.state).toBe('running')
    expect(started.questions[0]?.decision).toMatchObject({ chosen: '每月28日前', reason: '以正文为准' })
  })

  it('shows what is late as of any date, each kind of due by its own rule', async () => {
    const district = await buildDistrict()
    const campaign = await decideAndStart(district, await create(district))
    const states = async (asOf: string) =>
      (
        await ask(test, district.safetyOffice, contracts.showCampaign, { params: { campaignId: campaign.id }, query: { asOf } })
      ).body.tasks.map((task) => task.lateness.state)
    expect(await states('2023-05-25')).toEqual(['due-soon', 'due-soon', 'standing', 'open'])
    expect(await states('2023-06-16')).toEqual(['late', 'late', 'standing', 'open'])
    expect(await states('2023-09-01')).toEqual(['late', 'late', 'standing', 'late'])
    const update = { doneOn: '2023-06-02', finishes: true, note: '已召开', fileIds: [], withdraws: null }
    const done = await ask(test, district.safetyOffice, contracts.updateTask, {
      params: { campaignId: campaign.id, taskId: campaign.tasks[0]?.id ?? '' },
      body: update,
    })
    expect(done.error).toBeUndefined()
    expect((await states('2023-09-01'))[0]).toBe('done')
  })

  it('is seen by the town that it binds, who can neither change nor start it', async () => {
    const district = await buildDistrict()
    const campaign = await create(district)
    const seen = await ask(test, district.townOfficer, contracts.showCampaign, { params: { campaignId: campaign.id }, query: {} })
    expect(seen.body.name).toBe(campaign.name)
    const started = await ask(test, district.townOfficer, contracts.startCampaign, {
      params: { campaignId: campaign.id },
      body: { version: campaign.version },
    })
    expect(started.status).toBe(403)
  })

  it('is not there for another district', async () => {
    const district = await buildDistrict()
    const other = await buildDistrict()
    const campaign = await create(district)
    const seen = await ask(test, other.safetyOffice, contracts.showCampaign, { params: { campaignId: campaign.id }, query: {} })
    expect(seen.status).toBe(404)
  })

  it('tells the second of two officers that the first was faster', async () => {
    const district = await buildDistrict()
    const campaign = await create(district)
    const act = (chosen: string) =>
      ask(test, district.safetyOffice, contracts.decideQuestion, {
        params: { campaignId: campaign.id },
        body: { version: campaign.version, key: 'conflicting-due#1', chosen, reason: '经研究' },
      })
    const both = await Promise.all([act('28日'), act('月底')])
    expect(both.map((answer) => answer.status).sort()).toEqual([200, 409])
  })

  it('carries its open hazards over when it closes, and none is left behind', async () => {
    const district = await buildDistrict()
    const first = await decideAndStart(district, await create(district))
    const second = await decideAndStart(
      district,
      await create(district, { campaign: { name: '续作行动', startsOn: '2023-06-01', endsOn: '2024-06-30' } }),
    )
    const registered = await ask(test, district.townOfficer, contracts.registerHazard, {
      body: {
        draft: false,
        details: {
          ...blankHazardDetails,
          evidenceFileIds: [],
          campaignId: first.id,
          subject: { kind: 'enterprise', id: district.firm.id, name: district.firm.name },
          territoryUnitId: district.town.id,
          sector: '工贸',
          source: 'inspection',
          finder: { personId: district.townOfficer.id, name: '林某', unitId: district.town.id, side: 'government' },
          foundOn: '2023-06-10',
          description: '配电柜未安装漏电保护装置',
          grade: 'major',
          gradeReason: '对照判定标准',
          deadline: '2023-07-10',
          responsibleUnitId: district.firm.id,
          authorityUnitId: district.town.id,
        },
      },
    })
    expect(registered.error).toBeUndefined()
    const without = await ask(test, district.safetyOffice, contracts.closeCampaign, {
      params: { campaignId: first.id },
      body: { version: first.version, carryOverTo: null },
    })
    expect(without.error?.code).toBe('campaign.hazards-open')
    const closed = await ask(test, district.safetyOffice, contracts.closeCampaign, {
      params: { campaignId: first.id },
      body: { version: first.version, carryOverTo: second.id },
    })
    expect(closed.error).toBeUndefined()
    expect(closed.body.carriedOver).toBe(1)
    const hazard = await ask(test, district.townOfficer, contracts.showHazard, { params: { hazardId: registered.body.hazard.id } })
    expect(hazard.body.hazard.campaignId).toBe(second.id)
  })
})
