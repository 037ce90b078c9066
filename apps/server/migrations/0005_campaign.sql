-- Campaigns: what a notice ordered. A campaign is seen by whom it binds and by those above, and is managed at its issuer's and above.
-- `territory_path` is the issuer's; `bound_path` is the territory that it binds: a town's own, and for a department or an office, which
-- stands on no territory, the one that it works in.

create function protect_campaign(of regclass, use text) returns void language plpgsql as $$
declare
  tenant text := $p$tenant_id = nullif(current_setting('app.tenant', true), '')::uuid$p$;
  -- Downward: the path I work in begins with the path that is bound.
  bound text := $p$(nullif(current_setting('app.path', true), '') ^@ bound_path
      or bound_path ^@ nullif(current_setting('app.path', true), '')
      or bound_path ^@ any (string_to_array(nullif(current_setting('app.scope', true), ''), ','))
      or nullif(current_setting('app.purpose', true), '') = 'verify')$p$;
  own text := $p$(territory_path ^@ nullif(current_setting('app.path', true), '')
      or territory_path ^@ any (string_to_array(nullif(current_setting('app.scope', true), ''), ',')))$p$;
begin
  perform force_policies(of);
  execute format('create policy reading on %s for select to bihuan_app using (%s and %s)', of, tenant, bound);
  execute format('create policy adding on %s for insert to bihuan_app with check (%s and %s)', of, tenant, own);
  if use <> 'append' then
    execute format('create policy changing on %s for update to bihuan_app using (%s and %s) with check (%s and %s)', of, tenant, own, tenant, own);
  end if;
  if use = 'queue' then
    execute format('create policy removing on %s for delete to bihuan_app using (%s and %s)', of, tenant, own);
  end if;
  perform grant_use(of, use);
end $$;
revoke all on function protect_campaign(regclass, text) from public;

create table campaign (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  territory_path text collate "C" not null,
  bound_path text collate "C" not null,
  parent_id uuid,
  name text not null,
  title text not null,
  issuer text not null,
  doc_no text,
  issued_on date,
  starts_on date,
  ends_on date,
  -- What the plan stresses; and the sectors whose facts the tables count, null for all.
  sectors text[] not null,
  counted_sectors text[],
  state text collate "C" not null,
  -- The Plan as it was read or typed; `detail` is the aggregate as the rules see it, with the questions that the plan leaves and their decisions.
  plan jsonb not null,
  detail jsonb not null,
  version integer not null default 1,
  created_at timestamptz(3) not null,
  primary key (tenant_id, id)
);
select spread('campaign');
alter table campaign add foreign key (tenant_id, unit_id) references unit (tenant_id, id);
alter table campaign add foreign key (tenant_id, parent_id) references campaign (tenant_id, id);
create index campaign_by_path on campaign (tenant_id, territory_path, starts_on);
select protect_campaign('campaign', 'change');

create table campaign_phase (
  tenant_id uuid not null,
  campaign_id uuid not null,
  ordinal integer not null,
  territory_path text collate "C" not null,
  bound_path text collate "C" not null,
  name text not null,
  starts_on date,
  ends_on date,
  primary key (tenant_id, campaign_id, ordinal)
);
select spread('campaign_phase');
alter table campaign_phase add foreign key (tenant_id, campaign_id) references campaign (tenant_id, id);
select protect_campaign('campaign_phase', 'queue');

create table campaign_task (
  tenant_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  territory_path text collate "C" not null,
  bound_path text collate "C" not null,
  ordinal integer not null,
  area text not null,
  task text not null,
  requirement text not null,
  responsible text[] not null,
  responsible_unit_ids uuid[] not null,
  frequency jsonb,
  quota jsonb,
  due_text text not null,
  due jsonb,
  version integer not null default 1,
  primary key (tenant_id, id)
);
select spread('campaign_task');
alter table campaign_task add foreign key (tenant_id, campaign_id) references campaign (tenant_id, id);
create index campaign_task_by_campaign on campaign_task (tenant_id, campaign_id, ordinal);
select protect_campaign('campaign_task', 'queue');

-- What was done on a task: dated, with evidence; never changed, a wrong one is withdrawn by a later one.
create table task_update (
  tenant_id uuid not null,
  id uuid not null,
  task_id uuid not null,
  campaign_id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null,
  done_on date not null,
  finishes boolean not null,
  note text not null,
  file_ids uuid[] not null,
  withdraws uuid,
  account_id uuid not null,
  person_name text not null,
  unit_id uuid not null,
  recorded_at timestamptz(3) not null,
  entry_id uuid not null,
  primary key (tenant_id, id)
);
select spread('task_update');
alter table task_update add foreign key (tenant_id, task_id) references campaign_task (tenant_id, id);
create index task_update_by_task on task_update (tenant_id, task_id, done_on);
create index task_update_by_campaign on task_update (tenant_id, campaign_id);
select protect_scoped('task_update', 'append');

create table campaign_target (
  tenant_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  territory_path text collate "C" not null,
  bound_path text collate "C" not null,
  ordinal integer not null,
  name text not null,
  type text,
  enterprise_id uuid,
  primary key (tenant_id, id)
);
select spread('campaign_target');
alter table campaign_target add foreign key (tenant_id, campaign_id) references campaign (tenant_id, id);
create index campaign_target_by_campaign on campaign_target (tenant_id, campaign_id, ordinal);
select protect_campaign('campaign_target', 'queue');

-- 调度表: groups of cells bound to metrics, and its layout. Version by version; what was printed under one stays readable.
create table report_table (
  tenant_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  territory_path text collate "C" not null,
  bound_path text collate "C" not null,
  ordinal integer not null,
  title text not null,
  -- The form (head, groups, notes, foot, signatures) as PlanMetricTable, the layout, and each cell's binding.
  form jsonb not null,
  layout jsonb not null,
  bindings jsonb not null,
  version integer not null default 1,
  primary key (tenant_id, id)
);
select spread('report_table');
alter table report_table add foreign key (tenant_id, campaign_id) references campaign (tenant_id, id);
create index report_table_by_campaign on report_table (tenant_id, campaign_id, ordinal);
select protect_campaign('report_table', 'change');

-- 清单: the columns and lines of an official ledger form.
create table ledger_form (
  tenant_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  territory_path text collate "C" not null,
  bound_path text collate "C" not null,
  ordinal integer not null,
  title text not null,
  form jsonb not null,
  version integer not null default 1,
  primary key (tenant_id, id)
);
select spread('ledger_form');
alter table ledger_form add foreign key (tenant_id, campaign_id) references campaign (tenant_id, id);
select protect_campaign('ledger_form', 'change');
