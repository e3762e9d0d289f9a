import { sql } from 'drizzle-orm'
import type { Db } from '@hub/kit/postgres.ts'
import { isPublic, type ArticleVersion } from '../domain/article.ts'
import { placesOfArticle, plainText } from './article-terms.ts'
import { addPostings, type Indexed } from './postings.ts'

const ROWS_PER_STATEMENT = 500

/** One writer at a time: two imports of the same article would otherwise give out the same version twice. */
export async function lockWriting(db: Db): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtext('knowledge.article_version'))`)
}

/** Writes versions, new or changed, with what they are found by. */
export async function saveVersions(
  db: Db,
  versions: readonly ArticleVersion[],
  savedAt: Date,
  newlyPublic: ReadonlySet<ArticleVersion> = new Set(versions),
): Promise<void> {
  const indexed: Indexed[] = []
  for (let start = 0; start < versions.length; start += ROWS_PER_STATEMENT) {
    const page = versions.slice(start, start + ROWS_PER_STATEMENT)
    await saveNewest(db, page)
    const numbers = await savePage(db, page, savedAt)
    for (const version of page) {
      const no = numbers.get(`${version.id} ${version.version}`)
      if (no !== undefined && isPublic(version) && newlyPublic.has(version))
        indexed.push({ no, places: placesOfArticle(version) })
    }
  }
  await addPostings(db, indexed)
}

/** Returns the number of each version in the index. */
async function savePage(
  db: Db,
  page: readonly ArticleVersion[],
  savedAt: Date,
): Promise<Map<string, number>> {
  const rows = page.map((version) => ({ ...version, plain: plainText(version) }))
  const saved = await db.execute<{ article: string; version: number; no: number }>(sql`
    insert into article_version (article, version, title, body, category, legal_basis, issuing_body, document_number,
      department, keywords, region, in_force_from, in_force_until, status, reviewed_at, saved_at, plain)
    select id, version, title, body, category, array(select json_array_elements_text("legalBasis")), "issuingBody",
      "documentNumber", department, array(select json_array_elements_text(keywords)), region, "inForceFrom",
      "inForceUntil", status, "reviewedAt", ${savedAt.toISOString()}::timestamptz, plain
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as r (id text, version integer, title text, body text,
      category text, "legalBasis" json, "issuingBody" text, "documentNumber" text, department text, keywords json,
      region text, "inForceFrom" date, "inForceUntil" date, status text, "reviewedAt" date, plain text)
    on conflict (article, version) do update set
      title = excluded.title, body = excluded.body, category = excluded.category, legal_basis = excluded.legal_basis,
      issuing_body = excluded.issuing_body, document_number = excluded.document_number,
      department = excluded.department, keywords = excluded.keywords, region = excluded.region,
      in_force_from = excluded.in_force_from, in_force_until = excluded.in_force_until, status = excluded.status,
      reviewed_at = excluded.reviewed_at, saved_at = excluded.saved_at, plain = excluded.plain
    returning article, version, no`)
  return new Map(saved.map(({ article, version, no }) => [`${article} ${version}`, no]))
}

async function saveNewest(db: Db, page: readonly ArticleVersion[]): Promise<void> {
  const newest = new Map<string, number>()
  for (const { id, version } of page) newest.set(id, Math.max(version, newest.get(id) ?? 0))
  const rows = [...newest].map(([id, last]) => ({ id, last }))
  await db.execute(sql`
    insert into article (id, last_version)
    select id, last from json_to_recordset(${JSON.stringify(rows)}::text::json) as r (id text, last integer)
    on conflict (id) do update set last_version = greatest(article.last_version, excluded.last_version)`)
}
