-- What waits for a leader (R71, R72), where a case comes from (R76), and investigations on the spot (R73-R75).

alter table followed_case
  add column district text,
  add column disputed_at timestamptz,
  add column reported_at timestamptz,
  add column instructed_at timestamptz,
  add column instruction_acted_at timestamptz;
comment on column followed_case.disputed_at is 'When units last disagreed; the leader is asked (R71).';
comment on column followed_case.instructed_at is 'When the leader answered the last report; null while it is waited for.';
comment on column followed_case.instruction_acted_at is 'When the instruction was carried out: the first dispatch or assignment after it (R72).';
create index followed_case_reported on followed_case (reported_at, number)
  where reported_at is not null and instruction_acted_at is null;

create table investigation (
  id uuid not null,
  status text not null,
  subject text not null,
  reason text not null,
  place text not null,
  planned_on date not null,
  topic uuid,
  cases text[] not null,
  participants jsonb not null,
  decided_by text not null,
  decided_at timestamptz not null,
  findings text,
  visited_on date,
  found_by text,
  found_at timestamptz,
  follow_up_cases text[] not null,
  conclusion text,
  closed_by text,
  closed_at timestamptz,
  constraint investigation_pkey primary key (id),
  constraint investigation_status check (status in ('DECIDED', 'FOUND', 'CLOSED', 'CANCELLED')),
  constraint investigation_participants check (jsonb_array_length(participants) > 0),
  constraint investigation_found check (status <> 'FOUND' or (findings is not null and visited_on is not null)),
  constraint investigation_closed check ((status in ('CLOSED', 'CANCELLED')) = (closed_at is not null))
);
comment on table investigation is
  'Investigations on the spot 现场调查 with departments and news media, at the discretion of the office (R73-R75).';
create index investigation_register on investigation (decided_at desc, id desc);
