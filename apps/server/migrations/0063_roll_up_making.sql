-- How often the roll-up was begun anew. What a server keeps in memory of it is of one making: the tree may have been wrong in the last.
alter table roll_up_state add column making bigint not null default 1;
