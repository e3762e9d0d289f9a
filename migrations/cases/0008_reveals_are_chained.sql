-- Who saw a caller's data: each row holds the hash of the one before it in its chain, so that none is changed, slipped in
-- or taken away unseen. Several chains, so that those who read different cases seldom wait for each other.

create table reveal_chain (
  chain text not null,
  last_place bigint not null,
  last_hash text not null,
  constraint reveal_chain_pkey primary key (chain)
);
comment on table reveal_chain is 'Where each chain of reveals ends: a row cut off its end is missed here.';

alter table caller_reveal
  add column chain text not null default 'case:0',
  add column place bigint,
  add column previous_hash text,
  add column hash text;
alter table caller_reveal alter column chain drop default;

create function reveal_hash(row_of caller_reveal) returns text language sql immutable as $$
  select encode(sha256(convert_to(jsonb_build_array(
    row_of.previous_hash, row_of.chain, row_of.place, row_of.case_number, row_of.subject, row_of.role, row_of.department,
    row_of.fields, row_of.reason, row_of.request_id, extract(epoch from row_of.at)
  )::text, 'UTF8')), 'hex')
$$;
comment on function reveal_hash is 'The hash of a reveal: over the hash before it and all that it says.';

create function chain_reveal() returns trigger language plpgsql as $$
declare
  head reveal_chain;
begin
  insert into reveal_chain values (new.chain, 0, '') on conflict do nothing;
  select * into head from reveal_chain where chain = new.chain for update;
  new.place := head.last_place + 1;
  new.previous_hash := head.last_hash;
  new.hash := reveal_hash(new);
  update reveal_chain set last_place = new.place, last_hash = new.hash where chain = new.chain;
  return new;
end $$;

-- What was written before there were chains becomes the beginning of one.
alter table caller_reveal disable trigger caller_reveal_never_changes;
do $$
declare
  earlier caller_reveal;
  head reveal_chain := row('case:0', 0, '');
begin
  for earlier in select * from caller_reveal order by id loop
    earlier.place := head.last_place + 1;
    earlier.previous_hash := head.last_hash;
    earlier.hash := reveal_hash(earlier);
    update caller_reveal set place = earlier.place, previous_hash = earlier.previous_hash, hash = earlier.hash
      where id = earlier.id;
    head.last_place := earlier.place;
    head.last_hash := earlier.hash;
  end loop;
  if head.last_place > 0 then insert into reveal_chain values (head.chain, head.last_place, head.last_hash); end if;
end $$;
alter table caller_reveal enable trigger caller_reveal_never_changes;

alter table caller_reveal
  alter column place set not null,
  alter column previous_hash set not null,
  alter column hash set not null,
  add constraint caller_reveal_chain_place_key unique (chain, place);
create trigger caller_reveal_is_chained before insert on caller_reveal for each row execute function chain_reveal();

create function refuse_outside_reveal() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 then
    raise exception 'a chain of reveals changes only with a reveal' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger reveal_chain_follows_reveals before insert or update on reveal_chain
  for each row execute function refuse_outside_reveal();
create trigger reveal_chain_never_shrinks before delete or truncate on reveal_chain
  for each statement execute function refuse_change();
