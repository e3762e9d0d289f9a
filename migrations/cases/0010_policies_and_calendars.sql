-- R8: limits are documents of a city, each in force from a day. Decision 5: other cities' limits are further versions.

create table policy (
  city text not null,
  effective_from date not null,
  version text not null,
  legal_basis text[] not null,
  reply_working_days integer not null,
  cap_working_days integer not null,
  extensions integer not null,
  return_within_working_days integer not null,
  redo_working_days integer not null,
  reopen_within_days integer not null,
  received_ahead_minutes integer not null,
  received_within_days integer not null,
  yellow_working_days integer not null,
  red_working_days integer not null,
  constraint policy_pkey primary key (city, effective_from),
  constraint policy_version_key unique (version),
  constraint policy_limits_are_possible check (
    0 < reply_working_days and reply_working_days <= cap_working_days and 0 <= extensions
    and 0 <= red_working_days and red_working_days <= yellow_working_days and cardinality(legal_basis) > 0
  )
);
comment on table policy is 'Limits by city and day of effect, with their legal basis (R8); every deadline stores the version that made it.';
comment on column policy.yellow_working_days is 'Working days left from which a deadline is marked yellow 黄牌.';
comment on column policy.red_working_days is 'Working days left from which it is marked red 红牌.';

insert into policy values (
  'JN', '2000-01-01', 'JN-2018-1', array['市长公开电话工作规则 处理程序三(一)', '济南市12345市民服务热线条例'],
  7, 30, 1, 2, 30, 30, 5, 1830, 2, 0
);

create table calendar_notice (
  year integer not null,
  version text not null,
  source text not null,
  imported_at timestamptz not null,
  imported_by text not null,
  constraint calendar_notice_pkey primary key (year)
);
comment on table calendar_notice is 'Holiday notices of the State Council that were imported; the years the program itself brings are not here.';

create table calendar_day (
  day date not null,
  year integer not null,
  kind text not null,
  name text not null,
  constraint calendar_day_pkey primary key (day),
  constraint calendar_day_year_fkey foreign key (year) references calendar_notice (year),
  constraint calendar_day_kind check (kind in ('HOLIDAY', 'WORKDAY'))
);
comment on table calendar_day is 'Days that an imported notice makes holidays 放假 or working days 调休; all others follow the week.';
