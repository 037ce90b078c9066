-- Returns from other servers: whose packages are taken, and each one that was, as it came.
create table package_sender (
  tenant_id uuid not null,
  id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null,
  -- The unit here that the sender files for.
  unit_id uuid not null,
  name text not null,
  -- Ed25519, SPKI in base64.
  public_key text collate "C" not null,
  active boolean not null,
  created_at timestamptz(3) not null,
  primary key (tenant_id, id)
);
select spread('package_sender');
alter table package_sender add foreign key (tenant_id, unit_id) references unit (tenant_id, id);
create unique index package_sender_by_key on package_sender (tenant_id, public_key);
select protect_scoped('package_sender', 'change');

create table package_received (
  tenant_id uuid not null,
  id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null,
  sender_id uuid not null,
  return_id uuid not null,
  entry_id uuid not null,
  package_hash text collate "C" not null,
  package jsonb not null,
  account_id uuid not null,
  person_name text not null,
  received_at timestamptz(3) not null,
  primary key (tenant_id, id)
);
select spread('package_received');
alter table package_received add foreign key (tenant_id, sender_id) references package_sender (tenant_id, id);
alter table package_received add foreign key (tenant_id, return_id) references report_return (tenant_id, id);
alter table package_received add foreign key (tenant_id, entry_id) references audit_entry (tenant_id, id);
-- Brought twice it changes nothing.
create unique index package_received_once on package_received (tenant_id, package_hash);
create index package_received_by_return on package_received (tenant_id, return_id);
select protect_scoped('package_received', 'append');
