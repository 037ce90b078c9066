/** A backup is all that there was, and goes back whole or not at all. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BackupHeader } from '../src/platform/backup/backup-format.js'
import { keepFile } from '../src/platform/files/keep-file.js'
import { createLog } from '../src/platform/log.js'
import { startPlatform } from '../src/platform/platform.js'
import { readSettings } from '../src/platform/settings.js'
import { createModules } from '../src/modules.js'
import type { Actor } from '../src/platform/actor.js'
import {
  actorFor,
  buildAccount,
  buildTenant,
  buildUnit,
  startTestApp,
  type TestAccount,
  type TestApp,
} from './builders.js'
import { buildCampaign, buildHazard, detailsOf, reopenedLife } from './build-hazards.js'
import { runCli } from './run-command.js'
import { emptyDatabase } from './test-database.js'

const photo = Buffer.from('a photo, as far as anybody here can tell')

let test: TestApp
let folder: string
let backup: string
let made: { code: number; out: string; err: string }
let officer: TestAccount
let before: Record<string, string>

beforeAll(async () => {
  test = await startTestApp()
  folder = await mkdtemp(join(tmpdir(), 'bihuan-backup-'))
  backup = join(folder, 'first.bihuan')
  const tenant = await buildTenant(test)
  await buildUnit(test, tenant, { kind: 'village' })
  officer = await buildAccount(test, tenant, 'safety-office', { phone: '13800000001' })
  const worker = await actorFor(test, officer)
  const inspector = await actorFor(test, await buildAccount(test, tenant, 'safety-office'))
  const place = {
    campaignId: await buildCampaign(test, worker, tenant.rootUnitId),
    unitId: tenant.rootUnitId,
    finder: finderOf(worker),
  }
  // A text with all that COPY has to escape.
  await buildHazard(
    test,
    worker,
    detailsOf(place, { description: '通道\t堆放\\杂物\n“两处”' }),
    reopenedLife(worker, inspector),
  )
  await buildHazard(test, worker, detailsOf(place, { deadline: null }))
  const stored = await test.platform.files.put(photo)
  await test.database.withScope(worker.reach, (handle) =>
    keepFile(handle, worker, { stored, name: '现场.jpg', mediaType: 'image/jpeg' }, test.clock.now()),
  )
  // A second tenant: a chain of its own.
  await buildTenant(test)
  for (const { id } of await test.db.asOwner<{ id: string }>('select id from tenant'))
    await test.platform.sealer.sealNow(id)
  before = await digests(test.db.ownerUrl)
  made = await runCli(['backup', '--out', backup], settingsOf(test.db.ownerUrl, test.platform.settings.dataFolder))
})
afterAll(async () => {
  await test.stop()
  await rm(folder, { recursive: true, force: true })
})

const finderOf = (actor: Actor) => ({ personId: actor.accountId, name: actor.personName })
const settingsOf = (ownerUrl: string, dataFolder: string) => ({ DATABASE_URL: ownerUrl, BIHUAN_DATA: dataFolder })

async function ask<Row extends pg.QueryResultRow>(ownerUrl: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query("begin; set local app.purpose = 'maintenance'")
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}

/** Every row of every table, told in one hash a table; without what is made again from facts, and what backup and restore themselves put on record. */
async function digests(ownerUrl: string): Promise<Record<string, string>> {
  const own = "select id from audit_entry where action like 'backup.%'"
  const rest: Readonly<Record<string, string>> = {
    audit_entry: `where id not in (${own})`,
    audit_seal: `where entry_id not in (${own})`,
    audit_pending: `where entry_id not in (${own})`,
  }
  const tables = await ask<{ name: string }>(
    ownerUrl,
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
       and relname <> 'schema_migration' and relname not like 'roll\\_up\\_%' order by relname`,
  )
  const found: Record<string, string> = {}
  for (const { name } of tables) {
    const [row] = await ask<{ digest: string }>(
      ownerUrl,
      `select count(*) || ' rows, ' || coalesce(md5(string_agg(t::text, e'\\n' order by t::text)), '') as digest from (select * from ${name} ${rest[name] ?? ''}) t`,
    )
    found[name] = row?.digest ?? ''
  }
  return found
}

async function headerOf(file: string): Promise<BackupHeader> {
  const text = (await readFile(file)).toString('latin1')
  return JSON.parse(Buffer.from(text.split('\n')[1] ?? '', 'latin1').toString('utf8')) as BackupHeader
}

/** A file whose trailer fits, whatever was done to it: what a careful forger, or a careless program, would make. */
async function sealedAnew(change: (bytes: Buffer) => Buffer): Promise<string> {
  const bytes = await readFile(backup)
  const changed = change(bytes.subarray(0, bytes.length - 72))
  const file = join(folder, `changed-${Math.random()}.bihuan`)
  await writeFile(
    file,
    Buffer.concat([changed, Buffer.from(`sha256 ${createHash('sha256').update(changed).digest('hex')}\n`)]),
  )
  return file
}

interface Target {
  readonly ownerUrl: string
  readonly dataFolder: string
  restore(file: string): ReturnType<typeof runCli>
}

async function intoEmpty<T>(work: (target: Target) => Promise<T>): Promise<T> {
  const database = await emptyDatabase()
  const dataFolder = await mkdtemp(join(folder, 'data-'))
  try {
    return await work({
      ownerUrl: database.ownerUrl,
      dataFolder,
      restore: (file) => runCli(['restore', file], settingsOf(database.ownerUrl, dataFolder)),
    })
  } finally {
    await database.drop()
  }
}

const tenantsIn = async (ownerUrl: string) =>
  (await ask<{ count: number }>(ownerUrl, 'select count(*)::int as count from tenant'))[0]?.count

describe('a backup', () => {
  it('is made beside the working server, says what is in it, and is on record', async () => {
    expect([made.code, made.err]).toEqual([0, ''])
    expect(made.out).toMatch(/已备份到 .*first\.bihuan.*1 个文件/)
    const header = await headerOf(backup)
    expect(header.tenants).toHaveLength(2)
    expect(header.migrations.map(({ number }) => number)).toContain(1)
    const acts = await ask<{ via: string; head: { position: number } }>(
      test.db.ownerUrl,
      "select via, after -> 'head' as head from audit_entry where action = 'backup.made' order by tenant_id",
    )
    const heads = [...header.tenants].sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ head }) => head)
    expect(acts).toEqual(heads.map((head) => ({ via: 'maintenance', head })))
  })

  it('goes into an empty database with every row, file, number and chain as it was', async () => {
    await intoEmpty(async ({ ownerUrl, dataFolder, restore }) => {
      const { code, out, err } = await restore(backup)
      expect([code, err]).toEqual([0, expect.stringContaining('密钥与备份时的不同')])
      expect(out).toMatch(/全部相符/)
      expect(await digests(ownerUrl)).toEqual(before)

      for (const { code: tenant, head } of (await headerOf(backup)).tenants) {
        const kept = `${head.position}:${head.chainHash}`
        const verified = await runCli(['verify', '--tenant', tenant, '--head', kept], settingsOf(ownerUrl, dataFolder))
        expect([verified.code, verified.err]).toEqual([0, ''])
      }
      const jobs = await ask<{ key: string; run_at: Date }>(ownerUrl, 'select key, run_at from graphile_worker.jobs')
      const [open] = await ask<{ id: string }>(ownerUrl, 'select id from hazard where deadline is not null')
      expect(jobs).toEqual([{ key: `hazard.remind:${open?.id ?? ''}`, run_at: new Date('2023-07-20T00:00:00Z') }])
      const restored = await ask<{ count: number }>(
        ownerUrl,
        "select count(*)::int as count from audit_entry where action = 'backup.restored' and via = 'maintenance'",
      )
      expect(restored[0]?.count).toBe(2)
    })
  })

  it('gives a database to work on: people are who they were, files open, and no number is given twice', async () => {
    await intoEmpty(async ({ ownerUrl, dataFolder, restore }) => {
      expect((await restore(backup)).code).toBe(0)
      const platform = await startPlatform(readSettings(settingsOf(ownerUrl, dataFolder)), {
        log: createLog('silent'),
        clock: test.clock,
      })
      try {
        const sha256 = createHash('sha256').update(photo).digest('hex')
        const stored = await platform.files.get(sha256)
        expect(stored === null ? null : await buffer(stored)).toEqual(photo)
        const actor = await createModules(platform).sessions.actAs(officer.tenantCode, officer.loginName, 'test')
        if (actor === null) throw new Error('nobody')
        const [campaign] = await ask<{ id: string; unit_id: string }>(ownerUrl, 'select id, unit_id from campaign')
        const place = { campaignId: campaign?.id ?? '', unitId: campaign?.unit_id ?? '', finder: finderOf(actor) }
        await buildHazard({ database: platform.database, clock: test.clock }, actor, detailsOf(place))
        const codes = await ask<{ code: string }>(ownerUrl, 'select code from hazard')
        expect(new Set(codes.map(({ code }) => code)).size).toBe(3)
        // What COPY needed is taken back: the owner is bound by the policies again.
        const client = new pg.Client({ connectionString: ownerUrl })
        await client.connect()
        expect((await client.query('select 1 from hazard')).rows).toEqual([])
        await client.end()
      } finally {
        await platform.stop()
      }
    })
  })

  it('is never written over another file', async () => {
    const { code, err } = await runCli(
      ['backup', '--out', backup],
      settingsOf(test.db.ownerUrl, test.platform.settings.dataFolder),
    )
    expect([code, err]).toEqual([2, expect.stringContaining('已经存在')])
  })

  it('says which uploaded file the store has lost, and keeps all the rest', async () => {
    const elsewhere = await mkdtemp(join(folder, 'no-files-'))
    const file = join(folder, 'lost.bihuan')
    const lost = await runCli(['backup', '--out', file], settingsOf(test.db.ownerUrl, elsewhere))
    expect([lost.code, lost.err]).toEqual([1, expect.stringContaining('1 个上传的文件在存储里找不到')])
    await intoEmpty(async ({ ownerUrl, restore }) => {
      const { code, err } = await restore(file)
      expect([code, err]).toEqual([1, expect.stringContaining('缺 1 个上传的文件')])
      expect(await tenantsIn(ownerUrl)).toBe(2)
    })
  })
})

describe('a restore that is refused leaves nothing behind', () => {
  const cut = (bytes: Buffer, keep: number) => bytes.subarray(0, Math.floor(bytes.length * keep))
  const flipped = (bytes: Buffer, at: number) => {
    const copy = Buffer.from(bytes)
    const index = Math.floor(copy.length * at)
    copy[index] = (copy[index] ?? 0) ^ 1
    return copy
  }
  const files: readonly (readonly [what: string, file: (bytes: Buffer) => Buffer, message: RegExp])[] = [
    ['was cut off', (bytes) => cut(bytes, 0.6), /不完整或被改过/],
    ['lost its last byte', (bytes) => bytes.subarray(0, bytes.length - 1), /不完整或被改过/],
    ['was altered in its content', (bytes) => flipped(bytes, 0.7), /不完整或被改过/],
    ['was altered in its header', (bytes) => flipped(bytes, 0.01), /不完整或被改过/],
    ['is empty', () => Buffer.alloc(0), /不是闭环的备份文件/],
    ['is something else', () => Buffer.from('select 1;'.repeat(100)), /不是闭环的备份文件/],
    [
      'is of a later format',
      (bytes) => Buffer.concat([Buffer.from('bihuan-backup 2\n'), bytes.subarray(16)]),
      /另一个版本的备份格式/,
    ],
  ]
  it.each(files)('when the file %s', async (_, change, message) => {
    const file = join(folder, `spoilt-${Math.random()}.bihuan`)
    await writeFile(file, change(await readFile(backup)))
    await intoEmpty(async ({ ownerUrl, dataFolder, restore }) => {
      const { code, err } = await restore(file)
      expect([code, err]).toEqual([2, expect.stringMatching(message)])
      expect(await ask(ownerUrl, "select 1 from pg_class where relname = 'tenant'")).toEqual([])
      expect(existsSync(join(dataFolder, 'files'))).toBe(false)
    })
  })

  it('when it was made by a version that this one does not know', async () => {
    const later = await sealedAnew((bytes) =>
      Buffer.from(bytes.toString('latin1').replace(/"checksum":"[0-9a-f]{4}/, '"checksum":"0000'), 'latin1'),
    )
    await intoEmpty(async ({ restore }) => {
      expect(await restore(later)).toMatchObject({ code: 2, err: expect.stringContaining('另一个版本') as string })
    })
  })

  it('when the content breaks off under a trailer that fits: half the tables were loaded by then', async () => {
    const broken = await sealedAnew((bytes) => cut(bytes, 0.9))
    await intoEmpty(async ({ ownerUrl, restore }) => {
      expect(await restore(broken)).toMatchObject({
        code: 2,
        err: expect.stringContaining('备份文件的内容不完整') as string,
      })
      expect(await tenantsIn(ownerUrl)).toBe(0)
      // The same database takes the sound one.
      expect((await restore(backup)).code).toBe(0)
    })
  })

  it('when a file cannot be stored', async () => {
    await intoEmpty(async ({ ownerUrl, dataFolder, restore }) => {
      await writeFile(join(dataFolder, 'files'), 'not a folder')
      expect((await restore(backup)).code).toBe(2)
      expect(await tenantsIn(ownerUrl)).toBe(0)
    })
  })

  it('when the database has data', async () => {
    const counted = async () =>
      (await test.db.asOwner<{ count: number }>('select count(*)::int as count from hazard'))[0]?.count
    const there = await counted()
    const { code, err } = await runCli(
      ['restore', backup],
      settingsOf(test.db.ownerUrl, test.platform.settings.dataFolder),
    )
    expect([code, err]).toEqual([2, expect.stringContaining('已经有数据')])
    expect(await counted()).toBe(there)
  })
})
