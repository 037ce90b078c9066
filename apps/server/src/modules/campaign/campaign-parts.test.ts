import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as contracts from '@bihuan/contracts'
import type { CampaignPage } from '@bihuan/contracts'
import { buildHazardWorld, type HazardWorld } from '../../../test/build-hazard-world.js'
import { ask, startTestApp, type TestAccount, type TestApp } from '../../../test/builders.js'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp({ now: '2023-06-16T09:00:00+08:00' })
})
afterAll(() => app.stop())

let world: HazardWorld
let page: CampaignPage
beforeEach(async () => {
  world = await buildHazardWorld(app)
  page = (await ask(app, world.safetyOffice, contracts.showCampaign, { params: { campaignId: world.campaignId } })).body
})

const params = () => ({ campaignId: page.id })
const leader = { role: '组长', name: '秦某', post: '区长' }

/** The last entry of the trail about the campaign. */
async function lastEntry() {
  const [entry] = await app.db.asOwner<{ action: string; before: unknown; after: unknown }>(
    `select action, before, after from audit_entry where object_id = $1 order by at desc, id desc limit 1`,
    [page.id],
  )
  return entry
}

const leadership = (who: TestAccount, version = page.version) =>
  ask(app, who, contracts.reviseLeadership, { params: params(), body: { version, leadership: [leader] } })

test('who leads is put right after the campaign is made, and the trail keeps both', async () => {
  const revised = await leadership(world.safetyOffice)
  expect(revised.error).toBeUndefined()
  expect(revised.body.plan.leadership).toEqual([leader])
  expect(revised.body.plan.title).toBe(page.plan.title)
  expect(revised.body.version).toBe(page.version + 1)
  expect(await lastEntry()).toMatchObject({
    action: 'campaign.revise-leadership',
    before: { leadership: [{ post: '区人民政府副区长' }] },
    after: { leadership: [leader] },
  })
  const nobody = await ask(app, world.safetyOffice, contracts.reviseLeadership, {
    params: params(),
    body: { version: revised.body.version, leadership: [{ role: '组长', name: null, post: null }] },
  })
  expect(nobody.error).toMatchObject({ code: 'campaign.leader-missing', places: [{ path: 'leadership.0.name' }] })
})

test('the town that a campaign binds changes nothing of it, and of two officers the second is told', async () => {
  expect((await leadership(world.otherTownOfficer)).status).toBe(403)
  expect((await leadership(world.safetyOffice)).status).toBe(200)
  expect((await leadership(world.safetyOffice)).error?.code).toBe('campaign.changed-meanwhile')
})

test('targets are renamed, added and taken away, and one that bears an enterprise name leads to the enterprise', async () => {
  const [works] = page.targets
  const revised = await ask(app, world.safetyOffice, contracts.reviseTargets, {
    params: params(),
    body: {
      version: page.version,
      targets: [
        { id: null, name: '青榆家具厂', type: '工贸' },
        { id: works?.id ?? '', name: '青榆金属制品一厂', type: null },
      ],
    },
  })
  expect(revised.body.targets).toMatchObject([
    { name: '青榆家具厂', type: '工贸', enterpriseId: world.firm.id },
    { id: works?.id, name: '青榆金属制品一厂', enterpriseId: null },
  ])
  expect(await lastEntry()).toMatchObject({
    action: 'campaign.revise-targets',
    before: { targets: [{ name: '青榆金属制品厂' }] },
    after: { targets: [{ name: '青榆家具厂' }, { name: '青榆金属制品一厂' }] },
  })
  const fewer = await ask(app, world.safetyOffice, contracts.reviseTargets, {
    params: params(),
    body: { version: revised.body.version, targets: [{ id: works?.id ?? '', name: '青榆金属制品一厂', type: null }] },
  })
  expect(fewer.body.targets).toHaveLength(1)
  const twice = await ask(app, world.safetyOffice, contracts.reviseTargets, {
    params: params(),
    body: {
      version: fewer.body.version,
      targets: [
        { id: null, name: '同名的', type: null },
        { id: null, name: '同名的', type: null },
      ],
    },
  })
  expect(twice.error?.code).toBe('campaign.target-twice')
})

test('a ledger gets other columns and a second one comes beside it; none is left out, and no column stands twice', async () => {
  const [first, second] = page.ledgers
  const stand = page.ledgers.map(({ id, title, columns }) => ({ id, title, columns }))
  const revise = (ledgers: { id: string | null; title: string; columns: string[] }[], version = page.version) =>
    ask(app, world.safetyOffice, contracts.reviseLedgers, { params: params(), body: { version, ledgers } })
  const revised = await revise([
    { id: second?.id ?? '', title: '重点隐患', columns: ['序号', '企业（项目）', '整改期限'] },
    { id: first?.id ?? '', title: first?.title ?? '', columns: first?.columns ?? [] },
    { id: null, title: '燃气专项清单', columns: ['序号', '隐患描述'] },
  ])
  expect(revised.error).toBeUndefined()
  expect(revised.body.ledgers.map(({ title, columns }) => [title, columns.length])).toEqual([
    ['重点隐患', 3],
    [first?.title, 13],
    ['燃气专项清单', 2],
  ])
  expect(await lastEntry()).toMatchObject({ action: 'campaign.revise-ledgers', after: { ledgers: [{}, {}, {}] } })
  const { version } = revised.body
  expect((await revise(stand, version)).error?.code).toBe('campaign.ledger-left-out')
  const all = revised.body.ledgers.map(({ id, title }) => ({ id, title, columns: ['序号', '序号'] }))
  expect((await revise(all, version)).error?.code).toBe('campaign.column-twice')
})
