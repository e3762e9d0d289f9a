-- Questions whose answer is known belong to articles: those of the sample come and go with the sample.

alter table lexicon_entry drop constraint lexicon_entry_origin_known;
alter table lexicon_entry add constraint lexicon_entry_origin_known check (origin in ('SHIPPED', 'SAMPLE', 'EDITOR'));
