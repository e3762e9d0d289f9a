import type { Db } from '@hub/kit/postgres.ts'
import { sql } from 'drizzle-orm'

/** What guides a search, and never decides what it finds: how many cases each day has, and how common each word is. */
export interface RegisterShape {
  /** Newest first. */
  readonly days: readonly { readonly day: string; readonly cases: number }[]
  readonly cases: number
  /** The share of cases that have a word, at most. */
  readonly shareOf: (word: string) => number
}

/** A word that PostgreSQL's statistics do not name is in few cases. */
const UNKNOWN_SHARE = 0.0001
const KEPT_MS = 60_000

interface Kept {
  readonly readAt: number
  readonly shape: Promise<RegisterShape>
}

const kept = new WeakMap<Db, Kept>()

/** The shape of the register, read once a minute: it changes slowly, and to read it costs as much as a search. */
export function shapeOf(db: Db): Promise<RegisterShape> {
  const known = kept.get(db)
  if (known && Date.now() - known.readAt < KEPT_MS) return known.shape
  const shape = read(db)
  kept.set(db, { readAt: Date.now(), shape })
  shape.catch(() => kept.delete(db))
  return shape
}

async function read(db: Db): Promise<RegisterShape> {
  const [row] = await db.execute<{
    days: { day: string; cases: number }[] | null
    words: { word: string; share: number }[] | null
  }>(sql`
    select (select json_agg(json_build_object('day', day, 'cases', last) order by day desc) from daily_serial) as days,
      (select json_agg(json_build_object('word', word, 'share', share)) from pg_stats s,
        unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) as common (word, share)
        where s.schemaname = current_schema() and s.tablename = 'case' and s.attname = 'text_index'
          and word is not null) as words`)
  const days = row?.days ?? []
  const shares = new Map((row?.words ?? []).map(({ word, share }) => [word, share]))
  const least = Math.min(UNKNOWN_SHARE, ...shares.values())
  return {
    days,
    cases: days.reduce((sum, { cases }) => sum + cases, 0),
    shareOf: (word) => shares.get(word) ?? least,
  }
}
