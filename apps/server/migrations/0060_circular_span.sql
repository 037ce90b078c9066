-- A campaign's first day and its sectors may be changed while it runs: a circular goes on counting what it counted when it was drafted.
alter table circular add column counted_span jsonb;
-- A draft that nobody needs is put aside. Its row stays, because the trail speaks of it.
alter table circular drop constraint circular_state_check;
alter table circular add constraint circular_state_check check (state in ('draft', 'issued', 'discarded'));
