import type { Db } from '@hub/kit/postgres.ts'
import { sql } from 'drizzle-orm'

/** What guides a search, and never decides what it finds: how many cases each day has, and how common each word is. */
export interface RegisterShape {
  /** Newest first. */
  readonly days: readonly { readonly day: string; readonly cases: number }[]
  readonly cases: number
  /** The share of cases that have a word, a guess for one that statistics do not name. */
  readonly shareOf: (word: string) => number
  /** The same, at most: what statistics do not name is no more common than the least that they do. */
  readonly shareAtMost: (word: string) => number
  readonly shareOfDistrict: (district: string) => number
}

/** A word that PostgreSQL's statistics do not name is in few cases. */
const UNKNOWN_SHARE = 0.0001
/** So is a district. */
const UNKNOWN_DISTRICT = 0.01
const KEPT_MS = 60_000

interface Share {
  readonly word: string
  readonly share: number
}

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
    words: Share[] | null
    districts: Share[] | null
  }>(sql`
    select (select json_agg(json_build_object('day', day, 'cases', last) ) from daily_serial) as days,
      (select json_agg(json_build_object('word', word, 'share', share)) from pg_stats s,
        unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) as common (word, share)
        where s.schemaname = current_schema() and s.tablename = 'case' and s.attname = 'text_index'
          and word is not null) as words,
      (select json_agg(json_build_object('word', word, 'share', share)) from pg_stats s,
        unnest(s.most_common_vals::text::text[], s.most_common_freqs) as common (word, share)
        where s.schemaname = current_schema() and s.tablename = 'case' and s.attname = 'district') as districts`)
  // Sorted here: PostgreSQL would walk along the index of a table that changes all day, a page for each row.
  const days = (row?.days ?? []).toSorted((one, other) => (one.day < other.day ? 1 : -1))
  const shares = sharesOf(row?.words)
  const districts = sharesOf(row?.districts)
  const least = shares.size === 0 ? UNKNOWN_SHARE : Math.min(...shares.values())
  return {
    days,
    cases: days.reduce((sum, { cases }) => sum + cases, 0),
    shareOf: (word) => shares.get(word) ?? Math.min(UNKNOWN_SHARE, least),
    shareAtMost: (word) => shares.get(word) ?? least,
    shareOfDistrict: (district) => districts.get(district) ?? UNKNOWN_DISTRICT,
  }
}

function sharesOf(list: readonly Share[] | null | undefined): Map<string, number> {
  return new Map((list ?? []).map(({ word, share }) => [word, share]))
}
