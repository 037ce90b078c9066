-- People, what they may do, and how they prove who they are.

create table account (
  tenant_id uuid not null,
  id uuid not null,
  login_name text collate "C" not null,
  person_name text not null,
  post text,
  phone text,
  unit_id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null default '{}',
  password_hash text not null,
  password_set_at timestamptz(3) not null,
  must_change_password boolean not null,
  failures integer not null default 0,
  locked_until timestamptz(3),
  totp_secret text,
  totp_last_step bigint,
  status text collate "C" not null default 'active' check (status in ('active', 'disabled')),
  created_at timestamptz(3) not null,
  version integer not null default 1,
  primary key (tenant_id, id),
  unique (tenant_id, login_name)
);
select spread('account');
alter table account add foreign key (tenant_id, unit_id) references unit (tenant_id, id);
create index account_by_path on account (tenant_id, territory_path, login_name);
select force_policies('account');
create policy reading on account for select to bihuan_app using (
  tenant_id = nullif(current_setting('app.tenant', true), '')::uuid and (
    id = nullif(current_setting('app.account', true), '')::uuid
    or territory_path ^@ nullif(current_setting('app.path', true), '')
    or territory_path ^@ any (string_to_array(nullif(current_setting('app.scope', true), ''), ','))
    or line_path ^@ any (string_to_array(nullif(current_setting('app.line', true), ''), ','))
    or parties && string_to_array(nullif(current_setting('app.parties', true), ''), ',')::uuid[]
    or nullif(current_setting('app.purpose', true), '') in ('log-in', 'verify')));
create policy adding on account for insert to bihuan_app with check (
  tenant_id = nullif(current_setting('app.tenant', true), '')::uuid and (
    territory_path ^@ nullif(current_setting('app.path', true), '')
    or territory_path ^@ any (string_to_array(nullif(current_setting('app.scope', true), ''), ','))
    or nullif(current_setting('app.purpose', true), '') = 'found'));
create policy changing on account for update to bihuan_app
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid and (
    id = nullif(current_setting('app.account', true), '')::uuid
    or territory_path ^@ nullif(current_setting('app.path', true), '')
    or territory_path ^@ any (string_to_array(nullif(current_setting('app.scope', true), ''), ','))
    or nullif(current_setting('app.purpose', true), '') = 'log-in'))
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
select grant_use('account', 'change');

create table password_history (
  tenant_id uuid not null,
  account_id uuid not null,
  set_at timestamptz(3) not null,
  password_hash text not null,
  primary key (tenant_id, account_id, set_at)
);
select spread('password_history');
alter table password_history add foreign key (tenant_id, account_id) references account (tenant_id, id);
select protect_tenant('password_history', 'append',
  $$account_id = nullif(current_setting('app.account', true), '')::uuid or nullif(current_setting('app.purpose', true), '') = 'log-in'$$);

create table role_grant (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  unit_id uuid not null,
  role text collate "C" not null,
  granted_at timestamptz(3) not null,
  granted_by uuid,
  revoked_at timestamptz(3),
  revoked_by uuid,
  primary key (tenant_id, id)
);
select spread('role_grant');
alter table role_grant add foreign key (tenant_id, account_id) references account (tenant_id, id);
alter table role_grant add foreign key (tenant_id, unit_id) references unit (tenant_id, id);
create index role_grant_by_account on role_grant (tenant_id, account_id);
create index role_grant_by_unit on role_grant (tenant_id, unit_id);
select protect_tenant('role_grant', 'change');

create table session (
  tenant_id uuid not null,
  id uuid not null,
  token_hash text collate "C" not null,
  account_id uuid not null,
  unit_id uuid not null,
  started_at timestamptz(3) not null,
  last_active_at timestamptz(3) not null,
  ended_at timestamptz(3),
  address text not null,
  client text not null,
  primary key (tenant_id, id),
  unique (tenant_id, token_hash)
);
select spread('session');
alter table session add foreign key (tenant_id, account_id) references account (tenant_id, id);
create index session_by_account on session (tenant_id, account_id, started_at);
select protect_tenant('session', 'change',
  $$account_id = nullif(current_setting('app.account', true), '')::uuid or nullif(current_setting('app.purpose', true), '') in ('log-in', 'end-session')$$);

create table access_token (
  tenant_id uuid not null,
  id uuid not null,
  token_hash text collate "C" not null,
  account_id uuid not null,
  unit_id uuid not null,
  name text not null,
  permissions text[] not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  last_used_at timestamptz(3),
  revoked_at timestamptz(3),
  primary key (tenant_id, id),
  unique (tenant_id, token_hash)
);
select spread('access_token');
alter table access_token add foreign key (tenant_id, account_id) references account (tenant_id, id);
create index access_token_by_account on access_token (tenant_id, account_id);
select protect_tenant('access_token', 'change',
  $$account_id = nullif(current_setting('app.account', true), '')::uuid or nullif(current_setting('app.purpose', true), '') = 'log-in'$$);

-- Views of a list that a person keeps, and the columns chosen for it.
create table saved_view (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  list text collate "C" not null,
  name text not null,
  query jsonb not null,
  columns text[] not null,
  ordinal integer not null,
  primary key (tenant_id, id),
  unique (tenant_id, account_id, list, name)
);
select spread('saved_view');
alter table saved_view add foreign key (tenant_id, account_id) references account (tenant_id, id);
select protect_tenant('saved_view', 'queue', $$account_id = nullif(current_setting('app.account', true), '')::uuid$$,
  $$account_id = nullif(current_setting('app.account', true), '')::uuid$$);
