import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import type { BodyOf } from '@bihuan/contracts'
import { blankHazardDetails } from '@bihuan/domain'
import {
  ask,
  buildAccount,
  buildTenant,
  buildUnit,
  startTestApp,
  upload,
  type TestAccount,
  type TestApp,
  type TestTenant,
  type TestUnit,
} from '../../../test/builders.js'
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

  it('takes with it what was decided of its questions beside the text, and starts', async () => {
    const district = await buildDistrict()
    const decision = { key: 'conflicting-due#1', chosen: '每月28日前上报', reason: '以正文为准' }
    const make = (key: string) =>
      ask(test, district.safetyOffice, contracts.createCampaign, {
        body: {
          unitId: district.tenant.rootUnitId,
          plan: samplePlan() as BodyOf<typeof contracts.createCampaign>['plan'],
          decisions: [{ ...decision, key }],
        },
      })
    expect((await make('conflicting-due#7')).error).toMatchObject({ code: 'campaign.question-unknown' })
    const made = await make(decision.key)
    expect(made.body.questions.find(({ key }) => key === decision.key)?.decision).toMatchObject({ reason: '以正文为准' })
    const params = { campaignId: made.body.id }
    const started = await ask(test, district.safetyOffice, contracts.startCampaign, {
      params,
      body: { version: made.body.version },
    })
    expect(started.error).toBeUndefined()
  })

  it('finds the responsible unit by its name, and all that are meant by their kind', async () => {
    const district = await buildDistrict()
    const campaign = await create(district)
    expect(campaign.tasks.map((task) => task.responsibleUnitIds.length)).toEqual([1, 1, 1, 1])
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
        await ask(test, district.safetyOffice, contracts.showCampaign, {
          params: { campaignId: campaign.id },
          query: { asOf },
        })
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
    const seen = await ask(test, district.townOfficer, contracts.showCampaign, {
      params: { campaignId: campaign.id },
      query: {},
    })
    expect(seen.body.name).toBe(campaign.name)
    const started = await ask(test, district.townOfficer, contracts.startCampaign, {
      params: { campaignId: campaign.id },
      body: { version: campaign.version },
    })
    expect(started.status).toBe(403)
  })

  it('of a department is seen by the towns and firms of the territory it works in, and managed by the department', async () => {
    const district = await buildDistrict()
    const department = await buildUnit(test, district.tenant, { kind: 'department', name: '青榆区应急局' })
    const office = await buildUnit(test, district.tenant, { kind: 'office', parentId: department.id })
    const leader = await buildAccount(test, department, 'safety-office')
    const created = await ask(test, leader, contracts.createCampaign, {
      body: { unitId: department.id, plan: samplePlan() as PlanBody },
    })
    expect(created.error).toBeUndefined()
    const bound = [
      district.townOfficer,
      district.safetyOffice,
      await buildAccount(test, district.firm, 'enterprise-safety'),
      await buildAccount(test, office, 'department-officer'),
    ]
    for (const account of bound) {
      const seen = await ask(test, account, contracts.showCampaign, { params: { campaignId: created.body.id } })
      expect(seen.error).toBeUndefined()
      expect(seen.body.tasks).toHaveLength(created.body.tasks.length)
      expect(seen.body.tables).toHaveLength(1)
      expect(seen.body.ledgers).toHaveLength(created.body.ledgers.length)
      expect(seen.body.targets).toHaveLength(1)
      expect(seen.body.phases).toHaveLength(4)
    }
    const started = await ask(test, district.townOfficer, contracts.setCampaignDates, {
      params: { campaignId: created.body.id },
      body: { version: created.body.version, startsOn: '2023-05-01', endsOn: null, reason: '提前' },
    })
    expect(started.status).toBe(403)
  })

  it('of a town is not seen beside the town', async () => {
    const district = await buildDistrict()
    const beside = await buildUnit(test, district.tenant, { kind: 'town' })
    const campaign = await ask(test, district.safetyOffice, contracts.createCampaign, {
      body: { unitId: district.town.id, plan: samplePlan() as PlanBody },
    })
    const officer = await buildAccount(test, beside, 'territory-officer')
    const seen = await ask(test, officer, contracts.showCampaign, { params: { campaignId: campaign.body.id } })
    expect(seen.status).toBe(404)
  })

  it('says of each task the same to everybody who sees it, and gives the words of a report to those it concerns', async () => {
    const district = await buildDistrict()
    const campaign = await decideAndStart(district, await create(district))
    const [meeting] = campaign.tasks
    const file = await upload(test, district.safetyOffice, contracts.uploadFiles, {
      file: {
        name: '签到表.pdf',
        bytes: Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n'),
        mediaType: 'application/pdf',
      },
    })
    expect(file.error).toBeUndefined()
    const done = await ask(test, district.safetyOffice, contracts.updateTask, {
      params: { campaignId: campaign.id, taskId: meeting?.id ?? '' },
      body: {
        doneOn: '2023-05-30',
        finishes: true,
        note: '已召开',
        fileIds: [file.body.items[0]?.id ?? ''],
        withdraws: null,
      },
    })
    expect(done.body.tasks[0]).toMatchObject({
      lateness: { state: 'done' },
      updates: [{ note: '已召开', files: [{ name: '签到表.pdf' }] }],
    })
    const seen = await ask(test, district.townOfficer, contracts.showCampaign, {
      params: { campaignId: campaign.id },
      query: {},
    })
    expect(seen.body.tasks[0]).toMatchObject({
      lateness: { state: 'done' },
      updates: [],
      responsibleUnits: [{ name: '青榆区安委办' }],
    })
    const params = { campaignId: campaign.id, taskId: meeting?.id ?? '', fileId: file.body.items[0]?.id ?? '' }
    expect((await ask(test, district.safetyOffice, contracts.downloadTaskFile, { params })).status).toBe(200)
    expect((await ask(test, district.townOfficer, contracts.downloadTaskFile, { params })).status).toBe(404)
    const listed = await ask(test, district.townOfficer, contracts.listCampaigns, { query: {} })
    expect(listed.body.items[0]?.tasks).toEqual({ total: 4, late: 1, dueSoon: 0 })
  })

  it('takes no evidence that the reporter cannot see', async () => {
    const district = await buildDistrict()
    const other = await buildDistrict()
    const campaign = await decideAndStart(district, await create(district))
    const file = await upload(test, other.safetyOffice, contracts.uploadFiles, {
      file: {
        name: '别处的.pdf',
        bytes: Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n'),
        mediaType: 'application/pdf',
      },
    })
    const answer = await ask(test, district.safetyOffice, contracts.updateTask, {
      params: { campaignId: campaign.id, taskId: campaign.tasks[0]?.id ?? '' },
      body: {
        doneOn: '2023-05-30',
        finishes: true,
        note: '已召开',
        fileIds: [file.body.items[0]?.id ?? ''],
        withdraws: null,
      },
    })
    expect(answer.status).toBe(404)
  })

  it('can be looked at before it is made: questions, what fills its tables, which units are known', async () => {
    const district = await buildDistrict()
    const check = await ask(test, district.safetyOffice, contracts.checkPlan, {
      body: { plan: samplePlan() as PlanBody },
    })
    expect(check.body.questions.map((question) => question.key)).toEqual(['conflicting-due#1'])
    expect(check.body.tables).toMatchObject([{ figures: 10 }])
    expect(check.body.tables[0]?.derived).toHaveLength(6)
    expect(check.body.units).toEqual([
      { word: '青榆区安委办', known: true },
      { word: '各镇', known: true },
    ])
    const broken = await ask(test, district.safetyOffice, contracts.checkPlan, {
      body: { plan: { ...samplePlan(), issuedOn: '2023年5月' } as PlanBody },
    })
    expect(broken.error?.places).toMatchObject([{ path: 'plan.issuedOn' }])
    expect(
      (await ask(test, district.townOfficer, contracts.checkPlan, { body: { plan: samplePlan() as PlanBody } })).status,
    ).toBe(403)
  })

  it('under another one offers the tables of that one too', async () => {
    const district = await buildDistrict()
    const above = await create(district)
    const below = await ask(test, district.safetyOffice, contracts.createCampaign, {
      body: { unitId: district.town.id, parentId: above.id, plan: samplePlan({ annexes: [] }) as PlanBody },
    })
    expect(below.body.parent).toEqual({ id: above.id, name: above.name })
    expect(below.body.tables).toMatchObject([{ id: above.tables[0]?.id, from: above.name }])
  })

  it('is not there for another district', async () => {
    const district = await buildDistrict()
    const other = await buildDistrict()
    const campaign = await create(district)
    const seen = await ask(test, other.safetyOffice, contracts.showCampaign, {
      params: { campaignId: campaign.id },
      query: {},
    })
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
    const hazard = await ask(test, district.townOfficer, contracts.showHazard, {
      params: { hazardId: registered.body.hazard.id },
    })
    expect(hazard.body.hazard.campaignId).toBe(second.id)
  })
})
