-- What a unit has or had, in the order of case numbers and by kind of matter, apart from the assignments: an assignment
-- changes its status four times and more, and each change would write these entries anew.

create table held_case (
  department text not null,
  case_number text not null,
  matter_type text not null,
  constraint held_case_pkey primary key (department, case_number)
);
comment on table held_case is 'The cases that each unit has or had an assignment of, kept by triggers: lists of a unit walk along it.';
create index held_case_matter_idx on held_case (department, matter_type, case_number desc);
insert into held_case
  select distinct a.department, a.case_number, c.matter_type from assignment a join "case" c on c.number = a.case_number
  order by 1, 2;
drop index assignment_department_case_idx;

create function hold_case() returns trigger language plpgsql as $$
begin
  insert into held_case select new.department, c.number, c.matter_type from "case" c where c.number = new.case_number
    on conflict do nothing;
  return null;
end $$;
create trigger assignment_is_held after insert on assignment for each row execute function hold_case();

create function hold_amended_case() returns trigger language plpgsql as $$
begin
  update held_case set matter_type = new.matter_type where case_number = new.number
    and department in (select department from assignment where case_number = new.number);
  return null;
end $$;
create trigger case_amended_is_held after update of matter_type on "case" for each row
  when (old.matter_type is distinct from new.matter_type) execute function hold_amended_case();

-- How many assignments each unit has not settled: a number that is kept, not counted. Writers add what changes and wait for
-- nobody; what has gathered is added up once a minute (work/open-counts.ts).

create function is_unsettled(status text, reply_required boolean, signed_for_at timestamptz) returns boolean
  language sql immutable
  return status not in ('REPLY_ACCEPTED', 'RETURNED', 'CANCELLED') and (reply_required or signed_for_at is null);
comment on function is_unsettled is 'Praise owes no reply (R7): it is settled once the unit has signed for it.';

create table unsettled (
  department text not null,
  open bigint not null,
  constraint unsettled_pkey primary key (department)
);
comment on table unsettled is 'How many assignments each unit had not settled when the changes were last added up.';
insert into unsettled
  select department, count(*) from assignment where is_unsettled(status, reply_required, signed_for_at) group by 1;

create table unsettled_change (
  department text not null,
  change integer not null
);
comment on table unsettled_change is 'What has changed of it since: one row a change, so that writers do not wait for each other.';
create index unsettled_change_idx on unsettled_change (department) include (change);

create function note_unsettled() returns trigger language plpgsql as $$
declare
  change integer := 0;
begin
  if tg_op <> 'DELETE' and is_unsettled(new.status, new.reply_required, new.signed_for_at) then change := 1; end if;
  if tg_op <> 'INSERT' and is_unsettled(old.status, old.reply_required, old.signed_for_at) then change := change - 1; end if;
  if change <> 0 then
    insert into unsettled_change values (case tg_op when 'DELETE' then old.department else new.department end, change);
  end if;
  return null;
end $$;
create trigger assignment_is_counted after insert or update or delete on assignment
  for each row execute function note_unsettled();
drop index assignment_open_idx;

-- A list of days begins at the last of them: what came in on one of them and was registered on a later one stands apart,
-- so that the days between are not walked through.
create index case_registered_after_idx on "case" (number desc)
  where (registered_at at time zone 'Asia/Shanghai')::date > (received_at at time zone 'Asia/Shanghai')::date;
