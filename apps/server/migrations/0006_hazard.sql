-- Hazards (隐患). The columns are what lists filter and sort by; `detail` is the whole aggregate as the rules see it.

create sequence hazard_number;
grant usage on sequence hazard_number to bihuan_app;

create table hazard (
  tenant_id uuid not null,
  id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null,
  campaign_id uuid not null,
  code text collate "C" not null,
  subject_id uuid,
  subject_name text not null,
  territory_unit_id uuid not null,
  responsible_unit_id uuid,
  authority_unit_id uuid,
  sector text not null,
  source text collate "C" not null,
  grade text collate "C" not null,
  state text collate "C" not null,
  found_on date,
  deadline date,
  closed_on date,
  listed boolean not null,
  description text not null,
  detail jsonb not null,
  version integer not null,
  created_at timestamptz(3) not null,
  changed_at timestamptz(3) not null,
  primary key (tenant_id, id),
  unique (tenant_id, code)
);
select spread('hazard');
alter table hazard add foreign key (tenant_id, campaign_id) references campaign (tenant_id, id);
alter table hazard add foreign key (tenant_id, territory_unit_id) references unit (tenant_id, id);
-- A' and B of docs/performance.md: the planner picks by selectivity, neither alone is enough. No deadline sorts last.
create index hazard_by_place on hazard (tenant_id, state, territory_path, (coalesce(deadline, 'infinity'::date)), id);
create index hazard_by_deadline on hazard (tenant_id, state, (coalesce(deadline, 'infinity'::date)), id) include (territory_path);
create index hazard_by_found on hazard (tenant_id, state, found_on, id) include (territory_path);
create index hazard_by_line on hazard (tenant_id, line_path, state, (coalesce(deadline, 'infinity'::date)), id);
create index hazard_by_subject on hazard (tenant_id, subject_id);
create index hazard_by_campaign on hazard (tenant_id, campaign_id, state);
create index hazard_by_parties on hazard using gin (parties);
create index hazard_by_text on hazard using gin (description gin_trgm_ops);
select protect_scoped('hazard', 'change');

create table hazard_event (
  tenant_id uuid not null,
  id uuid not null,
  hazard_id uuid not null,
  ordinal integer not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null,
  type text collate "C" not null,
  payload jsonb not null,
  occurred_on date not null,
  recorded_at timestamptz(3) not null,
  account_id uuid,
  person_name text not null,
  unit_id uuid,
  entry_id uuid not null,
  primary key (tenant_id, id),
  unique (tenant_id, hazard_id, ordinal)
);
select spread('hazard_event');
alter table hazard_event add foreign key (tenant_id, hazard_id) references hazard (tenant_id, id);
select protect_scoped('hazard_event', 'append');

-- What waits for a person or a unit in the 工作台 besides what a list can tell: reminders of deadlines, results of long work.
create table notice (
  tenant_id uuid not null,
  id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null,
  kind text collate "C" not null,
  text text not null,
  link text not null,
  account_id uuid,
  created_at timestamptz(3) not null,
  read_at timestamptz(3),
  -- The same reminder is not given twice, whoever asks for it how often.
  dedupe_key text collate "C" not null,
  primary key (tenant_id, id),
  unique (tenant_id, dedupe_key)
);
select spread('notice');
create index notice_by_time on notice (tenant_id, created_at, id);
select protect_scoped('notice', 'change');
