/**
 * `withScope` is the only way to a handle on the database. It opens a transaction, says for whom, and gives a handle that
 * ends with it. The settings are literals (`SET LOCAL`), because `set_config()` does not reach the workers of Citus.
 */
import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import type { DatabaseConnection, Driver, QueryResult, CompiledQuery } from 'kysely'
import type pg from 'pg'
import { statementName } from './pools.js'

/** Where a person can see: both axes, and the units that they act for. */
export interface Reach {
  readonly tenantId: string
  readonly accountId: string | null
  /** Territory path (块) of the unit worked in; `null` sees nothing by territory. */
  readonly path: string | null
  /** Further territory paths, present and former. */
  readonly scope: readonly string[]
  /** Line paths (条). */
  readonly lines: readonly string[]
  readonly parties: readonly string[]
  /** May read the audit trail. */
  readonly audit: boolean
}

/**
 * What is done for no person. Named, few, and each opens only what its policies say:
 * log-in (accounts, sessions), seal (audit), verify (read all of a tenant), found (a new tenant), tidy (old idempotency keys),
 * end-session (an administrator ends sessions), tenant (a job's own reach, over the whole tenant).
 */
export type Purpose = 'log-in' | 'seal' | 'verify' | 'found' | 'tidy' | 'end-session' | 'tenant'

const purposes: ReadonlySet<string> = new Set<Purpose>([
  'log-in',
  'seal',
  'verify',
  'found',
  'tidy',
  'end-session',
  'tenant',
])

export interface PurposeReach {
  readonly purpose: Purpose
  readonly tenantId: string | null
  readonly accountId?: string
}

export interface Narrowing {
  /** One range of one axis: the list is then read by index under a policy of that range alone. */
  readonly axis: 'territory' | 'line'
  readonly path: string
}

export interface Handle {
  /** The query builder, typed by the asking repo with the tables that it knows. */
  tables<Tables>(): Kysely<Tables>
  /** For COPY, cursors and statements that are better seen as SQL. */
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>
  readonly client: pg.PoolClient
  readonly tenantId: string
  /** From here to its end the transaction reads one range of one axis, and writes nothing. For whoever first had to find the range. */
  narrow(narrowing: Narrowing): Promise<void>
}

export interface Database {
  withScope<T>(reach: Reach | PurposeReach, work: (handle: Handle) => Promise<T>, narrowing?: Narrowing): Promise<T>
}

export function createDatabase(pool: pg.Pool): Database {
  return {
    async withScope(reach, work, narrowing) {
      const client = await pool.connect()
      const opened = handleOn(client, reach.tenantId ?? '', reach)
      let broken: unknown
      try {
        await client.query(beginStatement(reach, narrowing))
        const result = await work(opened.handle)
        const { command } = await client.query('commit')
        // Of a transaction in which a statement failed, PostgreSQL makes a rollback, and says so only here.
        if (command !== 'COMMIT') throw new Error('a statement failed, the work went on, and nothing was saved')
        return result
      } catch (cause) {
        await client.query('rollback').catch((lost: unknown) => {
          broken = lost
        })
        throw cause
      } finally {
        opened.end()
        // A connection whose rollback failed is thrown away, not given to the next one.
        client.release(broken !== undefined)
      }
    },
  }
}

/**
 * Within a person's running transaction also opens what a named purpose opens, for one piece of work: an administrator ends the
 * sessions of others, which no reach shows. What is refused or thrown inside undoes the whole transaction, the setting with it.
 */
export async function openedFor<T>(handle: Handle, purpose: 'end-session', work: () => Promise<T>): Promise<T> {
  await handle.client.query(`set local app.purpose = '${purpose}'`)
  const result = await work()
  await handle.client.query(`set local app.purpose = ''`)
  return result
}

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const pathForm = /^\/(?:[0-9a-z]{6}\/)+$/

/** Whatever goes into a literal is of a form that cannot end it. */
function literal(name: string, values: readonly string[], form: RegExp): string {
  for (const value of values) {
    if (!form.test(value)) throw new Error(`scope setting ${name} is not of its form`)
  }
  return `set local ${name} = '${values.join(',')}';`
}

function beginStatement(reach: Reach | PurposeReach, narrowing?: Narrowing): string {
  const tenant = literal('app.tenant', reach.tenantId === null ? [] : [reach.tenantId], uuidForm)
  if ('purpose' in reach) {
    if (!purposes.has(reach.purpose)) throw new Error('scope setting app.purpose is not of its form')
    if (narrowing) narrowingStatement(reach, narrowing)
    // A job's reach over its tenant is the root of all paths; every other purpose opens named policies only.
    const whole = reach.purpose === 'tenant' ? `set local app.path = '/';` : `set local app.path = '';`
    const account = reach.accountId === undefined ? '' : reach.accountId
    return `begin; ${tenant} ${whole} set local app.scope = ''; set local app.line = ''; set local app.parties = '';
      set local app.audit = ''; set local app.purpose = '${reach.purpose}'; ${literal('app.account', account === '' ? [] : [account], uuidForm)}`
  }
  const settings = [
    'begin;',
    tenant,
    literal('app.account', reach.accountId === null ? [] : [reach.accountId], uuidForm),
    literal('app.path', reach.path === null ? [] : [reach.path], pathForm),
    literal('app.scope', reach.scope, pathForm),
    literal('app.line', reach.lines, pathForm),
    literal('app.parties', reach.parties, uuidForm),
    `set local app.audit = '${reach.audit ? 'yes' : ''}';`,
    `set local app.purpose = '';`,
  ]
  if (narrowing) settings.push(narrowingStatement(reach, narrowing))
  return settings.join(' ')
}

function narrowingStatement(reach: Reach | PurposeReach, { axis, path }: Narrowing): string {
  // Left out in silence it would read more than was asked for.
  if ('purpose' in reach) throw new Error('a purpose has no axes to narrow')
  if (!['territory', 'line'].includes(axis)) throw new Error('a narrowing is on one of the two axes')
  const own = axis === 'territory' ? [...(reach.path === null ? [] : [reach.path]), ...reach.scope] : reach.lines
  if (!own.some((mine) => path.startsWith(mine))) throw new Error('a narrowing lies inside the reach')
  // '0' is the character after '/': the range of everything below the path.
  return `${literal('app.path_from', [path], pathForm)} set local app.path_to = '${path.slice(0, -1)}0'; set local role bihuan_app_${axis};`
}

/** The handle ends with its transaction: kept longer, it would speak in whatever transaction the connection serves next. */
export function handleOn(
  client: pg.PoolClient,
  tenantId: string,
  reach: Reach | PurposeReach,
): { readonly handle: Handle; readonly end: () => void } {
  let kysely: Kysely<unknown> | undefined
  let ended = false
  const open = (): pg.PoolClient => {
    if (ended) throw new Error('the handle has ended with its transaction')
    return client
  }
  const handle: Handle = {
    tenantId,
    get client() {
      return open()
    },
    tables<Tables>() {
      kysely ??= new Kysely<unknown>({
        dialect: {
          createAdapter: () => new PostgresAdapter(),
          createDriver: () => oneConnectionDriver(open),
          createIntrospector: (db) => new PostgresIntrospector(db),
          createQueryCompiler: () => new PostgresQueryCompiler(),
        },
      })
      return kysely as unknown as Kysely<Tables>
    },
    async narrow(narrowing) {
      await open().query(narrowingStatement(reach, narrowing))
    },
    async query<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) {
      const name = statementName(text)
      const result = await open().query<Row>({ text, values: [...values], ...(name === undefined ? {} : { name }) })
      return result.rows
    },
  }
  return {
    handle,
    end() {
      ended = true
    },
  }
}

/** Kysely on the transaction's own connection, with named statements; it never opens a transaction of its own. */
function oneConnectionDriver(open: () => pg.PoolClient): Driver {
  const connection: DatabaseConnection = {
    async executeQuery<R>(compiled: CompiledQuery): Promise<QueryResult<R>> {
      const name = statementName(compiled.sql)
      const result = await open().query({
        text: compiled.sql,
        values: compiled.parameters as unknown[],
        ...(name === undefined ? {} : { name }),
      })
      return { rows: result.rows as R[], numAffectedRows: BigInt(result.rowCount ?? 0) }
    },
    streamQuery() {
      throw new Error('read streams with a cursor on the handle’s client')
    },
  }
  const never = async (): Promise<void> => {
    throw new Error('withScope owns the transaction')
  }
  return {
    init: async () => undefined,
    acquireConnection: async () => connection,
    beginTransaction: never,
    commitTransaction: never,
    rollbackTransaction: never,
    releaseConnection: async () => undefined,
    destroy: async () => undefined,
  }
}
