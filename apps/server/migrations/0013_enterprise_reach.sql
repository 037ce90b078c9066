-- A department registers, moves and hands over the enterprises of its own line, though they stand on other units' territory.
-- Offices stay what they were: added and moved by those on whose territory they stand.

alter policy adding on unit with check (
  tenant_id = nullif(current_setting('app.tenant', true), '')::uuid and (
    territory_path ^@ nullif(current_setting('app.path', true), '')
    or territory_path ^@ any (string_to_array(nullif(current_setting('app.scope', true), ''), ','))
    or (kind = 'enterprise' and line_path ^@ any (string_to_array(nullif(current_setting('app.line', true), ''), ',')))
    or nullif(current_setting('app.purpose', true), '') = 'found'));
alter policy changing on unit
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid and (
    territory_path ^@ nullif(current_setting('app.path', true), '')
    or territory_path ^@ any (string_to_array(nullif(current_setting('app.scope', true), ''), ','))
    or (kind = 'enterprise' and line_path ^@ any (string_to_array(nullif(current_setting('app.line', true), ''), ',')))))
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

-- The list in the order of names: read along this index, filtered by its paths, until the page is full.
create index enterprise_in_order on enterprise (tenant_id, name, id) include (territory_path, line_path);
create index enterprise_by_landlord on enterprise (tenant_id, landlord_id) where landlord_id is not null;
create index enterprise_by_regulator on enterprise (tenant_id, lead_regulator_id);
