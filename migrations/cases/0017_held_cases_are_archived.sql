-- R87: that a unit held an archived case is part of what is kept.
create trigger held_case_archived_stays before insert or update or delete on held_case
  for each row execute function refuse_archived();
