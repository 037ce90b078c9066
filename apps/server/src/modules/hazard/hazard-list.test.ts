import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  changeHazardView,
  listHazards,
  listHazardViews,
  openWithHazardView,
  orderHazardViews,
  removeHazardView,
  saveHazardView,
  sumHazards,
  type HazardRow,
  type QueryOf,
} from '@bihuan/contracts'
import {
  act,
  buildHazardWorld,
  foundByFirm,
  foundInFirm,
  register,
  type HazardWorld,
} from '../../../test/build-hazard-world.js'
import {
  ask,
  buildAccount,
  buildUnit,
  inTenant,
  startTestApp,
  type TestAccount,
  type TestApp,
} from '../../../test/builders.js'
import { moveUnit } from '../organization/index.js'

let app: TestApp
let world: HazardWorld
beforeAll(async () => {
  app = await startTestApp()
  world = await buildHazardWorld(app)
})
afterAll(() => app.stop())

type Query = QueryOf<typeof listHazards>
const list = async (who: TestAccount, query: Query = {}) => (await ask(app, who, listHazards, { query })).body

/** Reads to the end, page by page, and says how often each row came. */
async function readAll(who: TestAccount, query: Query): Promise<HazardRow[]> {
  const rows: HazardRow[] = []
  let after: string | undefined
  do {
    const page: Awaited<ReturnType<typeof list>> = await list(who, {
      ...query,
      total: 'no',
      ...(after === undefined ? {} : { after }),
    })
    rows.push(...page.items)
    after = page.next ?? undefined
  } while (after !== undefined)
  return rows
}

/** Copies of one hazard, straight into the table: what lists read, many times over, with ties in every sort key. */
async function copyHazard(of: HazardWorld, id: string, times: number): Promise<void> {
  await app.db.asOwner(
    `insert into hazard (tenant_id, id, territory_path, line_path, parties, campaign_id, code, subject_id, subject_name, territory_unit_id,
       responsible_unit_id, authority_unit_id, sector, source, grade, state, found_on, deadline, closed_on, listed, description, detail,
       version, created_at, changed_at)
     select tenant_id, gen_random_uuid(), territory_path, line_path, parties, campaign_id, code || '-' || n, subject_id, subject_name,
       territory_unit_id, responsible_unit_id, authority_unit_id, sector, source, (array['major', 'key', 'general'])[1 + n % 3],
       (array['registered', 'rectifying', 'awaiting-reinspection', 'closed', 'draft'])[1 + n % 5],
       case when n % 11 = 0 then null else date '2023-05-01' + n % 40 end,
       case when n % 7 = 0 then null else date '2023-06-01' + n % 30 end, null, false, description, detail, version, created_at, changed_at
     from hazard, generate_series(1, $3) n where tenant_id = $1 and id = $2`,
    [of.tenant.id, id, times],
  )
}

describe('the ledger, page by page', () => {
  const allStates = 'draft,registered,rectifying,awaiting-reinspection,closed'
  let big: HazardWorld
  beforeAll(async () => {
    big = await buildHazardWorld(app)
    await copyHazard(big, (await register(app, big.communityOfficer, foundInFirm(big))).hazard.id, 3000)
  })

  test.each([
    ['deadline', 'district', allStates],
    ['found', 'district', allStates],
    ['deadline', 'department', allStates],
    ['found', 'department', 'registered,closed'],
    ['found', 'party', allStates],
  ] as const)(
    'by %s, read by the %s, comes whole: nothing twice, nothing lost, in order',
    async (sort, reader, state) => {
      const who = reader === 'department' ? big.inspector : reader === 'party' ? big.manager : big.safetyOffice
      const rows = await readAll(who, {
        sort,
        state,
        limit: 200,
        ...(reader === 'party' ? { axis: 'party' as const } : {}),
      })
      const [expected] = await app.db.asOwner<{ count: number }>(
        'select count(*)::int as count from hazard where tenant_id = $1 and state = any($2)',
        [big.tenant.id, state.split(',')],
      )
      expect(rows).toHaveLength(expected?.count ?? 0)
      expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
      const keys = rows.map((row) => (sort === 'deadline' ? (row.deadline ?? '9999') : (row.foundOn ?? '0000')))
      expect(keys).toEqual(
        [...keys].sort((a, b) => (sort === 'deadline' ? (a < b ? -1 : a > b ? 1 : 0) : a > b ? -1 : a < b ? 1 : 0)),
      )
    },
  )

  test('totals stop at 10,000 and say so; the foot counts the same question', async () => {
    expect((await list(big.safetyOffice, { limit: 1 })).total).toEqual({ count: 2401, capped: false })
    const sums = await ask(app, big.safetyOffice, sumHazards, { query: {} })
    expect(sums.body).toMatchObject({ open: { count: 1801 }, closed: { count: 600 } })
    const many = await buildHazardWorld(app)
    await copyHazard(many, (await register(app, many.communityOfficer, foundInFirm(many))).hazard.id, 13_000)
    expect((await list(many.safetyOffice, { limit: 1 })).total).toEqual({ count: 10_000, capped: true })
  })

  test('a cursor that nobody gave is refused, not looked up', async () => {
    for (const after of [
      'x',
      '2023-02-30_00000000-0000-7000-8000-000000000001',
      `2023-06-01_${'-'.repeat(36)}`,
      '0000-00-00_00000000-0000-7000-8000-000000000001',
    ]) {
      expect((await ask(app, big.safetyOffice, listHazards, { query: { after } })).error?.code).toBe('request.invalid')
    }
    expect((await ask(app, big.safetyOffice, listHazards, { query: { foundFrom: '2023-02-30' } })).status).toBe(400)
  })
})

describe('what the ledger is asked for', () => {
  test('each filter finds what it says and nothing else', async () => {
    const major = await register(
      app,
      world.communityOfficer,
      foundInFirm(world, { foundOn: '2023-05-20', deadline: '2023-06-10' }),
    )
    const general = await register(
      app,
      world.manager,
      foundByFirm(world, { deadline: null, description: '100%_的\\护栏' }),
    )
    const place = await register(
      app,
      world.otherTownOfficer,
      foundInFirm(world, {
        subject: { kind: 'place', id: null, name: '温泉广场' },
        territoryUnitId: world.otherTown.id,
        responsibleUnitId: world.otherTown.id,
        authorityUnitId: world.otherTown.id,
        sector: '文旅',
        finder: { personId: null, name: '温泉庚', unitId: world.otherTown.id, side: 'government' },
        grade: 'key',
      }),
    )
    const closedDraft = await register(app, world.communityOfficer, foundInFirm(world), true)
    const all = [major, general, place].map(({ hazard }) => hazard.id)
    const finds = async (query: Query) =>
      (await readAll(world.safetyOffice, query))
        .map(({ id }) => id)
        .filter((id) => [...all, closedDraft.hazard.id].includes(id))
    const ids = (...pages: { hazard: { id: string } }[]) => pages.map(({ hazard }) => hazard.id).sort()
    const expectFound = async (query: Query, ...pages: { hazard: { id: string } }[]) =>
      expect((await finds(query)).sort()).toEqual(ids(...pages))

    await expectFound({}, major, general, place)
    await expectFound({ state: 'draft' }, closedDraft)
    await expectFound({ grade: 'major,key' }, major, place)
    await expectFound({ source: 'self-check' }, general)
    await expectFound({ sector: '文旅' }, place)
    await expectFound({ subject: world.firm.id }, major, general)
    await expectFound({ overdue: 'yes' }, major)
    await expectFound({ overdue: 'yes', state: 'closed' })
    await expectFound({ foundTo: '2023-05-31' }, major)
    await expectFound({ deadlineFrom: '2023-06-11', deadlineTo: '2023-12-31' }, place)
    await expectFound({ unit: world.street.id }, major, general)
    await expectFound({ unit: world.department.id }, major, general)
    await expectFound({ campaign: world.campaignId, grade: 'key' }, place)
    await expectFound({ q: '泄爆' }, major, place)
    await expectFound({ q: '温泉广场' }, place)
    await expectFound({ q: general.hazard.code }, general)
    await expectFound({ q: '%_的\\' }, general)
    await expectFound({ q: '___' })
    await expectFound({ listed: 'yes' })
  })

  test('each sees what is theirs: by territory, by line, or as a party', async () => {
    const page = await register(app, world.communityOfficer, foundInFirm(world))
    const sees = async (who: TestAccount, query: Query = {}) =>
      (await readAll(who, query)).some(({ id }) => id === page.hazard.id)
    expect(await sees(world.communityOfficer)).toBe(true)
    expect(await sees(world.streetOfficer)).toBe(true)
    expect(await sees(world.inspector)).toBe(true)
    expect(await sees(world.manager)).toBe(true)
    expect(await sees(world.otherTownOfficer)).toBe(false)
    expect(await sees(world.otherInspector)).toBe(false)
    expect(await sees(world.otherInspector, { axis: 'party' })).toBe(false)
    await act(app, world.chief, page, {
      kind: 'transfer',
      of: 'supervision',
      toUnitId: world.otherDepartment.id,
      reason: '移交',
    })
    expect(await sees(world.otherInspector)).toBe(false)
    expect(await sees(world.otherInspector, { axis: 'party' })).toBe(true)
    // A department narrows to a town though it reads by its line.
    expect(await sees(world.inspector, { unit: world.street.id })).toBe(true)
    expect(await sees(world.inspector, { unit: world.otherTown.id })).toBe(false)
    const elsewhere = await buildHazardWorld(app)
    expect((await ask(app, world.inspector, listHazards, { query: { unit: elsewhere.street.id } })).status).toBe(404)
  })

  test('after a community has moved to another street, its officers and its new street still see what was found before', async () => {
    const moving = await buildHazardWorld(app)
    const page = await register(
      app,
      moving.communityOfficer,
      foundInFirm(moving, { subject: { kind: 'place', id: null, name: '菜场' } }),
    )
    const newStreet = await buildUnit(app, moving.tenant, { kind: 'street' })
    const moved = await inTenant(app, moving.tenant.id, (handle) =>
      moveUnit(
        handle,
        { tenantId: moving.tenant.id, via: 'maintenance', personName: '测试', address: 'local' },
        {
          unitId: moving.community.id,
          axis: 'territory',
          parentId: newStreet.id,
          validFrom: '2023-06-15',
          corrects: null,
        },
        app.clock,
      ),
    )
    expect(moved.ok).toBe(true)
    const officer = await buildAccount(app, newStreet, 'territory-officer')
    const sees = async (who: TestAccount) => (await readAll(who, {})).some(({ id }) => id === page.hazard.id)
    expect(await sees(officer)).toBe(true)
    expect(await sees(moving.communityOfficer)).toBe(true)
  })
})

describe('saved views', () => {
  test('a person keeps, counts, renames, orders and removes views; nobody else sees them', async () => {
    const mine = await buildAccount(app, world.department, 'department-officer')
    const save = (name: string, question: Record<string, string> = { grade: 'major' }) =>
      ask(app, mine, saveHazardView, { body: { name, address: 'grade=major', question } })
    expect((await save('我的重大')).body.items.filter(({ own }) => own).map(({ name }) => name)).toEqual(['我的重大'])
    await save('第二个', { overdue: 'yes' })
    expect((await save('我的重大')).status).toBe(409)
    expect((await save('怪的', { owner: 'x' })).error?.code).toBe('hazard.view-question')
    const listed = await ask(app, mine, listHazardViews, { query: {} })
    const [first, second] = listed.body.items.filter(({ own }) => own)
    expect(first?.count?.count).toBe((await list(mine, { grade: 'major' })).total?.count)
    const key = first?.key ?? ''
    await ask(app, mine, orderHazardViews, { body: { viewIds: [second?.key ?? '', key] } })
    const renamed = await ask(app, mine, changeHazardView, { params: { viewId: key }, body: { name: '重大的' } })
    expect(renamed.body.items.filter(({ own }) => own).map(({ name }) => name)).toEqual(['第二个', '重大的'])
    expect(
      (await ask(app, world.inspector, changeHazardView, { params: { viewId: key }, body: { name: '偷改' } })).status,
    ).toBe(404)
    expect((await ask(app, world.inspector, removeHazardView, { params: { viewId: key } })).status).toBe(404)
    const left = await ask(app, mine, removeHazardView, { params: { viewId: key } })
    expect(left.body.items.filter(({ own }) => own)).toHaveLength(1)
  })

  test('a view remembers its columns, and the ledger opens with the one that a person chose', async () => {
    const mine = await buildAccount(app, world.department, 'department-officer')
    const columns = ['what', 'deadline', 'code']
    const saved = await ask(app, mine, saveHazardView, {
      body: { name: '看时限', address: 'grade=major&sort=found', question: { grade: 'major' }, columns },
    })
    const own = saved.body.items.find((view) => view.own)
    expect(own).toMatchObject({ columns, address: 'grade=major&sort=found' })
    expect(saved.body.opensWith).toBe('open')
    const renamed = await ask(app, mine, changeHazardView, {
      params: { viewId: own?.key ?? '' },
      body: { name: '时限' },
    })
    expect(renamed.body.items.find((view) => view.own)).toMatchObject({ name: '时限', columns, address: own?.address })

    const open = (key: string) => ask(app, mine, openWithHazardView, { body: { key } })
    expect((await open(own?.key ?? '')).body.opensWith).toBe(own?.key)
    const asked = await ask(app, mine, listHazardViews, { query: { counts: 'no' } })
    expect(asked.body.opensWith).toBe(own?.key)
    expect(asked.body.items.every(({ count }) => count === null)).toBe(true)
    expect((await ask(app, world.inspector, listHazardViews, { query: {} })).body.opensWith).toBe('open')
    expect((await open('unheard-of')).status).toBe(404)

    const left = await ask(app, mine, removeHazardView, { params: { viewId: own?.key ?? '' } })
    expect(left.body.opensWith).toBe('open')
    expect((await open('all')).body.opensWith).toBe('all')
  })
})
