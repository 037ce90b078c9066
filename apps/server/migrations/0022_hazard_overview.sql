-- What a leader asks (open and overdue by unit, the oldest major ones) is answered from the indexes alone: the rows are wide, and
-- reading each open one for its deadline took most of a second over 90,000. The expression over the deadline is in the index,
-- but PostgreSQL reads an index alone only where it holds the column itself.
drop index hazard_by_place;
create index hazard_by_place on hazard (tenant_id, state, territory_path, (coalesce(deadline, 'infinity'::date)), id) include (deadline);
drop index hazard_by_line;
create index hazard_by_line on hazard (tenant_id, line_path, state, (coalesce(deadline, 'infinity'::date)), id) include (territory_path, deadline);
create index hazard_open_major on hazard (tenant_id, (coalesce(found_on, '-infinity'::date)), id) include (territory_path, line_path)
  where grade = 'major' and state <> all (array['closed', 'cancelled', 'draft']);
