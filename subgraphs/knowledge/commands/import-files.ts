import type { Clock } from '@hub/kit/clock.ts'
import { Refusal } from '@hub/kit/errors.ts'
import type { Database } from '@hub/kit/postgres.ts'
import type { ArticleVersion } from '../domain/article.ts'
import { planImport, type ArticleImport } from '../domain/import-plan.ts'
import { listNewest, listOpen } from '../store/articles.ts'
import { importReady, judgeRow } from './import-articles.ts'
import { readArticleFile } from './read-article-file.ts'

export interface ImportReport {
  readonly changes: readonly { readonly id: string; readonly title: string; readonly change: Change }[]
  /** Every row that could not be read, and which field is at fault. */
  readonly unreadable: readonly { readonly place: string; readonly field: string }[]
  readonly saved: boolean
}
type Change = 'added' | 'changed' | 'unchanged'

/** Imports files, or says what would change. One row that cannot be read, and nothing is saved. */
export async function importFiles(
  database: Database,
  clock: Clock,
  files: readonly string[],
  { dryRun = false, inForceFrom, by }: { dryRun?: boolean; inForceFrom?: string | undefined; by: string },
): Promise<ImportReport> {
  const contents = await Promise.all(files.map(readArticleFile))
  const unreadable: { place: string; field: string }[] = contents.flatMap(({ gaps }) => [...gaps])
  const articles = new Map<string, Placed>()
  for (const { place, values } of contents.flatMap(({ rows }) => [...rows])) {
    const { article, faults } = judgeRow(values, inForceFrom)
    for (const field of faults) unreadable.push({ place, field })
    if (!article) continue
    if (articles.has(article.id)) unreadable.push({ place, field: `id ${article.id}` })
    articles.set(article.id, { place, article })
  }
  const { changes, early } = await changesOf(database, [...articles.values()])
  unreadable.push(...early)
  const saved = !dryRun && unreadable.length === 0
  const ready = [...articles.values()].map(({ article }) => article)
  if (saved) await importReady(database, clock, ready, by)
  return { changes, unreadable, saved }
}

/** An article and where its file holds it. */
interface Placed {
  readonly place: string
  readonly article: ArticleImport
}

/** What would change, and which rows would take effect before the version that they supersede. */
async function changesOf(
  { orm }: Database,
  rows: readonly Placed[],
): Promise<{
  changes: { id: string; title: string; change: Change }[]
  early: { place: string; field: string }[]
}> {
  const ids = rows.map(({ article }) => article.id)
  const newest = ids.length === 0 ? new Map<string, ArticleVersion>() : await listNewest(orm, ids)
  const open = ids.length === 0 ? new Map<string, ArticleVersion>() : await listOpen(orm, ids)
  const changes: { id: string; title: string; change: Change }[] = []
  const early: { place: string; field: string }[] = []
  for (const { place, article } of rows) {
    const { id, title } = article
    const before = newest.get(id) ?? null
    try {
      const plan = planImport(before, open.get(id) ?? null, article)
      changes.push({
        id,
        title,
        change: before === null ? 'added' : plan.length === 0 ? 'unchanged' : 'changed',
      })
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'ARTICLE_DAY_TOO_EARLY') throw error
      early.push({ place, field: 'inForceFrom' })
    }
  }
  return { changes, early }
}
