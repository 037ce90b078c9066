/** From the plan's own words to returns that fall due: drafts, what is open in them, and one act that sets up the rest. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import type { BodyOf } from '@bihuan/contracts'
import type { Plan, PlanReport } from '@bihuan/domain'
import { buildEnterprise } from '../../../test/build-enterprise.js'
import { returnsOn } from '../../../test/build-returns.js'
import { ask, buildAccount, buildTenant, buildUnit, startTestApp, type TestApp } from '../../../test/builders.js'
import { samplePlan } from '../../../test/sample-plan.js'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp({ environment: { BIHUAN_LOG: 'error' } })
  test.clock.set(new Date('2023-05-22T09:00:00+08:00'))
})
afterAll(() => test.stop())

const { list, open } = returnsOn(() => test)

function report(changes: Partial<PlanReport>): PlanReport {
  return {
    name: '进展情况调度表',
    from: '各社区',
    to: ['柳荫街道办事处安全办公室'],
    annexes: [1],
    cadence: 'monthly',
    due: { day: 28 },
    since: '2023-05-01',
    cumulative: true,
    cutoff: 'previous-month-end',
    nilReport: true,
    holidayShift: null,
    splitBy: null,
    sections: [],
    deliverables: [],
    mustContain: [],
    notes: null,
    ...changes,
  }
}

const conflict: Plan['warnings'][number] = {
  code: 'conflicting-due',
  message: '同一张调度表，正文每月28日报，附件每月1日前报。',
  quotes: ['每月28日将进展情况调度表报送街道', '每月1日前上报截至上月末的累计情况'],
}

/** A street that issues the notice itself, with what its plan asks to be filed. */
async function buildStreet(reports: readonly PlanReport[], warnings: Plan['warnings'] = []) {
  const tenant = await buildTenant(test)
  const street = await buildUnit(test, tenant, { kind: 'street', name: '柳荫街道办事处' })
  const community = await buildUnit(test, tenant, { kind: 'community', name: '七桥社区', parentId: street.id })
  const officer = await buildAccount(test, street, 'safety-office')
  const clerk = await buildAccount(test, community, 'territory-officer')
  const plan = { ...samplePlan({ warnings: [] }), reports, warnings }
  const created = await ask(test, officer, contracts.createCampaign, {
    body: { unitId: street.id, plan: plan as unknown as BodyOf<typeof contracts.createCampaign>['plan'] },
  })
  expect(created.error).toBeUndefined()
  const params = { campaignId: created.body.id }
  return {
    ...{ tenant, street, community, officer, clerk, params },
    drafts: async () => (await ask(test, officer, contracts.listScheduleDrafts, { params })).body.items,
    setUp: async () => (await ask(test, officer, contracts.setUpSchedules, { params, body: {} })).body,
    decide: async (key: string, chosen: string) => {
      const { version } = (await ask(test, officer, contracts.showCampaign, { params })).body
      const answer = await ask(test, officer, contracts.decideQuestion, {
        params,
        body: { version, key, chosen, reason: '附件是区里统一制发的表式' },
      })
      expect(answer.error).toBeUndefined()
    },
    start: async () => {
      const { version } = (await ask(test, officer, contracts.showCampaign, { params })).body
      expect((await ask(test, officer, contracts.startCampaign, { params, body: { version } })).error).toBeUndefined()
    },
  }
}

describe('schedules of a plan', () => {
  it('wait for a contradiction to be decided, and then the first return falls due on the decided day', async () => {
    const street = await buildStreet([report({})], [conflict])
    expect((await street.drafts())[0]?.open).toEqual([`请先裁定疑点：${conflict.message}`])
    expect(await street.setUp()).toMatchObject({ added: [], left: [{ report: 0, scheduleId: null }] })

    await street.decide('conflicting-due#1', '每月1日前上报截至上月末的累计情况')
    await street.start()
    const { added, left } = await street.setUp()
    expect(left).toEqual([])
    expect(added).toMatchObject([{ planReport: 0, receiverIds: [] }])
    expect(added[0]?.note).toContain('附件是区里统一制发的表式')
    expect(added[0]?.next[0]?.dueOn).toBe('2023-06-01')
    await open(street)
    const { items } = await list(street.clerk, 'mine', 'all')
    expect(items.map(({ dueOn, periodTitle }) => [periodTitle, dueOn])).toContainEqual(['2023年5月', '2023-06-01'])
  })

  it('are set up once, however often it is asked, by two at once too', async () => {
    const street = await buildStreet([
      report({ due: { day: 16 }, cutoff: null, since: null, holidayShift: 'next-working-day' }),
    ])
    const twice = await Promise.all([street.setUp(), street.setUp()])
    expect(twice.map(({ added }) => added.length).sort()).toEqual([0, 1])
    expect((await street.setUp()).added).toEqual([])
    expect((await street.drafts())[0]?.scheduleId).not.toBeNull()
  })

  it('file a table and a ledger that are sent together, each by its own', async () => {
    const street = await buildStreet([report({ annexes: [1, 2] })])
    const { added } = await street.setUp()
    expect(added.map(({ ledgerId }) => ledgerId === null)).toEqual([true, false])
    expect((await street.setUp()).added).toEqual([])
  })

  it('ask the enterprises of a class, and none that stands still', async () => {
    const street = await buildStreet([report({ from: '各规模以上企业' })])
    const large = await buildEnterprise(test, street.community, { size: 'above-designated' })
    await buildEnterprise(test, street.community, { size: 'small-micro' })
    await buildEnterprise(test, street.community, { size: 'above-designated', status: 'suspended' })
    await street.start()
    const { added } = await street.setUp()
    expect(added[0]?.respondents).toMatchObject([{ kinds: ['enterprise'], enterprises: 'above-designated' }])
    expect(await open(street)).toBe(1)
    const officer = await list(street.officer, 'received', 'all')
    expect(officer.items.map(({ unitName }) => unitName)).toEqual([large.enterprise.name])
  })

  it('name several receivers only where each is known', async () => {
    const to = ['柳荫街道办事处', '青榆区消防救援大队']
    const street = await buildStreet([report({ to })])
    expect((await street.drafts())[0]?.open).toEqual(['没有找到接收单位“青榆区消防救援大队”，请选定。'])
    const brigade = await buildUnit(test, street.tenant, {
      kind: 'department',
      name: '青榆区消防救援大队',
    })
    const [draft] = await street.drafts()
    expect(draft?.open).toEqual([])
    expect(draft?.input.receiverIds).toEqual([street.street.id, brigade.id])
  })

  it('are for who manages the campaign', async () => {
    const street = await buildStreet([report({})])
    const { clerk, params } = street
    expect((await ask(test, clerk, contracts.setUpSchedules, { params, body: {} })).status).toBe(403)
    expect((await ask(test, clerk, contracts.listScheduleDrafts, { params })).body.abilities).toEqual({ manage: false })
  })
})
