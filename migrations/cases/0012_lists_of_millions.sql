-- Lists and counts cost the same on a register of millions: each is a walk along one index, broken off after a page.

-- A district's portal asks for one status; the old ones of a district are many, and so are its newest of other statuses.
create index case_district_status_idx on "case" (district, status, number desc);

-- The number holds the day of registration, so a search by days of receipt begins at a number. What was registered days
-- after it came in stands apart.
create index case_registered_late_idx on "case" (number desc)
  where registered_at - received_at > interval '48 hours';

-- What a unit has not settled is little, and all that a count of it has to read.
create index assignment_open_idx on assignment (department)
  where status not in ('REPLY_ACCEPTED', 'RETURNED', 'CANCELLED');
