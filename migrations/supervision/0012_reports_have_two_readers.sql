-- Who last rewrote a draft: neither they nor who drafted it may approve it.
alter table report add column revised_by text;
create index report_bulletins on report (period_to) where kind = 'BULLETIN' and status = 'ISSUED';
comment on index report_bulletins is 'Bulletins that are out: a further one keeps apart from them, or covers the same days.';
