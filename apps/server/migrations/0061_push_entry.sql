-- The entry of the trail that says which package a receiver outside took, and when; `verify` compares the two. Null until then, and of what
-- was taken before this was kept.
alter table package_push add column entry_id uuid;
alter table package_push add foreign key (tenant_id, entry_id) references audit_entry (tenant_id, id);
create index package_push_by_entry on package_push (tenant_id, entry_id) where entry_id is not null;
