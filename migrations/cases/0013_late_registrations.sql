-- What was registered days after it came in is sought by the day it came in; PostgreSQL then sees how few these are.
create index case_received_late_idx on "case" (received_at)
  where registered_at - received_at > interval '48 hours';
drop index case_registered_late_idx;
