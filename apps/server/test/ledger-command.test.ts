/** `bihuan ledger` as its users meet it. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildHazardWorld, foundInFirm, register, type HazardWorld } from './build-hazard-world.js'
import { startTestApp, type TestApp } from './builders.js'
import { dataRowsIn, editedIn, ledgersOf, rowsIn } from './ledgers.js'
import { runCli } from './run-command.js'
import { thirteenColumns } from './sample-plan.js'
import { buildWorkbook } from './workbooks.js'

let app: TestApp
let world: HazardWorld
let folder: string
let thirteen: { id: string; columns: string[] }
beforeAll(async () => {
  app = await startTestApp({ now: '2023-06-20T09:00:00+08:00' })
  world = await buildHazardWorld(app)
  thirteen = (await ledgersOf(app, world.safetyOffice, world.campaignId)).thirteen
  folder = await mkdtemp(join(tmpdir(), 'bihuan-ledger-'))
})
afterAll(async () => {
  await app.stop()
  await rm(folder, { recursive: true, force: true })
})

const run = (...argv: readonly string[]) =>
  runCli(
    [
      'ledger',
      ...argv,
      '--campaign',
      world.campaignId,
      '--tenant',
      world.tenant.code,
      '--as',
      world.inspector.loginName,
    ],
    {
      DATABASE_URL: app.db.ownerUrl,
      BIHUAN_DATA: app.platform.settings.dataFolder,
      BIHUAN_NOW: '2023-06-20T09:00:00+08:00',
    },
  )

describe('the ledger on the command line', () => {
  test('goes out, is edited, and comes in as the acts of the person named', async () => {
    await register(app, world.communityOfficer, foundInFirm(world, { description: '命令行' }))
    const out = join(folder, 'out.xlsx')
    const written = await run('export', '--ledger', thirteen.id, '--out', out)
    expect([written.code, written.err]).toEqual([0, ''])
    const bytes = await readFile(out)
    const [row] = await dataRowsIn(bytes)
    await writeFile(out, await editedIn(bytes, (sheet) => (sheet.getCell(row?.row ?? 0, 13).value = '命令行写的备注')))
    const read = await run('import', '--ledger', thirteen.id, '--file', out)
    expect([read.code, read.err]).toEqual([0, ''])
    expect(read.out).toContain('新增 0 条，变更 1 条，不变 0 条')
    expect(read.out).toContain('已导入：新增 0 条，变更 1 条。')
    const acts = await app.db.asOwner<{ via: string; action: string }>(
      `select via, action from audit_entry where account_id = $1 and action in ('hazard.export', 'hazard.import', 'hazard.correct') order by at, id`,
      [world.inspector.id],
    )
    expect(acts).toEqual([
      { via: 'cli', action: 'hazard.export' },
      { via: 'cli', action: 'hazard.import' },
      { via: 'job', action: 'hazard.correct' },
    ])
    expect((await run('import', '--file', out)).out).toContain('没有要改动的内容。')
  })

  test('says which rows stay out, writes them down, and exits 1', async () => {
    const file = join(folder, 'typed.xlsx')
    const row = (what: string, found: string) => [1, '工贸', what, '', '', found, '', '青榆家具厂', '', '', '', '', '']
    await writeFile(file, await buildWorkbook(thirteenColumns, [row('好的', '2023-06-10'), row('坏的', '2023-06-31')]))
    const bad = join(folder, 'bad.xlsx')
    const given = ['--file', file, '--source', '部门检查', '--grade', '一般', '--bad', bad]
    const tried = await run('import', ...given, '--dry-run')
    expect(tried.code).toBe(1)
    expect(tried.err).toContain('第 5 行 F 列（检查日期）')
    expect((await rowsIn(await readFile(bad))).some(({ cells }) => cells.includes('坏的'))).toBe(true)

    const done = await run('import', ...given)
    expect([done.code, done.out]).toEqual([1, expect.stringContaining('已导入：新增 1 条，变更 0 条。')])
    expect(done.err).toContain('有 1 行没有导入。')
  })

  test('refuses what cannot be meant, with exit code 2 and one sentence', async () => {
    const out = join(folder, 'no.xlsx')
    expect(await run('export', '--out', out)).toMatchObject({
      code: 2,
      err: expect.stringContaining('请用 --ledger 指明是哪一张清单') as string,
    })
    expect(await run('export', '--ledger', thirteen.id, '--unit', '没有的镇', '--out', out)).toMatchObject({
      code: 2,
      err: '没有找到单位“没有的镇”。\n',
    })
    expect(await run('import', '--file', join(folder, 'nowhere.xlsx'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('没有这个文件') as string,
    })
    expect((await run('import', '--file', out, '--source', '听说')).err).toContain('没有')
  })
})
