-- The ground: how a table is protected, spread and kept append-only, and the tables that every module stands on.
--
-- Settings of a transaction (set by withScope and nothing else; see docs/decisions/0003-row-security.md):
--   app.tenant            the tenant; unset or empty: nothing is seen
--   app.path              territory path (块) of the unit I work in
--   app.scope             further territory paths, present and former, separated by commas
--   app.line              line paths (条), separated by commas
--   app.parties           units I act for: rows that name them as a party are mine on neither axis
--   app.path_from/_to     one range of one axis, for the two roles that read lists by index
--   app.purpose           a named purpose instead of a person: log-in, seal, verify, ...
--   app.account           the person
-- An unset setting reads back as '' in a pooled connection, and '' is the ancestor of every path: hence nullif everywhere.

create extension if not exists pg_trgm;

-- On Citus a tenant table is spread by tenant_id; on plain PostgreSQL this does nothing.
create function spread(of regclass) returns void language plpgsql as $$
begin
  if exists (select 1 from pg_extension where extname = 'citus') then
    execute format('select create_distributed_table(%L, ''tenant_id'')', of);
  end if;
end $$;

create function spread_reference(of regclass) returns void language plpgsql as $$
begin
  if exists (select 1 from pg_extension where extname = 'citus') then
    execute format('select create_reference_table(%L)', of);
  end if;
end $$;

-- What the application role may do with a table. 'append' is kept by these grants: no UPDATE, no DELETE, no trigger.
create function grant_use(of regclass, use text) returns void language plpgsql as $$
begin
  execute format('grant select, insert on %s to bihuan_app', of);
  if use = 'change' then execute format('grant update on %s to bihuan_app', of); end if;
  if use = 'queue' then execute format('grant update, delete on %s to bihuan_app', of); end if;
end $$;

-- The owner is not above the policies either (FORCE); it sees rows only when it says that it is at maintenance.
create function force_policies(of regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', of);
  execute format('alter table %s force row level security', of);
  execute format($p$create policy maintenance on %s to %I
    using (nullif(current_setting('app.purpose', true), '') = 'maintenance')
    with check (nullif(current_setting('app.purpose', true), '') = 'maintenance')$p$, of, current_user);
end $$;

-- Rows with territory_path, line_path and parties: seen on either axis, or as a party.
-- The two narrow roles see one range of one axis; their conditions are index conditions (measured: docs/performance.md).
create function protect_scoped(of regclass, use text) returns void language plpgsql as $$
declare
  mine text := $p$tenant_id = nullif(current_setting('app.tenant', true), '')::uuid and (
      territory_path ^@ nullif(current_setting('app.path', true), '')
      or territory_path ^@ any (string_to_array(nullif(current_setting('app.scope', true), ''), ','))
      or line_path ^@ any (string_to_array(nullif(current_setting('app.line', true), ''), ','))
      or parties && string_to_array(nullif(current_setting('app.parties', true), ''), ',')::uuid[])$p$;
  range text := $p$tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
      and %1$s >= nullif(current_setting('app.path_from', true), '')
      and %1$s < nullif(current_setting('app.path_to', true), '')$p$;
begin
  perform force_policies(of);
  execute format('create policy reach on %s to bihuan_app using (%s) with check (%s)', of, mine, mine);
  execute format('create policy territory on %s for select to bihuan_app_territory using (%s)', of, format(range, 'territory_path'));
  execute format('create policy line on %s for select to bihuan_app_line using (%s)', of, format(range, 'line_path'));
  perform grant_use(of, use);
  execute format('grant select on %s to bihuan_app_territory, bihuan_app_line', of);
end $$;

-- Rows that everybody of the tenant may read; `readable` narrows it with conditions on columns and settings only.
create function protect_tenant(of regclass, use text, readable text default 'true', writable text default 'true') returns void language plpgsql as $$
declare
  tenant text := $p$tenant_id = nullif(current_setting('app.tenant', true), '')::uuid$p$;
begin
  perform force_policies(of);
  execute format('create policy reading on %s for select to bihuan_app using (%s and (%s))', of, tenant, readable);
  execute format('create policy adding on %s for insert to bihuan_app with check (%s and (%s))', of, tenant, writable);
  if use <> 'append' then
    execute format('create policy changing on %s for update to bihuan_app using (%s and (%s)) with check (%s and (%s))', of, tenant, readable, tenant, writable);
  end if;
  if use = 'queue' then
    execute format('create policy removing on %s for delete to bihuan_app using (%s and (%s))', of, tenant, readable);
  end if;
  perform grant_use(of, use);
end $$;

-- Only migrations call these.
revoke all on function spread(regclass), spread_reference(regclass), grant_use(regclass, text), force_policies(regclass),
  protect_scoped(regclass, text), protect_tenant(regclass, text, text, text) from public;

-- A tenant is the district-level jurisdiction that rows belong to. A catalogue, not a tenant table: on Citus it stands everywhere.
create table tenant (
  id uuid primary key,
  code text collate "C" not null unique,
  name text not null,
  created_at timestamptz not null
);
select spread_reference('tenant');
alter table tenant enable row level security;
alter table tenant force row level security;
create policy reading on tenant for select using (
  id = nullif(current_setting('app.tenant', true), '')::uuid
  or nullif(current_setting('app.purpose', true), '') in ('log-in', 'seal', 'found', 'maintenance'));
create policy founding on tenant for insert with check (nullif(current_setting('app.purpose', true), '') in ('found', 'maintenance'));
grant select, insert on tenant to bihuan_app;

-- Who did what, when, from where, to what, with before and after. One writer (platform/audit/record.ts); never changed.
create table audit_entry (
  tenant_id uuid not null,
  id uuid not null,
  at timestamptz(3) not null,
  account_id uuid,
  person_name text not null,
  unit_id uuid,
  via text collate "C" not null check (via in ('web', 'api', 'cli', 'job', 'maintenance')),
  address text not null,
  action text collate "C" not null,
  object_kind text collate "C" not null,
  object_id uuid,
  before jsonb,
  after jsonb,
  -- What went with it into other append-only tables (facts, placements): so that the chain covers those rows too.
  detail jsonb,
  primary key (tenant_id, id)
);
select spread('audit_entry');
create index audit_entry_by_object on audit_entry (tenant_id, object_kind, object_id, at);
create index audit_entry_by_time on audit_entry (tenant_id, at, id);
create index audit_entry_by_account on audit_entry (tenant_id, account_id, at);
select protect_tenant('audit_entry', 'append',
  $$nullif(current_setting('app.audit', true), '') = 'yes' or nullif(current_setting('app.purpose', true), '') in ('seal', 'verify')$$);

-- Entries that wait for their position. The writer adds, the sealer removes: gap-safe whatever order transactions commit in.
create table audit_pending (
  tenant_id uuid not null,
  entry_id uuid not null,
  primary key (tenant_id, entry_id),
  foreign key (tenant_id, entry_id) references audit_entry (tenant_id, id)
);
select spread('audit_pending');
select protect_tenant('audit_pending', 'queue',
  $$nullif(current_setting('app.purpose', true), '') in ('seal', 'verify')$$);

-- Position and hash chain, given after commit by one sealer a tenant, in batches; never partitioned.
create table audit_seal (
  tenant_id uuid not null,
  position bigint not null check (position > 0),
  entry_id uuid not null,
  entry_hash bytea not null,
  chain_hash bytea not null,
  sealed_at timestamptz(3) not null,
  primary key (tenant_id, position),
  unique (tenant_id, entry_id),
  foreign key (tenant_id, entry_id) references audit_entry (tenant_id, id)
);
select spread('audit_seal');
select protect_tenant('audit_seal', 'append', 'true', $$nullif(current_setting('app.purpose', true), '') = 'seal'$$);

-- A write that a client may repeat: the key, what was asked, and the answer that was given.
create table idempotency_key (
  tenant_id uuid not null,
  account_id uuid not null,
  key text collate "C" not null,
  route text collate "C" not null,
  request_hash bytea not null,
  status integer,
  answer jsonb,
  created_at timestamptz(3) not null,
  primary key (tenant_id, account_id, key)
);
select spread('idempotency_key');
create index idempotency_key_by_age on idempotency_key (tenant_id, created_at);
select protect_tenant('idempotency_key', 'queue',
  $$account_id = nullif(current_setting('app.account', true), '')::uuid or nullif(current_setting('app.purpose', true), '') = 'tidy'$$,
  $$account_id = nullif(current_setting('app.account', true), '')::uuid$$);

-- Files by content: the bytes stand in the store under their hash, the row says whose they are.
create table file (
  tenant_id uuid not null,
  id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null,
  sha256 text collate "C" not null,
  name text not null,
  media_type text collate "C" not null,
  size bigint not null check (size >= 0),
  uploaded_by uuid not null,
  uploaded_at timestamptz(3) not null,
  entry_id uuid not null,
  primary key (tenant_id, id)
);
select spread('file');
select protect_scoped('file', 'append');

-- Days off and days worked that the calendar package does not know yet, or that were moved again.
create table calendar_override (
  day date primary key,
  kind text collate "C" not null check (kind in ('working-day', 'day-off')),
  source text not null
);
select spread_reference('calendar_override');
alter table calendar_override enable row level security;
alter table calendar_override force row level security;
create policy reading on calendar_override for select using (true);
create policy changing on calendar_override for all using (nullif(current_setting('app.purpose', true), '') = 'maintenance')
  with check (nullif(current_setting('app.purpose', true), '') = 'maintenance');
grant select on calendar_override to bihuan_app;

-- The one door to the job queue: the application role cannot touch graphile_worker's tables.
create function enqueue(task text, payload json, run_at timestamptz default null, job_key text default null)
returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform graphile_worker.add_job(task, payload, run_at => run_at, job_key => job_key);
end $$;
revoke all on function enqueue(text, json, timestamptz, text) from public;
grant execute on function enqueue(text, json, timestamptz, text) to bihuan_app;
