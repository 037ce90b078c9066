-- 实施方案: the plan that a receiver of a campaign makes under it, kept as a document of the campaign. The last one holds.

create table campaign_sub_plan (
  tenant_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  unit_id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null,
  file_id uuid not null,
  file_name text not null,
  account_id uuid not null,
  person_name text not null,
  kept_at timestamptz(3) not null,
  entry_id uuid not null,
  primary key (tenant_id, id)
);
select spread('campaign_sub_plan');
alter table campaign_sub_plan add foreign key (tenant_id, campaign_id, unit_id) references campaign_receiver (tenant_id, campaign_id, unit_id);
alter table campaign_sub_plan add foreign key (tenant_id, file_id) references file (tenant_id, id);
alter table campaign_sub_plan add foreign key (tenant_id, entry_id) references audit_entry (tenant_id, id);
create index campaign_sub_plan_by_unit on campaign_sub_plan (tenant_id, campaign_id, unit_id, kept_at);
create index campaign_sub_plan_by_entry on campaign_sub_plan (tenant_id, entry_id);
select protect_scoped('campaign_sub_plan', 'append');
