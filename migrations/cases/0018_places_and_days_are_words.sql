-- A search within a district, or back in time, is answered by the index of words alone: the district and the days of a case
-- stand among its words. Without that, every case that has the words is read, be it of another district or of long ago.

create function register_words(words tsvector, district text, number text) returns tsvector
  language sql immutable parallel safe
  return words || array_to_tsvector(array[
    'd:' || coalesce(district, ''),
    't:' || split_part(number, '-', 2),
    't:' || substr(split_part(number, '-', 2), 1, 6) || chr(97 + least((substr(split_part(number, '-', 2), 7)::int - 1) / 10, 2))
  ]);
comment on function register_words is
  'The words of a case with its district (d:), its day of registration and the third of the month that the day is in (t:20261128, t:202611c).';

create index case_register_words_idx on "case" using gin (register_words(text_index, district, number))
  with (gin_pending_list_limit = 256);
drop index case_text_idx;
