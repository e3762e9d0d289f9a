import { articleFields, type ArticleField } from './article-fields.ts'
import type { ArticleVersion } from './article.ts'
import { writeCsv } from './csv.ts'

export const exportForms = ['md', 'html', 'csv'] as const
export type ExportForm = (typeof exportForms)[number]

/** The files that hold these articles in a form, by name; an import reads each of them back as it was. */
export function exportFiles(articles: readonly ArticleVersion[], form: ExportForm): Map<string, string> {
  if (form === 'csv') {
    const fields = Object.keys(articleFields) as ArticleField[]
    const rows = articles.map((article) => fields.map((field) => textOf(article, field)))
    return new Map([['articles.csv', writeCsv([fields.map((field) => articleFields[field]), ...rows])]])
  }
  const write = form === 'md' ? markdownOf : htmlOf
  return new Map(articles.map((article) => [`${article.id}.${form}`, write(article)]))
}

const HEAD = (Object.keys(articleFields) as ArticleField[]).filter((field) => field !== 'body')

function textOf(article: ArticleVersion, field: ArticleField): string {
  const { department, ...rest } = article
  const value = { ...rest, departmentCode: department }[field]
  return typeof value === 'string' ? value : (value ?? []).join(';')
}

function markdownOf(article: ArticleVersion): string {
  const head = HEAD.map((field) => `${field}: ${textOf(article, field)}\n`).join('')
  return `---\n${head}---\n\n${article.body}\n`
}

function htmlOf(article: ArticleVersion): string {
  const head = HEAD.map(
    (field) => `<meta name="${field}" content="${escaped(textOf(article, field))}">\n`,
  ).join('')
  const body = article.body
    .split('\n')
    .map((line) => `<p>${escaped(line)}</p>\n`)
    .join('')
  return `<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n${head}</head>\n<body>\n<h1>${escaped(article.title)}</h1>\n${body}</body>\n</html>\n`
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
