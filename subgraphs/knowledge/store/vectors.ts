import { sql } from 'drizzle-orm'
import type { Db } from '@hub/kit/postgres.ts'
import { NearestVectors } from '../domain/nearest-vectors.ts'

/** Public versions that a model has not seen yet, the newest first, with what is shown to it. */
export async function listUnseen(
  db: Db,
  model: string,
  most: number,
): Promise<{ no: number; text: string }[]> {
  const rows = await db.execute<{ no: number; text: string }>(sql`
    select v.no, v.title || ' ' || array_to_string(v.keywords, ' ') || ' ' || v.body as text
    from article_version v
    where v.status in ('PUBLISHED', 'SUPERSEDED', 'EXPIRED')
      and not exists (select from article_vector x where x.model = ${model} and x.no = v.no)
    order by v.no desc limit ${most}::int`)
  return [...rows]
}

export async function saveVectors(
  db: Db,
  model: string,
  rows: readonly { no: number; vector: readonly number[] }[],
): Promise<void> {
  await db.execute(sql`
    insert into article_vector (no, model, vector)
    select no, ${model}, array(select json_array_elements_text(vector)::real)
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as r (no integer, vector json)
    on conflict (model, no) do nothing`)
}

const LOOK_AGAIN_MS = 5_000
const ROWS_PER_STATEMENT = 2_000
/** Rows before the last that are read again: one of a slower transaction may come in late. */
const OVERLAP = 200

/** Keeps a model's vectors in memory, up to a number, and fetches what is new after a few seconds. */
export class VectorReader {
  private readonly db: Db
  private readonly model: string
  private readonly most: number
  private readonly index = new NearestVectors()
  private last = 0
  private lookedAt = Number.NEGATIVE_INFINITY

  constructor(db: Db, model: string, most = 20_000) {
    this.db = db
    this.model = model
    this.most = most
  }

  async current(): Promise<NearestVectors> {
    if (performance.now() - this.lookedAt < LOOK_AGAIN_MS) return this.index
    this.lookedAt = performance.now()
    let after = Math.max(0, this.last - OVERLAP)
    while (this.index.size < this.most) {
      const rows = await this.read(after)
      for (const { no, vector } of rows) this.index.add(no, vector)
      after = Number(rows.at(-1)?.id ?? after)
      this.last = Math.max(this.last, after)
      if (rows.length < ROWS_PER_STATEMENT) break
    }
    return this.index
  }

  private async read(after: number): Promise<{ id: string; no: number; vector: number[] }[]> {
    const rows = await this.db.execute<{ id: string; no: number; vector: number[] }>(sql`
      select id, no, to_json(vector) as vector from article_vector
      where model = ${this.model} and id > ${after}::bigint order by id limit ${ROWS_PER_STATEMENT}::int`)
    return [...rows]
  }
}
