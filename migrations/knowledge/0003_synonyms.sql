-- Synonyms, and whatever kinds of word lists come: the readers know the kinds, the table only their form.

alter table lexicon_entry drop constraint lexicon_entry_kind_known;
alter table lexicon_entry add constraint lexicon_entry_kind_form check (kind ~ '^[A-Z]{2,20}$');
