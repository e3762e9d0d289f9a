create table case_amendment (
  id uuid not null,
  case_number text not null,
  reason text not null,
  fields text[] not null,
  former jsonb not null,
  amended_at timestamptz not null,
  amended_by text not null,
  constraint case_amendment_pkey primary key (id),
  constraint case_amendment_case_number_fkey foreign key (case_number) references "case" (number)
);
comment on table case_amendment is 'What was corrected of a case before it was passed on, with what stood there (R44): nothing is altered in silence. Append only.';
create index case_amendment_case_idx on case_amendment (case_number);
create trigger case_amendment_never_changes before update or delete on case_amendment
  for each row execute function refuse_change();
create trigger case_amendment_archived_stays before insert or update or delete on case_amendment
  for each row execute function refuse_archived();
