-- Vectors of articles, for sites that have a model server. Nothing is written here unless one is set.

create table article_vector (
  id bigint generated always as identity,
  no integer not null,
  model text not null,
  vector real[] not null,
  constraint article_vector_pk primary key (model, no),
  constraint article_vector_version_fk foreign key (no) references article_version (no) on delete cascade,
  constraint article_vector_id_unique unique (id),
  constraint article_vector_not_empty check (cardinality(vector) > 0)
);
comment on table article_vector is 'What a model makes of a public version (条目向量): optional, one per version and model';
comment on column article_vector.id is 'Rises with every vector, so that readers fetch what is new';
