/** A corrected version of a campaign's notice: what it changes, taken over as far as it is accepted and nobody acted by the old one. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import type { BodyOf, WordChoiceJson } from '@bihuan/contracts'
import type { Plan, PlanDuty, PlanReport, PlanTask } from '@bihuan/domain'
import { returnsOn } from '../../../test/build-returns.js'
import {
  actorFor,
  ask,
  buildAccount,
  buildTenant,
  buildUnit,
  startTestApp,
  type TestAccount,
  type TestApp,
} from '../../../test/builders.js'
import { samplePlan } from '../../../test/sample-plan.js'
import { keepNotice } from './notice.service.js'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp({ environment: { BIHUAN_LOG: 'error' } })
  test.clock.set(new Date('2023-05-22T09:00:00+08:00'))
})
afterAll(() => test.stop())

const { open, file } = returnsOn(() => test)

const duty = (action: string, times = 1): PlanDuty => ({
  level: 'government',
  actor: '各社区',
  action,
  frequency: { times, per: 'month' },
  deadline: null,
  condition: null,
  quota: null,
})
const report: PlanReport = {
  name: '进展情况调度表',
  from: '各社区',
  to: [],
  annexes: [1],
  cadence: 'monthly',
  due: { day: 28 },
  since: '2023-05-01',
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
const first: Plan = samplePlan({ warnings: [], duties: [duty('排查'), duty('召开例会')], reports: [report] })

function withTasks(plan: Plan, change: (tasks: readonly PlanTask[]) => readonly PlanTask[]): Plan {
  return {
    ...plan,
    annexes: plan.annexes.map((annex) =>
      annex.kind === 'task-list' ? { ...annex, tasks: change(annex.tasks) } : annex,
    ),
  }
}

const shelves: PlanTask = {
  area: '排查整治',
  task: '楼道清理',
  requirement: '清理楼道堆物',
  responsible: ['七桥社区'],
  frequency: null,
  quota: null,
  dueText: '常态化',
  due: { kind: 'standing' },
}

/** The second of three phases ends later; a duty oftener, one new, one gone; the due day; a task more and one less. */
const second: Plan = withTasks(
  {
    ...first,
    docNo: '青安办〔2023〕9号',
    phases: first.phases.map((phase) => (phase.name === '自查自改' ? { ...phase, endsOn: '2023-09-15' } : phase)),
    duties: [duty('排查', 2), duty('楼道守望')],
    reports: [{ ...report, due: { day: 25 } }],
  },
  (tasks) => [...tasks.filter(({ task }) => task !== '台账管理'), shelves],
)

let street: Awaited<ReturnType<typeof buildStreet>>
async function buildStreet() {
  const tenant = await buildTenant(test)
  const unit = await buildUnit(test, tenant, { kind: 'street', name: '柳荫街道办事处' })
  const community = await buildUnit(test, tenant, { kind: 'community', name: '七桥社区', parentId: unit.id })
  const officer = await buildAccount(test, unit, 'safety-office', { personName: '叶安' })
  const clerk = await buildAccount(test, community, 'territory-officer')
  const notice = await noticeOf(officer, first)
  // What was read wrong the officer put right: no correction of the notice takes it back.
  const standing = { ...first, phases: first.phases.filter(({ name }) => name !== '精准执法') }
  const created = await ask(test, officer, contracts.createCampaign, {
    body: { unitId: unit.id, plan: standing as BodyOf<typeof contracts.createCampaign>['plan'], noticeFileId: notice },
  })
  expect(created.error).toBeUndefined()
  const params = { campaignId: created.body.id }
  const started = await ask(test, officer, contracts.startCampaign, { params, body: { version: created.body.version } })
  expect(started.error).toBeUndefined()
  const added = await ask(test, officer, contracts.setUpSchedules, { params, body: {} })
  expect(added.body.left).toEqual([])
  return { tenant, unit, community, officer, clerk, params, notice }
}
beforeEach(async () => {
  street = await buildStreet()
})

/** A file that was read as this plan: what the reader makes of words is tested where it stands. */
async function noticeOf(by: TestAccount, plan: Plan): Promise<string> {
  const actor = await actorFor(test, by)
  const text = `关于印发方案的通知\n各社区每月排查。${plan.docNo ?? ''}`
  const stored = await test.platform.files.put(new TextEncoder().encode(text))
  const read = {
    name: '通知.txt',
    mediaType: 'text/plain',
    stored,
    document: { form: 'text', text, blocks: [] },
    plan,
  } as const
  const kept = await test.database.withScope(actor.reach, (handle) => keepNotice(handle, actor, read, test.clock))
  if (!kept.ok) throw new Error(kept.refusal.message)
  return kept.value.fileId
}

const page = async () => (await ask(test, street.officer, contracts.showCampaign, { params: street.params })).body
const compare = (noticeFileId: string, by = street.officer, choices: WordChoiceJson[] = []) =>
  ask(test, by, contracts.compareNotice, { params: street.params, body: { noticeFileId, choices } })
async function apply(noticeFileId: string, accepted: string[], choices: WordChoiceJson[] = [], by = street.officer) {
  const { version } = await page()
  const body = { version, noticeFileId, accepted, reason: '街道重新印发', choices }
  return ask(test, by, contracts.applyNotice, { params: street.params, body })
}
const watch: WordChoiceJson = {
  subject: 'action',
  words: '楼道守望',
  meaning: { recordKind: 'inspection' },
  reason: '入楼查看',
}
const schedules = async () => (await ask(test, street.officer, contracts.listSchedules, { query: {} })).body.items

it('shows what it changed and nothing that the officer put right, and takes over only what is accepted', async () => {
  const corrected = await noticeOf(street.officer, second)
  const found = await compare(corrected)
  expect(found.error).toBeUndefined()
  expect(found.body.changes.map(({ part, kind, title }) => [part, kind, title])).toEqual([
    ['basics', 'changed', '文号'],
    ['phase', 'changed', '自查自改'],
    ['duty', 'changed', '各社区：排查'],
    ['duty', 'added', '各社区：楼道守望'],
    ['duty', 'dropped', '各社区：召开例会'],
    ['report', 'changed', '进展情况调度表'],
    ['task', 'added', '清理楼道堆物'],
    ['task', 'dropped', '隐患清单化管理'],
  ])
  expect(found.body.changes[1]?.fields).toEqual([
    { name: 'endsOn', label: '结束', before: '2023-08-31', after: '2023-09-15' },
  ])
  expect(found.body.words[0]).toMatchObject({ words: '楼道守望', standing: 'open' })

  const keys = found.body.changes.map(({ key }) => key).filter((key) => key !== 'basics#docNo')
  // It runs: a duty that nobody understands would be asked of everybody.
  expect((await apply(corrected, keys)).error?.code).toBe('campaign.duties-open')
  expect((await page()).duties).toHaveLength(2)
  const applied = await apply(corrected, keys, [watch])
  expect(applied.error).toBeUndefined()
  const { phases, duties, tasks, docNo, corrections } = applied.body
  expect(docNo).toBe('青安办〔2023〕7号')
  expect(phases.map(({ name, endsOn }) => [name, endsOn])).toEqual([
    ['动员部署', '2023-05-31'],
    ['自查自改', '2023-09-15'],
    ['总结提高', '2023-12-31'],
  ])
  expect(duties.map(({ action, frequency, record }) => [action, frequency?.times, record])).toEqual([
    ['排查', 2, '监督检查'],
    ['楼道守望', 1, '监督检查'],
  ])
  expect(tasks.map(({ task }) => task)).toEqual(['动员部署', '调研检查', '听取汇报', '楼道清理'])
  expect(tasks.at(-1)?.responsibleUnitIds).toEqual([street.community.id])
  expect((await schedules())[0]?.rule.due).toMatchObject({ kind: 'day-of-month', day: 25 })
  expect(corrections).toMatchObject([{ reason: '街道重新印发', personName: '叶安', name: '通知.txt' }])
  expect(corrections[0]?.changes.filter((change) => !change.applied)).toEqual([
    { part: '基本情况', kind: 'changed', title: '文号', applied: false },
  ])
  // The duty that ended stays on record, and the trail has both plans.
  const ended = await test.db.asOwner(
    `select ended_on from campaign_duty where campaign_id = $1 and ended_on is not null`,
    [street.params.campaignId],
  )
  expect(ended).toHaveLength(1)
  const entries = await test.db.asOwner(
    `select 1 from audit_entry where action = 'campaign.apply-notice' and object_id = $1`,
    [street.params.campaignId],
  )
  expect(entries).toHaveLength(1)
  // It is the campaign's notice now, for all whom it binds; a later one is compared with it.
  const shown = await ask(test, street.clerk, contracts.showCampaignNotice, { params: street.params })
  expect(shown.body.fileId).toBe(corrected)
  expect((await compare(await noticeOf(street.officer, second))).body.changes).toEqual([])
  expect((await apply(corrected, [])).error?.code).toBe('campaign.notice-same')
})

it('is compared and taken over as an officer put its reading right, and the trail has what was written', async () => {
  const corrected = await noticeOf(street.officer, second)
  // The reader took the 15th of September for the end of the phase, and did not see the last duty.
  const plan = {
    ...second,
    phases: second.phases.map((phase) => (phase.name === '自查自改' ? { ...phase, endsOn: '2023-09-18' } : phase)),
    duties: [...second.duties, duty('上门检查')],
  } as BodyOf<typeof contracts.createCampaign>['plan']
  const { params, officer } = street
  const found = await ask(test, officer, contracts.compareNotice, { params, body: { noticeFileId: corrected, plan } })
  expect(found.error).toBeUndefined()
  const taken = found.body.changes.filter(({ title }) => ['自查自改', '各社区：上门检查'].includes(title))
  expect(taken.map(({ kind, fields }) => [kind, fields.find(({ name }) => name === 'endsOn')?.after])).toEqual([
    ['changed', '2023-09-18'],
    ['added', undefined],
  ])
  const accepted = taken.map(({ key }) => key)
  const body = { version: found.body.version, noticeFileId: corrected, plan, accepted, reason: '街道重新印发' }
  const applied = await ask(test, officer, contracts.applyNotice, { params, body })
  expect(applied.error).toBeUndefined()
  expect(applied.body.phases.find(({ name }) => name === '自查自改')?.endsOn).toBe('2023-09-18')
  expect(applied.body.duties.map(({ action }) => action)).toEqual(['排查', '召开例会', '上门检查'])
  const [entry] = await test.db.asOwner(
    `select 1 from audit_entry where action = 'campaign.apply-notice' and object_id = $1 and after ? 'readingPutRight'`,
    [params.campaignId],
  )
  expect(entry).toBeDefined()
})

it('binds what the notice added to a table, and leaves the cells as they were designed', async () => {
  const tableId = (await page()).tables[0]?.id ?? ''
  const show = async () =>
    (await ask(test, street.officer, contracts.showTable, { params: { tableId }, query: {} })).body
  const { design, version } = await show()
  const { 'g1.m5': _, 'g1.m6': __, ...bindings } = design.bindings
  const body = { ...design, bindings, version }
  const designed = await ask(test, street.officer, contracts.redesignTable, { params: { tableId }, body })
  expect(designed.error).toBeUndefined()
  const row = { ordinal: 4, cell: '挂牌督办的重点隐患（个）', label: '挂牌督办的重点隐患', unit: '个', parts: [] }
  const added: Plan = {
    ...first,
    annexes: first.annexes.map((annex) =>
      annex.kind === 'metric-table'
        ? {
            ...annex,
            groups: annex.groups.map((group, at) =>
              at === 1 ? { ...group, metrics: [...group.metrics, row] } : group,
            ),
          }
        : annex,
    ),
  }
  const corrected = await noticeOf(street.officer, added)
  const found = await compare(corrected)
  expect(found.body.tables[0]?.cells.at(-1)).toMatchObject({ standing: 'bound', metricId: 'hazard.key.listed.all' })
  const applied = await apply(
    corrected,
    found.body.changes.map(({ key }) => key),
  )
  expect(applied.error).toBeUndefined()
  expect((await show()).design.bindings).toEqual({ ...bindings, 'g2.m4': 'hazard.key.listed.all' })
})

it('leaves alone what somebody acted by, and says what to do', async () => {
  await open(street)
  await file(street.clerk)
  const before = await page()
  const taskId = before.tasks.find(({ task }) => task === '台账管理')?.id ?? ''
  await ask(test, street.officer, contracts.updateTask, {
    params: { ...street.params, taskId },
    body: { doneOn: '2023-05-22', finishes: false, note: '已建台账', fileIds: [], withdraws: null },
  })
  const corrected = await noticeOf(street.officer, second)
  const { changes } = (await compare(corrected)).body
  const held = changes.filter(({ hold }) => hold !== null)
  expect(held.map(({ part, hold }) => [part, hold?.split('，')[0]])).toEqual([
    ['report', '“进展情况调度表”已报过1份'],
    ['task', '任务“隐患清单化管理”已有1次填报'],
  ])
  const refused = await apply(corrected, held.map(({ key }) => key).slice(0, 1))
  expect(refused.error).toMatchObject({ code: 'campaign.change-held', message: held[0]?.hold })
  const others = changes.filter(({ hold }) => hold === null).map(({ key }) => key)
  const applied = await apply(corrected, others, [watch])
  expect(applied.error).toBeUndefined()
  expect(applied.body.tasks.map(({ task }) => task)).toContain('台账管理')
  expect((await schedules())[0]?.rule.due).toMatchObject({ day: 28 })
})

it('is for who manages the campaign, and for nobody who saw an older state of it', async () => {
  const corrected = await noticeOf(street.officer, second)
  expect((await compare(corrected, street.clerk)).status).toBe(403)
  expect((await apply(corrected, [], [], street.clerk)).status).toBe(403)
  const other = await buildTenant(test)
  const stranger = await buildAccount(test, other, 'safety-office')
  expect((await compare(corrected, stranger)).status).toBe(404)
  const { version } = await page()
  const body = { noticeFileId: corrected, accepted: ['phase#9'], reason: '重新印发', choices: [] }
  const sent = (v: number) =>
    ask(test, street.officer, contracts.applyNotice, { params: street.params, body: { ...body, version: v } })
  expect((await sent(version)).error?.code).toBe('campaign.change-unknown')
  expect((await sent(version - 1)).error?.code).toBe('campaign.changed-meanwhile')
})
