create table acknowledgement (
  department text not null,
  stream text not null,
  epoch text not null,
  seq bigint not null,
  acknowledged_at timestamptz not null,
  acknowledged_by text not null,
  constraint acknowledgement_pkey primary key (department, stream)
);
comment on table acknowledgement is
  'How far each unit has taken in the events of a stream: its own, and those of the units under it when it follows them. It only moves forward.';
