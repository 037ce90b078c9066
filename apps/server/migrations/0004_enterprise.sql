-- Enterprises: a unit of kind 'enterprise' (its place in the tree) and what is known of it.

create table enterprise (
  tenant_id uuid not null,
  id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null default '{}',
  -- 统一社会信用代码 (GB 32100); some sole traders and sites have none and carry a key of the tenant's own.
  credit_code text collate "C",
  local_code text collate "C",
  name text not null,
  sector text not null,
  other_sectors text[] not null default '{}',
  size text collate "C" not null,
  employees integer check (employees >= 0),
  high_risk boolean not null default false,
  crowded boolean not null default false,
  labour_intensive boolean not null default false,
  key_supervised boolean not null default false,
  state_owned boolean not null default false,
  principal_name text,
  principal_phone text,
  safety_manager_name text,
  safety_manager_phone text,
  address text not null,
  longitude double precision,
  latitude double precision,
  territory_unit_id uuid not null,
  lead_regulator_id uuid,
  other_regulator_ids uuid[] not null default '{}',
  landlord_id uuid,
  status text collate "C" not null,
  version integer not null default 1,
  changed_at timestamptz(3) not null,
  primary key (tenant_id, id),
  unique (tenant_id, credit_code),
  unique (tenant_id, local_code)
);
select spread('enterprise');
alter table enterprise add foreign key (tenant_id, id) references unit (tenant_id, id);
alter table enterprise add foreign key (tenant_id, territory_unit_id) references unit (tenant_id, id);
alter table enterprise add foreign key (tenant_id, lead_regulator_id) references unit (tenant_id, id);
alter table enterprise add foreign key (tenant_id, landlord_id) references enterprise (tenant_id, id);
create index enterprise_by_path on enterprise (tenant_id, territory_path, id);
create index enterprise_by_line on enterprise (tenant_id, line_path, id);
create index enterprise_by_parties on enterprise using gin (parties);
create index enterprise_by_name on enterprise using gin (name gin_trgm_ops);
select protect_scoped('enterprise', 'change');

-- A workbook that was brought in: what was found in it, what became of each row, and how far it is.
create table import_run (
  tenant_id uuid not null,
  id uuid not null,
  kind text collate "C" not null check (kind in ('enterprise', 'unit', 'ledger')),
  account_id uuid not null,
  file_id uuid not null,
  -- What the import was told: campaign, default source, decisions on doubtful rows.
  options jsonb not null,
  state text collate "C" not null check (state in ('reading', 'preview', 'writing', 'done', 'failed')),
  done integer not null default 0,
  total integer,
  summary jsonb,
  refusal jsonb,
  created_at timestamptz(3) not null,
  changed_at timestamptz(3) not null,
  primary key (tenant_id, id)
);
select spread('import_run');
create index import_run_by_account on import_run (tenant_id, account_id, created_at);
select protect_tenant('import_run', 'change', $$account_id = nullif(current_setting('app.account', true), '')::uuid$$,
  $$account_id = nullif(current_setting('app.account', true), '')::uuid$$);

create table import_row (
  tenant_id uuid not null,
  run_id uuid not null,
  account_id uuid not null,
  ordinal integer not null,
  sheet text not null,
  row_number integer not null,
  -- new, changed, same, refused, doubtful (looks like another), written
  verdict text collate "C" not null,
  cells jsonb not null,
  reading jsonb,
  problems jsonb,
  object_id uuid,
  primary key (tenant_id, run_id, ordinal)
);
select spread('import_row');
alter table import_row add foreign key (tenant_id, run_id) references import_run (tenant_id, id);
create index import_row_by_verdict on import_row (tenant_id, run_id, verdict, ordinal);
select protect_tenant('import_row', 'queue', $$account_id = nullif(current_setting('app.account', true), '')::uuid$$,
  $$account_id = nullif(current_setting('app.account', true), '')::uuid$$);
