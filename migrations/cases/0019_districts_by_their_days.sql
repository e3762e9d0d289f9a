-- What grew with the register in a search within a district was the index of words itself: it walked through all cases of the
-- word or of the district, however long ago. Now a district stands there with each third of a month, too, and a search back
-- in time walks along the few cases of those.

drop index case_register_words_idx;
create or replace function register_words(words tsvector, district text, number text) returns tsvector
  language sql immutable parallel safe
  return words || array_to_tsvector(array[
    'd:' || coalesce(district, ''),
    'd:' || coalesce(district, '') || ':' || substr(split_part(number, '-', 2), 1, 6)
      || chr(97 + least((substr(split_part(number, '-', 2), 7)::int - 1) / 10, 2)),
    't:' || split_part(number, '-', 2),
    't:' || substr(split_part(number, '-', 2), 1, 6) || chr(97 + least((substr(split_part(number, '-', 2), 7)::int - 1) / 10, 2))
  ]);
comment on function register_words is
  'The words of a case with its district (d:), its day of registration and the third of the month that the day is in (t:20261128, t:202611c), and its district in that third (d:历下区:202611c).';

create index case_register_words_idx on "case" using gin (register_words(text_index, district, number))
  with (gin_pending_list_limit = 256);
