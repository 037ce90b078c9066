-- Whether a task is late is the same for everybody who sees the campaign, though the report on it stands with the unit that made it
-- and its words and papers are not for everybody. Read by task.repo.ts (when it was done, and no more) for campaigns that were just seen.
create policy opened on task_update for select to bihuan_app using (
  tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and campaign_id = any (string_to_array(nullif(current_setting('app.opened', true), ''), ',')::uuid[]));
