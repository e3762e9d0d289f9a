-- Praise is passed on and counted per department (R7).

alter table department_day add column praised integer not null default 0;
update department_day as sums set praised = found.count from (
  select a.department, (a.dispatched_at at time zone 'Asia/Shanghai')::date as day, count(*)::int as count
  from followed_assignment a join followed_case c on c.number = a.case_number
  where c.matter_type = 'PRAISE' and a.status not in ('RETURNED', 'CANCELLED')
  group by a.department, day
) as found where found.department = sums.department and found.day = sums.day;
