-- Returns (报表): who files which table, when, to whom; and what was filed, for ever.

-- A design as it was, version by version: what was filed under one is read with it.
create table report_table_version (
  tenant_id uuid not null,
  table_id uuid not null,
  version integer not null,
  territory_path text collate "C" not null,
  bound_path text collate "C" not null,
  form jsonb not null,
  layout jsonb not null,
  bindings jsonb not null,
  primary key (tenant_id, table_id, version)
);
select spread('report_table_version');
alter table report_table_version add foreign key (tenant_id, table_id) references report_table (tenant_id, id);
select protect_campaign('report_table_version', 'append');

-- A figure typed into a return counts for the units above once that return is filed. Of a table that is filed sector by sector it is
-- that of one sector; '' of all.
alter table typed_figure add column sector text collate "C" not null default '';
alter table typed_figure add column return_id uuid;

create table report_schedule (
  tenant_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  territory_path text collate "C" not null,
  bound_path text collate "C" not null,
  table_id uuid not null,
  title text not null,
  -- Schedule of packages/domain: cadence, due rule, shift, cut-off, first and last day.
  rule jsonb not null,
  -- Whose kind, or who by name, fills which groups.
  respondents jsonb not null,
  -- Units that receive it; empty: the respondent's superior among the respondents, at last the campaign's unit.
  receiver_ids uuid[] not null,
  -- Filed sector by sector, one return each; empty: one return for all.
  split_sectors text[] not null,
  -- Where the notice says two things: what was decided, and why.
  note text not null,
  active boolean not null,
  version integer not null default 1,
  created_at timestamptz(3) not null,
  primary key (tenant_id, id)
);
select spread('report_schedule');
alter table report_schedule add foreign key (tenant_id, campaign_id) references campaign (tenant_id, id);
alter table report_schedule add foreign key (tenant_id, table_id) references report_table (tenant_id, id);
create index report_schedule_by_campaign on report_schedule (tenant_id, campaign_id);
select protect_campaign('report_schedule', 'change');

create table report_return (
  tenant_id uuid not null,
  id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  -- The respondent and its receivers.
  parties uuid[] not null,
  schedule_id uuid not null,
  campaign_id uuid not null,
  table_id uuid not null,
  table_version integer not null,
  unit_id uuid not null,
  receiver_ids uuid[] not null,
  -- Null: every group of the table.
  groups text[],
  sector text collate "C" not null,
  period_key text collate "C" not null,
  period_title text not null,
  period_from date not null,
  period_to date not null,
  counts_from date,
  cut_off date not null,
  due_on date not null,
  provisional boolean not null,
  status text collate "C" not null,
  -- The state of the rules: signatures, remarks, days, rounds.
  detail jsonb not null,
  -- Up to where the signed figures count, and up to which day; from the first signature on.
  position bigint,
  counted_to date,
  version integer not null,
  opened_at timestamptz(3) not null,
  primary key (tenant_id, id)
);
select spread('report_return');
alter table report_return add foreign key (tenant_id, schedule_id) references report_schedule (tenant_id, id);
alter table report_return add foreign key (tenant_id, unit_id) references unit (tenant_id, id);
-- Opened once, however often and wherever the job begins again.
create unique index report_return_once on report_return (tenant_id, schedule_id, unit_id, period_key, sector);
create index report_return_by_unit on report_return (tenant_id, unit_id, due_on);
create index report_return_by_receiver on report_return using gin (receiver_ids);
create index report_return_by_period on report_return (tenant_id, schedule_id, period_key);
create index report_return_by_table on report_return (tenant_id, table_id, unit_id);
create index report_return_by_territory on report_return (tenant_id, territory_path, due_on);
select protect_scoped('report_return', 'change');

-- What happened to a return, act by act; with what was filed, as it was filed.
create table return_event (
  tenant_id uuid not null,
  id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null,
  return_id uuid not null,
  entry_id uuid not null,
  kind text collate "C" not null,
  status text collate "C" not null,
  round integer not null,
  sentence text not null,
  account_id uuid,
  person_name text not null,
  unit_id uuid,
  on_day date not null,
  recorded_at timestamptz(3) not null,
  -- Of a submission: figures, position, question, missing returns below; its hash is what was signed.
  content jsonb,
  content_hash text collate "C",
  primary key (tenant_id, id)
);
select spread('return_event');
alter table return_event add foreign key (tenant_id, return_id) references report_return (tenant_id, id);
alter table return_event add foreign key (tenant_id, entry_id) references audit_entry (tenant_id, id);
create index return_event_by_return on return_event (tenant_id, return_id, recorded_at, id);
create index return_event_by_entry on return_event (tenant_id, entry_id);
select protect_scoped('return_event', 'append');
