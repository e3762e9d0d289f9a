import { isDay } from '@hub/kit/day.ts'
import type { Command } from 'commander'
import { openDataFolder } from './data-folder.ts'
import { UsageError } from './failure.ts'
import { issueToken } from './issue-token.ts'
import { openKeys } from './keys.ts'

const SHIFTS = ['DAY', 'NIGHT', 'ALL']

interface Options {
  shift: string
  url?: string
  token?: string
}

/** `hub duty-log`: prints the duty log of a day and a shift as Markdown; the readings of callers' data are recorded. */
export function addDutyLogCommand(program: Command): void {
  program
    .command('duty-log')
    .description('打印值班记录 · print the duty log of a day and a shift, as Markdown')
    .argument('<day>', '日期 · YYYY-MM-DD')
    .option('--shift <shift>', `班次 · ${SHIFTS.join(', ')}`, 'ALL')
    .option('--url <url>', '网关地址 · the gateway (default http://127.0.0.1:$PORT/graphql)')
    .option('--token <token>', '令牌 · default: a local one for an operator')
    .addHelpText(
      'after',
      '\n例 · Examples:\n  hub duty-log 2026-11-23\n  hub duty-log 2026-11-23 --shift NIGHT > 值班记录.md',
    )
    .action(async (day: string, options: Options) => {
      process.stdout.write(await fetchDutyLog(day, options, process.env))
    })
}

const LOG = 'query ($day: Date!, $shift: Shift!) { dutyLog(day: $day, shift: $shift) { markdown } }'

interface Answer {
  readonly data?: { readonly dutyLog: { readonly markdown: string } } | null
  readonly errors?: readonly { readonly message: string }[]
}

async function fetchDutyLog(day: string, options: Options, env: NodeJS.ProcessEnv): Promise<string> {
  const { shift } = options
  if (!isDay(day)) throw new UsageError(`"${day}" is not a day; write it as 2026-11-23.`)
  if (!SHIFTS.includes(shift)) throw new UsageError(`--shift: "${shift}" is not one of ${SHIFTS.join(', ')}.`)
  const url = options.url ?? `http://127.0.0.1:${env['PORT'] || 4000}/graphql`
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await tokenOf(options, env)}` },
    body: JSON.stringify({ query: LOG, variables: { day, shift } }),
  }).catch(() => {
    throw new UsageError(`No hub answers at ${url}: start it with hub start, or name it with --url.`)
  })
  const { data, errors = [] } = (await response.json()) as Answer
  if (!data) throw new UsageError(errors.map(({ message }) => message).join('\n'))
  return data.dutyLog.markdown
}

async function tokenOf({ token }: Options, env: NodeJS.ProcessEnv): Promise<string> {
  if (token !== undefined) return token
  const { tokenKey } = await openKeys(openDataFolder(env))
  return issueToken({ role: 'OPERATOR', subject: 'operator:duty-log', expires: '5m' }, tokenKey)
}
