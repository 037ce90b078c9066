/**
 * What every table must keep, asked of the database's own catalogue, so that a table made tomorrow is asked too.
 * `catalogueFaults` reads how tables are made; `leaks` tries to see a tenant's rows in every wrong way there is.
 */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'

export type Ask = <Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<Row[]>

/** What ships with the product, the same for every tenant. */
const shippedTables = ['phrase_catalogue']

/** Catalogues that belong to no tenant. */
export const referenceTables = ['tenant', 'schema_migration', ...shippedTables]

/** Never changed, never deleted: kept by grants. */
export const appendOnlyTables = [
  ...['audit_entry', 'audit_seal', 'unit_placement', 'unit_path', 'password_history'],
  ...[
    'task_update',
    'hazard_event',
    'fact',
    'typed_figure',
    'file',
    'report_table_version',
    'return_event',
    'package_received',
    'imported_notice',
    'report_narrative',
    'return_delivery',
    'calendar_override',
    'phrase_entry',
    'word_choice',
    'campaign_notice',
    'campaign_sending',
    'campaign_confirmation',
    'campaign_sub_plan',
  ],
]

/** The only tables that the application may delete from: queues, keys that expire, drafts of one person, and what is made again from facts. */
export const deletableTables = [
  ...['audit_pending', 'idempotency_key', 'saved_view', 'import_row', 'notice_mailing'],
  ...['campaign_phase', 'campaign_task', 'campaign_target'],
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

/** Read by everybody of the tenant, whatever their reach: who stands where, who may do what, and the chain. */
export const tenantWideTables = [
  ...['tenant', 'unit_placement', 'unit_path', 'responsibility', 'role_grant', 'audit_seal', 'calendar_override'],
  'phrase_entry',
]

const appRoles = ['bihuan_app', 'bihuan_app_territory', 'bihuan_app_line']

const list = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ')
const ownTenant = `\\(tenant_id = \\(NULLIF\\(current_setting\\(''app\\.tenant''::text, true\\), ''''::text\\)\\)::uuid\\)`

/** Each query gives the faults of one promise as sentences; `t` is a tenant table, `o` an object of ours. */
const promises: readonly string[] = [
  // --- tenant_id leads every key, so that Citus can spread the table.
  `select t.name || ' has no tenant_id uuid not null' as fault from tenant_table t where not exists (
     select 1 from pg_attribute a where a.attrelid = t.oid and a.attname = 'tenant_id' and a.attnotnull and a.atttypid = 'uuid'::regtype)`,
  `select t.name || ' has no primary key' from tenant_table t
   where not exists (select 1 from pg_index i where i.indrelid = t.oid and i.indisprimary)`,
  `select format('%s: unique index %s does not lead with tenant_id', t.name, i.indexrelid::regclass)
   from tenant_table t join pg_index i on i.indrelid = t.oid and i.indisunique
   left join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
   where a.attname is distinct from 'tenant_id'`,
  `select format('%s: foreign key %s does not lead with tenant_id', t.name, c.conname)
   from tenant_table t join pg_constraint c on c.conrelid = t.oid and c.contype = 'f'
   left join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
   left join pg_attribute b on b.attrelid = c.confrelid and b.attnum = c.confkey[1]
   where c.confrelid::regclass::text not in (${list(referenceTables)})
     and (a.attname is distinct from 'tenant_id' or b.attname is distinct from 'tenant_id')`,
  // --- Citus refuses triggers, and append-only must not hang on them.
  `select format('%s has trigger %s', t.name, g.tgname) from tenant_table t
   join pg_trigger g on g.tgrelid = t.oid and not g.tgisinternal`,
  `select format('%s has rule %s', c.relname, r.rulename) from pg_rewrite r join pg_class c on c.oid = r.ev_class
   where c.relnamespace = 'public'::regnamespace and c.relkind <> 'v'`,
  // --- Row security, forced, with policies that begin with the tenant and ask nothing but columns and settings.
  `select c.relname || ' has no forced row security' from pg_class c
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'schema_migration'
     and not (c.relrowsecurity and c.relforcerowsecurity)`,
  `select t.name || ' has no policy for reading by bihuan_app' from tenant_table t where not exists (
     select 1 from pg_policy p where p.polrelid = t.oid and p.polcmd in ('r', '*') and 'bihuan_app'::regrole = any (p.polroles))`,
  `select t.name || ' has no policy for adding by bihuan_app' from tenant_table t where not exists (
     select 1 from pg_policy p where p.polrelid = t.oid and p.polcmd in ('a', '*') and 'bihuan_app'::regrole = any (p.polroles))`,
  `select format('%s: policy %s is for everybody', t.name, p.polname) from tenant_table t
   join pg_policy p on p.polrelid = t.oid where 0 = any (p.polroles)`,
  `select format('%s: policy %s contains a subquery', c.relname, p.polname) from pg_policy p join pg_class c on c.oid = p.polrelid
   where coalesce(p.polqual::text, '') || coalesce(p.polwithcheck::text, '') like '%SUBLINK%'`,
  `select format('%s: policy %s reads a setting without nullif', c.relname, p.polname)
   from pg_policy p join pg_class c on c.oid = p.polrelid,
     lateral (select coalesce(pg_get_expr(p.polqual, p.polrelid), '') || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '') as text) e
   where regexp_count(e.text, 'current_setting\\(') <> regexp_count(e.text, 'NULLIF\\(current_setting\\([^()]*\\), ''''::text\\)')`,
  `select format('%s: policy %s does not begin with the tenant', t.name, p.polname) from tenant_table t
   join pg_policy p on p.polrelid = t.oid and not p.polroles = array[(select relowner from pg_class where oid = t.oid)],
     lateral (values (pg_get_expr(p.polqual, p.polrelid)), (pg_get_expr(p.polwithcheck, p.polrelid))) e (text)
   where e.text is not null and e.text !~ '^(${ownTenant}$|\\(${ownTenant} AND )'`,
  // --- The application role: owns nothing, is nothing else, and may do with a table what its use asks.
  `select format('%s owns %s', d.refobjid::regrole, pg_describe_object(d.classid, d.objid, d.objsubid)) from pg_shdepend d
   where d.refclassid = 'pg_authid'::regclass and d.deptype = 'o' and d.refobjid in (select oid from pg_roles where rolname in (${list(appRoles)}))`,
  `select r.rolname || ' is mightier than a role of the application' from pg_roles r
   where r.rolname in (${list(appRoles)}) and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication)`,
  `select format('%s has the privileges of %s', a.rolname, b.rolname) from pg_roles a, pg_roles b
   where a.rolname in (${list(appRoles)}) and b.rolname <> a.rolname and pg_has_role(a.oid, b.oid, 'usage')`,
  `select format('%s: bihuan_app may %s', c.relname, p.privilege) from pg_class c, (values ('UPDATE'), ('DELETE')) p (privilege)
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname in (${list(appendOnlyTables)})
     and (has_table_privilege('bihuan_app', c.oid, p.privilege)
       or p.privilege = 'UPDATE' and has_any_column_privilege('bihuan_app', c.oid, 'UPDATE'))`,
  `select format('%s: bihuan_app may DELETE', c.relname) from pg_class c
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname not in (${list(deletableTables)}, ${list(appendOnlyTables)})
     and has_table_privilege('bihuan_app', c.oid, 'DELETE')`,
  `select format('%s: %s may %s', c.relname, r.rolname, p.privilege)
   from pg_class c, pg_roles r, (values ('TRUNCATE'), ('REFERENCES'), ('TRIGGER')) p (privilege)
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and r.rolname in (${list(appRoles)})
     and has_table_privilege(r.oid, c.oid, p.privilege)`,
  `select format('%s: %s may write', c.relname, r.rolname) from pg_class c, pg_roles r
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and r.rolname in ('bihuan_app_territory', 'bihuan_app_line')
     and (has_any_column_privilege(r.oid, c.oid, 'INSERT, UPDATE') or has_table_privilege(r.oid, c.oid, 'DELETE'))`,
  `select 'the list of append-only tables names ' || a || ', which is none' from unnest(array[${list(appendOnlyTables)}]) a
   where not exists (select 1 from tenant_table t where t.name = a)`,
  `select format('%s: the application may use %s outside public', r.rolname, c.oid::regclass) from pg_class c, pg_roles r
   where c.relnamespace not in ('public'::regnamespace, 'pg_catalog'::regnamespace, 'information_schema'::regnamespace)
     and c.relkind in ('r', 'p', 'v', 'm', 'f') and r.rolname in (${list(appRoles)}) and has_schema_privilege(r.oid, c.relnamespace, 'USAGE')
     and has_any_column_privilege(r.oid, c.oid, 'SELECT, INSERT, UPDATE')`,
  // --- Doors beside the policies.
  `select format('partition %s carries a grant to %s', c.relname, case g.grantee when 0 then 'public' else g.grantee::regrole::text end)
   from pg_class c, aclexplode(c.relacl) g where c.relispartition and c.relkind = 'r' and g.grantee <> c.relowner`,
  `select format('view %s reads with its owner''s rights', c.relname) from pg_class c
   where c.relnamespace = 'public'::regnamespace and c.relkind = 'v'
     and not coalesce('security_invoker=true' = any (c.reloptions), false) and not exists (select 1 from extension_object e where e.objid = c.oid)`,
  `select format('%s is of a kind that policies do not cover', c.relname) from pg_class c
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('m', 'f') and has_table_privilege('bihuan_app', c.oid, 'SELECT')`,
  `select format('function %s is SECURITY DEFINER without a search_path of its own', p.oid::regprocedure) from pg_proc p
   where p.prosecdef and p.pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
     and not exists (select 1 from unnest(p.proconfig) s where s like 'search_path=%')`,
  `select format('public may use %s', c.oid::regclass) from pg_class c, aclexplode(c.relacl) g
   where g.grantee = 0 and c.relnamespace in ('public'::regnamespace, 'graphile_worker'::regnamespace)`,
  `select format('public may use column %s.%s', c.oid::regclass, a.attname)
   from pg_attribute a join pg_class c on c.oid = a.attrelid, aclexplode(a.attacl) g
   where g.grantee = 0 and c.relnamespace in ('public'::regnamespace, 'graphile_worker'::regnamespace)`,
  `select format('public may execute %s', p.oid::regprocedure) from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g
   where g.grantee = 0 and p.pronamespace = 'public'::regnamespace and not exists (select 1 from extension_object e where e.objid = p.oid)`,
  `select format('public may %s in schema %s', g.privilege_type, n.nspname) from pg_namespace n, aclexplode(n.nspacl) g
   where g.grantee = 0 and (n.nspname = 'public' and g.privilege_type = 'CREATE' or n.nspname = 'graphile_worker')`,
]

/** All faults, as sentences. `ask` is the owner. */
export async function catalogueFaults(ask: Ask): Promise<string[]> {
  const faults: string[] = []
  for (const promise of promises) {
    const rows = await ask<{ fault: string }>(
      `with tenant_table as (
         select c.oid, c.relname as name from pg_class c
         where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname not in (${list(referenceTables)})),
       extension_object as (select objid from pg_depend where deptype = 'e')
       select found.fault from (${promise}) as found (fault) order by 1`,
    )
    faults.push(...rows.map((row) => row.fault))
  }
  return faults
}

interface Column {
  readonly table: string
  readonly name: string
  readonly type: string
  /** The first word that a check allows. */
  readonly word: string | null
  /** The table and column that a foreign key points to. */
  readonly target: string | null
  readonly targetColumn: string | null
}

/** What the filler puts where: the same for every row of a tenant. */
export interface Filling {
  readonly tenantId: string
  readonly path: string
  readonly line: string
  readonly party: string
}

/** One row in every table of the tenant, whatever its columns are; tables come after those that they point to. */
export async function fillEveryTable(ask: Ask, filling: Filling): Promise<string[]> {
  const columns = await ask<Column>(
    `select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
       (select max((regexp_match(pg_get_constraintdef(k.oid), '\\(' || a.attname || ' = ANY \\(ARRAY\\[''([^'']*)'''))[1])
        from pg_constraint k where k.conrelid = c.oid and k.contype = 'c' and a.attnum = any (k.conkey)) as word,
       f.confrelid::regclass::text as target,
       (select b.attname from pg_attribute b where b.attrelid = f.confrelid and b.attnum = f.confkey[array_position(f.conkey, a.attnum)]) as "targetColumn"
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = ''
     left join lateral (select * from pg_constraint k where k.conrelid = c.oid and k.contype = 'f' and a.attnum = any (k.conkey)
       order by k.confrelid <> c.oid desc limit 1) f on true
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and c.relname not in (${list(referenceTables)})
     order by c.relname, a.attnum`,
  )
  await ask(
    `insert into tenant (id, code, name, created_at) values ($1, 'T' || $1::uuid::text, '某区', '2023-06-16') on conflict do nothing`,
    [filling.tenantId],
  )
  const made = new Map<string, Record<string, unknown>>()
  const left = new Set(columns.map((column) => column.table))
  while (left.size > 0) {
    const ready = [...left].filter((table) =>
      columns.every(
        ({ table: of, target }) => of !== table || target === null || target === table || !left.has(target),
      ),
    )
    if (ready.length === 0) throw new Error(`these tables point at each other in a circle: ${[...left].join(', ')}`)
    for (const table of ready) {
      const row = rowFor(
        table,
        columns.filter((column) => column.table === table),
        filling,
        made,
      )
      const names = Object.keys(row)
      await ask(
        `insert into ${table} (${names.map((name) => `"${name}"`).join(', ')}) values (${names.map((_, at) => `$${at + 1}`).join(', ')})`,
        Object.values(row),
      )
      made.set(table, row)
      left.delete(table)
    }
  }
  return [...made.keys()].sort()
}

function rowFor(
  table: string,
  columns: readonly Column[],
  filling: Filling,
  made: ReadonlyMap<string, Record<string, unknown>>,
): Record<string, unknown> {
  const row: Record<string, unknown> = {}
  for (const { name, type, word, target, targetColumn } of columns) {
    if (name === 'tenant_id') row[name] = filling.tenantId
    else if (target === table) row[name] = null
    else if (target !== null && targetColumn !== null) row[name] = made.get(target)?.[targetColumn]
    else if (name === 'territory_path' || name === 'bound_path') row[name] = filling.path
    else if (name === 'line_path') row[name] = filling.line
    else if (name === 'parties') row[name] = [filling.party]
    // Offices are a directory that the whole tenant reads; enterprises are not.
    else if (table === 'unit' && name === 'kind') row[name] = 'enterprise'
    else row[name] = word ?? valueOf(table, type)
  }
  return row
}

function valueOf(table: string, type: string): unknown {
  if (type.endsWith('[]')) return []
  if (/^(integer|bigint|smallint|numeric.*|double precision|real)$/.test(type)) return 1
  if (type.startsWith('timestamp')) return new Date('2023-06-16T01:00:00Z')
  switch (type) {
    case 'uuid':
      return randomUUID()
    case 'text':
      return `${table} ${randomUUID()}`
    case 'date':
      return '2023-06-16'
    case 'boolean':
      return false
    case 'jsonb':
    case 'json':
      return '{}'
    case 'bytea':
      return Buffer.from([1])
    default:
      throw new Error(`${table}: the filler does not know the type ${type}; teach it`)
  }
}

interface Situation {
  readonly name: string
  readonly settings: Readonly<Record<string, string>>
  readonly role?: string
  /** Tables whose rows are open in this situation, by design. */
  readonly open: readonly string[]
}

const purposes = ['log-in', 'seal', 'verify', 'found', 'tidy', 'end-session', 'tenant', 'maintenance', '']
const everywhere = {
  'app.path': '/',
  'app.scope': '/',
  'app.line': '/',
  'app.audit': 'yes',
  'app.path_from': '/',
  'app.path_to': '0',
}
const allEmpty = {
  ...{ 'app.tenant': '', 'app.path': '', 'app.scope': '', 'app.line': '', 'app.parties': '', 'app.path_from': '' },
  ...{ 'app.path_to': '', 'app.purpose': '', 'app.account': '', 'app.audit': '' },
}

/** Every kind of scope in which a row of `mine` must not be seen. */
function situations(mine: Filling, other: Filling): Situation[] {
  const tenants = (purpose: string) => (['log-in', 'seal', 'found', 'maintenance'].includes(purpose) ? ['tenant'] : [])
  const roles = ['bihuan_app', 'bihuan_app_territory', 'bihuan_app_line']
  return [
    ...roles.flatMap((role) => [
      { name: `${role}, nothing set`, settings: {}, role, open: [] },
      { name: `${role}, all settings empty`, settings: allEmpty, role, open: [] },
      {
        name: `${role}, no tenant, everywhere`,
        settings: { ...everywhere, 'app.parties': mine.party },
        role,
        open: [],
      },
    ]),
    ...purposes.flatMap((purpose) => [
      {
        name: `purpose ${purpose || 'none'} of no tenant`,
        settings: { ...allEmpty, 'app.purpose': purpose },
        open: tenants(purpose),
      },
      ...roles.map((role) => ({
        name: `${role}, purpose ${purpose || 'none'} of another tenant, everywhere`,
        settings: {
          ...everywhere,
          'app.tenant': other.tenantId,
          'app.parties': mine.party,
          'app.purpose': purpose,
          'app.account': mine.party,
        },
        role,
        open: tenants(purpose),
      })),
    ]),
    { name: 'own tenant and no more', settings: { 'app.tenant': mine.tenantId }, open: tenantWideTables },
    {
      name: 'own tenant, all else empty',
      settings: { ...allEmpty, 'app.tenant': mine.tenantId },
      open: tenantWideTables,
    },
    {
      name: 'own tenant, elsewhere on both axes',
      settings: {
        ...{
          'app.tenant': mine.tenantId,
          'app.path': '/zzzzzz/',
          'app.scope': '/yyyyyy/,/xxxxxx/',
          'app.line': '/zzzzzz/',
        },
        ...{ 'app.parties': other.party, 'app.account': other.party },
      },
      open: tenantWideTables,
    },
    ...['bihuan_app_territory', 'bihuan_app_line'].flatMap((role) => [
      {
        name: `${role}, own tenant, no range`,
        settings: { ...allEmpty, 'app.tenant': mine.tenantId, 'app.path': '/' },
        role,
        open: [],
      },
      {
        name: `${role}, own tenant, half a range`,
        settings: { 'app.tenant': mine.tenantId, 'app.path_from': '/', 'app.path_to': '' },
        role,
        open: [],
      },
      {
        name: `${role}, own tenant, another range`,
        settings: { 'app.tenant': mine.tenantId, 'app.path_from': '/zzzzzz/', 'app.path_to': '/zzzzzz0' },
        role,
        open: [],
      },
    ]),
  ]
}

/** Looks at every table in every situation; gives where rows of `mine` were seen. As the application role, and nobody else. */
export async function leaks(pool: pg.Pool, mine: Filling, other: Filling): Promise<string[]> {
  const found: string[] = []
  const client = await pool.connect()
  try {
    for (const { name, settings, role = 'bihuan_app', open } of situations(mine, other)) {
      const { rows: tables } = await client.query<{ name: string; tenant: string }>(
        `select c.relname as name, case when c.relname = 'tenant' then 'id' else 'tenant_id' end as tenant from pg_class c
         where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
           and c.relname <> all ($2) and has_table_privilege($1, c.oid, 'SELECT') order by 1`,
        [role, ['schema_migration', ...shippedTables, ...open]],
      )
      const counts = tables.map(
        ({ name: table, tenant }) => `select '${table}' as table, count(*)::int from ${table} where ${tenant} = $1`,
      )
      await client.query('begin')
      for (const [setting, value] of Object.entries(settings)) await client.query(`set local ${setting} = '${value}'`)
      if (role !== 'bihuan_app') await client.query(`set local role ${role}`)
      const { rows } = await client.query<{ table: string; count: number }>(counts.join(' union all '), [mine.tenantId])
      for (const { table, count } of rows) if (count > 0) found.push(`${table}: ${count} row seen with ${name}`)
      await client.query('rollback')
    }
  } finally {
    client.release()
  }
  return found
}
