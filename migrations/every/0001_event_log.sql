-- The event log of a room and its place in the logs of others. Every room has these tables, in its own schema.
-- One table of events, not one per month: a read is one index probe by (stream, seq), and the key stays unique.
-- Retention deletes from the front of a stream after moving its first_seq, which is how a reader learns of it.

create table event_log (
  is_only boolean not null default true,
  epoch text not null,
  constraint event_log_pkey primary key (is_only),
  constraint event_log_is_only check (is_only),
  constraint event_log_epoch_form check (epoch ~ '^[0-9a-z]{8}$')
);
comment on table event_log is
  'One row: the epoch of this log. It is renewed after a restore from a backup, so that older cursors are told so.';
insert into event_log (epoch) values (substr(md5(gen_random_uuid()::text), 1, 8));

create table stream (
  stream text not null,
  last_seq bigint not null default 0,
  first_seq bigint not null default 1,
  constraint stream_pkey primary key (stream),
  constraint stream_name_form check (stream ~ '^[^[:space:],=]{1,120}$'),
  constraint stream_bounds check (first_seq between 1 and last_seq + 1)
) with (fillfactor = 40, autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 200);
comment on table stream is
  'The gapless counter of each stream, taken as the last statement of a transaction: whoever sees n sees all before n.';
comment on column stream.last_seq is 'The number of the newest event; 0 when there is none.';
comment on column stream.first_seq is 'The number of the oldest event still kept.';

create table event (
  stream text not null,
  seq bigint not null,
  event_id uuid not null,
  kind text not null,
  at timestamptz not null,
  data jsonb not null,
  constraint event_pkey primary key (stream, seq),
  constraint event_data_is_object check (jsonb_typeof(data) = 'object')
);
comment on table event is
  'What happened, append only. Data hold ids and enumerated values; never personal data, never free text.';
comment on column event.event_id is 'The same event in two streams keeps its id: a consumer may know it by that.';

create function refuse_event_change() returns trigger language plpgsql as $$
begin
  raise exception 'events are append only: % of table event is refused', lower(tg_op) using errcode = 'restrict_violation';
end $$;
create trigger event_never_changes before update or truncate on event
  for each statement execute function refuse_event_change();

create function refuse_early_deletion() returns trigger language plpgsql as $$
begin
  if old.seq >= coalesce((select s.first_seq from stream s where s.stream = old.stream), 0) then
    raise exception 'event % of stream % is still kept: move first_seq past it first', old.seq, old.stream
      using errcode = 'restrict_violation';
  end if;
  return old;
end $$;
create trigger event_leaves_by_retention before delete on event
  for each row execute function refuse_early_deletion();

create table followed_stream (
  source text not null,
  stream text not null,
  epoch text not null default '',
  seq bigint not null default 0,
  moved_at timestamptz not null default now(),
  constraint followed_stream_pkey primary key (source, stream)
) with (fillfactor = 40);
comment on table followed_stream is
  'How far this room has followed the log of another: moved in the transaction that holds the effect.';
comment on column followed_stream.epoch is 'The epoch that seq belongs to; empty before the first event.';

create table skipped_event (
  source text not null,
  stream text not null,
  seq bigint not null,
  event_id uuid not null,
  kind text not null,
  tries integer not null,
  reason text not null,
  skipped_at timestamptz not null default now(),
  constraint skipped_event_pkey primary key (source, stream, seq)
);
comment on table skipped_event is
  'Events of another room that could not be applied after several tries: set aside so that the stream goes on.';
comment on column skipped_event.reason is 'The name or SQLSTATE of the error, never its text.';
