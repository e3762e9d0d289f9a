import { sql } from 'drizzle-orm'
import type { Db } from '@hub/kit/postgres.ts'
import { isPublic, type ArticleVersion } from '../domain/article.ts'
import { searchColumnsOf } from './search-columns.ts'
import { article, articleVersion, term } from './tables.ts'

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
  const counts = new Map<string, number>()
  for (const page of pagesOf(versions)) {
    const rows = page.map((version) => {
      const { search, plain, terms } = searchColumnsOf(version)
      if (isPublic(version) && newlyPublic.has(version))
        for (const each of ['', ...terms]) count(counts, each)
      return {
        ...version,
        legalBasis: [...version.legalBasis],
        keywords: [...version.keywords],
        search,
        plain,
        savedAt,
      }
    })
    await db
      .insert(article)
      .values(newestOf(page))
      .onConflictDoUpdate({
        target: article.id,
        set: { lastVersion: sql`greatest(article.last_version, excluded.last_version)` },
      })
    await db
      .insert(articleVersion)
      .values(rows)
      .onConflictDoUpdate({ target: [articleVersion.id, articleVersion.version], set: changedColumns })
  }
  await addTermCounts(db, counts)
}

const changedColumns = Object.fromEntries(
  [
    ['title', 'title'],
    ['body', 'body'],
    ['category', 'category'],
    ['legalBasis', 'legal_basis'],
    ['issuingBody', 'issuing_body'],
    ['documentNumber', 'document_number'],
    ['department', 'department'],
    ['keywords', 'keywords'],
    ['region', 'region'],
    ['inForceFrom', 'in_force_from'],
    ['inForceUntil', 'in_force_until'],
    ['status', 'status'],
    ['reviewedAt', 'reviewed_at'],
    ['savedAt', 'saved_at'],
    ['search', 'search'],
    ['plain', 'plain'],
  ].map(([field, column]) => [field, sql.raw(`excluded.${column}`)]),
)

/** Sorted, so that two imports wait for each other instead of locking each other out. */
async function addTermCounts(db: Db, counts: ReadonlyMap<string, number>): Promise<void> {
  const rows = [...counts].map(([each, articles]) => ({ term: each, articles }))
  rows.sort((one, other) => (one.term < other.term ? -1 : 1))
  for (const page of pagesOf(rows, 5_000))
    await db
      .insert(term)
      .values(page)
      .onConflictDoUpdate({ target: term.term, set: { articles: sql`term.articles + excluded.articles` } })
}

function newestOf(versions: readonly ArticleVersion[]): { id: string; lastVersion: number }[] {
  const newest = new Map<string, number>()
  for (const { id, version } of versions) newest.set(id, Math.max(version, newest.get(id) ?? 0))
  return [...newest].map(([id, lastVersion]) => ({ id, lastVersion }))
}

function count(counts: Map<string, number>, each: string): void {
  counts.set(each, (counts.get(each) ?? 0) + 1)
}

function pagesOf<T>(rows: readonly T[], size = ROWS_PER_STATEMENT): T[][] {
  const pages: T[][] = []
  for (let start = 0; start < rows.length; start += size) pages.push(rows.slice(start, start + size))
  return pages
}
