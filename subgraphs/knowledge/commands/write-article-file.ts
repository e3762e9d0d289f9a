import { Document, HeadingLevel, Packer, Paragraph } from 'docx'
import writeWorkbook from 'write-excel-file/node'
import { headLinesOf, htmlOf, markdownOf, tableOf, type ExportForm } from '../domain/article-export.ts'
import type { ArticleVersion } from '../domain/article.ts'
import { writeCsv } from '../domain/csv.ts'

type Content = string | Buffer

/** The files that hold these articles in a form, by name; `readArticleFile` reads each of them back as it was. */
export async function articleFiles(
  articles: readonly ArticleVersion[],
  form: ExportForm,
): Promise<Map<string, Content>> {
  if (form === 'csv') return new Map([['articles.csv', writeCsv(tableOf(articles))]])
  if (form === 'xlsx') return new Map([['articles.xlsx', await workbookOf(tableOf(articles))]])
  const write = { md: markdownOf, html: htmlOf, docx: documentOf }[form]
  const files = new Map<string, Content>()
  for (const article of articles) files.set(`${article.id}.${form}`, await write(article))
  return files
}

/** A table as a workbook of texts: none of them is a formula, and a day stays as it is written. */
async function workbookOf([heading = [], ...rows]: readonly (readonly string[])[]): Promise<Buffer> {
  const workbook = writeWorkbook(
    [
      heading.map((value) => ({ value, fontWeight: 'bold' as const })),
      ...rows.map((row) => row.map((value) => (value === '' ? null : { value, type: String }))),
    ],
    { sheet: '知识条目', stickyRowsCount: 1 },
  )
  return workbook.toBuffer()
}

/** An article as a document: its fields as leading lines, its title as the heading, its body a paragraph a line. */
function documentOf(article: ArticleVersion): Promise<Buffer> {
  const children = [
    ...headLinesOf(article).map((text) => new Paragraph({ text })),
    new Paragraph({ text: article.title, heading: HeadingLevel.HEADING_1 }),
    ...article.body.split('\n').map((text) => new Paragraph({ text })),
  ]
  return Packer.toBuffer(new Document({ sections: [{ children }] }))
}
