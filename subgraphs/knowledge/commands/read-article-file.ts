import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Parser } from 'htmlparser2'
import mammoth from 'mammoth'
import readSheets from 'read-excel-file/node'
import { fieldNamed, rowsOfTable, valueOf, type FoundRow } from '../domain/article-fields.ts'
import { readLines, readMarkdown } from '../domain/article-text-file.ts'
import { readCsv } from '../domain/csv.ts'
import { cutLaw, isLaw, type LawGap } from '../domain/law-text.ts'
import { refuse } from '../domain/errors.ts'

export interface FileContent {
  readonly rows: readonly FoundRow[]
  readonly gaps: readonly LawGap[]
}

/** Reads the articles of a file by its ending: .md .html .csv .xlsx .docx .txt .json; a law is cut into its articles. */
export async function readArticleFile(file: string): Promise<FileContent> {
  const name = path.basename(file)
  const text = async (): Promise<string> =>
    new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file))
  try {
    switch (path.extname(name).toLowerCase()) {
      case '.md':
        return lawOr(readMarkdown(name, await text()))
      case '.html':
      case '.htm':
        return lawOr(readHtml(name, await text()))
      case '.csv':
        return { rows: rowsOfTable(name, readCsv(await text())), gaps: [] }
      case '.xlsx':
        return { rows: rowsOfTable(name, await sheetOf(file)), gaps: [] }
      case '.docx': {
        const { value } = await mammoth.extractRawText({ path: file })
        return lawOr(readLines(name, value.split('\n')))
      }
      case '.txt':
        return lawOr(readLines(name, (await text()).split(/\r?\n/)))
      default:
        throw refuse('ARTICLE_FILE_UNKNOWN', { file: name })
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ARTICLE_FILE_UNKNOWN') throw error
    return { rows: [], gaps: [{ place: name, field: 'file' }] }
  }
}

function lawOr(row: FoundRow): FileContent {
  const body = row.values['body']
  const law = typeof body === 'string' && isLaw(body.split('\n'))
  return law ? cutLaw(row) : { rows: [row], gaps: [] }
}

async function sheetOf(file: string): Promise<string[][]> {
  const [sheet] = await readSheets(file)
  return (sheet?.data ?? []).map((row) =>
    row.map((cell) => (cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell ?? ''))),
  )
}

const BLOCKS = new Set([
  'p',
  'div',
  'li',
  'tr',
  'br',
  'h1',
  'h2',
  'h3',
  'h4',
  'section',
  'article',
  'blockquote',
])
const UNSEEN = new Set(['script', 'style', 'template', 'noscript', 'head'])

/** The text of a page, blocks as lines; `<meta name=字段 content=值>` are fields, the title the first heading. */
function readHtml(file: string, source: string): FoundRow {
  const values: Record<string, unknown> = {}
  const open: string[] = []
  let body = ''
  let heading = ''
  const parser = new Parser({
    onopentag(tag, attributes) {
      open.push(tag)
      if (BLOCKS.has(tag)) body += '\n'
      const field = tag === 'meta' ? fieldNamed(attributes['name'] ?? '') : null
      if (field) values[field] = valueOf(field, attributes['content'] ?? '')
    },
    ontext(text) {
      if (open.includes('h1') || (open.includes('title') && heading === '')) heading += text
      else if (!open.some((tag) => UNSEEN.has(tag))) body += text
    },
    onclosetag(tag) {
      open.splice(open.lastIndexOf(tag))
      if (tag === 'title') {
        values['title'] ??= heading.trim() || undefined
        heading = ''
      }
      if (BLOCKS.has(tag)) body += '\n'
    },
  })
  parser.end(source)
  const lines = body.split('\n').map((line) => line.replace(/\s+/g, ' ').trim())
  values['title'] ??= heading.trim() || undefined
  return { place: file, values: { ...values, body: lines.filter((line) => line !== '').join('\n') } }
}
