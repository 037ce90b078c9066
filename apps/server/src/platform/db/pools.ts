import { createHash, createHmac } from 'node:crypto'
import pg from 'pg'
import type { Log } from '../log.js'

export const appRole = 'bihuan_app'

/** A connection was given that the product cannot work with; the message says what to set. */
export class ConnectionSettingError extends Error {}

// Dates are civil dates and stay text. A bigint is a position, a size or a count here: far below 2^53.
pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value)
pg.types.setTypeParser(pg.types.builtins.INT8, (value) => Number(value))

/**
 * The application role's connection, when none is given: the owner's, with another user. Its password is derived from the
 * owner's, so that several servers that start at once agree on it and none has to keep it.
 */
export function deriveAppUrl(ownerUrl: string): { url: string; password: string } {
  // Not `new URL`: that needs a host, and a socket's URL has none.
  const parts = /^(postgres(?:ql)?:\/\/)(?:([^@/?]*)@)?([^?]*)\??(.*)$/.exec(ownerUrl)
  const [, scheme = '', credentials = '', place = '', query = ''] = parts ?? []
  const parameters = new URLSearchParams(query)
  const ownerPassword = parameters.get('password') ?? decodeURIComponent(/:(.*)$/.exec(credentials)?.[1] ?? '')
  // Derived from nothing, it would be a constant that everybody can compute who has this source.
  if (ownerPassword === '') {
    throw new ConnectionSettingError(
      'DATABASE_URL 里没有口令，应用角色的口令无从派生。请把口令写进 DATABASE_URL，或用 DATABASE_APP_URL 给出应用角色的连接。',
    )
  }
  // A user among the parameters wins over the one before the host: left there, the application would connect as the owner.
  for (const name of ['user', 'password']) parameters.delete(name)
  const rest = parameters.size === 0 ? '' : `?${parameters.toString()}`
  const password = createHmac('sha256', ownerPassword).update('bihuan application role').digest('hex')
  return { url: `${scheme}${appRole}:${password}@${place}${rest}`, password }
}

/** Row security and append-only hold for the application role alone: a mightier one would pass them by in silence. */
export async function refuseMightyRole(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `select rolname as name from pg_roles where rolname = current_user and (rolsuper or rolbypassrls
       or pg_has_role(rolname, (select relowner from pg_class where oid = 'public.audit_entry'::regclass), 'member'))`,
  )
  if (rows[0] === undefined) return
  throw new ConnectionSettingError(
    `应用连接用的角色 ${rows[0].name} 是表的所有者或超级用户，行级安全对它不起作用。请改正 DATABASE_APP_URL，用 ${appRole} 连接。`,
  )
}

export function createPool(connectionString: string, size: number, name: string, log: Log): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: size,
    application_name: `bihuan ${name}`,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
  })
  // A connection that the database dropped while it was idle: the pool makes a new one; without a listener node would exit.
  pool.on('error', (cause) => log.warn({ event: 'database-connection-lost', code: (cause as { code?: string }).code }))
  // The same for one that is lost in somebody's hands: the pool listens only while it is idle. Their query is told of it anyway.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

const maximumNames = 500
const names = new Map<string, string>()

/**
 * Kysely does not name its statements, and an unnamed one is parsed and planned every time (235 -> 140 µs for a row by key,
 * measured). The number of names is bounded: statements made of lists of changing length would fill the session.
 */
export function statementName(sql: string): string | undefined {
  const known = names.get(sql)
  if (known !== undefined) return known
  if (names.size >= maximumNames || sql.length > 16_000) return undefined
  const name = createHash('sha1').update(sql).digest('hex').slice(0, 16)
  names.set(sql, name)
  return name
}
