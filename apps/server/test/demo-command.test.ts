/** `bihuan demo`: example data into an empty database, once, on record, and sound by `verify`. */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoPassword } from '../src/demo/load.js'
import { createModules } from '../src/modules.js'
import { createLog } from '../src/platform/log.js'
import { startPlatform } from '../src/platform/platform.js'
import { readSettings } from '../src/platform/settings.js'
import { runCli } from './run-command.js'
import { cloneDatabase, type TestDatabase } from './test-database.js'

let db: TestDatabase
let folder: string
let first: { code: number; out: string; err: string }
beforeAll(async () => {
  db = await cloneDatabase()
  folder = await mkdtemp(join(tmpdir(), 'bihuan-demo-'))
  first = await runCli(['demo', '--hazards', '12'], settings())
}, 300_000)
afterAll(async () => {
  await db.drop()
  await rm(folder, { recursive: true, force: true })
})

const settings = () => ({ DATABASE_URL: db.ownerUrl, BIHUAN_DATA: folder })
const count = async (of: string) =>
  (await db.asOwner<{ count: number }>(`select count(*)::int as count from ${of}`))[0]?.count

describe('bihuan demo', () => {
  it('fills an empty database and tells the log-ins, which open', async () => {
    expect([first.code, first.err]).toEqual([0, ''])
    expect(first.out).toContain(`各类用户的登录（密码都是 ${demoPassword}）：`)
    const logIns = [...first.out.matchAll(/^ {2}([a-z]+\d*) +\S+/gm)].map(([, name]) => name ?? '')
    expect(logIns).toEqual(expect.arrayContaining(['sysadmin', 'anban', 'laozong']))
    const platform = await startPlatform(readSettings(settings()), { log: createLog('silent') })
    try {
      const { sessions } = createModules(platform)
      for (const name of logIns) expect(await sessions.actAs('qingyu', name, 'test')).not.toBeNull()
    } finally {
      await platform.stop()
    }
    expect(await count('hazard')).toBe(12)
    expect(await count('audit_pending')).toBe(0)
    // Four reports in words of the day that is past, one of the day to come; one circular went out and the next is a draft.
    expect(
      await count(`return_event e join report_return r on r.id = e.return_id
      where e.kind = 'submit' and r.narrative_version is not null`),
    ).toBe(5)
    expect(await count("circular where state = 'issued'")).toBe(1)
    expect(await count("circular where state = 'draft'")).toBe(1)
    expect(await count('campaign where notice_file_id is null')).toBe(0)
  })

  it('is on record as local administration, in the trail that it made', async () => {
    const entries = await db.asOwner(
      "select via, account_id, person_name, address, after from audit_entry where action = 'demo.loaded'",
    )
    expect(entries).toEqual([
      {
        via: 'maintenance',
        account_id: null,
        person_name: expect.stringMatching(/^本机管理（.+）$/) as string,
        address: hostname(),
        after: { hazards: 12 },
      },
    ])
  })

  it('leaves what verify finds sound', async () => {
    expect(await runCli(['verify'], settings())).toMatchObject({
      code: 0,
      out: expect.stringContaining('全部相符') as string,
    })
  })

  it('does not touch a database with data', async () => {
    const before = await count('audit_entry')
    expect(await runCli(['demo'], settings())).toEqual({
      code: 2,
      out: '',
      err: '数据库里已有数据，示例数据只装进空的数据库。请用 BIHUAN_DATA 指明一个新的数据文件夹。\n',
    })
    expect(await count('audit_entry')).toBe(before)
  })

  it('refuses production, before it makes anything', async () => {
    const nowhere = join(folder, 'production')
    expect(await runCli(['demo'], { BIHUAN_DATA: nowhere, NODE_ENV: 'production' })).toEqual({
      code: 2,
      out: '',
      err: '这里是生产环境（NODE_ENV=production），不装示例数据。请换一个环境试用。\n',
    })
    expect(existsSync(nowhere)).toBe(false)
  })

  it('refuses a number of hazards that is none', async () => {
    expect((await runCli(['demo', '--hazards', '许多'], settings())).err).toBe(
      '--hazards 应是不小于 0 的整数；“许多”不是。\n',
    )
  })
})
