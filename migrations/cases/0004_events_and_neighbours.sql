-- What happened to each case, what was carried out for whom, and what is known of the other rooms.

create table case_event (
  case_number text not null,
  place integer not null,
  event_id uuid not null,
  kind text not null,
  at timestamptz not null,
  by text not null,
  by_role text not null,
  by_department text,
  case_status text not null,
  assignment_id uuid,
  data jsonb not null,
  constraint case_event_pkey primary key (case_number, place),
  constraint case_event_case_number_fkey foreign key (case_number) references "case" (number)
);
comment on table case_event is 'The timeline of each case (R44): ids and enumerated values, never free text or a person''s data. Append only.';
create trigger case_event_never_changes before update or delete or truncate on case_event
  for each statement execute function refuse_change();

create table command (
  id bigint generated always as identity,
  client text not null,
  request_hash text not null,
  subject text not null,
  case_number text not null,
  at timestamptz not null,
  constraint command_pkey primary key (id)
);
comment on table command is 'What was carried out for whom: the same request sent again finds itself here and changes nothing.';
create index command_subject_idx on command (subject, id desc);

create table idempotency (
  client text not null,
  key text not null,
  request_hash text not null,
  result text,
  at timestamptz not null,
  constraint idempotency_pkey primary key (client, key)
);
comment on table idempotency is 'Keys that clients sent with a request, and what came of it.';

create table department_ref (
  code text not null,
  name text not null,
  parent text,
  accepts_dispatch boolean not null,
  constraint department_ref_pkey primary key (code)
);
comment on table department_ref is 'What this room knows of the organisations, followed from the departments room.';

create table article_ref (
  id text not null,
  version integer not null,
  status text not null,
  in_force_from date not null,
  in_force_until date,
  constraint article_ref_pkey primary key (id, version)
);
comment on table article_ref is 'What this room knows of knowledge articles, followed from the knowledge room.';

create table supervision_ref (
  order_id uuid not null,
  case_number text not null,
  assignment_id uuid,
  status text not null,
  constraint supervision_ref_pkey primary key (order_id)
);
comment on table supervision_ref is 'Supervision orders on cases, followed from the supervision room: a case under supervision is not closed (R29).';
create index supervision_ref_case_idx on supervision_ref (case_number);
