-- The register of supervision orders 督办台账 is read newest first, whole or by department.

create index supervision_order_register on supervision_order (issued_at desc, id desc);
create index supervision_order_department_register on supervision_order (department, issued_at desc, id desc);
drop index supervision_order_department;
