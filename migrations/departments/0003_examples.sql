-- Calls whose units are known: a new call is compared with them where the words of the lexicon do not settle the matter (R35).

create table example (
  position integer not null,
  emergency boolean not null,
  departments text[] not null,
  told text not null,
  constraint example_pk primary key (position),
  constraint example_departments_given check (cardinality(departments) > 0)
);
comment on table example is 'Invented calls (例句) and who answers for them, lead first; @district stands for the district of the place; never a text of a real caller';
