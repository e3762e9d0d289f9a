import type { FoundRow } from './article-fields.ts'

const NUMERAL = '[零〇一二三四五六七八九十百千0-9]+'
const ARTICLE = new RegExp(`^(第(${NUMERAL})条(?:之([一二三四五六七八九十]+))?)[\\s\\u3000]*(.*)$`)
const DIVISION = new RegExp(`^第${NUMERAL}[编章节](?:[\\s\\u3000]|$)`)
const DIGITS = '零一二三四五六七八九'
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 }
const SPACED = new RegExp(`^第${NUMERAL}条(?:之[一二三四五六七八九十]+)?(?:[\\s\\u3000]|$)`)
const FEWEST_ARTICLES = 2

/** What begins an article: where most numbers are set off by a blank, one that is not is only cited at a line's begin. */
function beginningOf(lines: readonly string[]): RegExp {
  const spaced = lines.filter((line) => SPACED.test(line)).length
  return spaced * 2 > lines.filter((line) => ARTICLE.test(line)).length ? SPACED : ARTICLE
}

/** Whether a text is a law: it is cut into numbered articles. */
export function isLaw(lines: readonly string[]): boolean {
  return lines.filter((line) => ARTICLE.test(line.trim())).length >= FEWEST_ARTICLES
}

/** What could not be taken as it stands. */
export interface LawGap {
  readonly place: string
  readonly field: string
}

/**
 * Cuts a law into its articles (条), each an addressable unit with a number of its own. Only numbers at the beginning
 * of a line begin one, and they have to follow one another.
 */
export function cutLaw(law: FoundRow): { rows: FoundRow[]; gaps: LawGap[] } {
  const { title, body, ...common } = law.values
  const rows: FoundRow[] = []
  const gaps: LawGap[] = []
  let division = ''
  let last = 0
  let lines: string[] = []
  let open: { name: string; number: string; division: string } | null = null
  const close = (): void => {
    if (!open) return
    const values = {
      ...common,
      ...(typeof common['id'] === 'string' ? { id: `${common['id']}.${open.number}` } : {}),
      category: common['category'] ?? '法律法规',
      title: `${String(title)}${open.name}`,
      keywords: [...listOf(common['keywords']), ...(open.division ? [open.division] : [])],
      body: lines.join('\n'),
    }
    rows.push({ place: `${law.place}:${open.name}`, values })
  }
  const text = String(body)
    .split('\n')
    .map((each) => each.trim())
  const beginning = beginningOf(text)
  for (const line of text) {
    const found = beginning.test(line) ? ARTICLE.exec(line) : null
    if (DIVISION.test(line)) {
      division = line.replace(/[\s\u3000]+/g, ' ')
      continue
    }
    if (!found) {
      if (open) lines.push(line)
      continue
    }
    close()
    const [, name = '', numeral = '', inserted, rest = ''] = found
    const number = numberOf(numeral)
    if (inserted === undefined ? number !== last + 1 : number !== last)
      gaps.push({ place: `${law.place}:${name}`, field: `第${last + 1}条` })
    last = number
    open = {
      name,
      number: inserted === undefined ? `${number}` : `${number}-${numberOf(inserted)}`,
      division,
    }
    lines = rest === '' ? [] : [rest]
  }
  close()
  return { rows, gaps }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

/** 一百二十三 → 123. */
export function numberOf(numeral: string): number {
  if (/^\d+$/.test(numeral)) return Number(numeral)
  let total = 0
  let digit = 0
  for (const character of numeral.replaceAll('〇', '零')) {
    const unit = UNITS[character]
    if (unit === undefined) digit = DIGITS.indexOf(character)
    else {
      total += (digit === 0 ? 1 : digit) * unit
      digit = 0
    }
  }
  return total + digit
}
