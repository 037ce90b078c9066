import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportLedger, showHazard } from '@bihuan/contracts'
import type { HazardDetails } from '@bihuan/domain'
import { readWordTables } from '@bihuan/office'
import {
  act,
  buildHazardWorld,
  foundByFirm,
  foundInFirm,
  planned,
  register,
  type Act,
  type HazardWorld,
  type Page,
} from '../../../test/build-hazard-world.js'
import { ask, startTestApp, type TestAccount, type TestApp } from '../../../test/builders.js'
import {
  broughtIn,
  dataRowsIn,
  editedIn,
  exportedLedger,
  ledgersOf,
  previewed,
  problemsOf,
  rowsIn,
} from '../../../test/ledgers.js'

let app: TestApp
let world: HazardWorld
let thirteen: { id: string; columns: string[] }
let nine: { id: string; columns: string[] }
beforeAll(async () => {
  app = await startTestApp({ now: '2023-06-20T09:00:00+08:00' })
  world = await buildHazardWorld(app)
  ;({ thirteen, nine } = await ledgersOf(app, world.safetyOffice, world.campaignId))
})
afterAll(() => app.stop())

const out = (who: TestAccount, form: { id: string }, query = {}) =>
  exportedLedger(app, who, world.campaignId, form.id, query)
const back = (who: TestAccount, bytes: Uint8Array, more = {}) =>
  previewed(app, who, bytes, { campaignId: world.campaignId, ...more })

async function taken(page: Page, acts: readonly (readonly [TestAccount, Act])[]): Promise<Page> {
  let last = page
  for (const [who, one] of acts) last = await act(app, who, last, one)
  return last
}

const done = {
  kind: 'report-rectified',
  rectifiedOn: '2023-06-18',
  rectifiedBy: null,
  text: '安装完毕',
  evidenceFileIds: [],
} satisfies Act
const good = { kind: 'reinspect-passed', on: '2023-06-19', text: '合格', evidenceFileIds: [] } satisfies Act
const progress = (on: string, text: string) =>
  ({ kind: 'report-progress', on, text, evidenceFileIds: [] }) satisfies Act

const lives = (): readonly (readonly (readonly [TestAccount, Act])[])[] => [
  [],
  [[world.manager, { kind: 'plan-rectification', rectification: { mode: 'immediate', measures: '立即清理' } }]],
  [[world.manager, planned]],
  [
    [world.manager, planned],
    [world.manager, done],
  ],
  [
    [world.manager, planned],
    [world.manager, done],
    [world.inspector, good],
  ],
  [
    [world.manager, planned],
    [world.manager, done],
    [world.inspector, good],
    [world.chief, { kind: 'sign-off' }],
  ],
  [
    [
      world.inspector,
      {
        kind: 'list-for-supervision',
        documentName: '关于挂牌督办的通知',
        documentNumber: '青安办〔2023〕9号',
        on: '2023-06-15',
        authorityUnitId: null,
      },
    ],
    [world.manager, planned],
  ],
]

describe('a ledger that goes out and comes in again', () => {
  test('is unchanged, in both forms, whatever it holds', { timeout: 120_000 }, async () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 24 })
    const awkward = fc.constantFrom(
      '=1+1',
      '无',
      '/',
      '2023.6.1',
      '第1条\n第2条',
      ' 前后空白 ',
      '“引号”&<b>',
      '１２３',
      '-',
      '0',
      '是',
      '😀',
      'bihuan:x:1',
    )
    const hazards = fc.record({
      description: fc.oneof(text, awkward).filter((each) => each.trim() !== ''),
      remark: fc.oneof(text, awkward, fc.constant('')),
      level: fc.oneof(awkward, fc.constant('县区')),
      sector: fc.constantFrom('工贸', '消防'),
      deadline: fc.constantFrom(null, '2023-07-12'),
      life: fc.nat({ max: 6 }),
      told: fc.array(
        fc.tuple(
          fc.constantFrom('2023-06-13', '2023-06-16'),
          fc.oneof(text, awkward).filter((each) => each.trim() !== ''),
        ),
        { maxLength: 2 },
      ),
    })
    for (const { life, told, ...details } of fc.sample(hazards, { numRuns: 40, seed: 20_230_616 })) {
      const page = await register(app, world.communityOfficer, foundInFirm(world, details))
      const [begin, ...rest] = lives()[life] ?? []
      if (begin === undefined) continue
      const entries = told.map(([on, each]) => [world.manager, progress(on, each)] as const)
      const isPlan = begin[1].kind === 'plan-rectification'
      await taken(page, isPlan ? [begin, ...entries, ...rest] : [begin, ...rest, ...entries])
    }
    const whole = { state: 'draft,registered,rectifying,awaiting-reinspection,awaiting-sign-off,closed' }
    for (const form of [thirteen, nine]) {
      const preview = await back(world.inspector, await out(world.inspector, form, whole))
      expect(preview.run.sheets[0]?.problems).toEqual([])
      expect(preview.rows).toHaveLength(40)
      expect(
        preview.rows
          .filter(({ verdict }) => verdict !== 'same')
          .map(({ cells, problems, changes }) => ({ cells, problems, changes })),
      ).toEqual([])
    }
  })

  test('has head, foot, date and rows as the notice has them, and is on record', async () => {
    const bytes = await out(world.streetOfficer, thirteen, { unit: world.community.id })
    const rows = await rowsIn(bytes)
    expect(rows.map(({ cells }) => cells[0])).toContain('填报单位：七桥社区')
    expect(rows.map(({ cells }) => String(cells[0])).find((line) => line.includes('填报时间'))).toContain('2023年6月')
    expect(rows.find(({ cells }) => cells[0] === '序号')?.cells.slice(0, 13)).toEqual(thirteen.columns)

    const answer = await ask(app, world.streetOfficer, exportLedger, {
      params: { campaignId: world.campaignId, ledgerId: nine.id },
      query: { format: 'docx', state: 'rectifying' },
    })
    const [table] = readWordTables(answer.bytes).tables
    expect(table?.rows[0]?.cells.map(({ text }) => text)).toEqual(nine.columns)
    expect(table?.rows[1]?.cells[2]?.text).toBe('青榆家具厂')
    expect(decodeURIComponent(String(answer.headers['content-disposition']))).toContain(
      '重点隐患清单（柳河街道）2023-06-20.docx',
    )
    const acts = await app.db.asOwner<{ detail: { format: string } }>(
      `select detail from audit_entry where action = 'hazard.export' and object_id = $1 and account_id = $2`,
      [nine.id, world.streetOfficer.id],
    )
    expect(acts.map(({ detail }) => detail.format)).toEqual(['docx'])
  })

  test('shows each unit its own rows, and a stranger none', async () => {
    expect(await dataRowsIn(await out(world.otherTownOfficer, thirteen))).toEqual([])
    expect((await dataRowsIn(await out(world.manager, thirteen))).length).toBeGreaterThan(0)
    const foreign = await ask(app, world.otherTownOfficer, exportLedger, {
      params: { campaignId: '0190a000-0000-7000-8000-000000000001', ledgerId: thirteen.id },
      query: {},
    })
    expect(foreign).toMatchObject({ status: 404 })
  })

  test('is an empty form to fill in by hand, when that is asked for', async () => {
    const bytes = await out(world.streetOfficer, nine, { blank: 'yes' })
    expect(await dataRowsIn(bytes)).toEqual([])
    const preview = await back(world.streetOfficer, bytes)
    expect(preview.run.counts).toMatchObject({ new: 0, refused: 0 })
  })
})

describe('a ledger that was changed in Excel', () => {
  let mine: HazardWorld
  let form: { id: string; columns: string[] }
  beforeAll(async () => {
    mine = await buildHazardWorld(app)
    form = (await ledgersOf(app, mine.safetyOffice, mine.campaignId)).thirteen
  })
  const column = (title: string) => form.columns.indexOf(title) + 1
  const exported = (who: TestAccount) => exportedLedger(app, who, mine.campaignId, form.id)
  const options = () => ({ campaignId: mine.campaignId })
  const fresh = (overrides: Partial<HazardDetails> = {}) =>
    register(app, mine.communityOfficer, foundInFirm(mine, overrides))
  const nowOf = async (page: Page) =>
    (await ask(app, mine.inspector, showHazard, { params: { hazardId: page.hazard.id } })).body

  async function rowOf(bytes: Uint8Array, page: Page): Promise<number> {
    const found = (await dataRowsIn(bytes)).find(({ identity }) => identity.id === page.hazard.id)
    if (found === undefined) throw new Error(`no row of ${page.hazard.code}`)
    return found.row
  }

  async function edited(
    who: TestAccount,
    page: Page,
    cells: Readonly<Record<string, string | number | Date>>,
  ): Promise<Buffer> {
    const bytes = await exported(who)
    const row = await rowOf(bytes, page)
    return editedIn(bytes, (sheet) => {
      for (const [title, value] of Object.entries(cells)) sheet.getCell(row, column(title)).value = value
    })
  }

  test('comes in as the acts of the lifecycle, each in the history under the name of whoever brought it in', async () => {
    const page = await act(app, mine.manager, await fresh({ description: '甲' }), planned)
    const bytes = await edited(mine.manager, page, {
      整改措施: '加装泄爆片并复核计算书',
      整改进展: '2023-06-15：已下单\n2023-06-17：安装完毕',
      整改进展时间: '2023-06-15\n2023-06-17',
      整改阶段: '已完成整改',
      实际整改完成时间: new Date('2023-06-17T00:00:00Z'),
    })
    const preview = await previewed(app, mine.manager, bytes, options())
    expect(preview.run.counts).toMatchObject({ changed: 1, new: 0, refused: 0 })
    const row = preview.rows.find(({ verdict }) => verdict === 'changed')
    expect(row?.changes.map(({ title, before, after }) => [title, before, after])).toContainEqual([
      '整改阶段',
      '整改中',
      '已完成整改，待复查',
    ])
    await broughtIn(app, mine.manager, preview)
    const now = await nowOf(page)
    expect(now.events.map(({ type, personName }) => [type, personName]).slice(2)).toEqual([
      ['plan-rectification', '安全员辛'],
      ['report-progress', '安全员辛'],
      ['report-rectified', '安全员辛'],
    ])
    expect(now.hazard).toMatchObject({
      status: 'awaiting-reinspection',
      rectifiedOn: '2023-06-17',
      rectification: { mode: 'planned', measures: '加装泄爆片并复核计算书', funds: 3.5 },
    })
    // The same file once more: all of it has been done.
    expect((await previewed(app, mine.manager, bytes, options())).run.counts).toMatchObject({
      changed: 0,
      new: 0,
      doubtful: 0,
      refused: 0,
    })
  })

  test('signs off only what was re-inspected, and only by who may', async () => {
    const waiting = await taken(await fresh({ description: '乙' }), [
      [mine.manager, planned],
      [mine.manager, done],
    ])
    const early = await previewed(app, mine.chief, await edited(mine.chief, waiting, { 整改阶段: '已销号' }), options())
    expect(problemsOf(early.rows.find(({ verdict }) => verdict === 'refused'))).toEqual([
      '整改阶段 hazard.ledger-not-reinspected',
    ])

    const passed = await act(app, mine.inspector, waiting, good)
    const byFirm = await previewed(
      app,
      mine.principal,
      await edited(mine.principal, passed, { 整改阶段: '已销号' }),
      options(),
    )
    expect(problemsOf(byFirm.rows.find(({ verdict }) => verdict === 'refused'))).toEqual([
      '整改阶段 hazard.inside-enterprise',
    ])

    const byChief = await previewed(
      app,
      mine.chief,
      await edited(mine.chief, passed, { 整改阶段: '已销号' }),
      options(),
    )
    await broughtIn(app, mine.chief, byChief)
    expect((await nowOf(passed)).hazard).toMatchObject({
      status: 'closed',
      signedOffOn: '2023-06-20',
      signedOffBy: { name: '科长戊' },
    })
  })

  test('keeps who is who when rows are shuffled, inserted and copied', async () => {
    const [one, two] = [await fresh({ description: '丙一' }), await fresh({ description: '丙二' })]
    const bytes = await exported(mine.communityOfficer)
    const [first, second] = [await rowOf(bytes, one), await rowOf(bytes, two)]
    const shuffled = await editedIn(bytes, (sheet) => {
      const [a, b] = [sheet.getRow(first).values, sheet.getRow(second).values]
      sheet.getRow(first).values = b
      sheet.getRow(second).values = a
      sheet.getCell(first, column('备注')).value = '二号'
      const last = sheet.rowCount + 1
      sheet.getRow(last).values = sheet.getRow(first).values
      sheet.getCell(last, column('重大隐患')).value = '丙三，复制后改的'
      sheet.insertRow(second, ['', '消防', '丙四，插入的', '', '', '2023-06-18'])
    })
    const preview = await previewed(app, mine.communityOfficer, shuffled, {
      ...options(),
      source: 'inspection',
      grade: 'major',
      subjectName: '七桥市场',
      unknownSubject: 'place',
    })
    const byText = new Map(preview.rows.map((row) => [row.cells['description'], row]))
    expect(byText.get('丙二')).toMatchObject({
      verdict: 'changed',
      objectId: two.hazard.id,
      changes: [{ title: '备注', after: '二号' }],
    })
    expect(byText.get('丙一')).toMatchObject({ verdict: 'same' })
    expect(byText.get('丙四，插入的')).toMatchObject({ verdict: 'new' })
    expect(byText.get('丙三，复制后改的')).toMatchObject({
      verdict: 'doubtful',
      problems: [{ code: 'hazard.ledger-twice' }],
    })
  })

  test('says what has happened since the export, and leaves it to a person', async () => {
    const page = await fresh({ description: '丁' })
    const bytes = await edited(mine.communityOfficer, page, { 备注: '表里写的' })
    const since = await act(app, mine.communityOfficer, page, {
      kind: 'correct',
      changes: { remark: '网页上写的' },
      reason: '补充',
    })
    const preview = await previewed(app, mine.communityOfficer, bytes, options())
    const row = preview.rows.find(({ verdict }) => verdict === 'doubtful')
    expect(row?.problems[0]?.message).toContain('网格员乙：更正：备注')
    expect(row?.candidates[0]).toMatchObject({ id: page.hazard.id, why: '备注：网页上写的→表里写的' })
    expect((await nowOf(since)).hazard.remark).toBe('网页上写的')
  })

  test('of another unit’s hazard is not found, at its row, and the attempt is on record', async () => {
    const theirs = await register(app, mine.manager, foundByFirm(mine, { description: '戊' }))
    const bytes = await exported(mine.manager)
    const preview = await previewed(app, mine.otherTownOfficer, bytes, options())
    expect(preview.rows.length).toBeGreaterThan(0)
    expect(new Set(preview.rows.flatMap(problemsOf))).toEqual(new Set(['request.not-found']))
    const refused = await app.db.asOwner<{ object_id: string }>(
      `select object_id from audit_entry where action = 'access.refused' and account_id = $1`,
      [mine.otherTownOfficer.id],
    )
    expect(refused.map(({ object_id: id }) => id)).toContain(theirs.hazard.id)
  })

  test('with a made-up identity is found out', async () => {
    const page = await fresh({ description: '己' })
    const bytes = await exported(mine.communityOfficer)
    const row = await rowOf(bytes, page)
    const forged = (identity: string) =>
      editedIn(bytes, (sheet) => (sheet.getCell(row, form.columns.length + 1).value = identity))
    const verdictWith = async (identity: string) => {
      const { rows } = await previewed(app, mine.communityOfficer, await forged(identity), options())
      return problemsOf(rows.find((one) => one.row === row))
    }
    expect(await verdictWith(`bihuan:${page.hazard.id}:99`)).toEqual(['hazard.ledger-identity'])
    expect(await verdictWith('bihuan:no-such-thing:1')).toEqual(['request.not-found'])
  })
})
