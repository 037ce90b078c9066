import { afterAll, beforeAll, expect, test } from 'vitest'
import { openFigure, showRecordCells, startCampaign, showCampaign } from '@bihuan/contracts'
import { act, buildHazardWorld, foundByFirm, foundInFirm, register } from '../../../test/build-hazard-world.js'
import { ask, startTestApp, type TestAccount, type TestApp } from '../../../test/builders.js'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp({ now: '2023-06-16T09:00:00+08:00' })
})
afterAll(() => app.stop())

async function runningWorld() {
  const world = await buildHazardWorld(app)
  const params = { campaignId: world.campaignId }
  const { version } = (await ask(app, world.safetyOffice, showCampaign, { params })).body
  expect((await ask(app, world.safetyOffice, startCampaign, { params, body: { version } })).error).toBeUndefined()
  return world
}

async function cellsFor(who: TestAccount, recordId: string) {
  return (await ask(app, who, showRecordCells, { params: { recordId } })).body.items
}

test('a hazard names the cells that it counts in, and each of them opens on it', async () => {
  const world = await runningWorld()
  const page = await register(app, world.communityOfficer, foundInFirm(world))
  const [table] = await cellsFor(world.safetyOffice, page.hazard.id)
  expect(table?.cells.map(({ label }) => label)).toEqual(['部门检查发现的重大事故隐患'])
  const opened = await ask(app, world.safetyOffice, openFigure, {
    params: { tableId: table?.tableId ?? '', key: table?.cells[0]?.key ?? '' },
    query: { unit: table?.unitId },
  })
  expect(opened.body.records.map(({ recordId }) => recordId)).toEqual([page.hazard.id])
})

test('what is not major, and what was entered in error, counts nowhere; of what one may not see nothing is told', async () => {
  const world = await runningWorld()
  const general = await register(app, world.manager, foundByFirm(world))
  expect(await cellsFor(world.safetyOffice, general.hazard.id)).toEqual([])
  const page = await register(app, world.communityOfficer, foundInFirm(world))
  const params = { recordId: page.hazard.id }
  expect((await ask(app, world.otherTownOfficer, showRecordCells, { params })).status).toBe(404)
  await act(app, world.chief, page, { kind: 'cancel', reason: '重复登记' })
  expect(await cellsFor(world.safetyOffice, page.hazard.id)).toEqual([])
})
