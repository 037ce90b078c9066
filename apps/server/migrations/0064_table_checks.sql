-- Checks that a table's designer lays down for it, with each version of the design: what was filed under one is judged by its own.
alter table report_table add column checks jsonb not null default '[]';
alter table report_table_version add column checks jsonb not null default '[]';
