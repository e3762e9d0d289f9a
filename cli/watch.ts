import type { Command } from 'commander'
import { openDataFolder } from './data-folder.ts'
import { UsageError } from './failure.ts'
import { issueToken } from './issue-token.ts'
import { openKeys } from './keys.ts'
import { cursorFileOf, findCursor, saveCursor } from './watch/cursor.ts'
import { lineOf } from './watch/lines.ts'
import { watchAssignments, WatchRefused } from './watch/stream.ts'

interface Options {
  department: string
  subtree?: boolean
  after?: string
  fromNow?: boolean
  json?: boolean
  url?: string
  token?: string
  cursorFile?: string
}

/** `hub watch`: follows a department's assignments in the terminal and goes on from its cursor after any break. */
export function addWatchCommand(program: Command): void {
  program
    .command('watch')
    .description(
      '跟踪部门的承办任务 · follow the assignments of a department; resumes from its cursor after any break',
    )
    .requiredOption('--department <code>', '承办单位 · the unit to follow')
    .option('--subtree', '含下级单位 · with the units under it')
    .option('--after <cursor>', '起始游标 · go on from this cursor, not from the saved one')
    .option('--from-now', '从现在起 · forget the saved cursor and begin now')
    .option('--json', '每行一个 JSON · one JSON object per line')
    .option('--url <url>', '网关地址 · the gateway (default http://127.0.0.1:$PORT/graphql)')
    .option('--token <token>', '令牌 · default: a local one for the department')
    .option('--cursor-file <file>', '游标文件 · where the cursor is kept (default under HUB_DATA)')
    .addHelpText(
      'after',
      '\n例 · Examples:\n  hub watch --department JN-SWJ\n  hub watch --department JN-D-LX --subtree --json\n  hub watch --department JN-SWJ --from-now',
    )
    .action(async (options: Options) => {
      const stopping = new AbortController()
      for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort())
      await watch(options, process.env, stopping.signal)
    })
}

async function watch(options: Options, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<void> {
  const { department, json = false, subtree = false } = options
  const url = options.url ?? `http://127.0.0.1:${env['PORT'] || 4000}/graphql`
  if (!/^(https?|wss?):\/\/\S+$/.test(url)) {
    throw new UsageError(
      `--url: "${url}" is not an address; an address looks like http://127.0.0.1:4000/graphql.`,
    )
  }
  const file = options.cursorFile ?? cursorFileOf(openDataFolder(env), { url, department, subtree })
  const saved = options.fromNow ? null : findCursor(file)
  const after = options.after ?? saved
  const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`)
  say(after ? `从上次位置继续 · going on from ${options.after ? '--after' : file}` : '从现在起 · from now on')
  try {
    await watchAssignments({
      url,
      department,
      subtree,
      after,
      signal,
      token: () => (options.token ? Promise.resolve(options.token) : localToken(env, department)),
      onEvent(event) {
        if (event.kind !== 'HEARTBEAT')
          process.stdout.write(`${json ? JSON.stringify(event) : lineOf(event)}\n`)
        saveCursor(file, event.cursor)
      },
      onBreak: (reason, pauseMs) =>
        say(`连接中断,${pauseMs} 毫秒后重连 · the line broke (${reason}); again in ${pauseMs} ms`),
    })
  } catch (error) {
    if (error instanceof WatchRefused) throw new UsageError(refusedSentence(error, file))
    throw error
  }
}

function refusedSentence({ code, message }: WatchRefused, file: string): string {
  const sentence = `${code}: ${message}`
  if (!code.startsWith('CURSOR_')) return sentence
  return `${sentence} The cursor is kept in ${file}; take the list of assignments, then start with --from-now or --after.`
}

async function localToken(env: NodeJS.ProcessEnv, department: string): Promise<string> {
  const keys = await openKeys(openDataFolder(env))
  return await issueToken({ role: 'DEPARTMENT', department, expires: '12h' }, keys.tokenKey)
}
