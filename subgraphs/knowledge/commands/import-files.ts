import type { Clock } from '@hub/kit/clock.ts'
import type { Database } from '@hub/kit/postgres.ts'
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
  const articles = new Map<string, ArticleImport>()
  for (const { place, values } of contents.flatMap(({ rows }) => [...rows])) {
    const { article, faults } = judgeRow(values, inForceFrom)
    for (const field of faults) unreadable.push({ place, field })
    if (!article) continue
    if (articles.has(article.id)) unreadable.push({ place, field: `id ${article.id}` })
    articles.set(article.id, article)
  }
  const changes = await changesOf(database, [...articles.values()])
  const saved = !dryRun && unreadable.length === 0
  if (saved) await importReady(database, clock, [...articles.values()], by)
  return { changes, unreadable, saved }
}

async function changesOf(
  { orm }: Database,
  articles: readonly ArticleImport[],
): Promise<{ id: string; title: string; change: Change }[]> {
  const ids = articles.map(({ id }) => id)
  if (ids.length === 0) return []
  const newest = await listNewest(orm, ids)
  const open = await listOpen(orm, ids)
  return articles.map((article) => {
    const { id, title } = article
    const before = newest.get(id) ?? null
    const plan = planImport(before, open.get(id) ?? null, article)
    return { id, title, change: before === null ? 'added' : plan.length === 0 ? 'unchanged' : 'changed' }
  })
}
