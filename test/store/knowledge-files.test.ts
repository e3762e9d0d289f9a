import { openDatabase } from '@hub/kit/postgres.ts'
import { exportArticles } from '@hub/knowledge/commands/export-articles.ts'
import { importFiles } from '@hub/knowledge/commands/import-files.ts'
import { exportForms } from '@hub/knowledge/domain/article-export.ts'
import { readCsv, writeCsv } from '@hub/knowledge/domain/csv.ts'
import { numberOf } from '@hub/knowledge/domain/law-text.ts'
import { listAllInForce, listInForce } from '@hub/knowledge/store/articles.ts'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { crc32 } from 'node:zlib'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestDatabase } from '../support/database.ts'

const { url } = await openTestDatabase('knowledge')
const database = openDatabase({ url, room: 'knowledge', max: 2 })
const folder = mkdtempSync(path.join(tmpdir(), 'hub-knowledge-'))
afterAll(async () => {
  await database.close()
  rmSync(folder, { recursive: true })
})
const clock = (): Date => new Date('2026-11-23T01:00:00Z')
beforeEach(async () => {
  await database.sql`delete from article_version`
  await database.sql`delete from article`
})

function file(name: string, content: string | Buffer): string {
  writeFileSync(path.join(folder, name), content)
  return path.join(folder, name)
}
const take = (files: string[], dryRun = false) => importFiles(database, clock, files, { dryRun, by: 'test' })
const inForce = async (id: string) => (await listInForce(database.orm, [id], '2026-11-23'))[0]

/** A zip without compression: what DOCX and XLSX are. */
function zip(files: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = []
  const index: Buffer[] = []
  let at = 0
  for (const [name, text] of Object.entries(files)) {
    const data = Buffer.from(text)
    const head = Buffer.alloc(26)
    head.writeUInt16LE(20, 0)
    head.writeUInt32LE(crc32(data), 10)
    head.writeUInt32LE(data.length, 14)
    head.writeUInt32LE(data.length, 18)
    head.writeUInt16LE(name.length, 22)
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(at, 10)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), head, Buffer.from(name), data])
    index.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), head, tail, Buffer.from(name)]))
    parts.push(local)
    at += local.length
  }
  const central = Buffer.concat(index)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(index.length, 8)
  end.writeUInt16LE(index.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, central, end])
}

const TYPES = (override: string): string =>
  `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override}</Types>`
const RELATION = (target: string, type: string): string =>
  `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/></Relationships>`

function docx(lines: readonly string[]): Buffer {
  const paragraphs = lines.map((line) => `<w:p><w:r><w:t>${line}</w:t></w:r></w:p>`).join('')
  return zip({
    '[Content_Types].xml': TYPES(
      '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>',
    ),
    '_rels/.rels': RELATION('word/document.xml', 'officeDocument'),
    'word/document.xml': `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${paragraphs}</w:body></w:document>`,
  })
}

function xlsx(rows: readonly (readonly string[])[]): Buffer {
  const cells = rows.map(
    (row, line) =>
      `<row r="${line + 1}">${row.map((text, at) => `<c r="${String.fromCodePoint(65 + at)}${line + 1}" t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`,
  )
  return zip({
    '[Content_Types].xml': TYPES(
      '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>',
    ),
    '_rels/.rels': RELATION('xl/workbook.xml', 'officeDocument'),
    'xl/workbook.xml':
      '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': RELATION('worksheets/sheet1.xml', 'worksheet'),
    'xl/worksheets/sheet1.xml': `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${cells.join('')}</sheetData></worksheet>`,
  })
}

const MARKDOWN =
  '---\n编号: M-1\n类别: 城市管理\n关键词: 遛狗;狗证\n生效日期: 2026年1月5日\n---\n\n# 养犬登记\n\n遛狗应当牵绳。\n'
const TABLE = [
  ['编号', '标题', '类别', '正文', '生效日期', '备注'],
  ['T-1', '路灯报修', '城市管理', '两日内修复。', '2026-01-01', '无'],
]
const LAW = [
  '编号:LAW-1',
  '生效日期:2026-01-01',
  '济南市养蜂条例',
  '第一章 总则',
  '第一条 为了规范养蜂,依照',
  '第二条规定制定本条例。',
  '第二条 养蜂应当登记。',
  '第二条之一 登记不收费。',
  '第二章 罚则',
  '第三条 违者处五十元罚款。',
]

describe('an import of files', () => {
  it('reads Markdown with front matter', async () => {
    expect(await take([file('m.md', MARKDOWN)])).toMatchObject({ saved: true, unreadable: [] })
    expect(await inForce('M-1')).toMatchObject({
      title: '养犬登记',
      body: '遛狗应当牵绳。',
      keywords: ['遛狗', '狗证'],
      inForceFrom: '2026-01-05',
    })
  })

  it('reads HTML: what is seen as lines, never a script', async () => {
    const html =
      '<html><head><meta name="id" content="H-1"><meta name="category" content="环境"><meta name="inForceFrom" content="2026-01-01"><title>夜间施工</title><script>alert(1)</script></head><body><h1>夜间施工</h1><p>夜里&amp;清早</p><p>不得施工。</p></body></html>'
    await take([file('h.html', html)])
    expect(await inForce('H-1')).toMatchObject({ title: '夜间施工', body: '夜里&清早\n不得施工。' })
  })

  it.each([
    ['CSV', 't.csv', writeCsv(TABLE)],
    ['XLSX', 't.xlsx', xlsx(TABLE)],
  ])('reads a table of %s', async (_form, name, content) => {
    expect(await take([file(name, content)])).toMatchObject({ saved: true })
    expect(await inForce('T-1')).toMatchObject({ title: '路灯报修', body: '两日内修复。' })
  })

  it('reads DOCX: fields as leading lines, the title, the body', async () => {
    const lines = [
      '编号:D-1',
      '类别:城市管理',
      '生效日期:2026-01-01',
      '占道停车',
      '不得占用盲道。',
      '违者罚款。',
    ]
    expect(await take([file('d.docx', docx(lines))])).toMatchObject({ unreadable: [], saved: true })
    expect(await inForce('D-1')).toMatchObject({ title: '占道停车', body: '不得占用盲道。\n违者罚款。' })
  })

  it('cuts a law into its articles, each with a number of its own', async () => {
    const report = await take([file('law.txt', LAW.join('\n'))])
    expect(report.changes.map(({ id }) => id)).toContain('LAW-1.2-1')
    expect(await inForce('LAW-1.3')).toMatchObject({
      title: '济南市养蜂条例第三条',
      body: '违者处五十元罚款。',
      keywords: ['第二章 罚则'],
    })
  })

  it('says which article of a law is missing, and saves nothing', async () => {
    const gap = LAW.filter((line) => !line.startsWith('第二条 ') && !line.startsWith('第二条规'))
    const report = await take([file('gap.txt', gap.join('\n'))])
    expect(report).toMatchObject({ saved: false })
    expect(report.unreadable).toContainEqual({ place: 'gap.txt:第二条之一', field: '第2条' })
  })

  it('lists a row that would take effect before the version it supersedes, among those it cannot take', async () => {
    const head = 'id,title,category,inForceFrom,body\n'
    await take([file('now.csv', `${head}Z-1,甲,乙,2026-06-01,正文\n`)])
    const rows = `${head}Z-1,甲,乙,2026-01-01,改了\nZ-2,丙,乙,2026-01-01,正文\n`
    const { changes, unreadable, saved } = await take([file('early.csv', rows)])
    expect(changes).toEqual([{ id: 'Z-2', title: '丙', change: 'added' }])
    expect(unreadable).toEqual([{ place: 'early.csv:2', field: 'inForceFrom' }])
    expect(saved).toBe(false)
  })

  it('lists in a dry run what would change and every row that cannot be read, and saves nothing', async () => {
    await take([file('m.md', MARKDOWN)])
    const changed = file('m2.md', MARKDOWN.replace('牵绳', '系绳').replace('1月5日', '6月1日'))
    const table = file('bad.csv', writeCsv([...TABLE, ['坏 号', '', '类', '文', '某日', '']]))
    const broken = file('broken.docx', 'no zip')
    const report = await take([changed, table, broken], true)
    expect(report.saved).toBe(false)
    expect(report.changes.map(({ id, change }) => [id, change])).toEqual([
      ['M-1', 'changed'],
      ['T-1', 'added'],
    ])
    expect(report.unreadable.map(({ place, field }) => `${place} ${field}`).toSorted()).toEqual([
      'bad.csv:3 id',
      'bad.csv:3 inForceFrom',
      'bad.csv:3 title',
      'broken.docx file',
    ])
    expect(await inForce('M-1')).toMatchObject({ version: 1 })
    expect((await take([changed, table, broken])).saved).toBe(false)
    await expect(take([file('a.pdf', '')])).rejects.toMatchObject({ code: 'ARTICLE_FILE_UNKNOWN' })
  })

  it.each(exportForms)('finds nothing to change in its own export as %s', async (form) => {
    await take([file('m.md', MARKDOWN), file('law2.txt', LAW.join('\n'))])
    const out = path.join(folder, `out-${form}`)
    const all = await listAllInForce(database.orm, '2026-11-23')
    expect(await exportArticles(database, out, form, '2026-11-23')).toMatchObject({ articles: all.length })
    const report = await take(readdirSync(out).map((name) => path.join(out, name)))
    expect(report.unreadable).toEqual([])
    expect(new Set(report.changes.map(({ change }) => change))).toEqual(new Set(['unchanged']))
  })
})

describe('what files are made of', () => {
  it('a CSV holds commas, quotes and lines, and no formula that a spreadsheet would run', () => {
    expect(readCsv(writeCsv([['a,b', 'c"d', 'e\nf']]))[0]).toEqual(['a,b', 'c"d', 'e\nf'])
    expect(writeCsv([['=1+1']])).toContain("'=1+1")
  })

  it.each([
    ['十', 10],
    ['二十一', 21],
    ['一百零五', 105],
    ['一千二百六十', 1260],
    ['12', 12],
  ])('%s is %i', (numeral, number) => expect(numberOf(numeral)).toBe(number))
})
