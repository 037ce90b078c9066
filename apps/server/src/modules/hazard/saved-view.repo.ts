import type { Handle } from '../../platform/db/scope.js'

export interface SavedViewRow {
  readonly id: string
  readonly name: string
  readonly query: { readonly address: string; readonly question: Readonly<Record<string, string>> }
  readonly columns: string[]
  readonly ordinal: number
}

const list = 'hazards'
/** One row a person, whose name is the key of the view that the ledger opens with. */
const opening = 'hazards-opens-with'

/** Of the asking person; the policy shows nobody else's. */
export async function listSavedViews(handle: Handle, accountId: string): Promise<SavedViewRow[]> {
  return handle.query<SavedViewRow & Record<string, unknown>>(
    'select id, name, query, columns, ordinal from saved_view where tenant_id = $1 and account_id = $2 and list = $3 order by ordinal, id',
    [handle.tenantId, accountId, list],
  )
}

/** False when the person has a view of that name. */
export async function insertSavedView(handle: Handle, accountId: string, row: SavedViewRow): Promise<boolean> {
  const made = await handle.query(
    `insert into saved_view (tenant_id, id, account_id, list, name, query, columns, ordinal)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (tenant_id, account_id, list, name) do nothing returning id`,
    [handle.tenantId, row.id, accountId, list, row.name, JSON.stringify(row.query), row.columns, row.ordinal],
  )
  return made.length > 0
}

export async function saveSavedView(handle: Handle, row: SavedViewRow): Promise<void> {
  await handle.query(
    'update saved_view set name = $3, query = $4, columns = $5, ordinal = $6 where tenant_id = $1 and id = $2',
    [handle.tenantId, row.id, row.name, JSON.stringify(row.query), row.columns, row.ordinal],
  )
}

export async function findOpeningView(handle: Handle, accountId: string): Promise<string | null> {
  const [row] = await handle.query<{ name: string }>(
    'select name from saved_view where tenant_id = $1 and account_id = $2 and list = $3',
    [handle.tenantId, accountId, opening],
  )
  return row?.name ?? null
}

/** Null: none of one's own choice. */
export async function saveOpeningView(
  handle: Handle,
  accountId: string,
  row: { readonly id: string; readonly key: string } | null,
): Promise<void> {
  await handle.query('delete from saved_view where tenant_id = $1 and account_id = $2 and list = $3', [
    handle.tenantId,
    accountId,
    opening,
  ])
  if (row === null) return
  await handle.query(
    `insert into saved_view (tenant_id, id, account_id, list, name, query, columns, ordinal) values ($1, $2, $3, $4, $5, '{}', '{}', 0)`,
    [handle.tenantId, row.id, accountId, opening, row.key],
  )
}

export async function deleteSavedView(handle: Handle, id: string): Promise<boolean> {
  const gone = await handle.query('delete from saved_view where tenant_id = $1 and id = $2 returning id', [
    handle.tenantId,
    id,
  ])
  return gone.length > 0
}
