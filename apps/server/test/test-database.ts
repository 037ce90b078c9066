import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { createPool, deriveAppUrl } from '../src/platform/db/pools.js'
import { createDatabase, type Database } from '../src/platform/db/scope.js'
import { createLog } from '../src/platform/log.js'

export interface TestDatabase {
  readonly ownerUrl: string
  readonly appUrl: string
  readonly appPool: pg.Pool
  readonly database: Database
  /** As the owner, who sees rows only at maintenance. */
  asOwner<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>
  drop(): Promise<void>
}

/** A fresh copy of the migrated template. */
export async function cloneDatabase(): Promise<TestDatabase> {
  const template = inject('ownerUrl')
  const name = `t_${randomBytes(8).toString('hex')}`
  await onTemplate(template, `create database ${name} template bihuan`)
  return openDatabase(template.replace(/\/bihuan(\?|$)/, `/${name}$1`), () => dropDatabase(template, name))
}

/** One that is migrated already; `drop` takes it away when the connections to it are closed. */
export function openDatabase(ownerUrl: string, drop: () => Promise<void>): TestDatabase {
  const appUrl = deriveAppUrl(ownerUrl).url
  const appPool = createPool(appUrl, 10, 'test', createLog('silent'))
  const ownerPool = new pg.Pool({ connectionString: ownerUrl, max: 2 })
  ownerPool.on('error', () => undefined)
  return {
    ownerUrl,
    appUrl,
    appPool,
    database: createDatabase(appPool),
    async asOwner<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) {
      const client = await ownerPool.connect()
      try {
        await client.query(`begin; set local app.purpose = 'maintenance'`)
        const { rows } = await client.query<Row>(text, [...values])
        await client.query('commit')
        return rows
      } catch (cause) {
        await client.query('rollback')
        throw cause
      } finally {
        client.release()
      }
    },
    async drop() {
      await appPool.end()
      await ownerPool.end()
      await drop()
    },
  }
}

/** A database with nothing in it, for what makes one. `options` are those of CREATE DATABASE. */
export async function emptyDatabase(options = ''): Promise<{ ownerUrl: string; drop(): Promise<void> }> {
  const template = inject('ownerUrl')
  const name = `t_${randomBytes(8).toString('hex')}`
  await onTemplate(template, `create database ${name} template template0 ${options}`)
  return {
    ownerUrl: template.replace(/\/bihuan(\?|$)/, `/${name}$1`),
    drop: () => dropDatabase(template, name),
  }
}

/** Autovacuum belongs to the superuser, and the owner may not end it: after some thousand rows it is waited for. */
async function dropDatabase(template: string, name: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await onTemplate(template, `drop database ${name} with (force)`)
      return
    } catch (cause) {
      if ((cause as { code?: string }).code !== '42501' || tries === 100) throw cause
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

async function onTemplate(url: string, statement: string): Promise<void> {
  // Not on the template itself: it can be copied only while nobody is connected to it.
  const client = new pg.Client({ connectionString: url.replace(/\/bihuan(\?|$)/, '/postgres$1') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
