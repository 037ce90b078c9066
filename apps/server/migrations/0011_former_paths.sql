-- Where a unit stood before, on the unit itself: who logs in asks for the former paths below one path, and nearly no unit has any.
-- (Over unit_path the same question reads every path of the district with each request.)
alter table unit add column former_paths text[] collate "C";
create index unit_that_moved on unit (tenant_id, territory_path) where former_paths is not null;
