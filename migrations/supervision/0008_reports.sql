-- Information and reports (R20-R23, R76-R85): drafted, approved, issued with frozen figures; delivered; answered back.

create table report_serial (
  kind text not null,
  year integer not null,
  last integer not null,
  constraint report_serial_pkey primary key (kind, year)
);
comment on table report_serial is 'The last number of each kind of report in each year, without gaps.';

create table report (
  id uuid not null,
  kind text not null,
  status text not null,
  document_number text,
  title text not null,
  period_from date not null,
  period_to date not null,
  text text not null,
  topics uuid[] not null,
  figures jsonb not null,
  corrects uuid,
  drafted_by text not null,
  drafted_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  issued_by text,
  issued_at timestamptz,
  withdrawn_at timestamptz,
  constraint report_pkey primary key (id),
  constraint report_document_number_key unique (document_number),
  constraint report_kind check
    (kind in ('DAILY_SUMMARY', 'SPECIAL_REPORT', 'OPERATION_REPORT', 'CIRCULAR', 'BULLETIN')),
  constraint report_status check (status in ('DRAFT', 'APPROVED', 'ISSUED', 'WITHDRAWN')),
  constraint report_period check (period_to >= period_from),
  constraint report_approved check (status not in ('APPROVED', 'ISSUED') or (approved_by is not null and approved_at is not null)),
  constraint report_issued check ((status = 'ISSUED') = (issued_at is not null and document_number is not null)),
  constraint report_corrects_fkey foreign key (corrects) references report (id)
);
comment on table report is
  'Daily summary 日报, special report 专报, operation report 运行报告, circular 通报, public bulletin 公报. Figures are frozen in it.';
create index report_register on report (drafted_at desc, id desc);
create unique index report_one_correction on report (corrects) where status <> 'WITHDRAWN';
comment on index report_one_correction is 'A correction is a new issue that names the one it corrects; the next one corrects that.';

create function keep_report() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.status in ('ISSUED', 'WITHDRAWN') then
    raise exception 'report % is issued or withdrawn and does not change', old.id using errcode = 'restrict_violation';
  end if;
  if old.status = 'APPROVED' and (new.title, new.text, new.figures, new.period_from, new.period_to)
      is distinct from (old.title, old.text, old.figures, old.period_from, old.period_to) then
    raise exception 'what was approved of report % does not change', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger report_issued_never_changes before update or delete on report
  for each row execute function keep_report();

create table report_delivery (
  id bigint generated always as identity,
  report_id uuid not null,
  recipient text not null,
  organisation text not null,
  mode text not null,
  sent_at timestamptz not null,
  recorded_by text not null,
  constraint report_delivery_pkey primary key (id),
  constraint report_delivery_once unique (report_id, recipient, organisation),
  constraint report_delivery_report_fkey foreign key (report_id) references report (id)
);
comment on table report_delivery is 'To whom a report was sent, how and when (R18-R20, R80).';

create table report_feedback (
  report_id uuid not null,
  person text not null,
  text text not null,
  given_on date not null,
  constraint report_feedback_pkey primary key (report_id, person),
  constraint report_feedback_report_fkey foreign key (report_id) references report (id)
);
comment on table report_feedback is 'What people say to a public bulletin (R23): once each, known by a fingerprint of its own per bulletin.';

create function refuse_record_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append only', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger report_delivery_never_changes before update or delete or truncate on report_delivery
  for each statement execute function refuse_record_change();
create trigger report_feedback_never_changes before update or delete or truncate on report_feedback
  for each statement execute function refuse_record_change();
create index supervision_order_issued on supervision_order (issued_at);
