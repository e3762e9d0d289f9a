-- What supervision knows: its own projection of cases, assignments and departments, built from their event logs,
-- and what it issues itself. Nothing here is personal: events carry ids, enumerated values and dates only.

create table department_ref (
  code text not null,
  parent text,
  name text not null,
  type text not null,
  accepts_dispatch boolean not null,
  removed boolean not null default false,
  constraint department_ref_pkey primary key (code)
);
comment on table department_ref is
  'The tree of departments as followed from their log: who may see whose supervision, and who is measured.';
create index department_ref_parent on department_ref (parent);

create table followed_case (
  number text not null,
  status text not null,
  matter_type text,
  urgency text,
  registered_at timestamptz,
  first_dispatched_at timestamptz,
  answered_directly_at timestamptz,
  echo_at timestamptz,
  outcome_at timestamptz,
  callback_at timestamptz,
  callback_department text,
  contacted boolean,
  solved boolean,
  satisfaction text,
  closed_at timestamptz,
  constraint followed_case_pkey primary key (number)
) with (fillfactor = 80);
comment on table followed_case is 'Cases 诉求工单 as followed from the log of the cases room.';
comment on column followed_case.echo_at is 'When the citizen was first due to hear something: a reply, a direct answer, a route told (R29 回音).';
comment on column followed_case.outcome_at is 'When the outcome was recorded: feedback, or why it was impossible (R29 落实).';
comment on column followed_case.callback_department is 'The lead unit at the time of the callback: whose work was judged.';
create index followed_case_without_echo on followed_case (number)
  where status in ('CLOSED', 'ARCHIVED') and (echo_at is null or outcome_at is null);

create table followed_assignment (
  id text not null,
  case_number text not null,
  department text not null,
  role text not null,
  status text not null,
  dispatched_at timestamptz not null,
  first_dispatch boolean not null,
  reply_required boolean not null,
  due_on date not null,
  cap_on date,
  redo_by date,
  redo_count integer not null,
  redo_clocks jsonb not null,
  signed_for_at timestamptz,
  first_reply_at timestamptz,
  first_reply_days integer,
  contacted_at timestamptz,
  first_reviewed_at timestamptz,
  return_requested_at timestamptz,
  returned_at timestamptz,
  return_days_lost integer,
  owes_reply boolean not null,
  deadline_on date not null,
  breach_on date,
  constraint followed_assignment_pkey primary key (id),
  constraint followed_assignment_redo_count check (redo_count >= 0)
) with (fillfactor = 80);
comment on table followed_assignment is
  'Assignments 承办任务 as followed from the log of the cases room. No foreign key to the case: what is followed may come in parts.';
comment on column followed_assignment.owes_reply is 'Whether the unit owes a reply now; written by domain/overdue.ts.';
comment on column followed_assignment.deadline_on is 'The date that counts now: the redo date in a redo, else the due date.';
comment on column followed_assignment.breach_on is 'The missed date for which the written supervision was issued last (R66).';
comment on column followed_assignment.redo_clocks is 'Every redo date so far, with the day the new reply came (R70).';
create index followed_assignment_case on followed_assignment (case_number);
create index followed_assignment_deadline on followed_assignment (deadline_on, id) where owes_reply;
create index followed_assignment_department_deadline on followed_assignment (department, deadline_on, id) where owes_reply;
create index followed_assignment_not_supervised on followed_assignment (deadline_on, id)
  where owes_reply and breach_on is distinct from deadline_on;

create table order_serial (
  year integer not null,
  last integer not null,
  constraint order_serial_pkey primary key (year)
);
comment on table order_serial is 'The last document number of each year: without gaps, as official documents are numbered.';

create table supervision_order (
  id uuid not null,
  document_number text not null,
  kind text not null,
  case_number text not null,
  assignment text not null,
  department text not null,
  breach_on date,
  basis text not null,
  requirement text not null,
  issued_at timestamptz not null,
  due_on date not null,
  due_provisional boolean not null,
  policy_version text not null,
  calendar_version text not null,
  status text not null,
  answered_at timestamptz,
  closed_at timestamptz,
  outcome text,
  constraint supervision_order_pkey primary key (id),
  constraint supervision_order_document_number_key unique (document_number),
  constraint supervision_order_kind check (kind in ('INSTITUTIONAL', 'WRITTEN', 'SPECIAL', 'DIRECTIVE')),
  constraint supervision_order_status check (status in ('ISSUED', 'ANSWERED', 'CLOSED')),
  constraint supervision_order_answered check (status <> 'ANSWERED' or answered_at is not null),
  constraint supervision_order_closed check ((status = 'CLOSED') = (closed_at is not null and outcome is not null))
);
comment on table supervision_order is
  'Supervision orders 督办件: institutional, written, special, directive (R24-R28). A new kind is a new value of the check.';
comment on column supervision_order.breach_on is 'The missed date that caused the order; null where no breach did.';
create unique index supervision_order_one_per_breach on supervision_order (assignment, breach_on) where kind = 'WRITTEN';
comment on index supervision_order_one_per_breach is 'R66: a breach is supervised in writing once, however many processes look.';
create unique index supervision_order_one_open_written on supervision_order (assignment)
  where kind = 'WRITTEN' and status = 'ISSUED';
create index supervision_order_case on supervision_order (case_number, issued_at);
create index supervision_order_assignment on supervision_order (assignment, issued_at);
create index supervision_order_department on supervision_order (department, issued_at);

create table department_day (
  department text not null,
  day date not null,
  assigned integer not null default 0,
  returned integer not null default 0,
  return_waiting integer not null default 0,
  cancelled integer not null default 0,
  first_assigned integer not null default 0,
  first_returned integer not null default 0,
  first_excluded integer not null default 0,
  due_in_time integer not null default 0,
  due_late integer not null default 0,
  due_open integer not null default 0,
  due_contacted integer not null default 0,
  due_excluded integer not null default 0,
  redo_in_time integer not null default 0,
  redo_late integer not null default 0,
  redo_open integer not null default 0,
  replied integer not null default 0,
  reply_working_days integer not null default 0,
  unreviewed integer not null default 0,
  reviewed integer not null default 0,
  redone integer not null default 0,
  moves integer not null default 0,
  return_days_lost integer not null default 0,
  callbacks integer not null default 0,
  uncontacted integer not null default 0,
  solved integer not null default 0,
  unsolved integer not null default 0,
  satisfied integer not null default 0,
  dissatisfied integer not null default 0,
  registered integer not null default 0,
  answered_directly integer not null default 0,
  constraint department_day_pkey primary key (department, day)
) with (fillfactor = 50);
comment on table department_day is
  'Sums per department and day that every metric is made of, kept current with the projection in one transaction, '
  'so that a month for the whole city reads some thousand rows whatever the number of cases. Department * is the city.';
create index department_day_day on department_day (day);
