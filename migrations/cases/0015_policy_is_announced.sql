-- One truth for both rooms (R8): the version of a city's policy says when a date is marked and each step of supervision is
-- taken, and travels on a stream. What is in force is never rewritten: deadlines name the version that made them.

alter table policy
  add column written_working_days integer not null default 3,
  add column directive_working_days integer not null default 5,
  add column circular_working_days integer not null default 10,
  add column instruction_working_days integer not null default 2,
  add column duty_from text not null default '08:30',
  add column duty_to text not null default '17:30',
  add constraint policy_steps_are_possible check (
    0 < written_working_days and 0 < directive_working_days and directive_working_days < circular_working_days
    and 0 < instruction_working_days
  ),
  add constraint policy_duty_hours check (
    duty_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$' and duty_to ~ '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$' and duty_from < duty_to
  );
comment on column policy.written_working_days is 'Working days that a written order gives for the reply (R67).';
comment on column policy.directive_working_days is 'Working days after the missed date from which a directive is due (R27, R72).';
comment on column policy.circular_working_days is 'Working days after the missed date from which the unit is named in the circular (R82).';
comment on column policy.instruction_working_days is 'Working days in which a leader''s instruction is to be carried out (R53, R72).';
comment on column policy.duty_from is 'Units are reminded from this time of a working day, Asia/Shanghai, until duty_to.';

insert into event (stream, seq, event_id, kind, at, data)
  select 'policy', row_number() over (order by city, effective_from), gen_random_uuid(), 'PolicyAnnounced', now(),
    jsonb_build_object(
      'city', city, 'version', version, 'effectiveFrom', effective_from, 'legalBasis', array_to_string(legal_basis, chr(10)),
      'replyWorkingDays', reply_working_days, 'capWorkingDays', cap_working_days, 'extensions', extensions,
      'returnWithinWorkingDays', return_within_working_days, 'yellowWorkingDays', yellow_working_days,
      'redWorkingDays', red_working_days, 'writtenWorkingDays', written_working_days,
      'directiveWorkingDays', directive_working_days, 'circularWorkingDays', circular_working_days,
      'instructionWorkingDays', instruction_working_days, 'dutyFrom', duty_from, 'dutyTo', duty_to)
  from policy;
insert into stream (stream, last_seq) select 'policy', count(*) from policy having count(*) > 0;

create trigger policy_never_changes before update or delete or truncate on policy
  for each statement execute function refuse_change();
