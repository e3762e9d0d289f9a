-- What became of first dispatches (R35), followed from the log of cases: ids, districts and units, never a text or a person.

create table followed_case (
  case_number text not null,
  district text not null,
  lead text,
  assignment text,
  outcome text not null,
  taken_by text,
  constraint followed_case_pk primary key (case_number),
  constraint followed_case_outcome_known check (outcome in ('OPEN', 'RIGHT', 'RETURNED', 'MOVED'))
);
comment on table followed_case is 'The first lead of each case, and whether it kept the case or an accepted return (退单) moved it to another unit';

create table routing_outcome (
  district text not null,
  department text not null,
  taken_by text not null,
  cases integer not null,
  constraint routing_outcome_pk primary key (district, department, taken_by),
  constraint routing_outcome_counts check (cases >= 0)
);
comment on table routing_outcome is 'First dispatches by district and unit: taken_by is empty where the unit kept the case, else the unit that took it after a return';
