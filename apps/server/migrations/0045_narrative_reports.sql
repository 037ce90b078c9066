-- Narrative reports and plans for the record: what a schedule files that is words and not figures.

-- A definition, version by version: a return is judged by the one under which it was opened, and a change is a row more.
create table report_narrative (
  tenant_id uuid not null,
  id uuid not null,
  version integer not null,
  territory_path text collate "C" not null,
  bound_path text collate "C" not null,
  campaign_id uuid not null,
  kind text collate "C" not null,
  name text not null,
  -- Headings in their order.
  must_contain text[] not null,
  -- Which forms, and which receiver each is for.
  deliverables jsonb not null,
  -- Labels in the order of signing; empty where the signed and sealed scan is signature enough.
  signatures text[] not null,
  -- Attached to the draft with the figures of its day.
  table_ids uuid[] not null,
  entry_id uuid not null,
  made_at timestamptz(3) not null,
  primary key (tenant_id, id, version)
);
select spread('report_narrative');
alter table report_narrative add foreign key (tenant_id, campaign_id) references campaign (tenant_id, id);
alter table report_narrative add foreign key (tenant_id, entry_id) references audit_entry (tenant_id, id);
create index report_narrative_by_entry on report_narrative (tenant_id, entry_id);
select protect_campaign('report_narrative', 'append');

-- Like a ledger it stands on a table of no groups, made with the schedule. New returns are opened with the version named here.
alter table report_schedule add column narrative_id uuid;
alter table report_schedule add column narrative_version integer;
alter table report_schedule add foreign key (tenant_id, narrative_id, narrative_version) references report_narrative (tenant_id, id, version);
alter table report_return add column narrative_version integer;

-- What was delivered for a return, form by form: the last in a form stands, the earlier ones stay with the version that they were filed in.
create table return_delivery (
  tenant_id uuid not null,
  id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null,
  return_id uuid not null,
  entry_id uuid not null,
  form text collate "C" not null,
  -- Each with its name, kind, size, hash and, of a scan, pages.
  files jsonb not null,
  -- Of an editable document: what of the points that it must state is there, and from which draft it was written.
  sections jsonb,
  draft jsonb,
  account_id uuid not null,
  person_name text not null,
  delivered_at timestamptz(3) not null,
  primary key (tenant_id, id)
);
select spread('return_delivery');
alter table return_delivery add foreign key (tenant_id, return_id) references report_return (tenant_id, id);
alter table return_delivery add foreign key (tenant_id, entry_id) references audit_entry (tenant_id, id);
create index return_delivery_by_return on return_delivery (tenant_id, return_id, delivered_at);
create index return_delivery_by_entry on return_delivery (tenant_id, entry_id);
select protect_scoped('return_delivery', 'append');
