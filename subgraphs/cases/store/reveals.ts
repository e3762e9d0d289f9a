import type { Db } from '@hub/kit/postgres.ts'
import { asc, eq, sql } from 'drizzle-orm'
import { caseStream } from '../domain/stream-names.ts'
import { callerReveal } from './tables.ts'

export type Reveal = Omit<typeof callerReveal.$inferInsert, 'at' | 'chain'>
export type RevealRow = typeof callerReveal.$inferSelect

/**
 * Records that somebody sees a caller's data; written before the data leave. Each becomes a link of the chain of its
 * case; links of several chains are always written in the same order, so that two readers never wait for each other.
 */
export async function saveReveals(db: Db, reveals: readonly Reveal[]): Promise<void> {
  if (reveals.length === 0) return
  const links = reveals.map((reveal) => ({ ...reveal, chain: caseStream(reveal.caseNumber) }))
  await db
    .insert(callerReveal)
    .values(links.toSorted((one, other) => Number(one.chain > other.chain) - Number(one.chain < other.chain)))
}

/** Who saw the data of a case's caller, oldest first. */
export function listReveals(db: Db, caseNumber: string): Promise<RevealRow[]> {
  return db
    .select()
    .from(callerReveal)
    .where(eq(callerReveal.caseNumber, caseNumber))
    .orderBy(asc(callerReveal.id))
}

/** A place where a chain does not hold. */
export interface BrokenLink {
  readonly chain: string
  readonly place: number
  readonly problem: 'CHANGED' | 'GAP' | 'CUT_OFF'
}

/** Every place where a chain of reveals does not hold: a row changed, one missing or slipped in, or its end cut off. */
export async function findBrokenReveals(db: Db): Promise<BrokenLink[]> {
  const rows = await db.execute<{ chain: string; place: number; problem: BrokenLink['problem'] }>(sql`
    with link as (
      select r.chain, r.place, r.hash, r.previous_hash, reveal_hash(r) as computed,
        lag(r.hash, 1, '') over one_chain as hash_before, lag(r.place, 1, 0) over one_chain as place_before
      from caller_reveal r window one_chain as (partition by r.chain order by r.place)
    ), ends as (
      select c.chain, c.last_place as place from reveal_chain c
      left join caller_reveal r on r.chain = c.chain and r.place = c.last_place and r.hash = c.last_hash
      where r.chain is null
      union select distinct on (r.chain) r.chain, r.place from caller_reveal r
      where not exists (select from reveal_chain c where c.chain = r.chain and c.last_place >= r.place)
    )
    select chain, place::int, 'CHANGED' as problem from link where hash <> computed
    union all select chain, place::int, 'GAP' from link where place <> place_before + 1 or previous_hash <> hash_before
    union all select chain, place::int, 'CUT_OFF' from ends
    order by chain, place`)
  return [...rows]
}

/** How many reveals there are. */
export async function countReveals(db: Db): Promise<number> {
  return db.$count(callerReveal)
}
