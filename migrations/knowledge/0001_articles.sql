-- Articles with versions and days in force (R1, R8, R45), what finds them, and the words that editors maintain.

create table article (
  id text not null,
  last_version integer not null,
  constraint article_pk primary key (id),
  constraint article_id_form check (id ~ '^[A-Za-z0-9._-]{1,64}$')
);
comment on table article is 'Knowledge articles (知识条目); last_version is the highest version given out';

create table article_version (
  article text not null,
  version integer not null,
  title text not null,
  body text not null,
  category text not null,
  legal_basis text[] not null,
  issuing_body text,
  document_number text,
  department text,
  keywords text[] not null,
  region text not null,
  in_force_from date not null,
  in_force_until date,
  status text not null,
  reviewed_at date,
  saved_at timestamptz not null,
  search tsvector not null,
  plain text not null,
  constraint article_version_pk primary key (article, version),
  constraint article_version_article_fk foreign key (article) references article (id),
  constraint article_version_status_known
    check (status in ('DRAFT', 'REVIEWED', 'PUBLISHED', 'SUPERSEDED', 'EXPIRED')),
  constraint article_version_texts_not_blank check (btrim(title) <> '' and btrim(body) <> '')
);
comment on table article_version is 'Versions of an article (版本): text never changes once published; an answer pins one';
comment on column article_version.department is 'Code of the responsible department (责任部门), owned by another room';
comment on column article_version.in_force_until is 'Last day in force (失效日), counted in; null: open';
comment on column article_version.search is 'Words and character pairs: title A, keywords B, body C';
comment on column article_version.plain is 'Title and keywords, normalised, for the trigram fallback';
create unique index article_version_one_open
  on article_version (article) where status = 'PUBLISHED' and in_force_until is null;
create index article_version_search_index on article_version using gin (search) with (fastupdate = off)
  where status in ('PUBLISHED', 'SUPERSEDED', 'EXPIRED');
create index article_version_plain_index on article_version using gin (plain public.gin_trgm_ops)
  where status in ('PUBLISHED', 'SUPERSEDED', 'EXPIRED');
create index article_version_department_index on article_version (department, article);

create table term (
  term text not null,
  articles integer not null,
  constraint term_pk primary key (term)
);
comment on table term is 'In how many published articles a word or character pair stands; the empty term counts the articles';

create table lexicon_entry (
  id bigint generated always as identity,
  kind text not null,
  phrase text not null,
  terms text[] not null,
  origin text not null,
  changed_at timestamptz not null,
  constraint lexicon_entry_pk primary key (id),
  constraint lexicon_entry_unique unique (kind, phrase, terms),
  constraint lexicon_entry_kind_known check (kind in ('REWRITE', 'CLASS', 'EXPANSION', 'SUBJECT', 'EVERYDAY', 'WORD')),
  constraint lexicon_entry_origin_known check (origin in ('SHIPPED', 'EDITOR'))
);
comment on table lexicon_entry is
  'Words that editors maintain (词库): dialect to standard, colloquial to administrative, subjects, words without a topic';

create table lexicon_state (
  is_only boolean not null default true,
  version bigint not null,
  shipped text not null,
  constraint lexicon_state_pk primary key (is_only),
  constraint lexicon_state_single check (is_only)
);
comment on table lexicon_state is 'version rises with every change so that readers load again; shipped is the digest of the shipped files';
insert into lexicon_state (version, shipped) values (0, '');
