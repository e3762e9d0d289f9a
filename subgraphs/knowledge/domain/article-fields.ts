/** The fields of an imported article and what they are called in files. */
export const articleFields = {
  id: '编号',
  title: '标题',
  category: '类别',
  departmentCode: '责任部门',
  keywords: '关键词',
  region: '适用地区',
  issuingBody: '发文机关',
  documentNumber: '文号',
  legalBasis: '法律依据',
  status: '状态',
  reviewedAt: '审核日期',
  inForceFrom: '生效日期',
  inForceUntil: '失效日期',
  body: '正文',
} as const
export type ArticleField = keyof typeof articleFields

/** An article as a file holds it, not yet judged, and where it stands there. */
export interface FoundRow {
  readonly place: string
  readonly values: Readonly<Record<string, unknown>>
}

const LISTS: ReadonlySet<string> = new Set(['keywords', 'legalBasis'])
const names = new Map<string, ArticleField>(
  Object.entries(articleFields).flatMap(([field, chinese]) => [
    [field.toLowerCase(), field as ArticleField],
    [chinese, field as ArticleField],
  ]),
)

/** Which field a heading or key names, in English or Chinese; null when none. */
export function fieldNamed(name: string): ArticleField | null {
  return names.get(name.trim().toLowerCase()) ?? null
}

/** What a file says of a field, as an import takes it: lists apart, blank as not said, days with two digits each. */
export function valueOf(field: ArticleField, text: string): unknown {
  const value = text.trim()
  if (value === '') return undefined
  if (LISTS.has(field))
    return value
      .split(/[;;\n]/)
      .map((each) => each.trim())
      .filter((each) => each !== '')
  const day = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(value)
  if (!day || !(field.startsWith('inForce') || field === 'reviewedAt')) return value
  return [day[1], day[2]?.padStart(2, '0'), day[3]?.padStart(2, '0')].join('-')
}

/** The rows of a table whose first row names the fields; columns of other names are passed over. */
export function rowsOfTable(file: string, table: readonly (readonly string[])[]): FoundRow[] {
  const [head = [], ...rest] = table
  const fields = head.map(fieldNamed)
  return rest.flatMap((cells, index) => {
    if (cells.every((cell) => cell.trim() === '')) return []
    const values: Record<string, unknown> = {}
    for (const [at, field] of fields.entries())
      if (field) values[field] = valueOf(field, unmarked(cells[at] ?? ''))
    return [{ place: `${file}:${index + 2}`, values }]
  })
}

/** The mark that keeps spreadsheets from taking a text for a formula. */
function unmarked(cell: string): string {
  return /^'[=+\-@\t]/.test(cell) ? cell.slice(1) : cell
}
