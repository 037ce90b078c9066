-- Circulars (通报): drafted from the figures at a position, kept as they were drafted, and marked issued with the paper that went out.
create table circular (
  tenant_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  territory_path text collate "C" not null,
  bound_path text collate "C" not null,
  title text not null,
  from_day date not null,
  to_day date not null,
  -- The figures count up to here, and `content` is what they were.
  position bigint not null,
  content jsonb not null,
  drafted_by uuid not null,
  person_name text not null,
  drafted_at timestamptz(3) not null,
  entry_id uuid not null,
  state text collate "C" not null check (state in ('draft', 'issued')),
  -- 第几期, of the campaign: given when it is issued.
  number integer,
  doc_no text,
  issued_on date,
  file_id uuid,
  file_sha256 text collate "C",
  version integer not null default 1,
  primary key (tenant_id, id)
);
select spread('circular');
alter table circular add foreign key (tenant_id, campaign_id) references campaign (tenant_id, id);
alter table circular add foreign key (tenant_id, entry_id) references audit_entry (tenant_id, id);
create index circular_by_campaign on circular (tenant_id, campaign_id, drafted_at);
create index circular_by_entry on circular (tenant_id, entry_id);
create unique index circular_number on circular (tenant_id, campaign_id, number) where number is not null;
select protect_campaign('circular', 'change');
-- What is issued is for all whom the campaign binds; a draft is its issuer's own.
drop policy reading on circular;
create policy reading on circular for select to bihuan_app using (
  tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (territory_path ^@ nullif(current_setting('app.path', true), '')
    or territory_path ^@ any (string_to_array(nullif(current_setting('app.scope', true), ''), ','))
    or nullif(current_setting('app.purpose', true), '') = 'verify'
    or (state = 'issued' and (nullif(current_setting('app.path', true), '') ^@ bound_path
      or bound_path ^@ nullif(current_setting('app.path', true), '')
      or bound_path ^@ any (string_to_array(nullif(current_setting('app.scope', true), ''), ','))))));
