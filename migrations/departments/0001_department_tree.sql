-- The tree of organisations (R35-R37), what each answers for, and the lexicon that leads from words to units.

create table department (
  code text not null,
  name text not null,
  short_name text,
  type text not null,
  level text,
  parent text,
  accepts_dispatch boolean not null,
  position integer not null,
  constraint department_pk primary key (code),
  constraint department_name_unique unique (name),
  constraint department_parent_fk foreign key (parent) references department (code) deferrable initially deferred,
  constraint department_not_its_own_parent check (parent is null or parent <> code)
);
comment on table department is 'Organisations (承办单位): the tree city, bureau or district, subdistrict';
create index department_parent_index on department (parent, position, code);
create index department_page_index on department (position, code);
create index department_type_index on department (type, position, code);

create table alias (
  department text not null,
  alias text not null,
  constraint alias_pk primary key (department, alias),
  constraint alias_department_fk foreign key (department) references department (code) on delete cascade
);
comment on table alias is 'Other names people call a unit by (别名)';

create table responsibility (
  department text not null,
  clause integer not null,
  text text not null,
  constraint responsibility_pk primary key (department, clause),
  constraint responsibility_department_fk foreign key (department) references department (code) on delete cascade,
  constraint responsibility_clause_positive check (clause > 0)
);
comment on table responsibility is 'Responsibility catalogue (职责目录): clause is the number in the unit''s own catalogue';

create table matter (
  code text not null,
  name text not null,
  kind text not null,
  position integer not null,
  constraint matter_pk primary key (code),
  constraint matter_kind_known check (kind in ('service', 'trouble'))
);
comment on table matter is 'Matters people call about (诉求事项); service is paperwork and policy, trouble is something that has gone wrong';

create table matter_department (
  matter text not null,
  position integer not null,
  department text not null,
  clause_text text,
  handles boolean not null,
  constraint matter_department_pk primary key (matter, position),
  constraint matter_department_matter_fk foreign key (matter) references matter (code) on delete cascade
);
comment on table matter_department is 'Who handles a matter, lead first; @district stands for the district of the place; handles is false for a unit that may take it too';

create table matter_term (
  matter text not null,
  role text not null,
  term text not null,
  constraint matter_term_pk primary key (matter, role, term),
  constraint matter_term_matter_fk foreign key (matter) references matter (code) on delete cascade,
  constraint matter_term_role_known check (role in ('names', 'hints', 'against'))
);
comment on table matter_term is 'Lexicon (事项词表), maintained by editors: a|b is either word, a+b both near each other';

create table place (
  name text not null,
  district text not null,
  constraint place_pk primary key (name, district)
);
comment on table place is 'Streets, towns and landmarks and the district or zone they lie in (地名)';

create table lexicon_version (
  single boolean not null default true,
  version bigint not null,
  constraint lexicon_version_pk primary key (single),
  constraint lexicon_version_single check (single)
);
comment on table lexicon_version is 'Rises with every import of departments, matters or places, so that readers know when to load again';
insert into lexicon_version (version) values (0);
