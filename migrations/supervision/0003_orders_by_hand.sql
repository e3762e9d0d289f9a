-- Supervision decided by a person (R24-R28): several units, an instruction, an answer of each unit, a closing opinion.
-- And what was carried out for whom, so that a request sent twice has its effect once.

alter table supervision_order
  alter column case_number drop not null,
  alter column assignment drop not null,
  add column departments text[],
  add column issued_by text,
  add column subject text,
  add column instruction_leader text,
  add column instruction_text text,
  add column instruction_on date,
  add column opinion text,
  add column closed_by text;
update supervision_order set departments = array[department];
alter table supervision_order
  alter column departments set not null,
  add constraint supervision_order_departments check (cardinality(departments) > 0 and departments[1] = department),
  add constraint supervision_order_instruction check
    ((kind = 'DIRECTIVE') = (instruction_text is not null and instruction_leader is not null and instruction_on is not null));
comment on column supervision_order.departments is 'The units urged; the first stands in department too, for the register.';
comment on column supervision_order.issued_by is 'Who decided it; null: the hub itself, at a missed date (R66).';
create index supervision_order_departments on supervision_order using gin (departments);

create table supervision_answer (
  order_id uuid not null,
  department text not null,
  text text not null,
  answered_at timestamptz not null,
  answered_by text not null,
  constraint supervision_answer_pkey primary key (order_id, department),
  constraint supervision_answer_order_fkey foreign key (order_id) references supervision_order (id)
);
comment on table supervision_answer is 'What each unit answered to a supervision order: once per unit.';

create table request (
  id bigint generated always as identity,
  client text not null,
  request_hash text not null,
  subject text not null,
  result text not null,
  at timestamptz not null,
  constraint request_pkey primary key (id)
);
comment on table request is 'What was carried out for whom: the same request sent again finds itself here and changes nothing.';
create index request_subject on request (subject, id desc);

create table idempotency (
  client text not null,
  key text not null,
  request_hash text not null,
  result text,
  at timestamptz not null,
  constraint idempotency_pkey primary key (client, key)
);
comment on table idempotency is 'Keys that clients sent with a request, and what came of it.';
