import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  listNotices,
  readNotices,
  remindHazards,
  showCampaign,
  showWorkbench,
  startCampaign,
  updateTask,
  type Workbench,
} from '@bihuan/contracts'
import {
  act,
  buildHazardWorld,
  foundInFirm,
  planned,
  register,
  type HazardWorld,
} from '../../../test/build-hazard-world.js'
import { buildCampaign } from '../../../test/build-hazards.js'
import {
  actorFor,
  ask,
  buildAccount,
  buildTenant,
  buildUnit,
  runJobs,
  startTestApp,
  type TestAccount,
  type TestApp,
} from '../../../test/builders.js'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp({ now: '2023-06-20T09:00:00+08:00' })
})
afterAll(() => app.stop())

async function bench(who: TestAccount): Promise<Workbench> {
  return (await ask(app, who, showWorkbench)).body
}

/** `{ plan: ['YH…'] }`: the codes that wait, by group. */
async function waiting(who: TestAccount): Promise<Record<string, string[]>> {
  const { groups } = await bench(who)
  return Object.fromEntries(groups.map(({ kind, items }) => [kind, items.map(({ code }) => code)]))
}

let world: HazardWorld
beforeAll(async () => {
  world = await buildHazardWorld(app)
})

test('a hazard waits with whose turn it is, under the one act that moves it, and with nobody else', async () => {
  let page = await register(app, world.communityOfficer, foundInFirm(world))
  const { code } = page.hazard
  expect(await waiting(world.manager)).toEqual({ plan: [code] })
  expect((await bench(world.manager)).groups[0]?.items[0]).toMatchObject({
    due: '2023-07-12',
    act: { kind: 'plan-rectification' },
  })
  expect(await waiting(world.inspector)).toEqual({})

  page = await act(app, world.manager, page, {
    ...planned,
    rectification: { ...planned.rectification, deadline: '2023-06-25' },
  })
  expect(await waiting(world.manager)).toEqual({ due: [code] })
  page = await act(app, world.manager, page, { kind: 'request-extension', deadline: '2023-06-28', reason: '缺件' })
  expect(await waiting(world.inspector)).toEqual({ extension: [code] })
  page = await act(app, world.inspector, page, { kind: 'refuse-extension', reason: '抓紧' })

  app.clock.set(new Date('2023-06-27T09:00:00+08:00'))
  expect(await waiting(world.manager)).toEqual({ overdue: [code] })
  expect(await waiting(world.chief)).toEqual({ 'supervised-overdue': [code] })
  page = await act(app, world.manager, page, {
    kind: 'report-rectified',
    rectifiedOn: '2023-06-27',
    rectifiedBy: null,
    text: '好了',
    evidenceFileIds: [],
  })
  expect(await waiting(world.manager)).toEqual({})
  expect(await waiting(world.inspector)).toEqual({ reinspect: [code] })
  expect(await waiting(world.communityOfficer)).toEqual({})
  page = await act(app, world.inspector, page, {
    kind: 'reinspect-failed',
    on: '2023-06-27',
    text: '不行',
    evidenceFileIds: [],
    deadline: '2023-07-10',
  })
  expect(await waiting(world.manager)).toEqual({ 'sent-back': [code] })
  page = await act(app, world.manager, page, {
    kind: 'report-rectified',
    rectifiedOn: '2023-06-27',
    rectifiedBy: null,
    text: '又好了',
    evidenceFileIds: [],
  })
  page = await act(app, world.inspector, page, {
    kind: 'reinspect-passed',
    on: '2023-06-27',
    text: '行',
    evidenceFileIds: [],
  })
  expect(await waiting(world.chief)).toEqual({ 'sign-off': [code] })
  page = await act(app, world.chief, page, {
    kind: 'transfer',
    of: 'supervision',
    toUnitId: world.otherDepartment.id,
    reason: '属住建',
  })
  expect(await waiting(world.otherInspector)).toEqual({ transfer: [code] })
  expect((await bench(world.otherInspector)).groups[0]?.items[0]?.act).toEqual({
    kind: 'accept-transfer',
    label: '签收',
  })
})

test('drafts wait with their writer', async () => {
  const draft = await register(
    app,
    world.otherTownOfficer,
    foundInFirm(world, { subject: null, territoryUnitId: null, responsibleUnitId: null, finder: null }),
    true,
  )
  expect(await waiting(world.otherTownOfficer)).toEqual({ draft: [draft.hazard.code] })
})

test('a leader sees what is overdue by unit and the oldest major ones, and no to-do of others', async () => {
  const own = await buildHazardWorld(app)
  const late = await register(
    app,
    own.communityOfficer,
    foundInFirm(own, { foundOn: '2023-05-20', deadline: '2023-06-01' }),
  )
  await register(app, own.communityOfficer, foundInFirm(own, { grade: 'general', deadline: '2023-12-01' }))
  const { groups, overview } = await bench(own.leader)
  expect(groups).toEqual([])
  expect(overview?.overdueByUnit).toMatchObject([{ unitName: '柳河街道', open: 2, overdue: 1 }])
  expect(overview?.oldestMajor.map(({ code, foundOn }) => [code, foundOn])).toEqual([[late.hazard.code, '2023-05-20']])
  expect((await bench(own.manager)).overview).toBeNull()
})

test('the tasks of my unit that are late or due within seven days stand there until they are done, and nobody else is bothered', async () => {
  app.clock.set(new Date('2023-05-27T09:00:00+08:00'))
  const tenant = await buildTenant(app)
  const office = await buildUnit(app, tenant, { kind: 'safety-committee-office', name: '青榆区安委办' })
  const officer = await buildAccount(app, office, 'safety-office')
  const town = await buildAccount(app, await buildUnit(app, tenant, { kind: 'town' }), 'territory-officer')
  const campaignId = await buildCampaign(app, await actorFor(app, officer), tenant.rootUnitId)
  expect((await bench(officer)).campaigns).toBeNull()
  const params = { campaignId }
  const { version, tables, tasks } = (await ask(app, officer, showCampaign, { params })).body
  expect((await ask(app, officer, startCampaign, { params, body: { version } })).error).toBeUndefined()
  const told = async (who: TestAccount) =>
    (await bench(who)).campaigns?.tasks.map(({ task, state, due, missed }) => [task, state, due, missed])

  expect(await told(officer)).toEqual([
    ['召开动员会议', 'due-soon', '2023-05-31', 0],
    ['每月开展1次调研检查', 'due-soon', '2023-05-31', 0],
  ])
  expect(await told(town)).toEqual([])
  expect((await bench(town)).campaigns?.running).toMatchObject([
    { id: campaignId, phase: '动员部署', tables: [{ id: tables[0]?.id, title: tables[0]?.title }] },
  ])

  app.clock.set(new Date('2023-07-03T09:00:00+08:00'))
  expect(await told(officer)).toEqual([
    ['召开动员会议', 'late', '2023-05-31', 0],
    ['每月开展1次调研检查', 'late', '2023-05-31', 2],
  ])
  const done = { finishes: true, note: '已召开', fileIds: [], doneOn: '2023-05-30' }
  await ask(app, officer, updateTask, { params: { ...params, taskId: tasks[0]?.id ?? '' }, body: done })
  const after = (await bench(officer)).campaigns
  expect(after).toMatchObject({ late: 1, dueSoon: 0, tasks: [{ task: '每月开展1次调研检查', mayReport: true }] })
  app.clock.set(new Date('2023-06-27T09:00:00+08:00'))
})

test('notices are for the units concerned, and each person reads their own copy', async () => {
  const own = await buildHazardWorld(app)
  await register(app, own.communityOfficer, foundInFirm(own, { foundOn: '2023-05-20', deadline: '2023-06-01' }))
  await runJobs(app)
  const [notice] = (await ask(app, own.manager, listNotices, { query: { unread: 'yes' } })).body.items
  expect(notice?.text).toContain('2023-06-01')
  expect(
    (await ask(app, own.manager, readNotices, { body: { noticeIds: [notice?.id ?? ''] } })).body.unread.count,
  ).toBe(0)
  expect((await bench(own.principal)).notices.unread.count).toBe(1)
  // Another's notice cannot be read away, and is not told of.
  await ask(app, own.otherTownOfficer, readNotices, { body: { noticeIds: null } })
  expect((await bench(own.principal)).notices.unread.count).toBe(1)
})

test('whoever supervises reminds the unit whose turn it is, once a day; a firm reminds nobody', async () => {
  const own = await buildHazardWorld(app)
  const page = await register(app, own.communityOfficer, foundInFirm(own))
  const body = { hazardIds: [page.hazard.id], text: '请抓紧' }
  expect((await ask(app, own.manager, remindHazards, { body })).status).toBe(403)
  expect((await ask(app, own.otherTownOfficer, remindHazards, { body })).status).toBe(404)
  expect((await ask(app, own.streetOfficer, remindHazards, { body })).body).toEqual({ reminded: 1, passed: 0 })
  await ask(app, own.streetOfficer, remindHazards, { body })
  const texts = (await ask(app, own.manager, listNotices, { query: {} })).body.items.map(({ text }) => text)
  expect(texts).toEqual([expect.stringMatching(/^柳河街道催办：.*制定整改措施，时限 2023-07-12。请抓紧$/)])
})
