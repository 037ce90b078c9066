import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listNotices, registerHazard, showHazard } from '@bihuan/contracts'
import {
  act,
  buildHazardWorld,
  factsOf,
  foundByFirm,
  foundInFirm,
  planned,
  register,
  tryAct,
  type Act,
  type HazardWorld,
} from '../../../test/build-hazard-world.js'
import { ask, startTestApp, type TestAccount, type TestApp } from '../../../test/builders.js'

let app: TestApp
let world: HazardWorld
beforeAll(async () => {
  app = await startTestApp()
  world = await buildHazardWorld(app)
})
afterAll(() => app.stop())

const found = 'hazard/found/major/department'
const rectified = 'hazard/rectified/major/department'

const seenBy = (who: TestAccount, hazardId: string) => ask(app, who, showHazard, { params: { hazardId } })

describe('the life of a hazard that an inspection found', () => {
  test('three people bring it to 销号, each doing what is theirs and nothing else', async () => {
    let page = await register(app, world.communityOfficer, foundInFirm(world))
    expect(page.hazard).toMatchObject({ status: 'registered', version: 1, gradeJudgedBy: { name: '网格员乙' } })
    expect(page.turn).toMatchObject({ unitName: '青榆家具厂', what: '制定整改措施', until: '2023-07-12' })
    expect(await factsOf(app, page.hazard.id)).toEqual({ [found]: 1 })
    // What the answer says one may do is what the server then lets one do.
    expect(page.abilities).toMatchObject({ correct: true, judge: true, 'plan-rectification': true, 'sign-off': false })
    expect((await tryAct(app, world.communityOfficer, page, { kind: 'sign-off' })).error?.code).toBe(
      'hazard.wrong-state',
    )

    const missing = await tryAct(app, world.manager, page, {
      kind: 'plan-rectification',
      rectification: { ...planned.rectification, responsible: null },
    })
    expect(missing.error).toMatchObject({
      code: 'hazard.element-missing',
      places: [{ path: 'rectification.responsible' }],
    })

    page = await act(app, world.manager, page, planned)
    expect(page.hazard).toMatchObject({
      status: 'rectifying',
      deadline: '2023-07-01',
      named: { rectifying: { name: '周青' } },
    })
    app.clock.set(new Date('2023-06-20T09:00:00+08:00'))
    page = await act(app, world.manager, page, {
      kind: 'report-progress',
      on: '2023-06-18',
      text: '泄爆片已到货',
      evidenceFileIds: [],
    })
    page = await act(app, world.manager, page, {
      kind: 'report-rectified',
      rectifiedOn: '2023-06-20',
      rectifiedBy: null,
      text: '安装完毕',
      evidenceFileIds: [],
    })
    expect(page.turn).toMatchObject({ unitName: '应急局', what: '复查' })
    expect(await factsOf(app, page.hazard.id)).toEqual({ [found]: 1 })

    const own = await tryAct(app, world.principal, page, {
      kind: 'reinspect-passed',
      on: '2023-06-20',
      text: '合格',
      evidenceFileIds: [],
    })
    expect(own.error?.code).toBe('hazard.inside-enterprise')
    page = await act(app, world.inspector, page, {
      kind: 'reinspect-failed',
      on: '2023-06-20',
      text: '缺一处',
      evidenceFileIds: [],
      deadline: null,
    })
    expect(page.hazard).toMatchObject({ status: 'rectifying', rectifiedOn: null })
    page = await act(app, world.manager, page, {
      kind: 'report-rectified',
      rectifiedOn: '2023-06-20',
      rectifiedBy: null,
      text: '已补',
      evidenceFileIds: [],
    })
    page = await act(app, world.inspector, page, {
      kind: 'reinspect-passed',
      on: '2023-06-20',
      text: '合格',
      evidenceFileIds: [],
    })
    page = await act(app, world.chief, page, { kind: 'sign-off' })
    expect(page.hazard).toMatchObject({ status: 'closed', signedOffOn: '2023-06-20', signedOffBy: { name: '科长戊' } })
    expect(page.turn).toBeNull()
    expect(await factsOf(app, page.hazard.id)).toEqual({ [found]: 1, [rectified]: 1 })

    page = await act(app, world.chief, page, {
      kind: 'reopen',
      reason: 'superficial',
      text: '泄爆片是装样子的',
      deadline: '2023-06-30',
    })
    expect(page.hazard).toMatchObject({ status: 'rectifying', deadline: '2023-06-30', signedOffOn: null })
    expect(await factsOf(app, page.hazard.id)).toEqual({ [found]: 1 })

    page = await act(app, world.chief, page, { kind: 'cancel', reason: '与另一条重复' })
    expect(page.hazard.status).toBe('cancelled')
    expect(await factsOf(app, page.hazard.id)).toEqual({})
    expect(page.events.map(({ type }) => type)).toEqual([
      ...[
        'register',
        'plan-rectification',
        'report-progress',
        'report-rectified',
        'reinspect-failed',
        'report-rectified',
      ],
      ...['reinspect-passed', 'sign-off', 'reopen', 'cancel'],
    ])
    // What happened is sealed, act by act, in its order.
    await app.platform.sealer.sealNow(world.tenant.id)
    const positions = (await seenBy(world.streetOfficer, page.hazard.id)).body.events.map(
      ({ position }) => position ?? 0,
    )
    expect(positions).toEqual([...positions].sort((a, b) => a - b))
    expect(positions[0]).toBeGreaterThan(0)
  })

  test('judging it higher or lower moves its facts; only the authority may lower it', async () => {
    const page = await register(app, world.communityOfficer, foundInFirm(world))
    const lower = { kind: 'judge', grade: 'general', reason: '不在判定标准内', criteriaItem: null } as const
    expect((await tryAct(app, world.communityOfficer, page, lower)).error?.code).toBe('hazard.lowering')
    await act(app, world.inspector, page, lower)
    expect(await factsOf(app, page.hazard.id)).toEqual({ 'hazard/found/general/department': 1 })
  })

  test('a self-checked one is re-inspected inside the firm, by somebody who had no hand in it', async () => {
    let page = await register(app, world.manager, foundByFirm(world))
    page = await act(app, world.manager, page, {
      kind: 'plan-rectification',
      rectification: { mode: 'immediate', measures: '关门' },
    })
    page = await act(app, world.manager, page, {
      kind: 'report-rectified',
      rectifiedOn: '2023-06-13',
      rectifiedBy: null,
      text: '已关',
      evidenceFileIds: [],
    })
    const passed: Act = { kind: 'reinspect-passed', on: '2023-06-14', text: '合格', evidenceFileIds: [] }
    expect((await tryAct(app, world.manager, page, passed)).error?.code).toBe('hazard.same-person')
    page = await act(app, world.principal, page, passed)
    page = await act(app, world.principal, page, { kind: 'sign-off' })
    expect(await factsOf(app, page.hazard.id)).toEqual({
      'hazard/found/general/enterprise': 1,
      'hazard/rectified/general/enterprise': 1,
    })
  })

  test('who stands over a small firm may write down what it did, and counts as one who had a hand in it', async () => {
    let page = await register(app, world.manager, foundByFirm(world))
    page = await act(app, world.communityOfficer, page, {
      kind: 'plan-rectification',
      rectification: { mode: 'immediate', measures: '关门' },
    })
    page = await act(app, world.communityOfficer, page, {
      kind: 'report-rectified',
      rectifiedOn: '2023-06-13',
      rectifiedBy: null,
      text: '已关',
      evidenceFileIds: [],
    })
    const passed: Act = { kind: 'reinspect-passed', on: '2023-06-14', text: '合格', evidenceFileIds: [] }
    expect((await tryAct(app, world.communityOfficer, page, passed)).error?.code).toBe('hazard.same-person')
    expect((await tryAct(app, world.otherTownOfficer, page, passed)).status).toBe(404)
  })

  test('nobody takes another’s account to name who did the work', async () => {
    let page = await register(app, world.manager, foundByFirm(world))
    page = await act(app, world.manager, page, { kind: 'plan-rectification', rectification: { mode: 'immediate' } })
    const report = {
      kind: 'report-rectified' as const,
      rectifiedOn: '2023-06-13',
      text: '已关',
      evidenceFileIds: [] as string[],
    }
    const disguised = await tryAct(app, world.manager, page, {
      ...report,
      rectifiedBy: { personId: world.principal.id, name: '安全员辛' },
    })
    expect(disguised.error?.code).toBe('hazard.person-name')
    const unknown = await tryAct(app, world.manager, page, {
      ...report,
      rectifiedBy: { personId: world.otherTownOfficer.id, name: '温泉庚' },
    })
    expect(unknown.status).toBe(404)
  })
})

describe('handing over and asking for time', () => {
  test('a unit that stands on neither axis gets it with its whole history, and its facts stand once', async () => {
    let page = await register(
      app,
      world.inspector,
      foundInFirm(world, {
        finder: { personId: world.inspector.id, name: '检查员丁', unitId: world.department.id, side: 'department' },
      }),
    )
    expect((await seenBy(world.otherInspector, page.hazard.id)).status).toBe(404)
    page = await act(app, world.inspector, page, {
      kind: 'transfer',
      of: 'supervision',
      toUnitId: world.otherDepartment.id,
      reason: '属住建监管',
    })
    expect(page.hazard.status).toBe('transferring')
    expect(
      (await tryAct(app, world.inspector, page, { kind: 'judge', grade: 'key', reason: '改判', criteriaItem: null }))
        .error?.code,
    ).toBe('hazard.in-transfer')

    const received = await seenBy(world.otherInspector, page.hazard.id)
    expect(received.body.events.map(({ type }) => type)).toEqual(['register', 'transfer'])
    expect(received.body.facts).toHaveLength(1)
    page = await act(app, world.otherInspector, received.body, { kind: 'accept-transfer' })
    expect(page.hazard).toMatchObject({ status: 'registered', authorityUnitId: world.otherDepartment.id })
    expect(page.events).toHaveLength(3)

    app.clock.set(new Date('2023-06-20T09:00:00+08:00'))
    page = await act(app, world.manager, page, planned)
    page = await act(app, world.manager, page, {
      kind: 'report-rectified',
      rectifiedOn: '2023-06-20',
      rectifiedBy: null,
      text: '完毕',
      evidenceFileIds: [],
    })
    page = await act(app, world.otherInspector, page, {
      kind: 'reinspect-passed',
      on: '2023-06-20',
      text: '合格',
      evidenceFileIds: [],
    })
    page = await act(app, world.otherInspector, page, { kind: 'sign-off' })
    expect(await factsOf(app, page.hazard.id)).toEqual({ [found]: 1, [rectified]: 1 })
    page = await act(app, world.otherInspector, page, {
      kind: 'reopen',
      reason: 'false',
      text: '照片是旧的',
      deadline: null,
    })
    expect(await factsOf(app, page.hazard.id)).toEqual({ [found]: 1 })
    // Whoever handed it over keeps sight of it.
    expect((await seenBy(world.inspector, page.hazard.id)).status).toBe(200)
  })

  test('declined, it goes back to where it was; withdrawn, the receiver no longer sees it', async () => {
    const handOver = {
      kind: 'transfer',
      of: 'supervision',
      toUnitId: world.otherDepartment.id,
      reason: '请核',
    } as const
    let page = await register(app, world.communityOfficer, foundInFirm(world))
    page = await act(app, world.chief, page, handOver)
    page = await act(app, world.otherInspector, page, { kind: 'decline-transfer', reason: '不属我局' })
    expect(page.hazard).toMatchObject({ status: 'registered', authorityUnitId: world.department.id })
    page = await act(app, world.chief, page, handOver)
    page = await act(app, world.chief, page, { kind: 'withdraw-transfer', reason: '送错了' })
    expect((await seenBy(world.otherInspector, page.hazard.id)).status).toBe(404)
  })

  test('supervision is never given to a firm', async () => {
    const page = await register(app, world.communityOfficer, foundInFirm(world))
    const given = await tryAct(app, world.chief, page, {
      kind: 'transfer',
      of: 'supervision',
      toUnitId: world.firm.id,
      reason: '自管',
    })
    expect(given.error?.code).toBe('hazard.supervised-by-enterprise')
  })

  test('time is asked for by the one and given by the other, and the deadline is called to mind', async () => {
    let page = await register(app, world.communityOfficer, foundInFirm(world))
    page = await act(app, world.manager, page, planned)
    page = await act(app, world.manager, page, {
      kind: 'request-extension',
      deadline: '2023-08-01',
      reason: '设备未到',
    })
    expect(page.turn).toMatchObject({ what: '审批延期申请', unitName: '应急局' })
    expect((await tryAct(app, world.principal, page, { kind: 'approve-extension' })).status).toBe(403)
    page = await act(app, world.inspector, page, { kind: 'approve-extension' })
    expect(page.hazard).toMatchObject({ deadline: '2023-08-01', rectification: { deadline: '2023-08-01' } })

    app.clock.set(new Date('2023-08-01T08:00:00+08:00'))
    const reminder = app.modules.jobs.find(({ name }) => name === 'hazard.remind')
    for (const _ of ['once', 'and again'])
      await reminder?.run({ tenantId: world.tenant.id, hazardId: page.hazard.id } as never)
    const notices = (await ask(app, world.manager, listNotices, { query: {} })).body.items
    expect(notices.filter(({ link }) => link === `/hazards/${page.hazard.id}`).map(({ text }) => text)).toEqual([
      expect.stringContaining('2023-08-01'),
    ])
    // A reminder is for the units whose affair it is, not for all who look down on them.
    expect((await ask(app, world.safetyOffice, listNotices, { query: {} })).body.items).toEqual([])
  })
})

describe('two at once', () => {
  test('one wins; the other is told who was faster, what it has come to, and has changed nothing', async () => {
    const page = await register(app, world.communityOfficer, foundInFirm(world))
    const answers = await Promise.all([
      tryAct(app, world.manager, page, planned),
      tryAct(app, world.inspector, page, { kind: 'judge', grade: 'key', reason: '未定标准', criteriaItem: null }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const loser = answers.find(({ status }) => status === 409)
    const winner = answers.find(({ status }) => status === 200)
    expect(loser?.error?.code).toBe('hazard.changed-meanwhile')
    const faster = winner?.body.events.at(-1)
    expect(loser?.error?.message).toContain(faster?.personName)
    expect(loser?.error?.current).toMatchObject({ hazard: { version: 2, status: winner?.body.hazard.status } })
    expect((await seenBy(world.chief, page.hazard.id)).body.events).toHaveLength(2)
  })

  test('the same request twice is done once', async () => {
    const body = { details: foundInFirm(world), draft: false } as never
    const twice = await Promise.all(
      [1, 2].map(() => ask(app, world.communityOfficer, registerHazard, { body, idempotencyKey: 'same-press-1' })),
    )
    expect(new Set(twice.map((answer) => answer.body.hazard.id)).size).toBe(1)
  })
})

describe('drafts', () => {
  test('a draft may lack anything, is its writer’s alone, and becomes a hazard when it is whole', async () => {
    const blank = foundInFirm(world, {
      subject: null,
      territoryUnitId: null,
      finder: null,
      foundOn: null,
      grade: null,
      source: null,
      description: '',
    })
    let page = await register(app, world.communityOfficer, blank, true)
    expect(page.hazard.status).toBe('draft')
    expect(await factsOf(app, page.hazard.id)).toEqual({})
    expect((await seenBy(world.manager, page.hazard.id)).status).toBe(404)
    expect((await seenBy(world.inspector, page.hazard.id)).status).toBe(404)
    const early = await tryAct(app, world.communityOfficer, page, { kind: 'register', details: null })
    expect(early.error).toMatchObject({ code: 'hazard.field-missing', places: [{ path: 'details.subject' }] })

    page = await act(app, world.communityOfficer, page, { kind: 'save-draft', details: foundInFirm(world) as never })
    expect((await seenBy(world.manager, page.hazard.id)).status).toBe(404)
    page = await act(app, world.communityOfficer, page, { kind: 'register', details: null })
    expect(page.hazard).toMatchObject({ status: 'registered', version: 3 })
    expect((await seenBy(world.manager, page.hazard.id)).body.events).toHaveLength(3)
    expect((await seenBy(world.inspector, page.hazard.id)).status).toBe(200)
    expect(await factsOf(app, page.hazard.id)).toEqual({ [found]: 1 })
  })

  test('a draft of an enterprise is seen by nobody but the enterprise and those above it', async () => {
    const page = await register(app, world.manager, foundByFirm(world), true)
    expect((await seenBy(world.principal, page.hazard.id)).status).toBe(200)
    expect((await seenBy(world.inspector, page.hazard.id)).status).toBe(404)
    expect((await tryAct(app, world.streetOfficer, page, { kind: 'cancel', reason: '看看' })).status).toBe(422)
  })

  test('a date that cannot be is refused while the form is still open', async () => {
    const answer = await ask(app, world.communityOfficer, registerHazard, {
      body: { details: foundInFirm(world, { foundOn: '2023-02-30' }), draft: true } as never,
    })
    expect(answer.error).toMatchObject({ code: 'hazard.date-invalid', places: [{ path: 'details.foundOn' }] })
    const before = await ask(app, world.communityOfficer, registerHazard, {
      body: { details: foundInFirm(world, { deadline: '2023-06-01' }), draft: true } as never,
    })
    expect(before.error?.code).toBe('hazard.date-too-early')
  })
})
