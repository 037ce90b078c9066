/**
 * Numbered, forward-only SQL. Safe when several servers start at once: one migrates, the others wait at an advisory lock.
 */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import { appRole } from './pools.js'

/** Beside the sources in a checkout, beside the bundle in a build. */
export const migrationsFolder = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../../migrations' : '../migrations', import.meta.url),
)

const lockKey = 5_270_001
const narrowRoles = [`${appRole}_territory`, `${appRole}_line`]

export class MigrationError extends Error {}

/** `appPassword` is null when the application role and its password are the operator's own affair (DATABASE_APP_URL). */
export async function migrate(
  ownerUrl: string,
  appPassword: string | null,
  folder = migrationsFolder,
  /** The last one to apply: a restore makes what its backup was made under, no more. */
  through = Number.POSITIVE_INFINITY,
): Promise<{ applied: string[] }> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'bihuan migrate' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey])
    await refuseOldOrBlind(client)
    await makeRoles(client, appPassword)
    const applied = await applyMissing(client, folder, through)
    await runMigrations({ connectionString: ownerUrl })
    return { applied }
  } finally {
    await client.end()
  }
}

export async function refuseOldOrBlind(client: Pick<pg.Client, 'query'>): Promise<void> {
  const { rows } = await client.query<{ version: number; name: string }>(
    "select current_setting('server_version_num')::int as version, current_setting('server_version') as name",
  )
  if ((rows[0]?.version ?? 0) < 150_000) {
    throw new MigrationError(
      `数据库是 PostgreSQL ${rows[0]?.name}，需要 15 或更新。请升级，或去掉 DATABASE_URL 用内置的。`,
    )
  }
  await client.query('create extension if not exists pg_trgm')
  const trigrams = await client.query<{ found: number }>("select cardinality(show_trgm('配电柜未安装漏电')) as found")
  if ((trigrams.rows[0]?.found ?? 0) === 0) {
    throw new MigrationError(
      '这个数据库的字符类别（LC_CTYPE）不认汉字，检索会什么也找不到。请用 C.UTF-8 或 zh_CN.UTF-8 重建数据库后再启动。',
    )
  }
}

async function makeRoles(client: pg.Client, appPassword: string | null): Promise<void> {
  for (const role of [appRole, ...narrowRoles]) {
    const { rows } = await client.query('select 1 from pg_roles where rolname = $1', [role])
    if (rows.length === 0) {
      // Roles belong to the whole cluster: another database's server may have made it between the two statements.
      // 'noinherit': with the narrow roles' privileges the application role would be under their policies too, all the time.
      await client
        .query(`create role ${role} ${role === appRole ? 'login noinherit' : 'nologin'}`)
        .catch((cause: { code?: string }) => {
          if (cause.code === '42501') {
            throw new MigrationError(
              `所有者角色不能建角色 ${role}。请由数据库管理员给它 CREATEROLE，或先建好 ${[appRole, ...narrowRoles].join('、')}，把后两个授予 ${appRole}，并设 DATABASE_APP_URL。`,
            )
          }
          if (cause.code !== '42710' && cause.code !== '23505') throw cause
        })
    }
  }
  if (appPassword !== null) {
    await client.query(`alter role ${appRole} password '${appPassword}'`).catch((cause: { code?: string }) => {
      if (cause.code === '42501') {
        throw new MigrationError(
          `角色 ${appRole} 不是本库的所有者建的，不能改它的口令。请设 DATABASE_APP_URL 给出它的连接。`,
        )
      }
      // XX000: "tuple concurrently updated", when another database's migrator set the same password at the same moment.
      if (cause.code !== 'XX000') throw cause
    })
  }
  for (const role of narrowRoles) {
    const { rows } = await client.query("select 1 where pg_has_role($1, $2, 'member')", [appRole, role])
    if (rows.length === 0) {
      await client.query(`grant ${role} to ${appRole}`).catch((cause: { code?: string }) => {
        if (cause.code !== 'XX000' && cause.code !== '23505') throw cause
      })
    }
  }
  await client.query(`grant usage on schema public to ${[appRole, ...narrowRoles].join(', ')}`)
}

/** The migrations that this version knows. */
export async function knownMigrations(
  folder = migrationsFolder,
): Promise<{ number: number; name: string; text: string; checksum: string }[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_.+\.sql$/.test(name)).sort()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8')
      return { number: Number(name.slice(0, 4)), name, text, checksum: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

async function applyMissing(client: pg.Client, folder: string, through: number): Promise<string[]> {
  await client.query(`create table if not exists schema_migration (
    number integer primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())`)
  const done = new Map(
    (
      await client.query<{ number: number; checksum: string }>('select number, checksum from schema_migration')
    ).rows.map((row) => [row.number, row.checksum]),
  )
  const applied: string[] = []
  for (const { number, name, text, checksum } of await knownMigrations(folder)) {
    if (number > through) break
    const known = done.get(number)
    if (known === checksum) continue
    if (known !== undefined) {
      throw new MigrationError(`迁移 ${name} 在执行之后被改过。迁移只能新增，不能改写：请恢复原文，另写一个新的。`)
    }
    await client.query('begin')
    try {
      await client.query(text)
      await client.query('insert into schema_migration (number, name, checksum) values ($1, $2, $3)', [
        number,
        name,
        checksum,
      ])
      await client.query('commit')
    } catch (cause) {
      await client.query('rollback')
      throw new MigrationError(`迁移 ${name} 失败：${String(cause)}`, { cause })
    }
    applied.push(name)
  }
  return applied
}
