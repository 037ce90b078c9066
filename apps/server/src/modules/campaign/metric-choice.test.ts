/** The cells of a notice's table: bound where the words say everything, offered where they likely mean a metric, and what was chosen holds on. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import type { BodyOf, WordChoiceJson } from '@bihuan/contracts'
import type { PlanMetric } from '@bihuan/domain'
import { ask, buildAccount, buildTenant, buildUnit, startTestApp, type TestApp } from '../../../test/builders.js'
import { samplePlan } from '../../../test/sample-plan.js'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp({ now: '2023-06-16T09:00:00+08:00' })
})
afterAll(() => test.stop())

type PlanBody = BodyOf<typeof contracts.createCampaign>['plan']

const metric = (ordinal: number, label: string, unit = '条'): PlanMetric => ({
  ordinal,
  cell: `${label}（${unit}）`,
  label,
  unit,
  parts: [],
})

const plan = samplePlan({
  warnings: [],
  annexes: [
    {
      ordinal: 1,
      title: '进展情况调度表',
      kind: 'metric-table',
      head: [],
      groups: [
        { name: '企业自查', metrics: [metric(1, '企业自查发现的重大事故隐患'), metric(2, '投入整改资金', '万元')] },
        { name: '部门执法', metrics: [metric(1, '查出重大事故隐患'), metric(2, '已整改')] },
      ],
      notes: [],
      foot: [],
      signatures: [],
    },
  ],
}) as PlanBody

const found = '部门执法：查出重大事故隐患（条）'
const rectified = '部门执法：已整改（条）'
const choice = (words: string, metricId: string | null): WordChoiceJson => ({
  subject: 'metric',
  words,
  meaning: metricId === null ? null : { metricId },
  reason: '对照区里原表',
})

let district: Awaited<ReturnType<typeof buildDistrict>>
async function buildDistrict() {
  const tenant = await buildTenant(test, { name: '青榆区' })
  const office = await buildUnit(test, tenant, { kind: 'safety-committee-office', name: '青榆区安委办' })
  return { tenant, officer: await buildAccount(test, office, 'safety-office', { personName: '叶安' }) }
}
beforeEach(async () => {
  district = await buildDistrict()
})

const check = async (choices: WordChoiceJson[] = []) => {
  const { tenant, officer } = district
  const answer = await ask(test, officer, contracts.checkPlan, { body: { plan, unitId: tenant.rootUnitId, choices } })
  expect(answer.error).toBeUndefined()
  return answer.body.tables[0]?.cells.map(({ label, standing, by, metricId }) => [label, standing, by, metricId])
}
const create = (choices: WordChoiceJson[] = []) =>
  ask(test, district.officer, contracts.createCampaign, {
    body: { unitId: district.tenant.rootUnitId, plan, choices },
  })
const start = ({ id, version }: { readonly id: string; readonly version: number }) =>
  ask(test, district.officer, contracts.startCampaign, { params: { campaignId: id }, body: { version } })
const bindingsOf = async (tableId: string | undefined) =>
  (await ask(test, district.officer, contracts.showTable, { params: { tableId: tableId ?? '' }, query: {} })).body
    .design.bindings

it('what is likely meant is offered with what is in doubt, and binds nothing by itself', async () => {
  expect(await check()).toEqual([
    ['企业自查发现的重大事故隐患', 'bound', 'label', 'hazard.major.enterprise.all'],
    ['投入整改资金', 'typed', null, null],
    ['查出重大事故隐患', 'open', null, 'hazard.major.department.all'],
    ['已整改', 'open', null, 'hazard.major.department.rectified'],
  ])
  const made = await create()
  expect(await bindingsOf(made.body.tables[0]?.id)).toEqual({ 'g1.m1': 'hazard.major.enterprise.all' })
  expect(made.body.tables[0]?.open.map(({ words, means }) => [words, means])).toEqual([
    [found, expect.stringContaining('部门、镇街等检查发现')],
    [rectified, expect.stringContaining('已复查销号')],
  ])
  const early = await start(made.body)
  expect(early.error).toMatchObject({ code: 'campaign.metrics-open' })
  expect(early.error?.message).toContain(found)
})

it('is decided before or after the campaign is made, and asked no more of the next notice', async () => {
  const made = await create([choice(found, 'hazard.major.department.all')])
  expect(made.body.tables[0]?.open.map(({ words }) => words)).toEqual([rectified])
  const { id, version } = made.body
  const decide = (choices: WordChoiceJson[]) =>
    ask(test, district.officer, contracts.decideWords, { params: { campaignId: id }, body: { version, choices } })
  expect((await decide([choice('部门执法：别的数（条）', null)])).error?.code).toBe('campaign.word-unknown')
  expect((await decide([choice(rectified, 'hazard.major.nobody.all')])).error?.code).toBe('campaign.metric-unknown')
  expect((await decide([choice(rectified, 'hazard.major.department.all')])).error?.code).toBe('table.metric-twice')
  const decided = await decide([choice(rectified, null)])
  expect(decided.error).toBeUndefined()
  expect(decided.body.tables[0]?.open).toEqual([])
  expect(await bindingsOf(decided.body.tables[0]?.id)).toEqual({
    'g1.m1': 'hazard.major.enterprise.all',
    'g2.m1': 'hazard.major.department.all',
  })
  expect((await start(decided.body)).error).toBeUndefined()
  expect((await check())?.slice(2)).toEqual([
    ['查出重大事故隐患', 'bound', 'choice', 'hazard.major.department.all'],
    ['已整改', 'typed', 'choice', null],
  ])
  // The last choice holds; a metric that is chosen for one cell leaves the one that its label had given it to.
  expect((await check([choice(rectified, 'hazard.major.enterprise.all')]))?.map(([, standing]) => standing)).toEqual([
    'typed',
    'typed',
    'bound',
    'bound',
  ])
})

it('a table that somebody designed asks nothing more', async () => {
  const made = await create()
  const { officer } = district
  const params = { tableId: made.body.tables[0]?.id ?? '' }
  const table = await ask(test, officer, contracts.showTable, { params, query: {} })
  const { design, version } = table.body
  const designed = await ask(test, officer, contracts.redesignTable, { params, body: { ...design, version } })
  expect(designed.error).toBeUndefined()
  expect((await start(made.body)).error).toBeUndefined()
})
