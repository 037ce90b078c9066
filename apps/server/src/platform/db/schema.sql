-- The schema as the migrations leave it. Written by scripts/generate/schema-sql.ts (`npm run generate`); to change it, add a migration.


create extension pg_trgm;

CREATE OR REPLACE FUNCTION public.enqueue(task text, payload json, run_at timestamp with time zone DEFAULT NULL::timestamp with time zone, job_key text DEFAULT NULL::text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform graphile_worker.add_job(task, payload, run_at => run_at, job_key => job_key);
end $function$;
grant execute on function enqueue(task text, payload json, run_at timestamp with time zone, job_key text) to bihuan_app;

CREATE OR REPLACE FUNCTION public.enqueue_many(task text, payloads json[], run_ats timestamp with time zone[], job_keys text[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform graphile_worker.add_jobs(array(
    select row(task, each.payload, null, each.run_at, null, each.job_key, null, null)::graphile_worker.job_spec
    from unnest(payloads, run_ats, job_keys) as each (payload, run_at, job_key)));
end $function$;
grant execute on function enqueue_many(task text, payloads json[], run_ats timestamp with time zone[], job_keys text[]) to bihuan_app;

CREATE OR REPLACE FUNCTION public.force_policies(of regclass)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  execute format('alter table %s enable row level security', of);
  execute format('alter table %s force row level security', of);
  execute format($p$create policy maintenance on %s to %I
    using (nullif(current_setting('app.purpose', true), '') = 'maintenance')
    with check (nullif(current_setting('app.purpose', true), '') = 'maintenance')$p$, of, current_user);
end $function$;

CREATE OR REPLACE FUNCTION public.grant_use(of regclass, use text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  execute format('grant select, insert on %s to bihuan_app', of);
  if use = 'change' then execute format('grant update on %s to bihuan_app', of); end if;
  if use = 'queue' then execute format('grant update, delete on %s to bihuan_app', of); end if;
end $function$;

CREATE OR REPLACE FUNCTION public.protect_campaign(of regclass, use text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  tenant text := $p$tenant_id = nullif(current_setting('app.tenant', true), '')::uuid$p$;
  -- Downward: the path I work in begins with the path that is bound.
  bound text := $p$(nullif(current_setting('app.path', true), '') ^@ bound_path
      or bound_path ^@ nullif(current_setting('app.path', true), '')
      or bound_path ^@ any (string_to_array(nullif(current_setting('app.scope', true), ''), ','))
      or nullif(current_setting('app.purpose', true), '') = 'verify')$p$;
  own text := $p$(territory_path ^@ nullif(current_setting('app.path', true), '')
      or territory_path ^@ any (string_to_array(nullif(current_setting('app.scope', true), ''), ',')))$p$;
begin
  perform force_policies(of);
  execute format('create policy reading on %s for select to bihuan_app using (%s and %s)', of, tenant, bound);
  execute format('create policy adding on %s for insert to bihuan_app with check (%s and %s)', of, tenant, own);
  if use <> 'append' then
    execute format('create policy changing on %s for update to bihuan_app using (%s and %s) with check (%s and %s)', of, tenant, own, tenant, own);
  end if;
  if use = 'queue' then
    execute format('create policy removing on %s for delete to bihuan_app using (%s and %s)', of, tenant, own);
  end if;
  perform grant_use(of, use);
end $function$;

CREATE OR REPLACE FUNCTION public.protect_scoped(of regclass, use text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  mine text := $p$tenant_id = nullif(current_setting('app.tenant', true), '')::uuid and (
      territory_path ^@ nullif(current_setting('app.path', true), '')
      or territory_path ^@ any (string_to_array(nullif(current_setting('app.scope', true), ''), ','))
      or line_path ^@ any (string_to_array(nullif(current_setting('app.line', true), ''), ','))
      or parties && string_to_array(nullif(current_setting('app.parties', true), ''), ',')::uuid[])$p$;
  range text := $p$tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
      and %1$s >= nullif(current_setting('app.path_from', true), '')
      and %1$s < nullif(current_setting('app.path_to', true), '')$p$;
begin
  perform force_policies(of);
  execute format('create policy reach on %s to bihuan_app using (%s) with check (%s)', of, mine, mine);
  execute format('create policy territory on %s for select to bihuan_app_territory using (%s)', of, format(range, 'territory_path'));
  execute format('create policy line on %s for select to bihuan_app_line using (%s)', of, format(range, 'line_path'));
  perform grant_use(of, use);
  execute format('grant select on %s to bihuan_app_territory, bihuan_app_line', of);
end $function$;

CREATE OR REPLACE FUNCTION public.protect_tenant(of regclass, use text, readable text DEFAULT 'true'::text, writable text DEFAULT 'true'::text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  tenant text := $p$tenant_id = nullif(current_setting('app.tenant', true), '')::uuid$p$;
begin
  perform force_policies(of);
  execute format('create policy reading on %s for select to bihuan_app using (%s and (%s))', of, tenant, readable);
  execute format('create policy adding on %s for insert to bihuan_app with check (%s and (%s))', of, tenant, writable);
  if use <> 'append' then
    execute format('create policy changing on %s for update to bihuan_app using (%s and (%s)) with check (%s and (%s))', of, tenant, readable, tenant, writable);
  end if;
  if use = 'queue' then
    execute format('create policy removing on %s for delete to bihuan_app using (%s and (%s))', of, tenant, readable);
  end if;
  perform grant_use(of, use);
end $function$;

CREATE OR REPLACE FUNCTION public.spread(of regclass)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select 1 from pg_extension where extname = 'citus') then
    execute format('select create_distributed_table(%L, ''tenant_id'')', of);
  end if;
end $function$;

CREATE OR REPLACE FUNCTION public.spread_reference(of regclass)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select 1 from pg_extension where extname = 'citus') then
    execute format('select create_reference_table(%L)', of);
  end if;
end $function$;

create table access_token (
  tenant_id uuid not null,
  id uuid not null,
  token_hash text collate "C" not null,
  account_id uuid not null,
  unit_id uuid not null,
  name text not null,
  permissions text[] not null,
  created_at timestamp(3) with time zone not null,
  expires_at timestamp(3) with time zone not null,
  last_used_at timestamp(3) with time zone,
  revoked_at timestamp(3) with time zone,
  constraint access_token_pkey PRIMARY KEY (tenant_id, id),
  constraint access_token_tenant_id_token_hash_key UNIQUE (tenant_id, token_hash),
  constraint access_token_tenant_id_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES account(tenant_id, id)
);
CREATE INDEX access_token_by_account ON public.access_token USING btree (tenant_id, account_id);
alter table access_token enable row level security;
alter table access_token force row level security;
create policy adding on access_token for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND true);
create policy changing on access_token for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((account_id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = ANY (ARRAY['log-in'::text, 'end-session'::text]))))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND true);
create policy maintenance on access_token for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on access_token for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((account_id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = ANY (ARRAY['log-in'::text, 'end-session'::text]))));
grant insert, select, update on access_token to bihuan_app;

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
  parties uuid[] not null default '{}'::uuid[],
  password_hash text not null,
  password_set_at timestamp(3) with time zone not null,
  must_change_password boolean not null,
  failures integer not null default 0,
  locked_until timestamp(3) with time zone,
  totp_secret text,
  totp_last_step bigint,
  status text collate "C" not null default 'active'::text,
  created_at timestamp(3) with time zone not null,
  version integer not null default 1,
  constraint account_pkey PRIMARY KEY (tenant_id, id),
  constraint account_tenant_id_login_name_key UNIQUE (tenant_id, login_name),
  constraint account_status_check CHECK ((status = ANY (ARRAY['active'::text, 'disabled'::text]))),
  constraint account_tenant_id_unit_id_fkey FOREIGN KEY (tenant_id, unit_id) REFERENCES unit(tenant_id, id)
);
CREATE INDEX account_by_path ON public.account USING btree (tenant_id, territory_path, login_name);
alter table account enable row level security;
alter table account force row level security;
create policy adding on account for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'found'::text)));
create policy changing on account for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid) OR (territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'log-in'::text)))
  with check (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
create policy maintenance on account for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on account for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid) OR (territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[]) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = ANY (ARRAY['log-in'::text, 'verify'::text]))));
grant insert, select, update on account to bihuan_app;

create table audit_entry (
  tenant_id uuid not null,
  id uuid not null,
  at timestamp(3) with time zone not null,
  account_id uuid,
  person_name text not null,
  unit_id uuid,
  via text collate "C" not null,
  address text not null,
  action text collate "C" not null,
  object_kind text collate "C" not null,
  object_id uuid,
  before jsonb,
  after jsonb,
  detail jsonb,
  constraint audit_entry_pkey PRIMARY KEY (tenant_id, id),
  constraint audit_entry_via_check CHECK ((via = ANY (ARRAY['web'::text, 'api'::text, 'cli'::text, 'job'::text, 'maintenance'::text])))
);
CREATE INDEX audit_entry_by_account ON public.audit_entry USING btree (tenant_id, account_id, at);
CREATE INDEX audit_entry_by_object ON public.audit_entry USING btree (tenant_id, object_kind, object_id, at);
CREATE INDEX audit_entry_by_time ON public.audit_entry USING btree (tenant_id, at, id);
alter table audit_entry enable row level security;
alter table audit_entry force row level security;
create policy adding on audit_entry for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND true);
create policy maintenance on audit_entry for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on audit_entry for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((NULLIF(current_setting('app.audit'::text, true), ''::text) = 'yes'::text) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = ANY (ARRAY['seal'::text, 'verify'::text]))));
grant insert, select on audit_entry to bihuan_app;

create table audit_pending (
  tenant_id uuid not null,
  entry_id uuid not null,
  constraint audit_pending_pkey PRIMARY KEY (tenant_id, entry_id),
  constraint audit_pending_tenant_id_entry_id_fkey FOREIGN KEY (tenant_id, entry_id) REFERENCES audit_entry(tenant_id, id)
);
alter table audit_pending enable row level security;
alter table audit_pending force row level security;
create policy adding on audit_pending for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND true);
create policy changing on audit_pending for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = ANY (ARRAY['seal'::text, 'verify'::text])))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND true);
create policy maintenance on audit_pending for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on audit_pending for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = ANY (ARRAY['seal'::text, 'verify'::text, 'tenant'::text])));
create policy removing on audit_pending for delete to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = ANY (ARRAY['seal'::text, 'verify'::text])));
grant delete, insert, select, update on audit_pending to bihuan_app;

create table audit_seal (
  tenant_id uuid not null,
  "position" bigint not null,
  entry_id uuid not null,
  entry_hash bytea not null,
  chain_hash bytea not null,
  sealed_at timestamp(3) with time zone not null,
  constraint audit_seal_pkey PRIMARY KEY (tenant_id, "position"),
  constraint audit_seal_tenant_id_entry_id_key UNIQUE (tenant_id, entry_id),
  constraint audit_seal_position_check CHECK (("position" > 0)),
  constraint audit_seal_tenant_id_entry_id_fkey FOREIGN KEY (tenant_id, entry_id) REFERENCES audit_entry(tenant_id, id)
);
alter table audit_seal enable row level security;
alter table audit_seal force row level security;
create policy adding on audit_seal for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'seal'::text));
create policy maintenance on audit_seal for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on audit_seal for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND true);
grant insert, select on audit_seal to bihuan_app;

create table calendar_override (
  tenant_id uuid not null,
  id uuid not null,
  day date not null,
  kind text collate "C" not null,
  reason text not null,
  account_id uuid not null,
  person_name text not null,
  entry_id uuid not null,
  recorded_at timestamp(3) with time zone not null,
  constraint calendar_override_pkey PRIMARY KEY (tenant_id, id),
  constraint calendar_override_kind_check CHECK ((kind = ANY (ARRAY['working-day'::text, 'day-off'::text, 'as-published'::text]))),
  constraint calendar_override_tenant_id_entry_id_fkey FOREIGN KEY (tenant_id, entry_id) REFERENCES audit_entry(tenant_id, id)
);
CREATE INDEX calendar_override_by_day ON public.calendar_override USING btree (tenant_id, day, recorded_at, id);
alter table calendar_override enable row level security;
alter table calendar_override force row level security;
create policy adding on calendar_override for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND true);
create policy maintenance on calendar_override for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on calendar_override for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND true);
grant insert, select on calendar_override to bihuan_app;

create table campaign (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  territory_path text collate "C" not null,
  bound_path text collate "C" not null,
  parent_id uuid,
  name text not null,
  title text not null,
  issuer text not null,
  doc_no text,
  issued_on date,
  starts_on date,
  ends_on date,
  sectors text[] not null,
  counted_sectors text[],
  state text collate "C" not null,
  plan jsonb not null,
  detail jsonb not null,
  version integer not null default 1,
  created_at timestamp(3) with time zone not null,
  notice_file_id uuid,
  constraint campaign_pkey PRIMARY KEY (tenant_id, id),
  constraint campaign_tenant_id_notice_file_id_fkey FOREIGN KEY (tenant_id, notice_file_id) REFERENCES file(tenant_id, id),
  constraint campaign_tenant_id_parent_id_fkey FOREIGN KEY (tenant_id, parent_id) REFERENCES campaign(tenant_id, id),
  constraint campaign_tenant_id_unit_id_fkey FOREIGN KEY (tenant_id, unit_id) REFERENCES unit(tenant_id, id)
);
CREATE INDEX campaign_by_path ON public.campaign USING btree (tenant_id, territory_path, starts_on);
alter table campaign enable row level security;
alter table campaign force row level security;
create policy adding on campaign for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))));
create policy changing on campaign for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))));
create policy maintenance on campaign for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on campaign for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((NULLIF(current_setting('app.path'::text, true), ''::text) ^@ bound_path) OR (bound_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (bound_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'verify'::text)));
grant insert, select, update on campaign to bihuan_app;

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
  confirmed_at timestamp(3) with time zone not null,
  entry_id uuid not null,
  constraint campaign_confirmation_pkey PRIMARY KEY (tenant_id, id),
  constraint campaign_confirmation_tenant_id_campaign_id_unit_id_fkey FOREIGN KEY (tenant_id, campaign_id, unit_id) REFERENCES campaign_receiver(tenant_id, campaign_id, unit_id),
  constraint campaign_confirmation_tenant_id_entry_id_fkey FOREIGN KEY (tenant_id, entry_id) REFERENCES audit_entry(tenant_id, id)
);
CREATE INDEX campaign_confirmation_by_entry ON public.campaign_confirmation USING btree (tenant_id, entry_id);
CREATE UNIQUE INDEX campaign_confirmation_once ON public.campaign_confirmation USING btree (tenant_id, campaign_id, unit_id, notice_file_id) NULLS NOT DISTINCT;
alter table campaign_confirmation enable row level security;
alter table campaign_confirmation force row level security;
create policy line on campaign_confirmation for select to bihuan_app_line
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (line_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (line_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
create policy maintenance on campaign_confirmation for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reach on campaign_confirmation for all to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])));
create policy territory on campaign_confirmation for select to bihuan_app_territory
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (territory_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (territory_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
grant insert, select on campaign_confirmation to bihuan_app;
grant select on campaign_confirmation to bihuan_app_line;
grant select on campaign_confirmation to bihuan_app_territory;

create table campaign_duty (
  tenant_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  territory_path text collate "C" not null,
  bound_path text collate "C" not null,
  ordinal integer not null,
  duty jsonb not null,
  sentence text,
  standing text collate "C" not null,
  rule jsonb not null,
  ended_on date,
  version integer not null default 1,
  constraint campaign_duty_pkey PRIMARY KEY (tenant_id, id),
  constraint campaign_duty_standing_check CHECK ((standing = ANY (ARRAY['rule'::text, 'wording'::text, 'open'::text]))),
  constraint campaign_duty_tenant_id_campaign_id_fkey FOREIGN KEY (tenant_id, campaign_id) REFERENCES campaign(tenant_id, id)
);
CREATE INDEX campaign_duty_by_campaign ON public.campaign_duty USING btree (tenant_id, campaign_id, ordinal);
alter table campaign_duty enable row level security;
alter table campaign_duty force row level security;
create policy adding on campaign_duty for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))));
create policy changing on campaign_duty for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))));
create policy maintenance on campaign_duty for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on campaign_duty for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((NULLIF(current_setting('app.path'::text, true), ''::text) ^@ bound_path) OR (bound_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (bound_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'verify'::text)));
grant insert, select, update on campaign_duty to bihuan_app;

create table campaign_notice (
  tenant_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  territory_path text collate "C" not null,
  bound_path text collate "C" not null,
  file_id uuid not null,
  name text not null,
  corrects_file_id uuid,
  changes jsonb not null,
  reason text not null,
  account_id uuid not null,
  person_name text not null,
  entry_id uuid not null,
  recorded_at timestamp(3) with time zone not null,
  constraint campaign_notice_pkey PRIMARY KEY (tenant_id, id),
  constraint campaign_notice_tenant_id_campaign_id_fkey FOREIGN KEY (tenant_id, campaign_id) REFERENCES campaign(tenant_id, id),
  constraint campaign_notice_tenant_id_corrects_file_id_fkey FOREIGN KEY (tenant_id, corrects_file_id) REFERENCES file(tenant_id, id),
  constraint campaign_notice_tenant_id_entry_id_fkey FOREIGN KEY (tenant_id, entry_id) REFERENCES audit_entry(tenant_id, id),
  constraint campaign_notice_tenant_id_file_id_fkey FOREIGN KEY (tenant_id, file_id) REFERENCES file(tenant_id, id)
);
CREATE INDEX campaign_notice_by_campaign ON public.campaign_notice USING btree (tenant_id, campaign_id, recorded_at, id);
alter table campaign_notice enable row level security;
alter table campaign_notice force row level security;
create policy adding on campaign_notice for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))));
create policy maintenance on campaign_notice for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on campaign_notice for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((NULLIF(current_setting('app.path'::text, true), ''::text) ^@ bound_path) OR (bound_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (bound_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'verify'::text)));
grant insert, select on campaign_notice to bihuan_app;

create table campaign_phase (
  tenant_id uuid not null,
  campaign_id uuid not null,
  ordinal integer not null,
  territory_path text collate "C" not null,
  bound_path text collate "C" not null,
  name text not null,
  starts_on date,
  ends_on date,
  constraint campaign_phase_pkey PRIMARY KEY (tenant_id, campaign_id, ordinal),
  constraint campaign_phase_tenant_id_campaign_id_fkey FOREIGN KEY (tenant_id, campaign_id) REFERENCES campaign(tenant_id, id)
);
alter table campaign_phase enable row level security;
alter table campaign_phase force row level security;
create policy adding on campaign_phase for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))));
create policy changing on campaign_phase for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))));
create policy maintenance on campaign_phase for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on campaign_phase for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((NULLIF(current_setting('app.path'::text, true), ''::text) ^@ bound_path) OR (bound_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (bound_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'verify'::text)));
create policy removing on campaign_phase for delete to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))));
grant delete, insert, select, update on campaign_phase to bihuan_app;

create table campaign_receiver (
  tenant_id uuid not null,
  campaign_id uuid not null,
  unit_id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null,
  sending_id uuid not null,
  sent_at timestamp(3) with time zone not null,
  reminded_on date,
  reminders integer not null default 0,
  constraint campaign_receiver_pkey PRIMARY KEY (tenant_id, campaign_id, unit_id),
  constraint campaign_receiver_tenant_id_campaign_id_fkey FOREIGN KEY (tenant_id, campaign_id) REFERENCES campaign(tenant_id, id),
  constraint campaign_receiver_tenant_id_sending_id_fkey FOREIGN KEY (tenant_id, sending_id) REFERENCES campaign_sending(tenant_id, id),
  constraint campaign_receiver_tenant_id_unit_id_fkey FOREIGN KEY (tenant_id, unit_id) REFERENCES unit(tenant_id, id)
);
CREATE INDEX campaign_receiver_by_place ON public.campaign_receiver USING btree (tenant_id, campaign_id, territory_path, unit_id);
CREATE INDEX campaign_receiver_by_unit ON public.campaign_receiver USING btree (tenant_id, unit_id);
alter table campaign_receiver enable row level security;
alter table campaign_receiver force row level security;
create policy line on campaign_receiver for select to bihuan_app_line
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (line_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (line_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
create policy maintenance on campaign_receiver for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reach on campaign_receiver for all to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])));
create policy territory on campaign_receiver for select to bihuan_app_territory
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (territory_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (territory_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
grant insert, select, update on campaign_receiver to bihuan_app;
grant select on campaign_receiver to bihuan_app_line;
grant select on campaign_receiver to bihuan_app_territory;

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
  sent_at timestamp(3) with time zone not null,
  entry_id uuid not null,
  constraint campaign_sending_pkey PRIMARY KEY (tenant_id, id),
  constraint campaign_sending_tenant_id_campaign_id_fkey FOREIGN KEY (tenant_id, campaign_id) REFERENCES campaign(tenant_id, id),
  constraint campaign_sending_tenant_id_entry_id_fkey FOREIGN KEY (tenant_id, entry_id) REFERENCES audit_entry(tenant_id, id)
);
CREATE UNIQUE INDEX campaign_sending_number ON public.campaign_sending USING btree (tenant_id, campaign_id, number);
alter table campaign_sending enable row level security;
alter table campaign_sending force row level security;
create policy adding on campaign_sending for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))));
create policy maintenance on campaign_sending for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on campaign_sending for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((NULLIF(current_setting('app.path'::text, true), ''::text) ^@ bound_path) OR (bound_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (bound_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'verify'::text)));
grant insert, select on campaign_sending to bihuan_app;

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
  kept_at timestamp(3) with time zone not null,
  entry_id uuid not null,
  constraint campaign_sub_plan_pkey PRIMARY KEY (tenant_id, id),
  constraint campaign_sub_plan_tenant_id_campaign_id_unit_id_fkey FOREIGN KEY (tenant_id, campaign_id, unit_id) REFERENCES campaign_receiver(tenant_id, campaign_id, unit_id),
  constraint campaign_sub_plan_tenant_id_entry_id_fkey FOREIGN KEY (tenant_id, entry_id) REFERENCES audit_entry(tenant_id, id),
  constraint campaign_sub_plan_tenant_id_file_id_fkey FOREIGN KEY (tenant_id, file_id) REFERENCES file(tenant_id, id)
);
CREATE INDEX campaign_sub_plan_by_entry ON public.campaign_sub_plan USING btree (tenant_id, entry_id);
CREATE INDEX campaign_sub_plan_by_unit ON public.campaign_sub_plan USING btree (tenant_id, campaign_id, unit_id, kept_at);
alter table campaign_sub_plan enable row level security;
alter table campaign_sub_plan force row level security;
create policy line on campaign_sub_plan for select to bihuan_app_line
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (line_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (line_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
create policy maintenance on campaign_sub_plan for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reach on campaign_sub_plan for all to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])));
create policy territory on campaign_sub_plan for select to bihuan_app_territory
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (territory_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (territory_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
grant insert, select on campaign_sub_plan to bihuan_app;
grant select on campaign_sub_plan to bihuan_app_line;
grant select on campaign_sub_plan to bihuan_app_territory;

create table campaign_target (
  tenant_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  territory_path text collate "C" not null,
  bound_path text collate "C" not null,
  ordinal integer not null,
  name text not null,
  type text,
  enterprise_id uuid,
  constraint campaign_target_pkey PRIMARY KEY (tenant_id, id),
  constraint campaign_target_tenant_id_campaign_id_fkey FOREIGN KEY (tenant_id, campaign_id) REFERENCES campaign(tenant_id, id)
);
CREATE INDEX campaign_target_by_campaign ON public.campaign_target USING btree (tenant_id, campaign_id, ordinal);
alter table campaign_target enable row level security;
alter table campaign_target force row level security;
create policy adding on campaign_target for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))));
create policy changing on campaign_target for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))));
create policy maintenance on campaign_target for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on campaign_target for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((NULLIF(current_setting('app.path'::text, true), ''::text) ^@ bound_path) OR (bound_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (bound_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'verify'::text)));
create policy removing on campaign_target for delete to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))));
grant delete, insert, select, update on campaign_target to bihuan_app;

create table campaign_task (
  tenant_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  territory_path text collate "C" not null,
  bound_path text collate "C" not null,
  ordinal integer not null,
  area text not null,
  task text not null,
  requirement text not null,
  responsible text[] not null,
  responsible_unit_ids uuid[] not null,
  frequency jsonb,
  quota jsonb,
  due_text text not null,
  due jsonb,
  version integer not null default 1,
  constraint campaign_task_pkey PRIMARY KEY (tenant_id, id),
  constraint campaign_task_tenant_id_campaign_id_fkey FOREIGN KEY (tenant_id, campaign_id) REFERENCES campaign(tenant_id, id)
);
CREATE INDEX campaign_task_by_campaign ON public.campaign_task USING btree (tenant_id, campaign_id, ordinal);
alter table campaign_task enable row level security;
alter table campaign_task force row level security;
create policy adding on campaign_task for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))));
create policy changing on campaign_task for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))));
create policy maintenance on campaign_task for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on campaign_task for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((NULLIF(current_setting('app.path'::text, true), ''::text) ^@ bound_path) OR (bound_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (bound_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'verify'::text)));
create policy removing on campaign_task for delete to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))));
grant delete, insert, select, update on campaign_task to bihuan_app;

create table circular (
  tenant_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  territory_path text collate "C" not null,
  bound_path text collate "C" not null,
  title text not null,
  from_day date not null,
  to_day date not null,
  "position" bigint not null,
  content jsonb not null,
  drafted_by uuid not null,
  person_name text not null,
  drafted_at timestamp(3) with time zone not null,
  entry_id uuid not null,
  state text collate "C" not null,
  number integer,
  doc_no text,
  issued_on date,
  file_id uuid,
  file_sha256 text collate "C",
  version integer not null default 1,
  counted_span jsonb,
  constraint circular_pkey PRIMARY KEY (tenant_id, id),
  constraint circular_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'issued'::text, 'discarded'::text]))),
  constraint circular_tenant_id_campaign_id_fkey FOREIGN KEY (tenant_id, campaign_id) REFERENCES campaign(tenant_id, id),
  constraint circular_tenant_id_entry_id_fkey FOREIGN KEY (tenant_id, entry_id) REFERENCES audit_entry(tenant_id, id)
);
CREATE INDEX circular_by_campaign ON public.circular USING btree (tenant_id, campaign_id, drafted_at);
CREATE INDEX circular_by_entry ON public.circular USING btree (tenant_id, entry_id);
CREATE UNIQUE INDEX circular_number ON public.circular USING btree (tenant_id, campaign_id, number) WHERE (number IS NOT NULL);
alter table circular enable row level security;
alter table circular force row level security;
create policy adding on circular for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))));
create policy changing on circular for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))));
create policy maintenance on circular for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on circular for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'verify'::text) OR ((state = 'issued'::text) AND ((NULLIF(current_setting('app.path'::text, true), ''::text) ^@ bound_path) OR (bound_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (bound_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))))));
grant insert, select, update on circular to bihuan_app;

create table enterprise (
  tenant_id uuid not null,
  id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null default '{}'::uuid[],
  credit_code text collate "C",
  local_code text collate "C",
  name text not null,
  sector text not null,
  other_sectors text[] not null default '{}'::text[],
  size text collate "C" not null,
  employees integer,
  high_risk boolean not null default false,
  crowded boolean not null default false,
  labour_intensive boolean not null default false,
  key_supervised boolean not null default false,
  state_owned boolean not null default false,
  principal_name text,
  principal_phone text,
  safety_manager_name text,
  safety_manager_phone text,
  address text not null,
  longitude double precision,
  latitude double precision,
  territory_unit_id uuid not null,
  lead_regulator_id uuid,
  other_regulator_ids uuid[] not null default '{}'::uuid[],
  landlord_id uuid,
  status text collate "C" not null,
  version integer not null default 1,
  changed_at timestamp(3) with time zone not null,
  constraint enterprise_pkey PRIMARY KEY (tenant_id, id),
  constraint enterprise_tenant_id_credit_code_key UNIQUE (tenant_id, credit_code),
  constraint enterprise_tenant_id_local_code_key UNIQUE (tenant_id, local_code),
  constraint enterprise_employees_check CHECK ((employees >= 0)),
  constraint enterprise_tenant_id_id_fkey FOREIGN KEY (tenant_id, id) REFERENCES unit(tenant_id, id),
  constraint enterprise_tenant_id_landlord_id_fkey FOREIGN KEY (tenant_id, landlord_id) REFERENCES enterprise(tenant_id, id),
  constraint enterprise_tenant_id_lead_regulator_id_fkey FOREIGN KEY (tenant_id, lead_regulator_id) REFERENCES unit(tenant_id, id),
  constraint enterprise_tenant_id_territory_unit_id_fkey FOREIGN KEY (tenant_id, territory_unit_id) REFERENCES unit(tenant_id, id)
);
CREATE INDEX enterprise_by_landlord ON public.enterprise USING btree (tenant_id, landlord_id) WHERE (landlord_id IS NOT NULL);
CREATE INDEX enterprise_by_line ON public.enterprise USING btree (tenant_id, line_path, id);
CREATE INDEX enterprise_by_name ON public.enterprise USING gin (name gin_trgm_ops);
CREATE INDEX enterprise_by_parties ON public.enterprise USING gin (parties);
CREATE INDEX enterprise_by_path ON public.enterprise USING btree (tenant_id, territory_path, id);
CREATE INDEX enterprise_by_regulator ON public.enterprise USING btree (tenant_id, lead_regulator_id);
CREATE INDEX enterprise_in_order ON public.enterprise USING btree (tenant_id, name, id) INCLUDE (territory_path, line_path);
alter table enterprise enable row level security;
alter table enterprise force row level security;
create policy line on enterprise for select to bihuan_app_line
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (line_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (line_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
create policy maintenance on enterprise for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reach on enterprise for all to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])));
create policy territory on enterprise for select to bihuan_app_territory
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (territory_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (territory_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
grant insert, select, update on enterprise to bihuan_app;
grant select on enterprise to bihuan_app_line;
grant select on enterprise to bihuan_app_territory;

create table fact (
  tenant_id uuid not null,
  id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null,
  entry_id uuid not null,
  measure text collate "C" not null,
  unit_id uuid not null,
  doer_unit_ids uuid[] not null,
  subject_id uuid not null,
  record_kind text collate "C" not null,
  record_id uuid not null,
  sector text not null,
  amount bigint not null,
  occurred_on date not null,
  reverses uuid,
  recorded_at timestamp(3) with time zone not null,
  constraint fact_pkey PRIMARY KEY (tenant_id, id),
  constraint fact_tenant_id_entry_id_fkey FOREIGN KEY (tenant_id, entry_id) REFERENCES audit_entry(tenant_id, id),
  constraint fact_tenant_id_unit_id_fkey FOREIGN KEY (tenant_id, unit_id) REFERENCES unit(tenant_id, id)
);
CREATE INDEX fact_by_entry ON public.fact USING btree (tenant_id, entry_id);
CREATE INDEX fact_by_measure ON public.fact USING btree (tenant_id, measure, occurred_on) INCLUDE (unit_id, record_id, subject_id, amount);
CREATE INDEX fact_by_record ON public.fact USING btree (tenant_id, record_id);
CREATE INDEX fact_by_unit ON public.fact USING btree (tenant_id, unit_id, occurred_on);
CREATE UNIQUE INDEX fact_reversed_once ON public.fact USING btree (tenant_id, reverses) WHERE (reverses IS NOT NULL);
alter table fact enable row level security;
alter table fact force row level security;
create policy line on fact for select to bihuan_app_line
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (line_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (line_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
create policy maintenance on fact for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy opened on fact for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (record_id = ANY ((string_to_array(NULLIF(current_setting('app.opened'::text, true), ''::text), ','::text))::uuid[])));
create policy opened_adding on fact for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (record_id = ANY ((string_to_array(NULLIF(current_setting('app.opened'::text, true), ''::text), ','::text))::uuid[])));
create policy reach on fact for all to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])));
create policy territory on fact for select to bihuan_app_territory
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (territory_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (territory_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
grant insert, select on fact to bihuan_app;
grant select on fact to bihuan_app_line;
grant select on fact to bihuan_app_territory;

create table file (
  tenant_id uuid not null,
  id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null,
  sha256 text collate "C" not null,
  name text not null,
  media_type text collate "C" not null,
  size bigint not null,
  uploaded_by uuid not null,
  uploaded_at timestamp(3) with time zone not null,
  entry_id uuid not null,
  constraint file_pkey PRIMARY KEY (tenant_id, id),
  constraint file_size_check CHECK ((size >= 0))
);
alter table file enable row level security;
alter table file force row level security;
create policy line on file for select to bihuan_app_line
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (line_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (line_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
create policy maintenance on file for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy opened on file for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (id = ANY ((string_to_array(NULLIF(current_setting('app.opened'::text, true), ''::text), ','::text))::uuid[])));
create policy reach on file for all to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])));
create policy territory on file for select to bihuan_app_territory
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (territory_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (territory_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
grant insert, select on file to bihuan_app;
grant select on file to bihuan_app_line;
grant select on file to bihuan_app_territory;

create table hazard (
  tenant_id uuid not null,
  id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null,
  campaign_id uuid not null,
  code text collate "C" not null,
  subject_id uuid,
  subject_name text not null,
  territory_unit_id uuid,
  responsible_unit_id uuid,
  authority_unit_id uuid,
  sector text not null,
  source text collate "C" not null,
  grade text collate "C" not null,
  state text collate "C" not null,
  found_on date,
  deadline date,
  closed_on date,
  listed boolean not null,
  description text not null,
  detail jsonb not null,
  version integer not null,
  created_at timestamp(3) with time zone not null,
  changed_at timestamp(3) with time zone not null,
  wording text collate "C" generated always as (md5(((subject_name || chr(10)) || description))) stored,
  constraint hazard_pkey PRIMARY KEY (tenant_id, id),
  constraint hazard_tenant_id_code_key UNIQUE (tenant_id, code),
  constraint hazard_territory CHECK (((territory_unit_id IS NOT NULL) OR (state = ANY (ARRAY['draft'::text, 'cancelled'::text])))),
  constraint hazard_tenant_id_campaign_id_fkey FOREIGN KEY (tenant_id, campaign_id) REFERENCES campaign(tenant_id, id),
  constraint hazard_tenant_id_territory_unit_id_fkey FOREIGN KEY (tenant_id, territory_unit_id) REFERENCES unit(tenant_id, id)
);
CREATE INDEX hazard_by_campaign ON public.hazard USING btree (tenant_id, campaign_id, state);
CREATE INDEX hazard_by_deadline ON public.hazard USING btree (tenant_id, state, COALESCE(deadline, 'infinity'::date), id) INCLUDE (territory_path);
CREATE INDEX hazard_by_found ON public.hazard USING btree (tenant_id, state, COALESCE(found_on, '-infinity'::date), id) INCLUDE (territory_path);
CREATE INDEX hazard_by_line ON public.hazard USING btree (tenant_id, line_path, state, COALESCE(deadline, 'infinity'::date), id) INCLUDE (territory_path, deadline);
CREATE INDEX hazard_by_parties ON public.hazard USING gin (parties);
CREATE INDEX hazard_by_place ON public.hazard USING btree (tenant_id, state, territory_path, COALESCE(deadline, 'infinity'::date), id) INCLUDE (deadline);
CREATE INDEX hazard_by_subject ON public.hazard USING btree (tenant_id, subject_id);
CREATE INDEX hazard_by_text ON public.hazard USING gin (description gin_trgm_ops);
CREATE INDEX hazard_by_wording ON public.hazard USING btree (tenant_id, wording);
CREATE INDEX hazard_in_transfer ON public.hazard USING btree (tenant_id) WHERE (state = 'transferring'::text);
CREATE INDEX hazard_of_authority ON public.hazard USING btree (tenant_id, authority_unit_id, state, COALESCE(deadline, 'infinity'::date), id) WHERE (state <> ALL (ARRAY['closed'::text, 'cancelled'::text]));
CREATE INDEX hazard_of_responsible ON public.hazard USING btree (tenant_id, responsible_unit_id, state, COALESCE(deadline, 'infinity'::date), id) WHERE (state <> ALL (ARRAY['closed'::text, 'cancelled'::text]));
CREATE INDEX hazard_open_major ON public.hazard USING btree (tenant_id, COALESCE(found_on, '-infinity'::date), id) INCLUDE (territory_path, line_path) WHERE ((grade = 'major'::text) AND (state <> ALL (ARRAY['closed'::text, 'cancelled'::text, 'draft'::text])));
CREATE INDEX hazard_with_extension_asked ON public.hazard USING btree (tenant_id, authority_unit_id) WHERE (jsonb_typeof((detail #> '{extensions,-1,answer}'::text[])) = 'null'::text);
alter table hazard enable row level security;
alter table hazard force row level security;
create policy line on hazard for select to bihuan_app_line
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (line_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (line_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
create policy maintenance on hazard for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reach on hazard for all to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])));
create policy territory on hazard for select to bihuan_app_territory
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (territory_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (territory_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
grant insert, select, update on hazard to bihuan_app;
grant select on hazard to bihuan_app_line;
grant select on hazard to bihuan_app_territory;

create table hazard_event (
  tenant_id uuid not null,
  id uuid not null,
  hazard_id uuid not null,
  ordinal integer not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null,
  type text collate "C" not null,
  payload jsonb not null,
  occurred_on date not null,
  recorded_at timestamp(3) with time zone not null,
  account_id uuid,
  person_name text not null,
  unit_id uuid,
  entry_id uuid not null,
  constraint hazard_event_pkey PRIMARY KEY (tenant_id, id),
  constraint hazard_event_tenant_id_hazard_id_ordinal_key UNIQUE (tenant_id, hazard_id, ordinal),
  constraint hazard_event_tenant_id_hazard_id_fkey FOREIGN KEY (tenant_id, hazard_id) REFERENCES hazard(tenant_id, id)
);
alter table hazard_event enable row level security;
alter table hazard_event force row level security;
create policy line on hazard_event for select to bihuan_app_line
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (line_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (line_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
create policy maintenance on hazard_event for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy opened on hazard_event for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (hazard_id = ANY ((string_to_array(NULLIF(current_setting('app.opened'::text, true), ''::text), ','::text))::uuid[])));
create policy reach on hazard_event for all to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])));
create policy territory on hazard_event for select to bihuan_app_territory
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (territory_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (territory_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
grant insert, select on hazard_event to bihuan_app;
grant select on hazard_event to bihuan_app_line;
grant select on hazard_event to bihuan_app_territory;

create table idempotency_key (
  tenant_id uuid not null,
  account_id uuid not null,
  key text collate "C" not null,
  route text collate "C" not null,
  request_hash bytea not null,
  status integer,
  answer jsonb,
  created_at timestamp(3) with time zone not null,
  constraint idempotency_key_pkey PRIMARY KEY (tenant_id, account_id, key)
);
CREATE INDEX idempotency_key_by_age ON public.idempotency_key USING btree (tenant_id, created_at);
alter table idempotency_key enable row level security;
alter table idempotency_key force row level security;
create policy adding on idempotency_key for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (account_id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid));
create policy changing on idempotency_key for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((account_id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tidy'::text)))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (account_id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid));
create policy maintenance on idempotency_key for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on idempotency_key for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((account_id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tidy'::text)));
create policy removing on idempotency_key for delete to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((account_id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tidy'::text)));
grant delete, insert, select, update on idempotency_key to bihuan_app;

create table import_row (
  tenant_id uuid not null,
  run_id uuid not null,
  account_id uuid not null,
  ordinal integer not null,
  sheet text not null,
  row_number integer not null,
  verdict text collate "C" not null,
  cells jsonb not null,
  reading jsonb,
  problems jsonb,
  object_id uuid,
  decision jsonb,
  constraint import_row_pkey PRIMARY KEY (tenant_id, run_id, ordinal),
  constraint import_row_verdict CHECK ((verdict = ANY (ARRAY['new'::text, 'changed'::text, 'same'::text, 'doubtful'::text, 'refused'::text, 'left-out'::text, 'written'::text]))),
  constraint import_row_tenant_id_run_id_fkey FOREIGN KEY (tenant_id, run_id) REFERENCES import_run(tenant_id, id)
);
CREATE INDEX import_row_by_verdict ON public.import_row USING btree (tenant_id, run_id, verdict, ordinal);
alter table import_row enable row level security;
alter table import_row force row level security;
create policy adding on import_row for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (account_id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid));
create policy changing on import_row for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (account_id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (account_id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid));
create policy maintenance on import_row for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on import_row for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (account_id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid));
create policy removing on import_row for delete to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (account_id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid));
grant delete, insert, select, update on import_row to bihuan_app;

create table import_run (
  tenant_id uuid not null,
  id uuid not null,
  kind text collate "C" not null,
  account_id uuid not null,
  file_id uuid not null,
  options jsonb not null,
  state text collate "C" not null,
  done integer not null default 0,
  total integer,
  summary jsonb,
  refusal jsonb,
  created_at timestamp(3) with time zone not null,
  changed_at timestamp(3) with time zone not null,
  unit_id uuid not null,
  address text not null,
  file_name text not null,
  constraint import_run_pkey PRIMARY KEY (tenant_id, id),
  constraint import_run_kind_check CHECK ((kind = ANY (ARRAY['enterprise'::text, 'unit'::text, 'ledger'::text]))),
  constraint import_run_state_check CHECK ((state = ANY (ARRAY['reading'::text, 'preview'::text, 'writing'::text, 'done'::text, 'failed'::text]))),
  constraint import_run_tenant_id_file_id_fkey FOREIGN KEY (tenant_id, file_id) REFERENCES file(tenant_id, id),
  constraint import_run_tenant_id_unit_id_fkey FOREIGN KEY (tenant_id, unit_id) REFERENCES unit(tenant_id, id)
);
CREATE INDEX import_run_by_account ON public.import_run USING btree (tenant_id, account_id, created_at);
alter table import_run enable row level security;
alter table import_run force row level security;
create policy adding on import_run for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (account_id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid));
create policy changing on import_run for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (account_id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (account_id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid));
create policy maintenance on import_run for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on import_run for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (account_id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid));
grant insert, select, update on import_run to bihuan_app;

create table imported_notice (
  tenant_id uuid not null,
  file_id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null,
  form text collate "C" not null,
  words text not null,
  blocks jsonb not null,
  plan jsonb not null,
  read_at timestamp(3) with time zone not null,
  constraint imported_notice_pkey PRIMARY KEY (tenant_id, file_id),
  constraint imported_notice_tenant_id_file_id_fkey FOREIGN KEY (tenant_id, file_id) REFERENCES file(tenant_id, id)
);
alter table imported_notice enable row level security;
alter table imported_notice force row level security;
create policy line on imported_notice for select to bihuan_app_line
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (line_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (line_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
create policy maintenance on imported_notice for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reach on imported_notice for all to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])));
create policy territory on imported_notice for select to bihuan_app_territory
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (territory_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (territory_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
grant insert, select on imported_notice to bihuan_app;
grant select on imported_notice to bihuan_app_line;
grant select on imported_notice to bihuan_app_territory;

create table ledger_form (
  tenant_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  territory_path text collate "C" not null,
  bound_path text collate "C" not null,
  ordinal integer not null,
  title text not null,
  form jsonb not null,
  version integer not null default 1,
  constraint ledger_form_pkey PRIMARY KEY (tenant_id, id),
  constraint ledger_form_tenant_id_campaign_id_fkey FOREIGN KEY (tenant_id, campaign_id) REFERENCES campaign(tenant_id, id)
);
alter table ledger_form enable row level security;
alter table ledger_form force row level security;
create policy adding on ledger_form for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))));
create policy changing on ledger_form for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))));
create policy maintenance on ledger_form for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on ledger_form for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((NULLIF(current_setting('app.path'::text, true), ''::text) ^@ bound_path) OR (bound_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (bound_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'verify'::text)));
grant insert, select, update on ledger_form to bihuan_app;

create table mail_address (
  tenant_id uuid not null,
  account_id uuid not null,
  address text collate "C",
  confirmed_at timestamp(3) with time zone,
  asked_address text collate "C",
  asked_nonce uuid,
  asked_at timestamp(3) with time zone,
  asked_state text collate "C",
  asked_reason text collate "C",
  tries integer not null default 0,
  asked_day date,
  asked_count integer not null default 0,
  muted text[] not null default '{}'::text[],
  constraint mail_address_pkey PRIMARY KEY (tenant_id, account_id),
  constraint mail_address_tenant_id_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES account(tenant_id, id)
);
alter table mail_address enable row level security;
alter table mail_address force row level security;
create policy adding on mail_address for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((account_id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text)));
create policy changing on mail_address for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((account_id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text)))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((account_id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text)));
create policy maintenance on mail_address for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on mail_address for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((account_id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text)));
grant insert, select, update on mail_address to bihuan_app;

create table mail_delivery (
  tenant_id uuid not null,
  notice_id uuid not null,
  account_id uuid not null,
  state text collate "C" not null,
  tries integer not null default 0,
  reason text collate "C",
  queued_at timestamp(3) with time zone not null default now(),
  since timestamp(3) with time zone not null default now(),
  constraint mail_delivery_pkey PRIMARY KEY (tenant_id, notice_id, account_id),
  constraint mail_delivery_tenant_id_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES account(tenant_id, id),
  constraint mail_delivery_tenant_id_notice_id_fkey FOREIGN KEY (tenant_id, notice_id) REFERENCES notice(tenant_id, id)
);
CREATE INDEX mail_delivery_by_time ON public.mail_delivery USING btree (tenant_id, since DESC, notice_id, account_id);
CREATE INDEX mail_delivery_waiting ON public.mail_delivery USING btree (tenant_id, account_id, notice_id) WHERE (state = ANY (ARRAY['waiting'::text, 'sending'::text]));
alter table mail_delivery enable row level security;
alter table mail_delivery force row level security;
create policy adding on mail_delivery for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
create policy changing on mail_delivery for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
create policy maintenance on mail_delivery for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on mail_delivery for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
grant insert, select, update on mail_delivery to bihuan_app;

create table notice (
  tenant_id uuid not null,
  id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null,
  kind text collate "C" not null,
  text text not null,
  link text not null,
  account_id uuid,
  created_at timestamp(3) with time zone not null,
  dedupe_key text collate "C" not null,
  constraint notice_pkey PRIMARY KEY (tenant_id, id),
  constraint notice_tenant_id_dedupe_key_key UNIQUE (tenant_id, dedupe_key)
);
CREATE INDEX notice_by_parties ON public.notice USING gin (parties);
CREATE INDEX notice_by_time ON public.notice USING btree (tenant_id, created_at, id);
alter table notice enable row level security;
alter table notice force row level security;
create policy line on notice for select to bihuan_app_line
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (line_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (line_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
create policy maintenance on notice for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reach on notice for all to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])));
create policy territory on notice for select to bihuan_app_territory
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (territory_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (territory_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
grant insert, select, update on notice to bihuan_app;
grant select on notice to bihuan_app_line;
grant select on notice to bihuan_app_territory;

create table notice_delivery (
  tenant_id uuid not null,
  notice_id uuid not null,
  state text collate "C" not null,
  tries integer not null default 0,
  queued_at timestamp(3) with time zone not null default now(),
  since timestamp(3) with time zone not null default now(),
  constraint notice_delivery_pkey PRIMARY KEY (tenant_id, notice_id),
  constraint notice_delivery_tenant_id_notice_id_fkey FOREIGN KEY (tenant_id, notice_id) REFERENCES notice(tenant_id, id)
);
CREATE INDEX notice_delivery_waiting ON public.notice_delivery USING btree (tenant_id, notice_id) WHERE (state = ANY (ARRAY['waiting'::text, 'sending'::text]));
alter table notice_delivery enable row level security;
alter table notice_delivery force row level security;
create policy adding on notice_delivery for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
create policy changing on notice_delivery for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
create policy maintenance on notice_delivery for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on notice_delivery for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
grant insert, select, update on notice_delivery to bihuan_app;

create table notice_mailing (
  tenant_id uuid not null,
  notice_id uuid not null,
  constraint notice_mailing_pkey PRIMARY KEY (tenant_id, notice_id),
  constraint notice_mailing_tenant_id_notice_id_fkey FOREIGN KEY (tenant_id, notice_id) REFERENCES notice(tenant_id, id)
);
alter table notice_mailing enable row level security;
alter table notice_mailing force row level security;
create policy adding on notice_mailing for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND true);
create policy changing on notice_mailing for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND true);
create policy maintenance on notice_mailing for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on notice_mailing for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
create policy removing on notice_mailing for delete to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
grant delete, insert, select, update on notice_mailing to bihuan_app;

create table notice_reading (
  tenant_id uuid not null,
  notice_id uuid not null,
  account_id uuid not null,
  read_at timestamp(3) with time zone not null,
  constraint notice_reading_pkey PRIMARY KEY (tenant_id, notice_id, account_id),
  constraint notice_reading_tenant_id_notice_id_fkey FOREIGN KEY (tenant_id, notice_id) REFERENCES notice(tenant_id, id)
);
alter table notice_reading enable row level security;
alter table notice_reading force row level security;
create policy adding on notice_reading for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (account_id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid));
create policy maintenance on notice_reading for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on notice_reading for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (account_id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid));
grant insert, select on notice_reading to bihuan_app;

create table package_push (
  tenant_id uuid not null,
  id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null,
  return_id uuid not null,
  round integer not null,
  receiver_id uuid not null,
  state text collate "C" not null,
  package bytea,
  package_hash text collate "C",
  receipt jsonb,
  reason text collate "C",
  sentence text,
  tries integer not null default 0,
  queued_at timestamp(3) with time zone not null,
  since timestamp(3) with time zone not null,
  entry_id uuid,
  constraint package_push_pkey PRIMARY KEY (tenant_id, id),
  constraint package_push_tenant_id_entry_id_fkey FOREIGN KEY (tenant_id, entry_id) REFERENCES audit_entry(tenant_id, id),
  constraint package_push_tenant_id_receiver_id_fkey FOREIGN KEY (tenant_id, receiver_id) REFERENCES package_receiver(tenant_id, id),
  constraint package_push_tenant_id_return_id_fkey FOREIGN KEY (tenant_id, return_id) REFERENCES report_return(tenant_id, id)
);
CREATE INDEX package_push_by_entry ON public.package_push USING btree (tenant_id, entry_id) WHERE (entry_id IS NOT NULL);
CREATE INDEX package_push_by_time ON public.package_push USING btree (tenant_id, queued_at DESC, id);
CREATE UNIQUE INDEX package_push_once ON public.package_push USING btree (tenant_id, return_id, round, receiver_id);
alter table package_push enable row level security;
alter table package_push force row level security;
create policy line on package_push for select to bihuan_app_line
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (line_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (line_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
create policy maintenance on package_push for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reach on package_push for all to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])));
create policy territory on package_push for select to bihuan_app_territory
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (territory_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (territory_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
grant insert, select, update on package_push to bihuan_app;
grant select on package_push to bihuan_app_line;
grant select on package_push to bihuan_app_territory;

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
  received_at timestamp(3) with time zone not null,
  constraint package_received_pkey PRIMARY KEY (tenant_id, id),
  constraint package_received_tenant_id_entry_id_fkey FOREIGN KEY (tenant_id, entry_id) REFERENCES audit_entry(tenant_id, id),
  constraint package_received_tenant_id_return_id_fkey FOREIGN KEY (tenant_id, return_id) REFERENCES report_return(tenant_id, id),
  constraint package_received_tenant_id_sender_id_fkey FOREIGN KEY (tenant_id, sender_id) REFERENCES package_sender(tenant_id, id)
);
CREATE INDEX package_received_by_return ON public.package_received USING btree (tenant_id, return_id);
CREATE UNIQUE INDEX package_received_once ON public.package_received USING btree (tenant_id, package_hash);
alter table package_received enable row level security;
alter table package_received force row level security;
create policy line on package_received for select to bihuan_app_line
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (line_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (line_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
create policy maintenance on package_received for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reach on package_received for all to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])));
create policy territory on package_received for select to bihuan_app_territory
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (territory_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (territory_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
grant insert, select on package_received to bihuan_app;
grant select on package_received to bihuan_app_line;
grant select on package_received to bihuan_app_territory;

create table package_receiver (
  tenant_id uuid not null,
  id uuid not null,
  territory_path text collate "C" not null,
  bound_path text collate "C" not null,
  name text not null,
  url text collate "C" not null,
  sealed_token text collate "C" not null,
  token_set_at timestamp(3) with time zone not null,
  active boolean not null,
  version integer not null default 1,
  created_at timestamp(3) with time zone not null,
  constraint package_receiver_pkey PRIMARY KEY (tenant_id, id)
);
alter table package_receiver enable row level security;
alter table package_receiver force row level security;
create policy adding on package_receiver for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))));
create policy changing on package_receiver for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))));
create policy maintenance on package_receiver for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on package_receiver for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((NULLIF(current_setting('app.path'::text, true), ''::text) ^@ bound_path) OR (bound_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (bound_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'verify'::text)));
grant insert, select, update on package_receiver to bihuan_app;

create table package_sender (
  tenant_id uuid not null,
  id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null,
  unit_id uuid not null,
  name text not null,
  public_key text collate "C" not null,
  active boolean not null,
  created_at timestamp(3) with time zone not null,
  constraint package_sender_pkey PRIMARY KEY (tenant_id, id),
  constraint package_sender_tenant_id_unit_id_fkey FOREIGN KEY (tenant_id, unit_id) REFERENCES unit(tenant_id, id)
);
CREATE UNIQUE INDEX package_sender_by_key ON public.package_sender USING btree (tenant_id, public_key);
alter table package_sender enable row level security;
alter table package_sender force row level security;
create policy line on package_sender for select to bihuan_app_line
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (line_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (line_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
create policy maintenance on package_sender for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reach on package_sender for all to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])));
create policy territory on package_sender for select to bihuan_app_territory
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (territory_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (territory_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
grant insert, select, update on package_sender to bihuan_app;
grant select on package_sender to bihuan_app_line;
grant select on package_sender to bihuan_app_territory;

create table password_history (
  tenant_id uuid not null,
  account_id uuid not null,
  set_at timestamp(3) with time zone not null,
  password_hash text not null,
  constraint password_history_pkey PRIMARY KEY (tenant_id, account_id, set_at),
  constraint password_history_tenant_id_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES account(tenant_id, id)
);
alter table password_history enable row level security;
alter table password_history force row level security;
create policy adding on password_history for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND true);
create policy maintenance on password_history for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on password_history for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((account_id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'log-in'::text)));
grant insert, select on password_history to bihuan_app;

create table phrase_catalogue (
  subject text collate "C" not null,
  phrase text not null,
  meaning jsonb not null,
  constraint phrase_catalogue_pkey PRIMARY KEY (subject, phrase),
  constraint phrase_catalogue_subject_check CHECK ((subject = ANY (ARRAY['action'::text, 'condition'::text, 'actor'::text])))
);
alter table phrase_catalogue enable row level security;
alter table phrase_catalogue force row level security;
create policy changing on phrase_catalogue for all to public
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on phrase_catalogue for select to public
  using true;
grant select on phrase_catalogue to bihuan_app;

create table phrase_entry (
  tenant_id uuid not null,
  id uuid not null,
  subject text collate "C" not null,
  phrase text not null,
  stands text collate "C" not null,
  meaning jsonb,
  reason text not null,
  account_id uuid not null,
  person_name text not null,
  entry_id uuid not null,
  recorded_at timestamp(3) with time zone not null,
  constraint phrase_entry_pkey PRIMARY KEY (tenant_id, id),
  constraint phrase_entry_check CHECK (((meaning IS NOT NULL) = (stands = 'meaning'::text))),
  constraint phrase_entry_stands_check CHECK ((stands = ANY (ARRAY['meaning'::text, 'dropped'::text, 'as-shipped'::text]))),
  constraint phrase_entry_subject_check CHECK ((subject = ANY (ARRAY['action'::text, 'condition'::text, 'actor'::text]))),
  constraint phrase_entry_tenant_id_entry_id_fkey FOREIGN KEY (tenant_id, entry_id) REFERENCES audit_entry(tenant_id, id)
);
CREATE INDEX phrase_entry_by_phrase ON public.phrase_entry USING btree (tenant_id, subject, phrase, recorded_at, id);
alter table phrase_entry enable row level security;
alter table phrase_entry force row level security;
create policy adding on phrase_entry for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND true);
create policy maintenance on phrase_entry for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on phrase_entry for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND true);
grant insert, select on phrase_entry to bihuan_app;

create table report_narrative (
  tenant_id uuid not null,
  id uuid not null,
  version integer not null,
  territory_path text collate "C" not null,
  bound_path text collate "C" not null,
  campaign_id uuid not null,
  kind text collate "C" not null,
  name text not null,
  must_contain text[] not null,
  deliverables jsonb not null,
  signatures text[] not null,
  table_ids uuid[] not null,
  entry_id uuid not null,
  made_at timestamp(3) with time zone not null,
  constraint report_narrative_pkey PRIMARY KEY (tenant_id, id, version),
  constraint report_narrative_tenant_id_campaign_id_fkey FOREIGN KEY (tenant_id, campaign_id) REFERENCES campaign(tenant_id, id),
  constraint report_narrative_tenant_id_entry_id_fkey FOREIGN KEY (tenant_id, entry_id) REFERENCES audit_entry(tenant_id, id)
);
CREATE INDEX report_narrative_by_entry ON public.report_narrative USING btree (tenant_id, entry_id);
alter table report_narrative enable row level security;
alter table report_narrative force row level security;
create policy adding on report_narrative for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))));
create policy maintenance on report_narrative for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on report_narrative for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((NULLIF(current_setting('app.path'::text, true), ''::text) ^@ bound_path) OR (bound_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (bound_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'verify'::text)));
grant insert, select on report_narrative to bihuan_app;

create table report_return (
  tenant_id uuid not null,
  id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null,
  schedule_id uuid not null,
  campaign_id uuid not null,
  table_id uuid not null,
  table_version integer not null,
  unit_id uuid not null,
  receiver_ids uuid[] not null,
  groups text[],
  sector text collate "C" not null,
  period_key text collate "C" not null,
  period_title text not null,
  period_from date not null,
  period_to date not null,
  counts_from date,
  cut_off date not null,
  due_on date not null,
  provisional boolean not null,
  status text collate "C" not null,
  detail jsonb not null,
  "position" bigint,
  counted_to date,
  version integer not null,
  opened_at timestamp(3) with time zone not null,
  narrative_version integer,
  rule jsonb not null,
  look jsonb,
  looked_on date,
  counted_span jsonb,
  constraint report_return_pkey PRIMARY KEY (tenant_id, id),
  constraint report_return_tenant_id_schedule_id_fkey FOREIGN KEY (tenant_id, schedule_id) REFERENCES report_schedule(tenant_id, id),
  constraint report_return_tenant_id_unit_id_fkey FOREIGN KEY (tenant_id, unit_id) REFERENCES unit(tenant_id, id)
);
CREATE INDEX report_return_by_due ON public.report_return USING btree (tenant_id, schedule_id, due_on, period_key);
CREATE INDEX report_return_by_period ON public.report_return USING btree (tenant_id, schedule_id, period_key);
CREATE INDEX report_return_by_place ON public.report_return USING btree (tenant_id, schedule_id, territory_path, unit_id, sector, period_key);
CREATE INDEX report_return_by_receiver ON public.report_return USING gin (receiver_ids);
CREATE INDEX report_return_by_table ON public.report_return USING btree (tenant_id, table_id, unit_id);
CREATE INDEX report_return_by_territory ON public.report_return USING btree (tenant_id, territory_path, due_on);
CREATE INDEX report_return_by_unit ON public.report_return USING btree (tenant_id, unit_id, due_on);
CREATE UNIQUE INDEX report_return_once ON public.report_return USING btree (tenant_id, schedule_id, unit_id, period_key, sector);
CREATE INDEX report_return_to_look ON public.report_return USING btree (tenant_id, schedule_id, looked_on) WHERE (status = ANY (ARRAY['open'::text, 'signing'::text, 'signed'::text, 'sent-back'::text]));
alter table report_return enable row level security;
alter table report_return force row level security;
create policy line on report_return for select to bihuan_app_line
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (line_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (line_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
create policy maintenance on report_return for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reach on report_return for all to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])));
create policy territory on report_return for select to bihuan_app_territory
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (territory_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (territory_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
grant insert, select, update on report_return to bihuan_app;
grant select on report_return to bihuan_app_line;
grant select on report_return to bihuan_app_territory;

create table report_schedule (
  tenant_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  territory_path text collate "C" not null,
  bound_path text collate "C" not null,
  table_id uuid not null,
  title text not null,
  rule jsonb not null,
  respondents jsonb not null,
  receiver_ids uuid[] not null,
  split_sectors text[] not null,
  note text not null,
  active boolean not null,
  version integer not null default 1,
  created_at timestamp(3) with time zone not null,
  ledger_id uuid,
  narrative_id uuid,
  narrative_version integer,
  outside_receiver_ids uuid[] not null default '{}'::uuid[],
  plan_report integer,
  constraint report_schedule_pkey PRIMARY KEY (tenant_id, id),
  constraint report_schedule_tenant_id_campaign_id_fkey FOREIGN KEY (tenant_id, campaign_id) REFERENCES campaign(tenant_id, id),
  constraint report_schedule_tenant_id_ledger_id_fkey FOREIGN KEY (tenant_id, ledger_id) REFERENCES ledger_form(tenant_id, id),
  constraint report_schedule_tenant_id_narrative_id_narrative_version_fkey FOREIGN KEY (tenant_id, narrative_id, narrative_version) REFERENCES report_narrative(tenant_id, id, version),
  constraint report_schedule_tenant_id_table_id_fkey FOREIGN KEY (tenant_id, table_id) REFERENCES report_table(tenant_id, id)
);
CREATE INDEX report_schedule_by_campaign ON public.report_schedule USING btree (tenant_id, campaign_id);
alter table report_schedule enable row level security;
alter table report_schedule force row level security;
create policy adding on report_schedule for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))));
create policy changing on report_schedule for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))));
create policy maintenance on report_schedule for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on report_schedule for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((NULLIF(current_setting('app.path'::text, true), ''::text) ^@ bound_path) OR (bound_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (bound_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'verify'::text)));
grant insert, select, update on report_schedule to bihuan_app;

create table report_table (
  tenant_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  territory_path text collate "C" not null,
  bound_path text collate "C" not null,
  ordinal integer not null,
  title text not null,
  form jsonb not null,
  layout jsonb not null,
  bindings jsonb not null,
  version integer not null default 1,
  checks jsonb not null default '[]'::jsonb,
  offers jsonb not null default '[]'::jsonb,
  constraint report_table_pkey PRIMARY KEY (tenant_id, id),
  constraint report_table_tenant_id_campaign_id_fkey FOREIGN KEY (tenant_id, campaign_id) REFERENCES campaign(tenant_id, id)
);
CREATE INDEX report_table_by_campaign ON public.report_table USING btree (tenant_id, campaign_id, ordinal);
alter table report_table enable row level security;
alter table report_table force row level security;
create policy adding on report_table for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))));
create policy changing on report_table for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))));
create policy maintenance on report_table for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on report_table for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((NULLIF(current_setting('app.path'::text, true), ''::text) ^@ bound_path) OR (bound_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (bound_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'verify'::text)));
grant insert, select, update on report_table to bihuan_app;

create table report_table_version (
  tenant_id uuid not null,
  table_id uuid not null,
  version integer not null,
  territory_path text collate "C" not null,
  bound_path text collate "C" not null,
  form jsonb not null,
  layout jsonb not null,
  bindings jsonb not null,
  checks jsonb not null default '[]'::jsonb,
  constraint report_table_version_pkey PRIMARY KEY (tenant_id, table_id, version),
  constraint report_table_version_tenant_id_table_id_fkey FOREIGN KEY (tenant_id, table_id) REFERENCES report_table(tenant_id, id)
);
alter table report_table_version enable row level security;
alter table report_table_version force row level security;
create policy adding on report_table_version for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text)))));
create policy maintenance on report_table_version for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on report_table_version for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((NULLIF(current_setting('app.path'::text, true), ''::text) ^@ bound_path) OR (bound_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (bound_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'verify'::text)));
grant insert, select on report_table_version to bihuan_app;

create table responsibility (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  sector text not null,
  role text collate "C" not null,
  valid_from date not null,
  valid_to date,
  version integer not null default 1,
  constraint responsibility_pkey PRIMARY KEY (tenant_id, id),
  constraint responsibility_role_check CHECK ((role = ANY (ARRAY['lead'::text, 'support'::text]))),
  constraint responsibility_tenant_id_unit_id_fkey FOREIGN KEY (tenant_id, unit_id) REFERENCES unit(tenant_id, id)
);
CREATE INDEX responsibility_by_sector ON public.responsibility USING btree (tenant_id, sector);
alter table responsibility enable row level security;
alter table responsibility force row level security;
create policy adding on responsibility for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND true);
create policy changing on responsibility for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND true)
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND true);
create policy maintenance on responsibility for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on responsibility for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND true);
grant insert, select, update on responsibility to bihuan_app;

create table return_delivery (
  tenant_id uuid not null,
  id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null,
  return_id uuid not null,
  entry_id uuid not null,
  form text collate "C" not null,
  files jsonb not null,
  sections jsonb,
  draft jsonb,
  account_id uuid not null,
  person_name text not null,
  delivered_at timestamp(3) with time zone not null,
  constraint return_delivery_pkey PRIMARY KEY (tenant_id, id),
  constraint return_delivery_tenant_id_entry_id_fkey FOREIGN KEY (tenant_id, entry_id) REFERENCES audit_entry(tenant_id, id),
  constraint return_delivery_tenant_id_return_id_fkey FOREIGN KEY (tenant_id, return_id) REFERENCES report_return(tenant_id, id)
);
CREATE INDEX return_delivery_by_entry ON public.return_delivery USING btree (tenant_id, entry_id);
CREATE INDEX return_delivery_by_return ON public.return_delivery USING btree (tenant_id, return_id, delivered_at);
alter table return_delivery enable row level security;
alter table return_delivery force row level security;
create policy line on return_delivery for select to bihuan_app_line
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (line_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (line_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
create policy maintenance on return_delivery for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reach on return_delivery for all to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])));
create policy territory on return_delivery for select to bihuan_app_territory
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (territory_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (territory_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
grant insert, select on return_delivery to bihuan_app;
grant select on return_delivery to bihuan_app_line;
grant select on return_delivery to bihuan_app_territory;

create table return_event (
  tenant_id uuid not null,
  id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null,
  return_id uuid not null,
  entry_id uuid not null,
  kind text collate "C" not null,
  status text collate "C" not null,
  round integer not null,
  sentence text not null,
  account_id uuid,
  person_name text not null,
  unit_id uuid,
  on_day date not null,
  recorded_at timestamp(3) with time zone not null,
  content jsonb,
  content_hash text collate "C",
  constraint return_event_pkey PRIMARY KEY (tenant_id, id),
  constraint return_event_tenant_id_entry_id_fkey FOREIGN KEY (tenant_id, entry_id) REFERENCES audit_entry(tenant_id, id),
  constraint return_event_tenant_id_return_id_fkey FOREIGN KEY (tenant_id, return_id) REFERENCES report_return(tenant_id, id)
);
CREATE INDEX return_event_by_entry ON public.return_event USING btree (tenant_id, entry_id);
CREATE INDEX return_event_by_return ON public.return_event USING btree (tenant_id, return_id, recorded_at, id);
alter table return_event enable row level security;
alter table return_event force row level security;
create policy line on return_event for select to bihuan_app_line
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (line_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (line_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
create policy maintenance on return_event for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reach on return_event for all to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])));
create policy territory on return_event for select to bihuan_app_territory
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (territory_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (territory_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
grant insert, select on return_event to bihuan_app;
grant select on return_event to bihuan_app_line;
grant select on return_event to bihuan_app_territory;

create table role_grant (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  unit_id uuid not null,
  role text collate "C" not null,
  granted_at timestamp(3) with time zone not null,
  granted_by uuid,
  revoked_at timestamp(3) with time zone,
  revoked_by uuid,
  constraint role_grant_pkey PRIMARY KEY (tenant_id, id),
  constraint role_grant_tenant_id_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES account(tenant_id, id),
  constraint role_grant_tenant_id_unit_id_fkey FOREIGN KEY (tenant_id, unit_id) REFERENCES unit(tenant_id, id)
);
CREATE INDEX role_grant_by_account ON public.role_grant USING btree (tenant_id, account_id);
CREATE INDEX role_grant_by_unit ON public.role_grant USING btree (tenant_id, unit_id);
alter table role_grant enable row level security;
alter table role_grant force row level security;
create policy adding on role_grant for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND true);
create policy changing on role_grant for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND true)
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND true);
create policy maintenance on role_grant for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on role_grant for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND true);
grant insert, select, update on role_grant to bihuan_app;

create table roll_up_loose (
  tenant_id uuid not null,
  record_id uuid not null,
  subject_id uuid not null,
  constraint roll_up_loose_pkey PRIMARY KEY (tenant_id, record_id, subject_id)
);
CREATE INDEX roll_up_loose_by_subject ON public.roll_up_loose USING btree (tenant_id, subject_id);
alter table roll_up_loose enable row level security;
alter table roll_up_loose force row level security;
create policy adding on roll_up_loose for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
create policy changing on roll_up_loose for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
create policy maintenance on roll_up_loose for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on roll_up_loose for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
create policy removing on roll_up_loose for delete to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
grant delete, insert, select, update on roll_up_loose to bihuan_app;

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
  constraint roll_up_month_pkey PRIMARY KEY (tenant_id, starts_on, unit_id, metric, month, sector)
);
alter table roll_up_month enable row level security;
alter table roll_up_month force row level security;
create policy adding on roll_up_month for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
create policy changing on roll_up_month for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
create policy maintenance on roll_up_month for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on roll_up_month for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
create policy removing on roll_up_month for delete to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
grant delete, insert, select, update on roll_up_month to bihuan_app;

create table roll_up_place (
  tenant_id uuid not null,
  unit_id uuid not null,
  above uuid[] not null,
  constraint roll_up_place_pkey PRIMARY KEY (tenant_id, unit_id)
);
alter table roll_up_place enable row level security;
alter table roll_up_place force row level security;
create policy adding on roll_up_place for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
create policy changing on roll_up_place for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
create policy maintenance on roll_up_place for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on roll_up_place for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
create policy removing on roll_up_place for delete to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
grant delete, insert, select, update on roll_up_place to bihuan_app;

create table roll_up_seen (
  tenant_id uuid not null,
  starts_on date not null,
  unit_id uuid not null,
  metric text collate "C" not null,
  sector text collate "C" not null,
  subject_id uuid not null,
  from_on date not null,
  to_on date not null,
  constraint roll_up_seen_pkey PRIMARY KEY (tenant_id, starts_on, unit_id, metric, sector, subject_id, from_on) INCLUDE (to_on)
);
CREATE INDEX roll_up_seen_by_subject ON public.roll_up_seen USING btree (tenant_id, subject_id, metric);
alter table roll_up_seen enable row level security;
alter table roll_up_seen force row level security;
create policy adding on roll_up_seen for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
create policy changing on roll_up_seen for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
create policy maintenance on roll_up_seen for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on roll_up_seen for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
create policy removing on roll_up_seen for delete to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
grant delete, insert, select, update on roll_up_seen to bihuan_app;

create table roll_up_span (
  tenant_id uuid not null,
  starts_on date not null,
  constraint roll_up_span_pkey PRIMARY KEY (tenant_id, starts_on)
);
alter table roll_up_span enable row level security;
alter table roll_up_span force row level security;
create policy adding on roll_up_span for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
create policy changing on roll_up_span for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
create policy maintenance on roll_up_span for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on roll_up_span for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
create policy removing on roll_up_span for delete to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
grant delete, insert, select, update on roll_up_span to bihuan_app;

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
  constraint roll_up_standing_pkey PRIMARY KEY (tenant_id, starts_on, metric, subject_id, record_id, from_on)
);
CREATE INDEX roll_up_standing_by_record ON public.roll_up_standing USING btree (tenant_id, record_id);
alter table roll_up_standing enable row level security;
alter table roll_up_standing force row level security;
create policy adding on roll_up_standing for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
create policy changing on roll_up_standing for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
create policy maintenance on roll_up_standing for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on roll_up_standing for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
create policy removing on roll_up_standing for delete to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
grant delete, insert, select, update on roll_up_standing to bihuan_app;

create table roll_up_state (
  tenant_id uuid not null,
  version bigint not null,
  folded_to bigint not null,
  tree bigint not null,
  definition text collate "C" not null,
  making bigint not null default 1,
  constraint roll_up_state_pkey PRIMARY KEY (tenant_id)
);
alter table roll_up_state enable row level security;
alter table roll_up_state force row level security;
create policy adding on roll_up_state for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
create policy changing on roll_up_state for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
create policy maintenance on roll_up_state for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on roll_up_state for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
create policy removing on roll_up_state for delete to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'tenant'::text));
grant delete, insert, select, update on roll_up_state to bihuan_app;

create table saved_view (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  list text collate "C" not null,
  name text not null,
  query jsonb not null,
  columns text[] not null,
  ordinal integer not null,
  constraint saved_view_pkey PRIMARY KEY (tenant_id, id),
  constraint saved_view_tenant_id_account_id_list_name_key UNIQUE (tenant_id, account_id, list, name),
  constraint saved_view_tenant_id_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES account(tenant_id, id)
);
alter table saved_view enable row level security;
alter table saved_view force row level security;
create policy adding on saved_view for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (account_id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid));
create policy changing on saved_view for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (account_id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (account_id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid));
create policy maintenance on saved_view for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on saved_view for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (account_id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid));
create policy removing on saved_view for delete to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (account_id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid));
grant delete, insert, select, update on saved_view to bihuan_app;

create table schema_migration (
  number integer not null,
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migration_pkey PRIMARY KEY (number)
);

create table session (
  tenant_id uuid not null,
  id uuid not null,
  token_hash text collate "C" not null,
  account_id uuid not null,
  unit_id uuid not null,
  started_at timestamp(3) with time zone not null,
  last_active_at timestamp(3) with time zone not null,
  ended_at timestamp(3) with time zone,
  address text not null,
  client text not null,
  constraint session_pkey PRIMARY KEY (tenant_id, id),
  constraint session_tenant_id_token_hash_key UNIQUE (tenant_id, token_hash),
  constraint session_tenant_id_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES account(tenant_id, id)
);
CREATE INDEX session_by_account ON public.session USING btree (tenant_id, account_id, started_at);
alter table session enable row level security;
alter table session force row level security;
create policy adding on session for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND true);
create policy changing on session for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((account_id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = ANY (ARRAY['log-in'::text, 'end-session'::text]))))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND true);
create policy maintenance on session for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on session for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((account_id = (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = ANY (ARRAY['log-in'::text, 'end-session'::text]))));
grant insert, select, update on session to bihuan_app;

create table task_update (
  tenant_id uuid not null,
  id uuid not null,
  task_id uuid not null,
  campaign_id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null,
  done_on date not null,
  finishes boolean not null,
  note text not null,
  file_ids uuid[] not null,
  withdraws uuid,
  account_id uuid not null,
  person_name text not null,
  unit_id uuid not null,
  recorded_at timestamp(3) with time zone not null,
  entry_id uuid not null,
  constraint task_update_pkey PRIMARY KEY (tenant_id, id),
  constraint task_update_tenant_id_task_id_fkey FOREIGN KEY (tenant_id, task_id) REFERENCES campaign_task(tenant_id, id)
);
CREATE INDEX task_update_by_campaign ON public.task_update USING btree (tenant_id, campaign_id);
CREATE INDEX task_update_by_task ON public.task_update USING btree (tenant_id, task_id, done_on);
alter table task_update enable row level security;
alter table task_update force row level security;
create policy line on task_update for select to bihuan_app_line
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (line_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (line_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
create policy maintenance on task_update for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy opened on task_update for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (campaign_id = ANY ((string_to_array(NULLIF(current_setting('app.opened'::text, true), ''::text), ','::text))::uuid[])));
create policy reach on task_update for all to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])));
create policy territory on task_update for select to bihuan_app_territory
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (territory_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (territory_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
grant insert, select on task_update to bihuan_app;
grant select on task_update to bihuan_app_line;
grant select on task_update to bihuan_app_territory;

create table tenant (
  id uuid not null,
  code text collate "C" not null,
  name text not null,
  created_at timestamp with time zone not null,
  constraint tenant_pkey PRIMARY KEY (id),
  constraint tenant_code_key UNIQUE (code)
);
alter table tenant enable row level security;
alter table tenant force row level security;
create policy founding on tenant for insert to public
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = ANY (ARRAY['found'::text, 'maintenance'::text]));
create policy reading on tenant for select to public
  using ((id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = ANY (ARRAY['log-in'::text, 'seal'::text, 'found'::text, 'maintenance'::text])));
grant insert, select on tenant to bihuan_app;

create table typed_figure (
  tenant_id uuid not null,
  id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null,
  entry_id uuid not null,
  table_id uuid not null,
  unit_id uuid not null,
  cell text collate "C" not null,
  as_of date not null,
  amount bigint,
  account_id uuid not null,
  person_name text not null,
  recorded_at timestamp(3) with time zone not null,
  sector text collate "C" not null default ''::text,
  return_id uuid,
  constraint typed_figure_pkey PRIMARY KEY (tenant_id, id),
  constraint typed_figure_tenant_id_entry_id_fkey FOREIGN KEY (tenant_id, entry_id) REFERENCES audit_entry(tenant_id, id),
  constraint typed_figure_tenant_id_table_id_fkey FOREIGN KEY (tenant_id, table_id) REFERENCES report_table(tenant_id, id),
  constraint typed_figure_tenant_id_unit_id_fkey FOREIGN KEY (tenant_id, unit_id) REFERENCES unit(tenant_id, id)
);
CREATE INDEX typed_figure_by_cell ON public.typed_figure USING btree (tenant_id, table_id, unit_id, cell, as_of);
alter table typed_figure enable row level security;
alter table typed_figure force row level security;
create policy line on typed_figure for select to bihuan_app_line
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (line_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (line_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
create policy maintenance on typed_figure for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reach on typed_figure for all to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])));
create policy territory on typed_figure for select to bihuan_app_territory
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (territory_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (territory_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
grant insert, select on typed_figure to bihuan_app;
grant select on typed_figure to bihuan_app_line;
grant select on typed_figure to bihuan_app_territory;

create table unit (
  tenant_id uuid not null,
  id uuid not null,
  kind text collate "C" not null,
  name text not null,
  code text collate "C",
  label text collate "C" not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null default '{}'::uuid[],
  parent_id uuid,
  line_parent_id uuid,
  exists_from date not null,
  dissolved_on date,
  version integer not null default 1,
  former_paths text[] collate "C",
  constraint unit_pkey PRIMARY KEY (tenant_id, id),
  constraint unit_tenant_id_code_key UNIQUE (tenant_id, code),
  constraint unit_tenant_id_label_key UNIQUE (tenant_id, label)
);
CREATE INDEX unit_by_line ON public.unit USING btree (tenant_id, line_path);
CREATE INDEX unit_by_name ON public.unit USING gin (name gin_trgm_ops);
CREATE INDEX unit_by_parent ON public.unit USING btree (tenant_id, parent_id);
CREATE INDEX unit_by_path ON public.unit USING btree (tenant_id, territory_path);
CREATE INDEX unit_that_moved ON public.unit USING btree (tenant_id, territory_path) WHERE (former_paths IS NOT NULL);
alter table unit enable row level security;
alter table unit force row level security;
create policy adding on unit for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR ((kind = 'enterprise'::text) AND (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text)))) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'found'::text)));
create policy changing on unit for update to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR ((kind = 'enterprise'::text) AND (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))))))
  with check (tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid);
create policy directory on unit for select to bihuan_app_territory, bihuan_app_line
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (kind <> 'enterprise'::text));
create policy maintenance on unit for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on unit for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((kind <> 'enterprise'::text) OR (territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[]) OR (NULLIF(current_setting('app.purpose'::text, true), ''::text) = ANY (ARRAY['log-in'::text, 'verify'::text]))));
grant insert, select, update on unit to bihuan_app;
grant select on unit to bihuan_app_line;
grant select on unit to bihuan_app_territory;

create table unit_path (
  tenant_id uuid not null,
  unit_id uuid not null,
  axis text collate "C" not null,
  path text collate "C" not null,
  entry_id uuid not null,
  constraint unit_path_pkey PRIMARY KEY (tenant_id, unit_id, axis, path),
  constraint unit_path_axis_check CHECK ((axis = ANY (ARRAY['territory'::text, 'line'::text]))),
  constraint unit_path_tenant_id_unit_id_fkey FOREIGN KEY (tenant_id, unit_id) REFERENCES unit(tenant_id, id)
);
alter table unit_path enable row level security;
alter table unit_path force row level security;
create policy adding on unit_path for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND true);
create policy maintenance on unit_path for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on unit_path for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND true);
grant insert, select on unit_path to bihuan_app;

create table unit_placement (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  parent_id uuid,
  axis text collate "C" not null,
  valid_from date not null,
  cancels uuid,
  entry_id uuid not null,
  recorded_at timestamp(3) with time zone not null,
  recorded_by text not null,
  constraint unit_placement_pkey PRIMARY KEY (tenant_id, id),
  constraint unit_placement_axis_check CHECK ((axis = ANY (ARRAY['territory'::text, 'line'::text]))),
  constraint unit_placement_tenant_id_entry_id_fkey FOREIGN KEY (tenant_id, entry_id) REFERENCES audit_entry(tenant_id, id),
  constraint unit_placement_tenant_id_unit_id_fkey FOREIGN KEY (tenant_id, unit_id) REFERENCES unit(tenant_id, id)
);
CREATE INDEX unit_placement_by_entry ON public.unit_placement USING btree (tenant_id, entry_id);
CREATE INDEX unit_placement_by_unit ON public.unit_placement USING btree (tenant_id, unit_id);
alter table unit_placement enable row level security;
alter table unit_placement force row level security;
create policy adding on unit_placement for insert to bihuan_app
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND true);
create policy maintenance on unit_placement for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reading on unit_placement for select to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND true);
grant insert, select on unit_placement to bihuan_app;

create table word_choice (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null,
  subject text collate "C" not null,
  words text not null,
  meaning jsonb,
  reason text not null,
  account_id uuid not null,
  person_name text not null,
  entry_id uuid not null,
  recorded_at timestamp(3) with time zone not null,
  constraint word_choice_pkey PRIMARY KEY (tenant_id, id),
  constraint word_choice_subject_check CHECK ((subject = ANY (ARRAY['action'::text, 'condition'::text, 'actor'::text, 'metric'::text]))),
  constraint word_choice_tenant_id_entry_id_fkey FOREIGN KEY (tenant_id, entry_id) REFERENCES audit_entry(tenant_id, id),
  constraint word_choice_tenant_id_unit_id_fkey FOREIGN KEY (tenant_id, unit_id) REFERENCES unit(tenant_id, id)
);
CREATE INDEX word_choice_by_unit ON public.word_choice USING btree (tenant_id, unit_id, recorded_at, id);
alter table word_choice enable row level security;
alter table word_choice force row level security;
create policy line on word_choice for select to bihuan_app_line
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (line_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (line_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
create policy maintenance on word_choice for all to owner
  using (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text)
  with check (NULLIF(current_setting('app.purpose'::text, true), ''::text) = 'maintenance'::text);
create policy reach on word_choice for all to bihuan_app
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND ((territory_path ^@ NULLIF(current_setting('app.path'::text, true), ''::text)) OR (territory_path ^@ ANY (string_to_array(NULLIF(current_setting('app.scope'::text, true), ''::text), ','::text))) OR (line_path ^@ ANY (string_to_array(NULLIF(current_setting('app.line'::text, true), ''::text), ','::text))) OR (parties && (string_to_array(NULLIF(current_setting('app.parties'::text, true), ''::text), ','::text))::uuid[])));
create policy territory on word_choice for select to bihuan_app_territory
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) AND (territory_path >= NULLIF(current_setting('app.path_from'::text, true), ''::text)) AND (territory_path < NULLIF(current_setting('app.path_to'::text, true), ''::text)));
grant insert, select on word_choice to bihuan_app;
grant select on word_choice to bihuan_app_line;
grant select on word_choice to bihuan_app_territory;
