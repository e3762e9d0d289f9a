import { inShanghai } from '@hub/kit/day.ts'
import { FIGURES, type Figure, type FigureCode } from './report-figures.ts'
import { wordOf, type Report } from './report.ts'

/** A report as Markdown: heading, words, one table of figures, and how each figure is made. */
export function markdownOf(report: Report, corrected: string | null): string {
  const { title, kind, documentNumber, from, to, text, issuedAt, figures } = report
  const head = [
    `# ${plain(title)}`,
    '',
    `${documentNumber ?? `${wordOf(kind)}(未印发)`} · ${from === to ? from : `${from} 至 ${to}`}${issuedAt ? ` · ${inShanghai(issuedAt).slice(0, 10)} 印发` : ''}`,
    ...(corrected ? ['', `> 本件更正 ${corrected}。`] : []),
    '',
    text,
  ]
  const tables = groupsOf(report).flatMap(({ codes, rows }) => [
    '',
    `| 单位 | ${codes.map((code) => FIGURES[code].zh).join(' | ')} |`,
    `|---|${codes.map(() => '---:').join('|')}|`,
    ...rows.map(({ name, figures: own }) => `| ${plain(name)} | ${own.map(cellOf).join(' | ')} |`),
  ])
  const notes = [...exclusionsOf(report)].map(
    ([code, exclusions]) => `- ${FIGURES[code].zh}剔除:${exclusions}`,
  )
  const foot = `数据截至 ${figures.takenAt},政策版本 ${figures.policyVersion}。“—”表示人数过少,不予公布。`
  return [...head, ...tables, ...(notes.length > 0 ? ['', ...notes] : []), '', foot, ''].join('\n')
}

export type Line = readonly (string | number)[]

/** A report's figures line by line under a heading: one figure each, with numerator, denominator and exclusions. */
export function linesOf({ documentNumber, figures, from, to }: Report): readonly Line[] {
  return [
    ['文号', '起始日', '截止日', '单位编码', '单位', '指标', '分子', '分母', '剔除数', '剔除口径', '值'],
    ...figures.rows.flatMap(({ subject, name, figures: own }) =>
      own.map(({ code, numerator, denominator, excluded, exclusions, value }) => [
        documentNumber ?? '',
        from,
        to,
        subject,
        name,
        FIGURES[code].zh,
        numerator ?? '',
        denominator ?? '',
        excluded ?? '',
        exclusions,
        value ?? '',
      ]),
    ),
  ]
}

/**
 * Those lines as CSV that every spreadsheet opens, UTF-8 with its mark. A text that a spreadsheet would run as a formula
 * gets a leading apostrophe.
 */
export function csvOf(report: Report): string {
  return `\uFEFF${linesOf(report)
    .map((line) => line.map(field).join(','))
    .join('\r\n')}\r\n`
}

const FORMULA = /^[\s]*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/

/** One field of a line. */
export function field(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const text = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Rows that show the same figures stand in one table. */
function groupsOf({ figures: { rows } }: Report) {
  const groups = Map.groupBy(rows, ({ figures }) => figures.map(({ code }) => code).join())
  return [...groups.values()].map((own) => ({
    codes: (own[0]?.figures ?? []).map(({ code }) => code),
    rows: own,
  }))
}

function exclusionsOf({ figures: { rows } }: Report): Map<FigureCode, string> {
  return new Map(
    rows.flatMap(({ figures }) =>
      figures.flatMap(({ code, exclusions }) => (exclusions ? [[code, plain(exclusions)] as const] : [])),
    ),
  )
}

function cellOf({ code, numerator, denominator, value, ranked }: Figure): string {
  if (numerator === null) return '—'
  if (denominator === null) return String(numerator)
  if (value === null) return '无'
  const shown = FIGURES[code].rate ? `${(value * 100).toFixed(1)}%` : value.toFixed(1)
  return `${shown}(${numerator}/${denominator}${ranked ? '' : ',不参与排名'})`
}

/** A text that stays within its cell or heading. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|')
}
