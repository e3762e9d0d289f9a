-- Cases 诉求工单 and assignments 承办任务, with everything that is decided about them. One row a record of the domain.

create table "case" (
  number text not null,
  title text not null,
  content text not null,
  channel text not null,
  matter_type text not null,
  urgency text not null,
  status text not null,
  caller_type text not null,
  anonymous boolean not null,
  confidential boolean not null,
  district text,
  complained_of text[] not null,
  received_at timestamptz not null,
  registered_at timestamptz not null,
  registered_by text not null,
  first_dispatched_at timestamptz,
  cap_on date,
  cap_provisional boolean not null,
  closed_at timestamptz,
  merged_into text,
  text_index tsvector not null,
  constraint case_pkey primary key (number),
  constraint case_number_form check (number ~ '^[A-Z]{2}-[0-9]{8}-[0-9]{6}$'),
  constraint case_merged_into_fkey foreign key (merged_into) references "case" (number)
);
comment on table "case" is 'Cases. The number sorts by day of registration: lists are keyset pages over it, newest first.';
comment on column "case".text_index is 'Character pairs of the redacted title and content: found by text, without a caller''s data.';

create index case_status_idx on "case" (status, number desc);
create index case_district_idx on "case" (district, number desc);
create index case_matter_type_idx on "case" (matter_type, number desc);
create index case_channel_idx on "case" (channel, number desc);
create index case_received_idx on "case" (received_at desc);
create index case_text_idx on "case" using gin (text_index);

create table daily_serial (
  day date not null,
  last integer not null,
  constraint daily_serial_pkey primary key (day)
);
comment on table daily_serial is 'The serial of the register (R38): the last number given out on each day.';

create table caller (
  case_number text not null,
  name text,
  organisation text,
  phone text,
  phone_index text,
  phone_valid boolean not null,
  constraint caller_pkey primary key (case_number),
  constraint caller_case_number_fkey foreign key (case_number) references "case" (number)
);
comment on table caller is 'Who called 来电人: apart from the case, and sealed. Read only where a rule allows, and every reading is recorded.';
comment on column caller.phone_index is 'Keyed fingerprint of the phone: equal phones are found without opening them.';
create index caller_phone_idx on caller (phone_index, case_number desc) where phone_index is not null;

create table caller_reveal (
  id bigint generated always as identity,
  case_number text not null,
  subject text not null,
  role text not null,
  department text,
  fields text[] not null,
  reason text not null,
  request_id text not null,
  at timestamptz not null default now(),
  constraint caller_reveal_pkey primary key (id)
);
comment on table caller_reveal is 'Who saw which fields of a caller''s data, when and why. Append only.';
create index caller_reveal_case_idx on caller_reveal (case_number, at);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append only: % is refused', tg_table_name, lower(tg_op) using errcode = 'restrict_violation';
end $$;
create trigger caller_reveal_never_changes before update or delete or truncate on caller_reveal
  for each statement execute function refuse_change();

create table assignment (
  id uuid not null,
  case_number text not null,
  department text not null,
  role text not null,
  status text not null,
  mode text not null,
  reply_required boolean not null,
  parent_id uuid,
  instruction_id uuid,
  note text,
  dispatched_at timestamptz not null,
  due_on date not null,
  due_provisional boolean not null,
  cap_on date not null,
  cap_provisional boolean not null,
  policy_version text not null,
  calendar_version text not null,
  signed_for_at timestamptz,
  signed_for_by text,
  replied_at timestamptz,
  redo_count integer not null,
  redo_by date,
  extension_count integer not null,
  constraint assignment_pkey primary key (id),
  constraint assignment_case_number_fkey foreign key (case_number) references "case" (number),
  constraint assignment_within_cap check (due_on <= cap_on)
);
comment on table assignment is 'One unit''s task in a case, with the policy and the calendar that its dates come from.';
comment on constraint assignment_within_cap on assignment is 'R61: no clock passes the cap from the first dispatch.';
create index assignment_case_idx on assignment (case_number);
create index assignment_department_case_idx on assignment (department, case_number desc);
create index assignment_department_idx on assignment (department, dispatched_at desc, id desc);
create index assignment_department_status_idx on assignment (department, status, dispatched_at desc, id desc);
create index assignment_provisional_idx on assignment (due_on) where due_provisional or cap_provisional;

create table reply (
  id uuid not null,
  case_number text not null,
  assignment_id uuid not null,
  disposition text not null,
  text text not null,
  public_text text not null,
  legal_basis text[] not null,
  explanation text,
  contacted_caller boolean not null,
  replied_at timestamptz not null,
  replied_by text not null,
  accepted boolean,
  reviewed_at timestamptz,
  reviewed_by text,
  requirements text,
  redo_by date,
  constraint reply_pkey primary key (id),
  constraint reply_assignment_id_fkey foreign key (assignment_id) references assignment (id)
);
comment on table reply is 'What a unit replied, and what the review said of it (R31–R33, R68–R70).';
create index reply_case_idx on reply (case_number);
create index reply_assignment_idx on reply (assignment_id, replied_at);

create table extension (
  id uuid not null,
  case_number text not null,
  assignment_id uuid not null,
  status text not null,
  until date not null,
  reason text not null,
  requested_at timestamptz not null,
  requested_by text not null,
  decided_at timestamptz,
  decided_by text,
  decision_reason text,
  constraint extension_pkey primary key (id),
  constraint extension_assignment_id_fkey foreign key (assignment_id) references assignment (id)
);
comment on table extension is 'Requests for more time and what the office decided (R60, R61).';
create index extension_case_idx on extension (case_number);

create table return_request (
  id uuid not null,
  case_number text not null,
  assignment_id uuid not null,
  status text not null,
  reason text not null,
  basis text not null,
  suggested text,
  status_before text not null,
  disputed boolean not null,
  requested_at timestamptz not null,
  requested_by text not null,
  decided_at timestamptz,
  decided_by text,
  decision_reason text,
  constraint return_request_pkey primary key (id),
  constraint return_request_assignment_id_fkey foreign key (assignment_id) references assignment (id)
);
comment on table return_request is 'Assignments that a unit sent back 退单, and what the office decided.';
create index return_request_case_idx on return_request (case_number);

create table direct_answer (
  id uuid not null,
  case_number text not null,
  text text not null,
  articles jsonb not null,
  reason text,
  answered_at timestamptz not null,
  answered_by text not null,
  constraint direct_answer_pkey primary key (id),
  constraint direct_answer_case_number_fkey foreign key (case_number) references "case" (number)
);
comment on table direct_answer is 'Answers given at once (R45).';
comment on column direct_answer.articles is 'The article versions cited: [{"id", "version"}].';
create index direct_answer_case_idx on direct_answer (case_number);

create table feedback (
  id uuid not null,
  case_number text not null,
  by text not null,
  mode text not null,
  text text,
  impossible_because text,
  recorded_at timestamptz not null,
  recorded_by text not null,
  constraint feedback_pkey primary key (id),
  constraint feedback_case_number_fkey foreign key (case_number) references "case" (number)
);
comment on table feedback is 'How the caller was answered, or why it could not be done (R63–R65).';
create index feedback_case_idx on feedback (case_number);

create table callback (
  id uuid not null,
  case_number text not null,
  contacted boolean not null,
  solved boolean,
  satisfaction text,
  note text,
  called_at timestamptz not null,
  called_by text not null,
  constraint callback_pkey primary key (id),
  constraint callback_case_number_fkey foreign key (case_number) references "case" (number)
);
comment on table callback is 'What the caller said when the office phoned back 回访 (R30).';
create index callback_case_idx on callback (case_number);

create table notice (
  id uuid not null,
  case_number text not null,
  about text not null,
  possible boolean not null,
  owed_since timestamptz not null,
  constraint notice_pkey primary key (id),
  constraint notice_case_number_fkey foreign key (case_number) references "case" (number)
);
comment on table notice is 'What the caller is to be told of, and whether there is a way to (R51).';
create index notice_case_idx on notice (case_number);
