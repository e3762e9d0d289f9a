-- The ladder of supervision: reminder, written order, directive, circular; each step once per breach (R66, R72, R82).

create table ladder_step (
  id bigint generated always as identity,
  assignment text not null,
  case_number text not null,
  department text not null,
  deadline_on date not null,
  step text not null,
  mark text not null,
  at timestamptz not null,
  policy_version text not null,
  constraint ladder_step_pkey primary key (id),
  constraint ladder_step_once unique (assignment, deadline_on, step),
  constraint ladder_step_mark check (mark in ('YELLOW', 'RED'))
);
comment on table ladder_step is
  'Steps that supervision took for a date of an assignment: reminder 提醒, written 书面督办, directive 指令督办, circular 通报.';
comment on constraint ladder_step_once on ladder_step is 'Each step once for each date, however many processes look.';
create index ladder_step_department on ladder_step (department, id desc);
create index ladder_step_at on ladder_step (step, at);
insert into ladder_step (assignment, case_number, department, deadline_on, step, mark, at, policy_version)
  select assignment, case_number, department, breach_on, 'WRITTEN', 'RED', issued_at, policy_version
  from supervision_order where breach_on is not null and assignment is not null and kind = 'WRITTEN'
  order by issued_at, id;
