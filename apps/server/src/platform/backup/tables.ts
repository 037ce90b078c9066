/** What there is to back up, asked of the database's catalogue: a table that a later migration makes is in the next backup. */
import type pg from 'pg'

export interface TableToCopy {
  readonly name: string
  readonly columns: readonly string[]
}

/** Kept by migrate, or made again from what the backup holds (`AfterRestore`). */
const notCopied = [
  'schema_migration',
  ...[
    'roll_up_state',
    'roll_up_span',
    'roll_up_place',
    'roll_up_loose',
    'roll_up_month',
    'roll_up_standing',
    'roll_up_seen',
  ],
]

/** Every table before those that refer to it. */
export async function tablesInOrder(client: pg.ClientBase): Promise<TableToCopy[]> {
  const { rows: tables } = await client.query<{ name: string; columns: string[] }>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> all ($1)
       and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')
     group by c.relname order by c.relname`,
    [notCopied],
  )
  const { rows: references } = await client.query<{ table: string; needs: string }>(
    `select distinct t.relname as table, o.relname as needs
     from pg_constraint k join pg_class t on t.oid = k.conrelid join pg_class o on o.oid = k.confrelid
     where k.contype = 'f' and k.conrelid <> k.confrelid and not t.relispartition`,
  )
  const ordered: TableToCopy[] = []
  const waiting = new Map(tables.map((table) => [table.name, table]))
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter(
      ({ name }) => !references.some((one) => one.table === name && waiting.has(one.needs)),
    )
    if (ready.length === 0) throw new Error(`tables refer to each other in a circle: ${[...waiting.keys()].join(', ')}`)
    for (const table of ready) {
      ordered.push(table)
      waiting.delete(table.name)
    }
  }
  return ordered
}

export async function sequences(client: pg.ClientBase): Promise<{ name: string; last: string; called: boolean }[]> {
  const { rows } = await client.query<{ name: string }>(
    "select sequencename as name from pg_sequences where schemaname = 'public' order by sequencename",
  )
  const found: { name: string; last: string; called: boolean }[] = []
  for (const { name } of rows) {
    const { rows: values } = await client.query<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from ${quoted(name)}`,
    )
    for (const value of values) found.push({ name, ...value })
  }
  return found
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
