/**
 * apps/server/src/platform/db/schema.sql: what the migrations come to, read from the catalogue of a fresh database. Not pg_dump: it comes
 * with no npm package, and its text changes with its version.
 *
 * A document to be read and compared, not a script to be run: the migrations are that.
 */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startCluster } from '../../apps/server/src/platform/db/cluster.js'
import { migrate } from '../../apps/server/src/platform/db/migrate.js'
import { deriveAppUrl } from '../../apps/server/src/platform/db/pools.js'
import { createLog } from '../../apps/server/src/platform/log.js'

type Ask = <Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<Row[]>

const head = `-- The schema as the migrations leave it. Written by scripts/generate/schema-sql.ts (\`npm run generate\`); to change it, add a migration.
`

async function describe(ask: Ask): Promise<string> {
  const parts = [head]
  const extensions = await ask<{ extname: string }>(
    `select extname from pg_extension where extname <> 'plpgsql' order by extname collate "C"`,
  )
  parts.push(extensions.map(({ extname }) => `create extension ${extname};`).join('\n'))
  for (const { oid } of await ask<{ oid: number }>(
    `select p.oid::int as oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = 'public' and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
     order by p.proname collate "C", pg_get_function_identity_arguments(p.oid) collate "C"`,
  )) {
    parts.push(await describeFunction(ask, oid))
  }
  for (const { oid, relname } of await ask<{ oid: number; relname: string }>(
    `select c.oid::int as oid, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') order by c.relname collate "C"`,
  )) {
    parts.push(await describeTable(ask, oid, relname))
  }
  return `${parts.join('\n\n')}\n`
}

async function describeFunction(ask: Ask, oid: number): Promise<string> {
  const [row] = await ask<{ definition: string; signature: string; grants: string[] }>(
    `select pg_get_functiondef($1) as definition,
       (select p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' from pg_proc p where p.oid = $1) as signature,
       array(select case when a.grantee = 0 then 'public' else pg_get_userbyid(a.grantee)::text end from pg_proc p, aclexplode(p.proacl) a
         where p.oid = $1 and a.grantee <> p.proowner and a.privilege_type = 'EXECUTE' order by 1) as grants`,
    [oid],
  )
  const grants = (row?.grants ?? []).map(
    (grantee) => `grant execute on function ${row?.signature ?? ''} to ${grantee};`,
  )
  return [`${row?.definition.trimEnd() ?? ''};`, ...grants].join('\n')
}

async function describeTable(ask: Ask, oid: number, name: string): Promise<string> {
  const columns = await ask<{ text: string }>(
    `select format('  %I %s%s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
         case when a.attcollation <> t.typcollation then ' collate ' || quote_ident(l.collname) else '' end,
         case when a.attnotnull then ' not null' else '' end,
         case a.attgenerated when 's' then format(' generated always as (%s) stored', pg_get_expr(d.adbin, d.adrelid))
           else case when d.adbin is null then '' else ' default ' || pg_get_expr(d.adbin, d.adrelid) end end) as text
     from pg_attribute a join pg_type t on t.oid = a.atttypid
     left join pg_collation l on l.oid = a.attcollation
     left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
     where a.attrelid = $1 and a.attnum > 0 and not a.attisdropped order by a.attnum`,
    [oid],
  )
  // 'n' is PostgreSQL 18's name for not null, which stands with the column.
  const constraints = await ask<{ text: string }>(
    `select format('  constraint %I %s', conname, pg_get_constraintdef(oid)) as text from pg_constraint
     where conrelid = $1 and contype <> 'n' order by position(contype in 'pucxf'), conname collate "C"`,
    [oid],
  )
  const [table] = await ask<{ partitioned: string | null; parent: string | null; forced: boolean; secured: boolean }>(
    `select pg_get_partkeydef(c.oid) as partitioned, c.relrowsecurity as secured, c.relforcerowsecurity as forced,
       case when c.relispartition then (select i.inhparent::regclass::text from pg_inherits i where i.inhrelid = c.oid)
         || ' ' || pg_get_expr(c.relpartbound, c.oid) end as parent
     from pg_class c where c.oid = $1`,
    [oid],
  )
  const indexes = await ask<{ text: string }>(
    `select pg_get_indexdef(i.indexrelid) || ';' as text from pg_index i join pg_class c on c.oid = i.indexrelid
     where i.indrelid = $1 and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid and k.conrelid = $1)
     order by c.relname collate "C"`,
    [oid],
  )
  const policies = await ask<{ text: string }>(
    `select format('create policy %I on %I%s for %s to %s%s%s;', p.polname, $2::text,
         case when p.polpermissive then '' else ' as restrictive' end,
         case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
         (select string_agg(case when r = 0 then 'public' when r = c.relowner then 'owner' else pg_get_userbyid(r) end, ', ' order by r) from unnest(p.polroles) r),
         case when p.polqual is null then '' else E'\\n  using ' || pg_get_expr(p.polqual, p.polrelid) end,
         case when p.polwithcheck is null then '' else E'\\n  with check ' || pg_get_expr(p.polwithcheck, p.polrelid) end) as text
     from pg_policy p join pg_class c on c.oid = p.polrelid where p.polrelid = $1 order by p.polname collate "C"`,
    [oid, name],
  )
  const grants = await ask<{ text: string }>(
    `select format('grant %s on %I to %s;', string_agg(lower(a.privilege_type), ', ' order by a.privilege_type), $2::text, pg_get_userbyid(a.grantee)) as text
     from pg_class c, aclexplode(c.relacl) a where c.oid = $1 and a.grantee <> c.relowner
     group by a.grantee order by pg_get_userbyid(a.grantee) collate "C"`,
    [oid, name],
  )
  const lines = [...columns, ...constraints].map(({ text }) => text).join(',\n')
  const kind = table?.parent ? ` -- partition of ${table.parent}` : ''
  const partition = table?.partitioned ? ` partition by ${table.partitioned}` : ''
  return [
    `create table ${name} (${kind}\n${lines}\n)${partition};`,
    ...indexes.map(({ text }) => text),
    ...(table?.secured ? [`alter table ${name} enable row level security;`] : []),
    ...(table?.forced ? [`alter table ${name} force row level security;`] : []),
    ...policies.map(({ text }) => text),
    ...grants.map(({ text }) => text),
  ].join('\n')
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bihuan-schema-'))
  await chmod(folder, 0o755)
  const cluster = await startCluster({ folder, log: createLog('silent'), throwAway: true })
  try {
    await migrate(cluster.ownerUrl, deriveAppUrl(cluster.ownerUrl).password)
    const client = new pg.Client({ connectionString: cluster.ownerUrl })
    await client.connect()
    try {
      // So that types and functions are named without their schema.
      await client.query('set search_path = public')
      const text = await describe(
        async <Row extends pg.QueryResultRow>(query: string, values: readonly unknown[] = []) =>
          (await client.query<Row>(query, [...values])).rows,
      )
      await writeFile(process.argv[2] ?? 'schema.sql', text)
    } finally {
      await client.end()
    }
  } finally {
    await cluster.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

await main()
