import { asc, sql } from 'drizzle-orm'
import type { Db } from '@hub/kit/postgres.ts'
import type { ArticleAct, ArticleVersion } from '../domain/article.ts'
import type { VersionKey } from './articles.ts'
import { articleAct } from './tables.ts'

/** Keeps who gave versions their status. */
export async function saveActs(
  db: Db,
  versions: readonly ArticleVersion[],
  actedBy: string,
  actedAt: Date,
): Promise<void> {
  if (versions.length === 0) return
  const rows = versions.map(({ id, version, status }) => ({ article: id, version, status, actedBy, actedAt }))
  await db.insert(articleAct).values(rows)
}

/** What was done to versions, oldest first, for many at once. */
export async function listActs(db: Db, keys: readonly VersionKey[]): Promise<ArticleAct[][]> {
  const pairs = sql.join(
    keys.map(({ id, version }) => sql`(${id}::text, ${version}::int)`),
    sql`, `,
  )
  const rows = await db
    .select()
    .from(articleAct)
    .where(sql`(${articleAct.article}, ${articleAct.version}) in (${pairs})`)
    .orderBy(asc(articleAct.id))
  return keys.map(({ id, version }) => rows.filter((row) => row.article === id && row.version === version))
}
