-- A draft stands with whoever writes it, and need not know yet where the hazard lies.
alter table hazard alter column territory_unit_id drop not null;
alter table hazard add constraint hazard_territory check (territory_unit_id is not null or state = any (array['draft', 'cancelled']));

-- Newest first, and those without a day (drafts) last: with a bare column the branches of a page would put them first.
drop index hazard_by_found;
create index hazard_by_found on hazard (tenant_id, state, (coalesce(found_on, '-infinity'::date)), id) include (territory_path);

-- 工作台: what waits for one unit. Only open hazards stand in these, so they stay small however old the ledger is.
create index hazard_of_responsible on hazard (tenant_id, responsible_unit_id, state, (coalesce(deadline, 'infinity'::date)), id)
  where state not in ('closed', 'cancelled');
create index hazard_of_authority on hazard (tenant_id, authority_unit_id, state, (coalesce(deadline, 'infinity'::date)), id)
  where state not in ('closed', 'cancelled');
create index hazard_with_extension_asked on hazard (tenant_id, authority_unit_id)
  where jsonb_typeof(detail #> '{extensions,-1,answer}') = 'null';
create index hazard_in_transfer on hazard (tenant_id) where state = 'transferring';

-- What hangs on a record (its history, the facts it put, the papers attached to it) is seen by whoever saw the record. Those rows
-- keep the place and the parties of the day on which they were written; whoever came to the record later (a unit that it was
-- handed over to) stands in none of them, and would see half a history and put its facts a second time.
-- app.opened names records that were seen under their own policy in this transaction (platform/db/opened.ts).
create policy opened on hazard_event for select to bihuan_app using (
  tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and hazard_id = any (string_to_array(nullif(current_setting('app.opened', true), ''), ',')::uuid[]));
create policy opened on fact for select to bihuan_app using (
  tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and record_id = any (string_to_array(nullif(current_setting('app.opened', true), ''), ',')::uuid[]));
-- A reversal stands where the fact that it reverses does, or one of the two would be seen without the other.
create policy opened_adding on fact for insert to bihuan_app with check (
  tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and record_id = any (string_to_array(nullif(current_setting('app.opened', true), ''), ',')::uuid[]));
create policy opened on file for select to bihuan_app using (
  tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and id = any (string_to_array(nullif(current_setting('app.opened', true), ''), ',')::uuid[]));

-- A notice goes to units; each person has read it or not.
alter table notice drop column read_at;
create table notice_reading (
  tenant_id uuid not null,
  notice_id uuid not null,
  account_id uuid not null,
  read_at timestamptz(3) not null,
  primary key (tenant_id, notice_id, account_id)
);
select spread('notice_reading');
alter table notice_reading add foreign key (tenant_id, notice_id) references notice (tenant_id, id);
select protect_tenant('notice_reading', 'append', $$account_id = nullif(current_setting('app.account', true), '')::uuid$$,
  $$account_id = nullif(current_setting('app.account', true), '')::uuid$$);
create index notice_by_parties on notice using gin (parties);
