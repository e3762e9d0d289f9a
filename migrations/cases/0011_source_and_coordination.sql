alter table "case" add column source_hotline text;
comment on column "case".source_hotline is 'The hotline that the case came over from, by its number (R9); null when it came to 12345 itself.';

create table coordination (
  id uuid not null,
  case_number text not null,
  text text not null,
  departments text[] not null,
  coordinated_at timestamptz not null,
  coordinated_by text not null,
  constraint coordination_pkey primary key (id),
  constraint coordination_case_number_fkey foreign key (case_number) references "case" (number)
);
comment on table coordination is 'What the office arranged among the units of a case 协调记录 (R54, R55).';
create index coordination_case_idx on coordination (case_number);
create trigger coordination_archived_stays before insert or update or delete on coordination
  for each row execute function refuse_archived();
