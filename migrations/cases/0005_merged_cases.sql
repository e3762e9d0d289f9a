-- Found from the master: which cases are joined to it.
create index case_merged_into_idx on "case" (merged_into) where merged_into is not null;
