-- Hot topics that the figures propose and a person confirms (R76), and the pool of suggestions (R77, R96).

create index followed_case_registered on followed_case (registered_at) where district is not null;
create index followed_case_suggestion on followed_case (registered_at, number) where matter_type = 'SUGGESTION';

create table topic (
  id uuid not null,
  status text not null,
  district text not null,
  matter_type text not null,
  department text,
  recent integer not null,
  expected double precision not null,
  window_from date not null,
  window_to date not null,
  proposed_at timestamptz not null,
  policy_version text not null,
  title text,
  summary text,
  decided_by text,
  decided_at timestamptz,
  conclusion text,
  closed_at timestamptz,
  constraint topic_pkey primary key (id),
  constraint topic_status check (status in ('PROPOSED', 'CONFIRMED', 'DISMISSED', 'CLOSED')),
  constraint topic_confirmed check (status <> 'CONFIRMED' or (title is not null and decided_by is not null))
);
comment on table topic is
  'Hot topics 热点: a district, a kind of matter and a unit whose cases grew beyond their own baseline (R76).';
create unique index topic_one_open on topic (district, matter_type, coalesce(department, ''))
  where status in ('PROPOSED', 'CONFIRMED');
create index topic_register on topic (proposed_at desc, id desc);

create table suggestion (
  id uuid not null,
  case_number text not null,
  status text not null,
  field text,
  reach text,
  summary text,
  sorted_by text not null,
  sorted_at timestamptz not null,
  outcome text,
  ended_at timestamptz,
  constraint suggestion_pkey primary key (id),
  constraint suggestion_case_key unique (case_number),
  constraint suggestion_status check (status in ('POOLED', 'ADOPTED', 'DISMISSED')),
  constraint suggestion_field check (field in ('ECONOMY', 'POLITICS', 'CULTURE', 'SOCIETY', 'ECOLOGY')),
  constraint suggestion_reach check (reach in ('GENERAL', 'INSTRUCTIVE')),
  constraint suggestion_pooled check (status = 'DISMISSED' or (field is not null and reach is not null and summary is not null))
);
comment on table suggestion is 'The pool of suggestions 建议库 of general or instructive value (R77), by field (R96).';
create index suggestion_register on suggestion (sorted_at desc, id desc);
