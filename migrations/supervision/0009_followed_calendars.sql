-- Calendars of years as the cases room announced them: working days are counted alike in both rooms (decision 8).

create table followed_calendar (
  year integer not null,
  version text not null,
  holidays text not null,
  workdays text not null,
  constraint followed_calendar_pkey primary key (year)
);
comment on table followed_calendar is
  'Holiday notices of the State Council, followed from the stream calendar; days are parted by commas.';
