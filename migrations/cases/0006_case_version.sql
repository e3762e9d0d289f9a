-- Two officers act on one case at once: each names the version that they saw.
alter table "case" add column version integer;
update "case" c set version = (select count(*) from case_event e where e.case_number = c.number);
alter table "case" alter column version set default 1, alter column version set not null;
comment on column "case".version is 'How many events have happened to the case: its optimistic lock.';
