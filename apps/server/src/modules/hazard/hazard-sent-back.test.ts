/** Whoever has to rectify is told when the work comes back to them, one hazard at a time or many at once. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import type { HazardCommand } from '@bihuan/domain'
import {
  act,
  buildHazardWorld,
  foundInFirm,
  planned,
  register,
  type HazardWorld,
  type Page,
} from '../../../test/build-hazard-world.js'
import { actorFor, ask, runJobs, startTestApp, type TestApp } from '../../../test/builders.js'
import { actOnMany } from './hazard-batch.service.js'

let test: TestApp
let world: HazardWorld
beforeAll(async () => {
  test = await startTestApp({ now: '2023-06-20T09:00:00+08:00' })
  world = await buildHazardWorld(test)
})
afterAll(() => test.stop())

async function reportedRectified(description: string): Promise<Page> {
  const found = await register(test, world.communityOfficer, foundInFirm(world, { description }))
  const plan = await act(test, world.manager, found, planned)
  return act(test, world.manager, plan, {
    kind: 'report-rectified',
    rectifiedOn: '2023-06-19',
    rectifiedBy: null,
    text: '已加装',
    evidenceFileIds: [],
  })
}

async function toldOf(): Promise<string[]> {
  await runJobs(test)
  const { body } = await ask(test, world.manager, contracts.listNotices, { query: {} })
  return body.items.filter(({ kind }) => kind === 'hazard-sent-back').map(({ text }) => text)
}

it('of each hazard that is sent back, and of none that only goes on', async () => {
  const sendBack = { kind: 'send-back', reason: '整改不到位', deadline: null } as const satisfies HazardCommand
  const [one, two, three, passed] = (await Promise.all(['甲处', '乙处', '丙处', '丁处'].map(reportedRectified))) as [
    Page,
    Page,
    Page,
    Page,
  ]
  expect(await toldOf()).toEqual([])

  await act(test, world.inspector, one, sendBack)
  expect(await toldOf()).toEqual([expect.stringContaining(one.hazard.code)])

  const inspector = await actorFor(test, world.inspector)
  const goesOn = {
    kind: 'reinspect-passed',
    on: '2023-06-20',
    text: '已消除',
    evidenceFileIds: [],
  } as const satisfies HazardCommand
  const works = [
    ...[two, three].map(({ hazard }) => ({ on: { id: hazard.id, version: hazard.version }, commands: [sendBack] })),
    { on: { id: passed.hazard.id, version: passed.hazard.version }, commands: [goesOn] },
  ]
  const answers = await test.database.withScope(inspector.reach, (handle) =>
    actOnMany(handle, inspector, works, test.clock),
  )
  expect(answers.map(({ ok }) => ok)).toEqual([true, true, true])
  const told = await toldOf()
  expect(told).toHaveLength(3)
  for (const { hazard } of [one, two, three])
    expect(told.join('\n')).toContain(`隐患 ${hazard.code}（青榆家具厂）被退回`)
})
