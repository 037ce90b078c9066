-- What the morning's job found in a return that waits: how much cannot be right, how much asks for a sentence, whether all of it is zero.
-- It is computed again, thrown away at will, and shown only for the version that it was computed of.
alter table report_return add column look jsonb, add column looked_on date;
create index report_return_to_look on report_return (tenant_id, schedule_id, looked_on) where status in ('open', 'signing', 'signed', 'sent-back');

-- The board reads a page of respondents in the order of their places, and the last periods, without going through all that was ever filed.
create index report_return_by_place on report_return (tenant_id, schedule_id, territory_path, unit_id, sector, period_key);
create index report_return_by_due on report_return (tenant_id, schedule_id, due_on, period_key);
