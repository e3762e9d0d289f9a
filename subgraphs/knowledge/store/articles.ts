import { and, asc, eq, inArray, isNull, sql, type SQL } from 'drizzle-orm'
import type { Day } from '@hub/kit/day.ts'
import type { Db } from '@hub/kit/postgres.ts'
import type { ArticleVersion } from '../domain/article.ts'
import { articleVersion } from './tables.ts'

const textColumns = {
  id: articleVersion.id,
  version: articleVersion.version,
  title: articleVersion.title,
  body: articleVersion.body,
  category: articleVersion.category,
  legalBasis: articleVersion.legalBasis,
  issuingBody: articleVersion.issuingBody,
  documentNumber: articleVersion.documentNumber,
  department: articleVersion.department,
  keywords: articleVersion.keywords,
  region: articleVersion.region,
  inForceFrom: articleVersion.inForceFrom,
  inForceUntil: articleVersion.inForceUntil,
  status: articleVersion.status,
  reviewedAt: articleVersion.reviewedAt,
}

/** The condition for a version to answer questions as of a day. */
export function inForceOn(day: Day): SQL {
  return sql`status in ('PUBLISHED', 'SUPERSEDED', 'EXPIRED') and in_force_from <= ${day}::date
    and (in_force_until is null or in_force_until >= ${day}::date)`
}

/** The versions in force on a day, for many ids at once; in the order of the ids, null where there is none. */
export async function listInForce(
  db: Db,
  ids: readonly string[],
  day: Day,
): Promise<(ArticleVersion | null)[]> {
  const rows = await db
    .select(textColumns)
    .from(articleVersion)
    .where(and(inArray(articleVersion.id, [...ids]), inForceOn(day)))
    .orderBy(asc(articleVersion.version))
  const found = new Map(rows.map((row) => [row.id, row]))
  return ids.map((id) => found.get(id) ?? null)
}

export interface VersionKey {
  readonly id: string
  readonly version: number
}

/** Single versions, for many keys at once, whatever their status; null where there is none. */
export async function listVersions(db: Db, keys: readonly VersionKey[]): Promise<(ArticleVersion | null)[]> {
  if (keys.length === 0) return []
  const pairs = sql.join(
    keys.map(({ id, version }) => sql`(${id}::text, ${version}::int)`),
    sql`, `,
  )
  const rows = await db
    .select(textColumns)
    .from(articleVersion)
    .where(sql`(${articleVersion.id}, ${articleVersion.version}) in (${pairs})`)
  const found = new Map(rows.map((row) => [`${row.id} ${row.version}`, row]))
  return keys.map(({ id, version }) => found.get(`${id} ${version}`) ?? null)
}

/** The newest version of each id, drafts included. */
export async function listNewest(db: Db, ids: readonly string[]): Promise<Map<string, ArticleVersion>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectDistinctOn([articleVersion.id], textColumns)
    .from(articleVersion)
    .where(inArray(articleVersion.id, [...ids]))
    .orderBy(articleVersion.id, sql`${articleVersion.version} desc`)
  return new Map(rows.map((row) => [row.id, row]))
}

/** The published version of each id that has no last day: the one that a new version supersedes. */
export async function listOpen(db: Db, ids: readonly string[]): Promise<Map<string, ArticleVersion>> {
  const rows = await db
    .select(textColumns)
    .from(articleVersion)
    .where(
      and(
        inArray(articleVersion.id, [...ids]),
        eq(articleVersion.status, 'PUBLISHED'),
        isNull(articleVersion.inForceUntil),
      ),
    )
  return new Map(rows.map((row) => [row.id, row]))
}

/** The articles in force that each department answers for, at most `limit` each, for many departments at once. */
export async function listOfDepartments(
  db: Db,
  departments: readonly string[],
  limit: number,
  day: Day,
): Promise<ArticleVersion[][]> {
  const numbered = db
    .select({
      ...textColumns,
      place: sql<number>`row_number() over (partition by department order by article)`.as('place'),
    })
    .from(articleVersion)
    .where(and(inArray(articleVersion.department, [...departments]), inForceOn(day)))
    .as('numbered')
  const rows = await db
    .select()
    .from(numbered)
    .where(sql`${numbered.place} <= ${limit}::int`)
    .orderBy(numbered.id)
  return departments.map((code) => rows.filter((row) => row.department === code))
}

/** One version, locked for change. */
export async function findForChange(db: Db, key: VersionKey): Promise<ArticleVersion | null> {
  const [row] = await db
    .select(textColumns)
    .from(articleVersion)
    .where(and(eq(articleVersion.id, key.id), eq(articleVersion.version, key.version)))
    .for('update')
  return row ?? null
}

/** All versions of an article, the newest first. */
export async function listHistory(db: Db, id: string): Promise<ArticleVersion[]> {
  return db
    .select(textColumns)
    .from(articleVersion)
    .where(eq(articleVersion.id, id))
    .orderBy(sql`${articleVersion.version} desc`)
}

/** Every version in force on a day, by id. */
export async function listAllInForce(db: Db, day: Day): Promise<ArticleVersion[]> {
  return db.select(textColumns).from(articleVersion).where(inForceOn(day)).orderBy(articleVersion.id)
}
