-- Roll-ups of the fact ledger (docs/decisions/0011-roll-ups.md): what the cumulative tables of wide units are read from. All of it
-- follows from facts, placements and positions; it is thrown away and made again at will, and no backup holds it.

-- Up to which position facts are folded in, and by which definition. `version` grows with every fold: a reader sees that one came between.
create table roll_up_state (
  tenant_id uuid not null,
  version bigint not null,
  folded_to bigint not null,
  -- Position at which the tree of roll_up_place was last changed.
  tree bigint not null,
  definition text collate "C" not null,
  primary key (tenant_id)
);
select spread('roll_up_state');

-- Days from which cumulative tables count: the beginnings of campaigns.
create table roll_up_span (
  tenant_id uuid not null,
  starts_on date not null,
  primary key (tenant_id, starts_on)
);
select spread('roll_up_span');

-- The tree that was folded with: of each unit the wide units whose subtree it is in.
create table roll_up_place (
  tenant_id uuid not null,
  unit_id uuid not null,
  above uuid[] not null,
  primary key (tenant_id, unit_id)
);
select spread('roll_up_place');

-- Records whose facts name two places, sectors or subjects: counted from their facts, with each of their subjects.
create table roll_up_loose (
  tenant_id uuid not null,
  record_id uuid not null,
  subject_id uuid not null,
  primary key (tenant_id, record_id, subject_id)
);
select spread('roll_up_loose');
create index roll_up_loose_by_subject on roll_up_loose (tenant_id, subject_id);

-- Counts and sums: what changes in a month under a wide unit, and on which of its days (never two entries of a day, none of zero).
create table roll_up_month (
  tenant_id uuid not null,
  starts_on date not null,
  unit_id uuid not null,
  metric text collate "C" not null,
  month date not null,
  sector text collate "C" not null,
  amount bigint not null,
  days smallint[] not null,
  amounts bigint[] not null,
  primary key (tenant_id, starts_on, unit_id, metric, month, sector)
);
select spread('roll_up_month');

-- From when to when a record counts for a subject, whatever unit asks: what a reversal needs to be undone.
create table roll_up_standing (
  tenant_id uuid not null,
  starts_on date not null,
  metric text collate "C" not null,
  subject_id uuid not null,
  record_id uuid not null,
  from_on date not null,
  to_on date not null,
  unit_id uuid not null,
  sector text collate "C" not null,
  primary key (tenant_id, starts_on, metric, subject_id, record_id, from_on)
);
select spread('roll_up_standing');
create index roll_up_standing_by_record on roll_up_standing (tenant_id, record_id);

-- First seen, and until when: a subject under a wide unit, in one sector, or in any ('*').
create table roll_up_seen (
  tenant_id uuid not null,
  starts_on date not null,
  unit_id uuid not null,
  metric text collate "C" not null,
  sector text collate "C" not null,
  subject_id uuid not null,
  from_on date not null,
  to_on date not null,
  primary key (tenant_id, starts_on, unit_id, metric, sector, subject_id, from_on) include (to_on)
);
select spread('roll_up_seen');
create index roll_up_seen_by_subject on roll_up_seen (tenant_id, subject_id, metric);

-- Figures are asked for and folded in the reach of the whole tenant; no person reads these.
select protect_tenant(t, 'queue', $$nullif(current_setting('app.purpose', true), '') = 'tenant'$$, $$nullif(current_setting('app.purpose', true), '') = 'tenant'$$)
from unnest(array['roll_up_state', 'roll_up_span', 'roll_up_place', 'roll_up_loose', 'roll_up_month', 'roll_up_standing', 'roll_up_seen']::regclass[]) t;

-- What is not sealed yet is not folded yet: a figure adds it.
drop policy reading on audit_pending;
create policy reading on audit_pending for select to bihuan_app
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
    and (nullif(current_setting('app.purpose', true), '') in ('seal', 'verify', 'tenant')));

-- A narrow unit's table is read from the facts of its few units.
create index fact_by_unit on fact (tenant_id, unit_id, occurred_on);
