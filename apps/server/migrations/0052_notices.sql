-- What was read of a notice (通知) that somebody uploaded: its text, where in it paragraphs and tables stand, and the Plan that the reader
-- made of it. The places that a campaign's items name are places in this text, whatever a later reader would read.
create table imported_notice (
  tenant_id uuid not null,
  file_id uuid not null,
  territory_path text collate "C" not null,
  line_path text collate "C",
  parties uuid[] not null,
  form text collate "C" not null,
  words text not null,
  blocks jsonb not null,
  plan jsonb not null,
  read_at timestamptz(3) not null,
  primary key (tenant_id, file_id)
);
select spread('imported_notice');
alter table imported_notice add foreign key (tenant_id, file_id) references file (tenant_id, id);
select protect_scoped('imported_notice', 'append');

alter table campaign add column notice_file_id uuid;
alter table campaign add foreign key (tenant_id, notice_file_id) references file (tenant_id, id);
