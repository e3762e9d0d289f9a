create table paper (
  id uuid not null,
  case_number text not null,
  kind text not null,
  title text not null,
  text text not null,
  filed_at timestamptz not null,
  filed_by text not null,
  constraint paper_pkey primary key (id),
  constraint paper_case_number_fkey foreign key (case_number) references "case" (number)
);
comment on table paper is 'Papers kept with a case: of meetings, and whatever else is worth it 归档材料 (R88, R90).';
create index paper_case_idx on paper (case_number);
create trigger paper_archived_stays before insert or update or delete on paper
  for each row execute function refuse_archived();
