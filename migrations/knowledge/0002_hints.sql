-- Hints: words that point to a matter only together with others.

alter table lexicon_entry drop constraint lexicon_entry_kind_known;
alter table lexicon_entry add constraint lexicon_entry_kind_known
  check (kind in ('REWRITE', 'CLASS', 'EXPANSION', 'HINT', 'SUBJECT', 'EVERYDAY', 'WORD'));
