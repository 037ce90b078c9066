-- Which of the plan's reports a schedule was set up from: its place among them. Null for one that no plan asks for.
alter table report_schedule add column plan_report integer;
