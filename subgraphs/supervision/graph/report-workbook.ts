import writeWorkbook from 'write-excel-file/node'
import { linesOf, type Line } from '../domain/report-print.ts'
import { wordOf, type Report } from '../domain/report.ts'

const WIDTHS = [24, 12, 12, 16, 24, 16, 8, 8, 8, 32, 12]

/** A report's figures as a workbook (.xlsx), in base64: numbers are numbers, and no text of it is a formula. */
export async function workbookOf(report: Report): Promise<string> {
  const [heading = [], ...lines] = linesOf(report)
  const workbook = writeWorkbook([heading.map(inBold), ...lines.map(asCells)], {
    sheet: wordOf(report.kind),
    columns: WIDTHS.map((width) => ({ width })),
    stickyRowsCount: 1,
  })
  return (await workbook.toBuffer()).toString('base64')
}

const inBold = (value: string | number) => ({ value, fontWeight: 'bold' as const })

function asCells(line: Line) {
  return line.map((value) =>
    value === '' ? null : typeof value === 'number' ? { value, type: Number } : { value, type: String },
  )
}
