-- Receivers outside: other servers that a filed return is sent to as a package, and what became of each.
create table package_receiver (
  tenant_id uuid not null,
  id uuid not null,
  territory_path text collate "C" not null,
  -- Those below see where their returns go.
  bound_path text collate "C" not null,
  name text not null,
  -- Of the other server, without /api/packages.
  url text collate "C" not null,
  -- The credential that the other side gave, encrypted with the server's secret; never answered.
  sealed_token text collate "C" not null,
  token_set_at timestamptz(3) not null,
  active boolean not null,
  version integer not null default 1,
  created_at timestamptz(3) not null,
  primary key (tenant_id, id)
);
select spread('package_receiver');
select protect_campaign('package_receiver', 'change');

alter table report_schedule add column outside_receiver_ids uuid[] not null default '{}';

create table package_push (
  tenant_id uuid not null,
  id uuid not null,
  -- Of the return.
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null,
  return_id uuid not null,
  round integer not null,
  receiver_id uuid not null,
  -- queued; delivered, with their receipt; refused, with their sentence; given-up: not reached for a week; superseded: filed anew before it left.
  state text collate "C" not null,
  -- The package as it is sent, compressed: each try sends the same bytes, so that the other side knows it again. Null once it is settled.
  package bytea,
  package_hash text collate "C",
  -- {returnId, packageHash, already}: what they answered.
  receipt jsonb,
  -- A code of the network, or theirs; and their sentence.
  reason text collate "C",
  sentence text,
  tries integer not null default 0,
  queued_at timestamptz(3) not null,
  since timestamptz(3) not null,
  primary key (tenant_id, id)
);
select spread('package_push');
alter table package_push add foreign key (tenant_id, return_id) references report_return (tenant_id, id);
alter table package_push add foreign key (tenant_id, receiver_id) references package_receiver (tenant_id, id);
create unique index package_push_once on package_push (tenant_id, return_id, round, receiver_id);
create index package_push_by_time on package_push (tenant_id, queued_at desc, id);
select protect_scoped('package_push', 'change');
