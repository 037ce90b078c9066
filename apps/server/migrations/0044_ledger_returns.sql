-- A return without a table form: the ledger itself is filed. It stands on a table of no groups, made with the schedule.
alter table report_schedule add column ledger_id uuid;
alter table report_schedule add foreign key (tenant_id, ledger_id) references ledger_form (tenant_id, id);
