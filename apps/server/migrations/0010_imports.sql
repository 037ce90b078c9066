-- A run acts as its person at the unit that they worked in when they uploaded; a doubtful row keeps what was decided on it.

alter table import_run add column unit_id uuid not null;
alter table import_run add column address text not null;
alter table import_run add column file_name text not null;
alter table import_run add foreign key (tenant_id, unit_id) references unit (tenant_id, id);
alter table import_run add foreign key (tenant_id, file_id) references file (tenant_id, id);

alter table import_row add column decision jsonb;
alter table import_row add constraint import_row_verdict
  check (verdict in ('new', 'changed', 'same', 'doubtful', 'refused', 'left-out', 'written'));

-- Whoever closes an account closes its programs' way in as well.
alter policy reading on access_token using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid and (
  account_id = nullif(current_setting('app.account', true), '')::uuid
  or nullif(current_setting('app.purpose', true), '') in ('log-in', 'end-session')));
alter policy changing on access_token using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid and (
  account_id = nullif(current_setting('app.account', true), '')::uuid
  or nullif(current_setting('app.purpose', true), '') in ('log-in', 'end-session')));

-- A unit's page tells who recorded where it stands; the audit trail is not open to everybody who may read the page.
alter table unit_placement add column recorded_by text not null;
