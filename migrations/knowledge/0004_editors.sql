-- Who did what to a version and when; who added a word; questions that found nothing.

create table article_act (
  id bigint generated always as identity,
  article text not null,
  version integer not null,
  status text not null,
  acted_by text not null,
  acted_at timestamptz not null,
  constraint article_act_pk primary key (id),
  constraint article_act_version_fk foreign key (article, version) references article_version (article, version)
    on delete cascade
);
comment on table article_act is 'Which status a version was given, by whom and when (条目经办记录); only ever added to';
create index article_act_version_index on article_act (article, version, id);

alter table lexicon_entry add column changed_by text not null default 'shipped';
comment on column lexicon_entry.changed_by is 'Who added the entry (经办人)';

create table search_miss (
  question text not null,
  asked integer not null,
  first_asked timestamptz not null,
  last_asked timestamptz not null,
  constraint search_miss_pk primary key (question),
  constraint search_miss_asked_positive check (asked > 0)
);
comment on table search_miss is
  'Questions that nothing answered (未命中问题), without numbers, names and dwellings, and without who asked; kept 90 days';
create index search_miss_worst_index on search_miss (asked desc, last_asked desc);
create index search_miss_age_index on search_miss (last_asked);
