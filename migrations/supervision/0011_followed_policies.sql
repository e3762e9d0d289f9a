-- The limits, marks and steps of cities' policies as the cases room announces them: one truth for both rooms (R8).

create table followed_policy (
  version text not null,
  city text not null,
  effective_from date not null,
  legal_basis text not null,
  reply_working_days integer not null,
  cap_working_days integer not null,
  extensions integer not null,
  return_within_working_days integer not null,
  yellow_working_days integer not null,
  red_working_days integer not null,
  written_working_days integer not null,
  directive_working_days integer not null,
  circular_working_days integer not null,
  instruction_working_days integer not null,
  duty_from text not null,
  duty_to text not null,
  constraint followed_policy_pkey primary key (version),
  constraint followed_policy_city_key unique (city, effective_from)
);
comment on table followed_policy is 'Policies by city and day of effect, followed from the stream policy.';

alter table followed_assignment add column policy_version text, add column calendar_version text;
comment on column followed_assignment.policy_version is
  'The policy that made its date, whose marks it is reminded by; null: from before it was told.';
alter table ladder_step add column calendar_version text;
comment on column ladder_step.calendar_version is 'The calendar that the step was counted by; null: from before it was kept.';
