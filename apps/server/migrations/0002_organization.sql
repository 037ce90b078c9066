-- Units and where they stand. The tree is bitemporal: assertions say from which day a unit stands under another, the
-- ledger's position says since when that is known. `unit.path` is the present place; `unit_path` keeps every place a unit had.

create table unit (
  tenant_id uuid not null,
  id uuid not null,
  kind text collate "C" not null,
  name text not null,
  code text collate "C",
  -- Six characters, the unit's own step in a path; never changes.
  label text collate "C" not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null default '{}',
  parent_id uuid,
  line_parent_id uuid,
  exists_from date not null,
  dissolved_on date,
  version integer not null default 1,
  primary key (tenant_id, id),
  unique (tenant_id, label),
  unique (tenant_id, code)
);
select spread('unit');
create index unit_by_path on unit (tenant_id, territory_path);
create index unit_by_line on unit (tenant_id, line_path);
create index unit_by_parent on unit (tenant_id, parent_id);
create index unit_by_name on unit using gin (name gin_trgm_ops);
-- The directory of offices is open to everybody of the tenant (one must be able to name a receiver); enterprises are not.
select force_policies('unit');
create policy reading on unit for select to bihuan_app using (
  tenant_id = nullif(current_setting('app.tenant', true), '')::uuid and (
    kind <> 'enterprise'
    or territory_path ^@ nullif(current_setting('app.path', true), '')
    or territory_path ^@ any (string_to_array(nullif(current_setting('app.scope', true), ''), ','))
    or line_path ^@ any (string_to_array(nullif(current_setting('app.line', true), ''), ','))
    or parties && string_to_array(nullif(current_setting('app.parties', true), ''), ',')::uuid[]
    or nullif(current_setting('app.purpose', true), '') in ('log-in', 'verify')));
create policy adding on unit for insert to bihuan_app with check (
  tenant_id = nullif(current_setting('app.tenant', true), '')::uuid and (
    territory_path ^@ nullif(current_setting('app.path', true), '')
    or territory_path ^@ any (string_to_array(nullif(current_setting('app.scope', true), ''), ','))
    or nullif(current_setting('app.purpose', true), '') = 'found'));
create policy changing on unit for update to bihuan_app
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid and (
    territory_path ^@ nullif(current_setting('app.path', true), '')
    or territory_path ^@ any (string_to_array(nullif(current_setting('app.scope', true), ''), ','))))
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
select grant_use('unit', 'change');
-- The narrow roles read lists and want the names of offices beside the rows.
create policy directory on unit for select to bihuan_app_territory, bihuan_app_line
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid and kind <> 'enterprise');
grant select on unit to bihuan_app_territory, bihuan_app_line;

create table unit_placement (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  parent_id uuid,
  axis text collate "C" not null check (axis in ('territory', 'line')),
  valid_from date not null,
  cancels uuid,
  entry_id uuid not null,
  recorded_at timestamptz(3) not null,
  primary key (tenant_id, id)
);
select spread('unit_placement');
alter table unit_placement add foreign key (tenant_id, unit_id) references unit (tenant_id, id);
alter table unit_placement add foreign key (tenant_id, entry_id) references audit_entry (tenant_id, id);
create index unit_placement_by_unit on unit_placement (tenant_id, unit_id);
create index unit_placement_by_entry on unit_placement (tenant_id, entry_id);
select protect_tenant('unit_placement', 'append');

create table unit_path (
  tenant_id uuid not null,
  unit_id uuid not null,
  axis text collate "C" not null check (axis in ('territory', 'line')),
  path text collate "C" not null,
  entry_id uuid not null,
  primary key (tenant_id, unit_id, axis, path)
);
select spread('unit_path');
alter table unit_path add foreign key (tenant_id, unit_id) references unit (tenant_id, id);
select protect_tenant('unit_path', 'append');

-- 责任分工: which unit leads or supports which sector, from when to when.
create table responsibility (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  sector text not null,
  role text collate "C" not null check (role in ('lead', 'support')),
  valid_from date not null,
  valid_to date,
  version integer not null default 1,
  primary key (tenant_id, id)
);
select spread('responsibility');
alter table responsibility add foreign key (tenant_id, unit_id) references unit (tenant_id, id);
create index responsibility_by_sector on responsibility (tenant_id, sector);
select protect_tenant('responsibility', 'change');
