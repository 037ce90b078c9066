import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Purpose } from '../src/platform/db/scope.js'
import { catalogueFaults, fillEveryTable, leaks, tenantWideTables, type Ask, type Filling } from './catalogue.js'
import { cloneDatabase, type TestDatabase } from './test-database.js'

const mine: Filling = {
  tenantId: '018f0000-0000-7000-8000-00000000000a',
  path: '/aaaaaa/bbbbbb/',
  line: '/llllll/',
  party: '018f0000-0000-7000-8000-0000000000aa',
}
const other: Filling = {
  tenantId: '018f0000-0000-7000-8000-00000000000b',
  path: '/cccccc/dddddd/',
  line: '/kkkkkk/',
  party: '018f0000-0000-7000-8000-0000000000bb',
}

const campaignTables = [
  ...[
    'campaign',
    'campaign_phase',
    'campaign_task',
    'campaign_target',
    'campaign_duty',
    'campaign_notice',
    'ledger_form',
  ],
  ...['report_table', 'report_table_version', 'report_schedule', 'report_narrative', 'circular', 'package_receiver'],
]

let db: TestDatabase
let tables: string[]
const asOwner: Ask = (text, values) => db.asOwner(text, values)

beforeAll(async () => {
  db = await cloneDatabase()
  tables = await fillEveryTable(asOwner, mine)
  await fillEveryTable(asOwner, other)
})
afterAll(() => db.drop())

describe('every table', () => {
  it('keeps what the design asks of it', async () => {
    expect(await catalogueFaults(asOwner)).toEqual([])
  })

  it('shows none of a tenant’s rows where it must not', async () => {
    expect(await leaks(db.appPool, mine, other)).toEqual([])
  })

  it('holds a row of the tenant, so that nothing above passes for want of rows', async () => {
    for (const table of tables) {
      expect(await db.asOwner(`select 1 from ${table} where tenant_id = $1`, [mine.tenantId]), table).toHaveLength(1)
    }
  })

  it('shows its row to whoever has the whole reach', async () => {
    const seen = await db.database.withScope({ purpose: 'tenant', tenantId: mine.tenantId }, async (handle) => {
      const open: string[] = []
      for (const table of tables) if ((await handle.query(`select 1 from ${table}`)).length > 0) open.push(table)
      return open
    })
    const scoped = await db.asOwner<{ name: string }>(
      `select table_name as name from information_schema.columns where column_name = 'territory_path' and table_schema = 'public'`,
    )
    expect(seen).toEqual(expect.arrayContaining(scoped.map((row) => row.name)))
    expect(seen).toEqual(expect.arrayContaining(tenantWideTables.filter((name) => name !== 'tenant')))
  })

  it.each<[Purpose, readonly string[]]>([
    ['log-in', ['access_token', 'account', 'password_history', 'session', 'unit']],
    ['seal', ['audit_entry', 'audit_pending']],
    ['verify', ['account', 'audit_entry', 'audit_pending', 'unit', ...campaignTables]],
    ['found', []],
    ['tidy', ['idempotency_key']],
    ['end-session', ['access_token', 'session']],
  ])('opens to the purpose %s what it is for, and no more', async (purpose, opened) => {
    const seen = await db.database.withScope({ purpose, tenantId: mine.tenantId }, async (handle) => {
      const open: string[] = []
      for (const table of tables) if ((await handle.query(`select 1 from ${table}`)).length > 0) open.push(table)
      return open
    })
    expect(seen.filter((table) => !tenantWideTables.includes(table))).toEqual([...opened].sort())
  })

  it('shows the owner nothing either, until it says that it is at maintenance', async () => {
    const owner = new pg.Client({ connectionString: db.ownerUrl })
    await owner.connect()
    for (const table of tables) {
      const { rows } = await owner.query<{ count: number }>(`select count(*)::int as count from ${table}`)
      expect(rows[0]?.count, table).toBe(0)
    }
    await owner.end()
  })
})

const table = (name: string, key = 'tenant_id, id', more = '') =>
  `create table ${name} (tenant_id uuid not null, id uuid not null, territory_path text, line_path text, parties uuid[], after jsonb, primary key (${key})${more}); `
const sound = (name: string) => `${table(name)} select protect_scoped('${name}', 'append'); `
const policyOf = (name: string, using: string) =>
  `${table(name)} select force_policies('${name}'); create policy reading on ${name} to bihuan_app using (${using}); select grant_use('${name}', 'append'); `
const tenant = `tenant_id = nullif(current_setting('app.tenant', true), '')::uuid`

/** [what was planted, its SQL, the fault that must be told] */
const planted: readonly (readonly [string, string, string])[] = [
  [
    'no row security',
    `${table('planted')} grant select on planted to bihuan_app`,
    'planted has no forced row security',
  ],
  [
    'row security that is not forced',
    `${sound('planted')} alter table planted no force row level security`,
    'planted has no forced row security',
  ],
  [
    'no policy',
    `${table('planted')} select force_policies('planted')`,
    'planted has no policy for reading by bihuan_app',
  ],
  [
    'a reference table without row security',
    'alter table tenant disable row level security',
    'tenant has no forced row security',
  ],
  [
    'a policy for everybody',
    `${sound('planted')} create policy more on planted using (${tenant})`,
    'planted: policy more is for everybody',
  ],
  [
    'a policy with a subquery',
    policyOf('planted', `${tenant} and id in (select unit_id from unit_path)`),
    'planted: policy reading contains a subquery',
  ],
  [
    'a policy without nullif',
    policyOf('planted', `${tenant} and territory_path ^@ current_setting('app.path', true)`),
    'planted: policy reading reads a setting without nullif',
  ],
  [
    'a policy that forgets the tenant on one side of an "or"',
    policyOf('planted', `${tenant} and id is null or territory_path ^@ nullif(current_setting('app.path', true), '')`),
    'planted: policy reading does not begin with the tenant',
  ],
  ['no tenant_id', 'create table planted (id uuid primary key)', 'planted has no tenant_id uuid not null'],
  [
    'a key without tenant_id',
    table('planted', 'id'),
    'planted: unique index planted_pkey does not lead with tenant_id',
  ],
  [
    'a key that does not lead with tenant_id',
    table('planted', 'id, tenant_id'),
    'planted: unique index planted_pkey does not lead with tenant_id',
  ],
  [
    'a unique index without tenant_id',
    `${sound('planted')} create unique index planted_once on planted (territory_path)`,
    'planted: unique index planted_once does not lead with tenant_id',
  ],
  [
    'a foreign key without tenant_id',
    `${table('parent', 'id')} ${table('planted', 'tenant_id, id', ', constraint up foreign key (id) references parent (id)')}`,
    'planted: foreign key up does not lead with tenant_id',
  ],
  [
    'a trigger',
    `${sound('planted')} create trigger planted_stamp before update on planted for each row execute function suppress_redundant_updates_trigger()`,
    'planted has trigger planted_stamp',
  ],
  ['an UPDATE on the audit trail', 'grant update on audit_entry to bihuan_app', 'audit_entry: bihuan_app may UPDATE'],
  ['an UPDATE on one column of a fact', 'grant update (amount) on fact to bihuan_app', 'fact: bihuan_app may UPDATE'],
  ['a DELETE on seals', 'grant delete on audit_seal to bihuan_app', 'audit_seal: bihuan_app may DELETE'],
  ['a DELETE on hazards', 'grant delete on hazard to bihuan_app', 'hazard: bihuan_app may DELETE'],
  ['a TRUNCATE', 'grant truncate on hazard to bihuan_app', 'hazard: bihuan_app may TRUNCATE'],
  ['a narrow role that writes', 'grant insert on hazard to bihuan_app_line', 'hazard: bihuan_app_line may write'],
  [
    'a partition with a grant of its own',
    `create table planted (tenant_id uuid not null, id uuid not null, primary key (tenant_id, id)) partition by hash (tenant_id);
     create table planted_leaf partition of planted for values with (modulus 1, remainder 0);
     grant select on planted_leaf to bihuan_app`,
    'partition planted_leaf carries a grant to bihuan_app',
  ],
  [
    'a SECURITY DEFINER function that trusts the search_path',
    `create function planted() returns int language sql security definer as 'select 1'; revoke all on function planted() from public`,
    'function planted() is SECURITY DEFINER without a search_path of its own',
  ],
  [
    'a function for public',
    `create function planted() returns int language sql as 'select 1'`,
    'public may execute planted()',
  ],
  ['a grant to public', 'grant select on hazard to public', 'public may use hazard'],
  [
    'a sequence for public',
    'create sequence planted; grant usage on sequence planted to public',
    'public may use planted',
  ],
  [
    'a schema in which everybody creates',
    'grant create on schema public to public',
    'public may CREATE in schema public',
  ],
  [
    'a view with its owner’s rights',
    'create view planted as select * from hazard',
    "view planted reads with its owner's rights",
  ],
  [
    'the job queue open to the application',
    'grant usage on schema graphile_worker to bihuan_app; grant select on graphile_worker._private_jobs to bihuan_app',
    'bihuan_app: the application may use graphile_worker._private_jobs outside public',
  ],
  [
    'an append-only table that is gone',
    'drop table typed_figure',
    'the list of append-only tables names typed_figure, which is none',
  ],
  [
    'the privileges of a narrow role inherited',
    'grant bihuan_app_line to bihuan_app_territory',
    'bihuan_app_territory has the privileges of bihuan_app_line',
  ],
]

describe('a planted fault is told', () => {
  it.each(planted)('%s', async (_what, sql, fault) => {
    const owner = new pg.Client({ connectionString: db.ownerUrl })
    await owner.connect()
    try {
      await owner.query(`begin; ${sql}`)
      const ask: Ask = async <Row extends pg.QueryResultRow>(text: string) => (await owner.query<Row>(text)).rows
      expect(await catalogueFaults(ask)).toContain(fault)
    } finally {
      await owner.query('rollback')
      await owner.end()
    }
  })

  it.each([
    ['a table without row security', `${table('planted')} grant select on planted to bihuan_app`],
    [
      'a policy without nullif',
      policyOf('planted', `${tenant} and territory_path ^@ current_setting('app.path', true)`),
    ],
    [
      'a policy that forgets the tenant',
      policyOf('planted', `territory_path ^@ nullif(current_setting('app.path', true), '')`),
    ],
    [
      'a narrow policy that forgets the range’s end',
      `${table('planted')} select force_policies('planted'); grant select on planted to bihuan_app_territory;
       create policy territory on planted for select to bihuan_app_territory
         using (${tenant} and territory_path >= nullif(current_setting('app.path_from', true), ''))`,
    ],
    [
      'a view',
      'create view planted as select * from hazard; grant select on planted to bihuan_app; alter table hazard no force row level security',
    ],
  ])('by its rows: %s', async (_what, sql) => {
    const clone = await cloneDatabase()
    try {
      await clone.asOwner(sql)
      const ask: Ask = (text, values) => clone.asOwner(text, values)
      await fillEveryTable(ask, mine)
      expect((await leaks(clone.appPool, mine, other)).join('\n')).toMatch(/^planted: 1 row seen with/m)
    } finally {
      await clone.drop()
    }
  })
})
