import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Day } from '@hub/kit/day.ts'
import type { Database } from '@hub/kit/postgres.ts'
import type { ExportForm } from '../domain/article-export.ts'
import { listAllInForce } from '../store/articles.ts'
import { articleFiles } from './write-article-file.ts'

/** Writes the articles in force on a day into a folder; returns how many articles and files. */
export async function exportArticles(
  database: Database,
  folder: string,
  form: ExportForm,
  on: Day,
): Promise<{ articles: number; files: number }> {
  const articles = await listAllInForce(database.orm, on)
  const files = await articleFiles(articles, form)
  await mkdir(folder, { recursive: true })
  for (const [name, content] of files) await writeFile(path.join(folder, name), content)
  return { articles: articles.length, files: files.size }
}
