import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '@hub/kit/clock.ts'
import { isDay } from '@hub/kit/day.ts'
import { appendEvents } from '@hub/kit/event-log.ts'
import type { Database } from '@hub/kit/postgres.ts'
import { articleSaved } from '../domain/article-event.ts'
import { articleStatuses, isPublic, type ArticleVersion } from '../domain/article.ts'
import { refuse } from '../domain/errors.ts'
import { planImport, type ArticleImport } from '../domain/import-plan.ts'
import { saveActs } from '../store/acts.ts'
import { lockWriting, saveVersions } from '../store/article-writing.ts'
import { listNewest, listOpen } from '../store/articles.ts'

const day = z.string().refine(isDay)
const textLine = z.string().trim().min(1)

/** One row of an import, as files hold it. */
const importRow = z.object({
  id: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
  title: textLine,
  body: textLine,
  category: textLine,
  legalBasis: z.array(textLine).default([]),
  issuingBody: textLine.nullable().default(null),
  documentNumber: textLine.nullable().default(null),
  departmentCode: textLine.nullable().default(null),
  keywords: z.array(textLine).default([]),
  region: textLine.default('济南市'),
  status: z.enum(articleStatuses).default('PUBLISHED'),
  reviewedAt: day.nullable().default(null),
  inForceFrom: day.optional(),
  inForceUntil: day.nullable().default(null),
})

export interface ImportResult {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
}

const ARTICLES_PER_TRANSACTION = 4_000

/**
 * Imports articles: a new one becomes version 1, a changed one a new version in force from its day, an unchanged one
 * nothing, so that the same file may be imported again. Every row is read before any is saved.
 */
export async function importArticles(
  database: Database,
  clock: Clock,
  rows: readonly unknown[],
  inForceFrom?: string,
  by = 'import',
): Promise<ImportResult> {
  const articles = rows.map((row, index) => readRow(row, index + 1, inForceFrom))
  return importReady(database, clock, articles, by)
}

/** Saves articles that were read and judged. */
export async function importReady(
  database: Database,
  clock: Clock,
  articles: readonly ArticleImport[],
  by: string,
): Promise<ImportResult> {
  const result = { added: 0, changed: 0, unchanged: 0 }
  for (let start = 0; start < articles.length; start += ARTICLES_PER_TRANSACTION) {
    const page = articles.slice(start, start + ARTICLES_PER_TRANSACTION)
    const saved = await importPage(database, clock, page, by)
    result.added += saved.added
    result.changed += saved.changed
    result.unchanged += saved.unchanged
  }
  return result
}

/** An article as a row holds it, or the fields at fault. */
export function judgeRow(
  row: unknown,
  inForceFrom: string | undefined,
): { article: ArticleImport | null; faults: string[] } {
  const read = importRow.safeParse(row)
  if (!read.success) {
    const faults = new Set(read.error.issues.map(({ path }) => String(path[0] ?? 'row')))
    return { article: null, faults: [...faults] }
  }
  const { departmentCode, inForceFrom: own, ...text } = read.data
  const from = own ?? inForceFrom ?? text.reviewedAt
  if (!from) return { article: null, faults: ['inForceFrom'] }
  return { article: { ...text, department: departmentCode, inForceFrom: from }, faults: [] }
}

function readRow(row: unknown, number: number, inForceFrom: string | undefined): ArticleImport {
  const { article, faults } = judgeRow(row, inForceFrom)
  if (!article) throw refuse('ARTICLE_UNREADABLE', { row: number, field: faults[0] ?? 'row' })
  return article
}

async function importPage(
  database: Database,
  clock: Clock,
  articles: readonly ArticleImport[],
  by: string,
): Promise<ImportResult> {
  const now = clock()
  return database.orm.transaction(async (tx) => {
    await lockWriting(tx)
    const ids = articles.map((each) => each.id)
    const newest = await listNewest(tx, ids)
    const open = await listOpen(tx, ids)
    const plans = articles.map((each) =>
      planImport(newest.get(each.id) ?? null, open.get(each.id) ?? null, each),
    )
    const versions = plans.flat()
    const newlyPublic = new Set(versions.filter((each) => !wasPublic(newest.get(each.id), each)))
    await saveVersions(tx, versions, now, newlyPublic)
    await saveActs(tx, versions, by, now)
    await appendEvents(
      tx,
      versions.map((each) => articleSaved(each, randomUUID(), now)),
    )
    const unchanged = plans.filter((plan) => plan.length === 0).length
    const added = articles.filter((each) => !newest.has(each.id)).length
    return { added, unchanged, changed: articles.length - added - unchanged }
  })
}

function wasPublic(before: ArticleVersion | undefined, version: ArticleVersion): boolean {
  return before !== undefined && before.version === version.version && isPublic(before)
}
