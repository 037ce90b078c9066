-- Reminders by mail: where a person reads it, which notices go there, and what became of each.
create table mail_address (
  tenant_id uuid not null,
  account_id uuid not null,
  -- Confirmed: the person has read there what was sent. Null until then.
  address text collate "C",
  confirmed_at timestamptz(3),
  -- Asked for and not confirmed yet. The code itself is derived from the nonce and the server's secret, and stands nowhere.
  asked_address text collate "C",
  asked_nonce uuid,
  asked_at timestamptz(3),
  -- waiting, sending, sent, refused
  asked_state text collate "C",
  asked_reason text collate "C",
  tries integer not null default 0,
  -- How many codes were asked for on `asked_day`.
  asked_day date,
  asked_count integer not null default 0,
  -- Kinds of notices that this person does not want by mail.
  muted text[] not null default '{}',
  primary key (tenant_id, account_id)
);
select spread('mail_address');
alter table mail_address add foreign key (tenant_id, account_id) references account (tenant_id, id);
select protect_tenant('mail_address', 'change',
  $$account_id = nullif(current_setting('app.account', true), '')::uuid or nullif(current_setting('app.purpose', true), '') = 'tenant'$$,
  $$account_id = nullif(current_setting('app.account', true), '')::uuid or nullif(current_setting('app.purpose', true), '') = 'tenant'$$);

-- Notices whose readers are still to be looked up. Whoever gives a notice adds; who reads mail is not theirs to see, so a job looks.
create table notice_mailing (
  tenant_id uuid not null,
  notice_id uuid not null,
  primary key (tenant_id, notice_id)
);
select spread('notice_mailing');
alter table notice_mailing add foreign key (tenant_id, notice_id) references notice (tenant_id, id);
select protect_tenant('notice_mailing', 'queue', $$nullif(current_setting('app.purpose', true), '') = 'tenant'$$);

-- Each notice at most once to each reader, whatever is stopped or repeated in between.
create table mail_delivery (
  tenant_id uuid not null,
  notice_id uuid not null,
  account_id uuid not null,
  -- waiting, sending, sent; unknown: it left and no answer came, so it is not sent again; refused: the mail server will never take it;
  -- expired: too old to be of use, or not wanted any more.
  state text collate "C" not null,
  tries integer not null default 0,
  -- A code, as the mail server or the network gave it: never an address.
  reason text collate "C",
  -- By the database's clock: when it was put here, and since when it is in this state.
  queued_at timestamptz(3) not null default now(),
  since timestamptz(3) not null default now(),
  primary key (tenant_id, notice_id, account_id)
);
select spread('mail_delivery');
alter table mail_delivery add foreign key (tenant_id, notice_id) references notice (tenant_id, id);
alter table mail_delivery add foreign key (tenant_id, account_id) references account (tenant_id, id);
create index mail_delivery_waiting on mail_delivery (tenant_id, account_id, notice_id) where state in ('waiting', 'sending');
create index mail_delivery_by_time on mail_delivery (tenant_id, since desc, notice_id, account_id);
select protect_tenant('mail_delivery', 'change', $$nullif(current_setting('app.purpose', true), '') = 'tenant'$$,
  $$nullif(current_setting('app.purpose', true), '') = 'tenant'$$);

-- Working days that are not as the calendar package has them: of one tenant, each change kept, the latest of a day counts. The catalogue
-- of the same name that the ground made was never read.
drop table calendar_override;
create table calendar_override (
  tenant_id uuid not null,
  id uuid not null,
  day date not null,
  -- `as-published` takes an earlier one back.
  kind text collate "C" not null check (kind in ('working-day', 'day-off', 'as-published')),
  -- The document that says so (文号), or why.
  reason text not null,
  account_id uuid not null,
  person_name text not null,
  entry_id uuid not null,
  recorded_at timestamptz(3) not null,
  primary key (tenant_id, id)
);
select spread('calendar_override');
alter table calendar_override add foreign key (tenant_id, entry_id) references audit_entry (tenant_id, id);
create index calendar_override_by_day on calendar_override (tenant_id, day, recorded_at, id);
select protect_tenant('calendar_override', 'append');

-- The schedule's rule as it was when the return was opened: by it, and by no later one, a holiday that moves gives the return another day.
alter table report_return add column rule jsonb;
set local app.purpose = 'maintenance';
update report_return r set rule = s.rule from report_schedule s where s.tenant_id = r.tenant_id and s.id = r.schedule_id;
set local app.purpose = '';
alter table report_return alter column rule set not null;
