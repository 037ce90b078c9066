-- Corrected notices (更正后的通知): each that a campaign was brought in line with, what it changed, and what of that was taken over.
create table campaign_notice (
  tenant_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  territory_path text collate "C" not null,
  bound_path text collate "C" not null,
  file_id uuid not null,
  -- As the file was called: whoever sees the campaign sees this, though the file is its issuer's.
  name text not null,
  -- What it corrects; null where the campaign was made by hand.
  corrects_file_id uuid,
  -- Each with `applied`.
  changes jsonb not null,
  reason text not null,
  account_id uuid not null,
  person_name text not null,
  entry_id uuid not null,
  recorded_at timestamptz(3) not null,
  primary key (tenant_id, id)
);
select spread('campaign_notice');
alter table campaign_notice add foreign key (tenant_id, campaign_id) references campaign (tenant_id, id);
alter table campaign_notice add foreign key (tenant_id, file_id) references file (tenant_id, id);
alter table campaign_notice add foreign key (tenant_id, corrects_file_id) references file (tenant_id, id);
alter table campaign_notice add foreign key (tenant_id, entry_id) references audit_entry (tenant_id, id);
create index campaign_notice_by_campaign on campaign_notice (tenant_id, campaign_id, recorded_at, id);
select protect_campaign('campaign_notice', 'append');
