-- What happens off the main road: each table is a record of subgraphs/cases/domain/state-seldom.ts.

create table referral (
  id uuid not null,
  case_number text not null,
  kind text not null,
  department text not null,
  note text,
  follow_up_on date not null,
  referred_at timestamptz not null,
  referred_by text not null,
  constraint referral_pkey primary key (id),
  constraint referral_case_number_fkey foreign key (case_number) references "case" (number)
);
comment on table referral is 'Callers sent to a unit, or units phoned for them; followed up (R46–R48).';
create index referral_case_idx on referral (case_number);

create table refusal (
  id uuid not null,
  case_number text not null,
  reason text not null,
  route text not null,
  proposed_at timestamptz not null,
  proposed_by text not null,
  confirmed boolean,
  decided_at timestamptz,
  decided_by text,
  constraint refusal_pkey primary key (id),
  constraint refusal_case_number_fkey foreign key (case_number) references "case" (number)
);
comment on table refusal is 'Matters outside the scope, with the right route told (R4).';
create index refusal_case_idx on refusal (case_number);

create table merge (
  id uuid not null,
  case_number text not null,
  master text not null,
  status_before text not null,
  merged_at timestamptz not null,
  merged_by text not null,
  undone_at timestamptz,
  undone_by text,
  constraint merge_pkey primary key (id),
  constraint merge_case_number_fkey foreign key (case_number) references "case" (number)
);
comment on table merge is 'Cases joined to a master, and parted again.';
create index merge_case_idx on merge (case_number);

create table verification (
  id uuid not null,
  case_number text not null,
  text text not null,
  handed_to text,
  verified_at timestamptz not null,
  verified_by text not null,
  constraint verification_pkey primary key (id),
  constraint verification_case_number_fkey foreign key (case_number) references "case" (number)
);
comment on table verification is 'What was verified of a major sudden incident, and each entry after it (R56–R58, R62).';
create index verification_case_idx on verification (case_number);

create table instruction (
  id uuid not null,
  case_number text not null,
  report text not null,
  reported_at timestamptz not null,
  reported_by text not null,
  leader text,
  text text,
  instructed_on date,
  targets text[] not null,
  recorded_at timestamptz,
  recorded_by text,
  constraint instruction_pkey primary key (id),
  constraint instruction_case_number_fkey foreign key (case_number) references "case" (number)
);
comment on table instruction is 'Reports to the leaders and the instructions that came back 批示 (R52, R53, R71, R72).';
create index instruction_case_idx on instruction (case_number);

create table dispute (
  id uuid not null,
  case_number text not null,
  positions jsonb not null,
  raised_at timestamptz not null,
  raised_by text not null,
  settled_by text,
  constraint dispute_pkey primary key (id),
  constraint dispute_case_number_fkey foreign key (case_number) references "case" (number)
);
comment on table dispute is 'Units that disagree, with both positions (R71, R72).';
create index dispute_case_idx on dispute (case_number);

create table suspension (
  id uuid not null,
  case_number text not null,
  reason text not null,
  status_before text not null,
  suspended_at timestamptz not null,
  suspended_by text not null,
  resumed_at timestamptz,
  constraint suspension_pkey primary key (id),
  constraint suspension_case_number_fkey foreign key (case_number) references "case" (number)
);
comment on table suspension is 'Cases put on hold; the cap still counts.';
create index suspension_case_idx on suspension (case_number);
