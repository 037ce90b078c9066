import type { Handle } from '../../platform/db/scope.js'

export interface TypedFigureRow extends Record<string, unknown> {
  readonly id: string
  readonly entry_id: string
  readonly table_id: string
  readonly unit_id: string
  readonly cell: string
  readonly as_of: string
  readonly amount: number | null
  readonly account_id: string
  readonly person_name: string
}

/** Typed figures by the entry of who typed them, those of a range of entries. */
export async function typedFiguresOfEntries(handle: Handle, after: string, upTo: string): Promise<TypedFigureRow[]> {
  return handle.query<TypedFigureRow>(
    `select id, entry_id, table_id, unit_id, cell, as_of, amount, account_id, person_name from typed_figure
     where tenant_id = $1 and entry_id > $2 and entry_id <= $3 order by entry_id, id`,
    [handle.tenantId, after, upTo],
  )
}
