-- What the morning's job found in a return that waits: how much cannot be right, how much asks for a sentence, whether all of it is zero.
-- It is computed again, thrown away at will, and shown only for the version that it was computed of.
alter table report_return add column look jsonb, add column looked_on date;
create index report_return_to_look on report_return (tenant_id, schedule_id, looked_on) where status in ('open', 'signing', 'signed', 'sent-back');
