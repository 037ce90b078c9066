-- 下发: a campaign goes out to units and enterprises, each of which reads and confirms it; who has not is seen, and reminded.

-- One act of sending: who was meant stays, so that a unit that joins later is found.
create table campaign_sending (
  tenant_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  territory_path text collate "C" not null,
  bound_path text collate "C" not null,
  number integer not null,
  rule jsonb not null,
  receivers integer not null,
  account_id uuid not null,
  person_name text not null,
  sent_at timestamptz(3) not null,
  entry_id uuid not null,
  primary key (tenant_id, id)
);
select spread('campaign_sending');
alter table campaign_sending add foreign key (tenant_id, campaign_id) references campaign (tenant_id, id);
alter table campaign_sending add foreign key (tenant_id, entry_id) references audit_entry (tenant_id, id);
create unique index campaign_sending_number on campaign_sending (tenant_id, campaign_id, number);
select protect_campaign('campaign_sending', 'append');

-- Who was sent it, once each. A party to the row is the campaign's unit: a department sends to towns that stand beside it.
create table campaign_receiver (
  tenant_id uuid not null,
  campaign_id uuid not null,
  unit_id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null,
  sending_id uuid not null,
  sent_at timestamptz(3) not null,
  reminded_on date,
  reminders integer not null default 0,
  primary key (tenant_id, campaign_id, unit_id)
);
select spread('campaign_receiver');
alter table campaign_receiver add foreign key (tenant_id, campaign_id) references campaign (tenant_id, id);
alter table campaign_receiver add foreign key (tenant_id, unit_id) references unit (tenant_id, id);
alter table campaign_receiver add foreign key (tenant_id, sending_id) references campaign_sending (tenant_id, id);
create index campaign_receiver_by_place on campaign_receiver (tenant_id, campaign_id, territory_path, unit_id);
create index campaign_receiver_by_unit on campaign_receiver (tenant_id, unit_id);
select protect_scoped('campaign_receiver', 'change');

-- 阅读并确认, with the version of the notice that was read: null of a campaign that has no notice. One for each version.
create table campaign_confirmation (
  tenant_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  unit_id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null,
  notice_file_id uuid,
  account_id uuid not null,
  person_name text not null,
  confirmed_at timestamptz(3) not null,
  entry_id uuid not null,
  primary key (tenant_id, id)
);
select spread('campaign_confirmation');
alter table campaign_confirmation add foreign key (tenant_id, campaign_id, unit_id) references campaign_receiver (tenant_id, campaign_id, unit_id);
alter table campaign_confirmation add foreign key (tenant_id, entry_id) references audit_entry (tenant_id, id);
create unique index campaign_confirmation_once on campaign_confirmation (tenant_id, campaign_id, unit_id, notice_file_id) nulls not distinct;
create index campaign_confirmation_by_entry on campaign_confirmation (tenant_id, entry_id);
select protect_scoped('campaign_confirmation', 'append');
