import type { Command } from 'commander'
import { openClock } from '@hub/kit/clock.ts'
import { dayOf, isDay } from '@hub/kit/day.ts'
import { migrate } from '@hub/migrations/migrate.ts'
import { openDataFolder } from './data-folder.ts'
import { UsageError } from './failure.ts'
import { openHubDatabase } from './database/hub-database.ts'
import { openKeys } from './keys.ts'

interface Options {
  readonly json?: boolean
  readonly cases?: string
  readonly since?: string
  readonly streams?: string
}

/** `hub load`: the sample data, into the hub's database; with --cases, any number of generated ones instead. */
export function addLoadCommand(program: Command): void {
  program
    .command('load')
    .description('载入示例数据(虚构,只载入一次) · load the invented sample data, once')
    .option('--cases <count>', '改为载入这么多件生成的虚构工单 · generated cases instead, so many')
    .option('--since <day>', '首件工单日期 · the day of the first of them (2024-01-01)')
    .option(
      '--streams <days>',
      '最近多少天的工单进入事件流 · cases of so many last days stand in the streams (90)',
    )
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
--cases 只用于空库;中断后重来即可。其他房间跟踪事件流:最近几天以外的工单不进入督办统计。
--cases fills an empty database only; after a break just begin again. Other rooms follow the streams: cases older than
--streams days do not reach supervision and its figures.

例 · Examples:
  hub load
  HUB_DATA=/var/tmp/million hub load --cases 1000000 --since 2024-01-01
  DATABASE_URL=postgres://hub@db:5432/hub hub load --json`,
    )
    .action(run)
}

async function run(options: Options): Promise<void> {
  const { json } = options
  const wanted = wantedCases(options, dayOf(openClock(process.env)()))
  const database = await openHubDatabase(process.env)
  try {
    await migrate(database.url)
    const { dataKey } = await openKeys(openDataFolder(process.env))
    const env = { ...process.env, HUB_DATA_KEY: process.env['HUB_DATA_KEY'] ?? dataKey }
    const say = (line: string): void => void process.stderr.write(`${line}\n`)
    if (wanted) {
      const { loadCases } = await import('./load/cases.ts')
      const now = openClock(env)()
      const load = { ...wanted, databaseUrl: database.url, dataKey: env.HUB_DATA_KEY, now, onProgress: say }
      const result = await loadCases(load)
      const { cases, casesPerSecond, seconds } = result
      const said = `${cases} 件虚构工单已载入 · invented cases loaded: ${seconds.all} s, ${casesPerSecond}/s`
      process.stdout.write(`${json ? JSON.stringify(result) : said}\n`)
      return
    }
    const onProgress = (line: string): void => void (json || say(line))
    const { loadSample } = await import('./sample/load-sample.ts')
    const result = await loadSample({ databaseUrl: database.url, env, onProgress })
    const said = result.loaded ? '示例数据已载入 · the sample data are loaded' : '无需载入 · nothing to load'
    process.stdout.write(`${json ? JSON.stringify(result) : said}\n`)
  } finally {
    await database.stop()
  }
}

const MOST_CASES = 10_000_000
const MOST_DAYS = 3_660

function wantedCases({ cases, since, streams }: Options, today: string) {
  if (cases === undefined) {
    if (since !== undefined || streams !== undefined)
      throw new UsageError('--since, --streams: only with --cases; say how many cases to generate')
    return null
  }
  const from = since ?? '2024-01-01'
  if (!isDay(from) || from > today)
    throw new UsageError(`--since ${from}: not a day until today; write it like 2024-01-01`)
  return {
    cases: countOf('--cases', cases, MOST_CASES),
    since: from,
    streamDays: countOf('--streams', streams ?? '90', MOST_DAYS),
  }
}

function countOf(option: string, text: string, most: number): number {
  const count = Number(text)
  if (!/^\d+$/.test(text) || count < 1 || count > most)
    throw new UsageError(`${option} ${text}: not a number from 1 to ${most}`)
  return count
}
