import { importCalendar, type ImportedCalendar } from '@hub/cases/commands/import-calendar.ts'
import { RULES_KEPT_MS } from '@hub/cases/commands/rules.ts'
import type { Notice } from '@hub/cases/domain/announced-calendar.ts'
import type { Command } from 'commander'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readCalendarFile } from './calendar-file.ts'
import { UsageError } from './failure.ts'
import { withCasesRoom } from './cases-room.ts'

/** `hub calendar import YEAR FILE`: takes a holiday notice in and computes provisional deadlines anew. */
export function addCalendarCommand(program: Command): void {
  const examples =
    '\n例 · Examples:\n  hub calendar import 2027 notice.json\n  hub calendar import 2027 holidays.ics\n\nCSV: 2027-01-01,HOLIDAY,元旦'
  const calendar = program
    .command('calendar')
    .description('工作日历 · the calendar of working days')
    .addHelpText('after', examples)
  calendar
    .command('import')
    .description(
      '导入国务院放假安排并重算暂定期限 · import a holiday notice and compute provisional deadlines anew',
    )
    .argument('<year>', '年份 · the year of the notice')
    .argument('<file>', '文件 · .json, .csv or .ics')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', examples)
    .action(async (year: string, file: string, { json }: { json?: boolean }) => {
      if (!/^20\d\d$/.test(year)) throw new UsageError(`"${year}" is not a year; write it as 2027.`)
      const notice = readCalendarFile(path.basename(file), readFileSync(file, 'utf8'), Number(year))
      const result = await importInto(notice, path.basename(file), process.env)
      process.stdout.write(json ? `${JSON.stringify(result)}\n` : said(notice, result))
    })
}

/** Twice: a room that runs may have used the calendar before for as long as it keeps what it read. */
function importInto(notice: Notice, file: string, env: NodeJS.ProcessEnv): Promise<ImportedCalendar> {
  return withCasesRoom(env, async (room) => {
    const first = await importCalendar(room, notice, file, 'hub calendar import')
    await sleep(RULES_KEPT_MS + 500)
    const second = await importCalendar(room, notice, file, 'hub calendar import')
    return { changed: first.changed, moved: first.moved + second.moved }
  })
}

function said({ year, days }: Notice, { changed, moved }: ImportedCalendar): string {
  const taken = changed
    ? `${year} 年放假安排已导入(${days.length} 天) · the notice of ${year} is taken in`
    : `${year} 年放假安排此前已导入 · the notice of ${year} was there already`
  return `${taken}\n重算期限的工单:${moved} · cases with a date that moved or is certain now\n`
}
