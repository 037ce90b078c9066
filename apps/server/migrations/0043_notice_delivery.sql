-- Notices that also leave the house, to a robot of a chat group: each at most once, whatever is stopped or repeated in between.
create table notice_delivery (
  tenant_id uuid not null,
  notice_id uuid not null,
  -- waiting, sending, sent; unknown: it left and no answer came, so it is not sent again; expired: too old to be of use.
  state text collate "C" not null,
  tries integer not null default 0,
  -- By the database's clock: when it was put here, and since when it is in this state.
  queued_at timestamptz(3) not null default now(),
  since timestamptz(3) not null default now(),
  primary key (tenant_id, notice_id)
);
select spread('notice_delivery');
alter table notice_delivery add foreign key (tenant_id, notice_id) references notice (tenant_id, id);
create index notice_delivery_waiting on notice_delivery (tenant_id, notice_id) where state in ('waiting', 'sending');
-- Only jobs: no person has anything to do with it.
select protect_tenant('notice_delivery', 'change', $$nullif(current_setting('app.purpose', true), '') = 'tenant'$$,
  $$nullif(current_setting('app.purpose', true), '') = 'tenant'$$);
