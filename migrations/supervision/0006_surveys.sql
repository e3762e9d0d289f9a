-- Opinions collected and the public polled (R16, R17). A person is a keyed fingerprint, another in every survey.

create table survey (
  id uuid not null,
  kind text not null,
  status text not null,
  title text not null,
  introduction text not null,
  questions jsonb not null,
  districts text[] not null,
  population text not null,
  opens_on date not null,
  closes_on date not null,
  made_by text not null,
  made_at timestamptz not null,
  opened_at timestamptz,
  published_at timestamptz,
  cancelled_at timestamptz,
  result jsonb,
  conclusion text,
  constraint survey_pkey primary key (id),
  constraint survey_kind check (kind in ('SOLICITATION', 'SURVEY')),
  constraint survey_status check (status in ('DRAFT', 'OPEN', 'PUBLISHED', 'CANCELLED')),
  constraint survey_period check (closes_on >= opens_on),
  constraint survey_published check ((status = 'PUBLISHED') = (result is not null and published_at is not null))
);
comment on table survey is
  'Solicitations of opinions 意见征集 and surveys 民意调查: question set, population, period, frozen result (R16, R17).';
comment on column survey.result is 'What was published: counts with small cells suppressed; never changed afterwards.';
create index survey_register on survey (opens_on desc, id desc);

create table survey_answer (
  survey_id uuid not null,
  person text not null,
  answers jsonb not null,
  answered_on date not null,
  constraint survey_answer_pkey primary key (survey_id, person),
  constraint survey_answer_survey_fkey foreign key (survey_id) references survey (id)
);
comment on table survey_answer is
  'One answer per person. The person is a fingerprint under a key that is not in the database; no phone, name or hour.';

create function keep_published_survey() returns trigger language plpgsql as $$
begin
  if old.status in ('PUBLISHED', 'CANCELLED') then
    raise exception 'survey % has ended and does not change', old.id using errcode = 'restrict_violation';
  end if;
  if old.status = 'OPEN' and new.questions is distinct from old.questions then
    raise exception 'the questions of survey % are being answered', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger survey_published_never_changes before update on survey
  for each row execute function keep_published_survey();

create function refuse_answer_change() returns trigger language plpgsql as $$
begin
  raise exception 'answers to surveys are append only' using errcode = 'restrict_violation';
end $$;
create trigger survey_answer_never_changes before update or delete or truncate on survey_answer
  for each statement execute function refuse_answer_change();
