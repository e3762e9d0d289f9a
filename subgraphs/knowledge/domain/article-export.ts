import { articleFields, type ArticleField } from './article-fields.ts'
import type { ArticleVersion } from './article.ts'

export const exportForms = ['md', 'html', 'docx', 'csv', 'xlsx'] as const
export type ExportForm = (typeof exportForms)[number]

const FIELDS = Object.keys(articleFields) as ArticleField[]
const HEAD = FIELDS.filter((field) => field !== 'body')

/** The articles as a table whose first row names the fields. */
export function tableOf(articles: readonly ArticleVersion[]): string[][] {
  return [
    FIELDS.map((field) => articleFields[field]),
    ...articles.map((article) => FIELDS.map((field) => textOf(article, field))),
  ]
}

/** An article as lines of `字段:值`, without its title and its body; a field that says nothing is left out. */
export function headLinesOf(article: ArticleVersion): string[] {
  return HEAD.filter((field) => field !== 'title').flatMap((field) => {
    const text = textOf(article, field)
    return text === '' ? [] : [`${articleFields[field]}:${text}`]
  })
}

function textOf(article: ArticleVersion, field: ArticleField): string {
  const { department, ...rest } = article
  const value = { ...rest, departmentCode: department }[field]
  return typeof value === 'string' ? value : (value ?? []).join(';')
}

/** An article as Markdown with its fields in front. */
export function markdownOf(article: ArticleVersion): string {
  const head = HEAD.map((field) => `${field}: ${textOf(article, field)}\n`).join('')
  return `---\n${head}---\n\n${article.body}\n`
}

/** An article as a page with its fields as `<meta>`. */
export function htmlOf(article: ArticleVersion): string {
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
