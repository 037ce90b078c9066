-- The fact ledger. A record puts its facts once; every number in every table is a query on them. Never changed:
-- a correction is a second fact that reverses the first. The position of a fact is that of its audit entry.

create table fact (
  tenant_id uuid not null,
  id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null,
  entry_id uuid not null,
  measure text collate "C" not null,
  unit_id uuid not null,
  doer_unit_ids uuid[] not null,
  subject_id uuid not null,
  record_kind text collate "C" not null,
  record_id uuid not null,
  sector text not null,
  -- In the smallest unit of the measure: ones, and for money 分. Adds exactly, and is read without a way through fractions.
  amount bigint not null,
  occurred_on date not null,
  reverses uuid,
  recorded_at timestamptz(3) not null,
  primary key (tenant_id, id)
);
select spread('fact');
alter table fact add foreign key (tenant_id, entry_id) references audit_entry (tenant_id, id);
alter table fact add foreign key (tenant_id, unit_id) references unit (tenant_id, id);
create index fact_by_measure on fact (tenant_id, measure, occurred_on) include (unit_id, record_id, subject_id, amount);
create index fact_by_record on fact (tenant_id, record_id);
create index fact_by_entry on fact (tenant_id, entry_id);
-- A fact is reversed at most once, whoever tries.
create unique index fact_reversed_once on fact (tenant_id, reverses) where reverses is not null;
select protect_scoped('fact', 'append');

-- Figures that a person typed, because no record feeds them yet. Never changed; the latest for a unit, cell and day holds.
create table typed_figure (
  tenant_id uuid not null,
  id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null,
  entry_id uuid not null,
  table_id uuid not null,
  unit_id uuid not null,
  cell text collate "C" not null,
  as_of date not null,
  -- Null: the cell was emptied. A blank is not a zero.
  amount bigint,
  account_id uuid not null,
  person_name text not null,
  recorded_at timestamptz(3) not null,
  primary key (tenant_id, id)
);
select spread('typed_figure');
alter table typed_figure add foreign key (tenant_id, entry_id) references audit_entry (tenant_id, id);
alter table typed_figure add foreign key (tenant_id, table_id) references report_table (tenant_id, id);
alter table typed_figure add foreign key (tenant_id, unit_id) references unit (tenant_id, id);
create index typed_figure_by_cell on typed_figure (tenant_id, table_id, unit_id, cell, as_of);
select protect_scoped('typed_figure', 'append');
