/** The units that a notice names for its tasks and returns: by their names, whole or short, and by what an officer chose before. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import type { BodyOf, WordChoiceJson } from '@bihuan/contracts'
import type { PlanReport, PlanTask } from '@bihuan/domain'
import { ask, buildAccount, buildTenant, buildUnit, startTestApp, type TestApp } from '../../../test/builders.js'
import { samplePlan } from '../../../test/sample-plan.js'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp({ now: '2023-06-16T09:00:00+08:00' })
})
afterAll(() => test.stop())

let district: Awaited<ReturnType<typeof buildDistrict>>
async function buildDistrict() {
  const tenant = await buildTenant(test, { name: '青榆区' })
  const towns = [
    await buildUnit(test, tenant, { kind: 'town', name: '柳河镇' }),
    await buildUnit(test, tenant, { kind: 'town', name: '松坡镇' }),
  ]
  const bureau = await buildUnit(test, tenant, { kind: 'department', name: '青榆区应急管理局' })
  const housing = await buildUnit(test, tenant, { kind: 'department', name: '青榆区住房和城乡建设局' })
  await buildUnit(test, tenant, { kind: 'department', name: '青榆区住房建设局' })
  const office = await buildUnit(test, tenant, { kind: 'safety-committee-office', name: '青榆区安委办' })
  return { tenant, towns, bureau, housing, officer: await buildAccount(test, office, 'safety-office') }
}
beforeEach(async () => {
  district = await buildDistrict()
})

const task = (...responsible: string[]): PlanTask => ({
  area: '组织领导',
  task: '动员部署',
  requirement: '召开动员会',
  responsible,
  frequency: null,
  quota: null,
  dueText: '常态化',
  due: { kind: 'standing' },
})

const report: PlanReport = {
  name: '进展情况',
  from: '区住建局',
  to: [],
  annexes: [1],
  cadence: 'monthly',
  due: { day: 28 },
  since: '2023-06-01',
  cumulative: true,
  cutoff: 'month-end',
  nilReport: true,
  holidayShift: null,
  splitBy: null,
  sections: [],
  deliverables: [],
  mustContain: [],
  notes: null,
}

const planOf = (tasks: PlanTask[]) => {
  const plain = samplePlan({ warnings: [], reports: [report] })
  const annexes = plain.annexes.map((annex) => (annex.kind === 'task-list' ? { ...annex, tasks } : annex))
  return { ...plain, annexes } as BodyOf<typeof contracts.createCampaign>['plan']
}

const housing = (): WordChoiceJson => ({
  subject: 'actor',
  words: '区住建局',
  meaning: { kinds: [], unitIds: [district.housing.id], post: null, enterprises: [] },
  reason: '机构改革后的局',
})

const create = (tasks: PlanTask[], choices: WordChoiceJson[] = []) =>
  ask(test, district.officer, contracts.createCampaign, {
    body: { unitId: district.tenant.rootUnitId, plan: planOf(tasks), choices },
  })

it('answer for a task by a short name, and by their kind in the territory that is bound', async () => {
  const made = await create([task('区应急局'), task('各镇'), task('区文旅局'), task('主要负责人')])
  expect(made.error).toBeUndefined()
  const idsOf = (at: number) => made.body.tasks[at]?.responsibleUnitIds
  expect(idsOf(0)).toEqual([district.bureau.id])
  expect(idsOf(1)?.toSorted()).toEqual(district.towns.map(({ id }) => id).toSorted())
  expect([idsOf(2), idsOf(3)]).toEqual([[], []])
})

it('are asked for where two are called alike; the choice holds for tasks, returns and the next notice', async () => {
  const check = (choices: WordChoiceJson[] = []) =>
    ask(test, district.officer, contracts.checkPlan, {
      body: { plan: planOf([task('区住建局')]), unitId: district.tenant.rootUnitId, choices },
    })
  const asked = (await check()).body.words.find(({ words }) => words === '区住建局')
  expect(asked).toMatchObject({ standing: 'open', places: ['task', 'report'] })
  expect(asked?.candidates).toHaveLength(2)
  const chosen = (await check([housing()])).body
  expect(chosen.words.find(({ words }) => words === '区住建局')).toMatchObject({ by: 'choice', standing: 'found' })
  expect(chosen.units).toEqual([{ word: '区住建局', known: true }])

  const undecided = await create([task('区住建局')])
  const drafts = async (campaignId: string) =>
    (await ask(test, district.officer, contracts.listScheduleDrafts, { params: { campaignId } })).body.items
  expect((await drafts(undecided.body.id))[0]?.open).toEqual(['没有找到填报单位“区住建局”，请选定。'])

  expect((await create([task('区住建局')], [housing()])).body.tasks[0]?.responsibleUnitIds).toEqual([
    district.housing.id,
  ])
  const next = await create([task('区住建局')])
  expect(next.body.tasks[0]?.responsibleUnitIds).toEqual([district.housing.id])
  const [draft] = await drafts(next.body.id)
  expect(draft).toMatchObject({ open: [], input: { respondents: [{ unitIds: [district.housing.id] }] } })
})
