-- R86–R90: an archived case is read-only in the database itself, whatever asks for a change.

create function refuse_archived() returns trigger language plpgsql as $$
declare
  touched text[] := case tg_op
    when 'INSERT' then array[new.case_number]
    when 'DELETE' then array[old.case_number]
    else array[old.case_number, new.case_number]
  end;
begin
  if exists (select from "case" where number = any(touched) and status = 'ARCHIVED') then
    raise exception 'case % is archived: % of % is refused', touched[1], lower(tg_op), tg_table_name
      using errcode = 'restrict_violation';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
comment on function refuse_archived is 'Refuses to add, change or take away what belongs to an archived case.';

create function refuse_archived_case() returns trigger language plpgsql as $$
begin
  if old.status = 'ARCHIVED' then
    raise exception 'case % is archived: % is refused', old.number, lower(tg_op) using errcode = 'restrict_violation';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;

create trigger case_archived_stays before update or delete on "case"
  for each row execute function refuse_archived_case();

-- What is known of other rooms, who saw a caller's data and which requests were carried out go on being written.
do $$
declare
  part text;
begin
  foreach part in array array[
    'caller', 'assignment', 'reply', 'extension', 'return_request', 'direct_answer', 'feedback', 'callback', 'notice',
    'referral', 'refusal', 'merge', 'verification', 'instruction', 'dispute', 'suspension', 'case_event'
  ] loop
    execute format(
      'create trigger %1$s_archived_stays before insert or update or delete on %1$I for each row execute function refuse_archived()',
      part
    );
  end loop;
end $$;
