import type pg from 'pg'
import type { Database } from './scope.js'

export interface TenantRow {
  readonly id: string
  readonly code: string
  readonly name: string
}

export async function readTenants(client: Pick<pg.ClientBase, 'query'>): Promise<TenantRow[]> {
  const { rows } = await client.query<TenantRow>('select id, code, name from tenant order by code')
  return rows
}

/** All tenants of the database, in the order of their codes: for who administers it on its own machine. */
export async function listTenants(database: Database): Promise<TenantRow[]> {
  return database.withScope({ purpose: 'log-in', tenantId: null }, (handle) => readTenants(handle.client))
}
