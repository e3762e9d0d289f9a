-- The index is a table of our own: for each word the articles that have it, in blocks of bytes. A search then reads no
-- more of it than it can afford, ranks without touching an article, and an import writes a few rows in place of many.

alter table article_version add column no integer generated always as identity;
alter table article_version add constraint article_version_no_unique unique (no);
comment on column article_version.no is 'Number of the version in the index (检索序号)';

create table posting (
  term text collate "C" not null,
  place smallint not null,
  block integer not null,
  entries bytea not null,
  constraint posting_pk primary key (term, place, block),
  constraint posting_place_known check (place in (0, 1))
) with (fillfactor = 75);
alter table posting alter column entries set storage external;
comment on table posting is 'Which public versions have a word or character pair (倒排索引); only ever added to, a text that is public never changes';
comment on column posting.place is '0: the title or the keywords have it; 1: only the body';
comment on column posting.block is 'Versions whose number divided by 65536 is this';
comment on column posting.entries is 'Two bytes for each version: the rest of its number';

alter table term add column about integer not null default 0;
comment on column term.about is 'In how many of them the title or the keywords have it';

with marked as (
  select u.lexeme as term, v.no,
    case when 'A' = any(u.weights) or 'B' = any(u.weights) then 0 else 1 end as place
  from article_version v, unnest(v.search) u
  where v.status in ('PUBLISHED', 'SUPERSEDED', 'EXPIRED')
)
insert into posting (term, place, block, entries)
select term, place, no >> 16, string_agg(substring(int4send(no & 65535) from 3), ''::bytea order by no)
from marked group by 1, 2, 3;

update term set about = counted.about
from (select p.term, sum(octet_length(entries) / 2) as about from posting p where place = 0 group by p.term) counted
where term.term = counted.term;

drop index article_version_search_index;
alter table article_version drop column search;
