import type { Command } from 'commander'

interface Options {
  cases: boolean
  json?: boolean
  sample: boolean
  watch?: boolean
}

/** `hub start`: the whole hub in the foreground, until Ctrl-C or SIGTERM. */
export function addStartCommand(program: Command): void {
  program
    .command('start')
    .description('启动整个枢纽 · start database, subgraphs and gateway, and run them until Ctrl-C')
    .option('--no-sample', '不载入示例数据 · do not load the sample data into an empty database')
    .option('--no-cases', '只载入示例单位与知识 · of the sample data, load units and articles but no cases')
    .option('--watch', '源码变更时重启子图 · restart a program when its source changes (for developers)')
    .option('--json', '就绪后输出一行 JSON · print one line of JSON when ready, for programs')
    .addHelpText(
      'after',
      `
设置 · Settings (environment; NAME_FILE reads a value from a file):
  PORT          网关端口 · port of the gateway (4000; 0 takes a free one)
  HOST          监听地址 · address it listens on (127.0.0.1)
  HUB_DATA      数据目录 · folder of the embedded database, keys and logs (.hub-data)
  DATABASE_URL  外部数据库 · a PostgreSQL server (15 to 18) in place of the embedded one
  HUB_CLOCK     演示时钟 · file with the milliseconds to add to the time (demo and tests)
  LOG_LEVEL     日志级别 · trace, debug, info, warn, error

例 · Examples:
  hub start
  PORT=4010 HUB_DATA=~/hub-data hub start
  DATABASE_URL=postgres://hub:secret@127.0.0.1:5432/hub hub start --no-sample
  hub start --json | head -n 1`,
    )
    .action(run)
}

async function run({ cases, json, sample, watch }: Options): Promise<void> {
  const began = Date.now()
  const signal = askedToStop()
  const say = (line: string): void => void process.stderr.write(`${line}\n`)
  const { startHouse } = await import('./house/house.ts')
  try {
    const extent = cases ? 'everything' : 'reference'
    const house = await startHouse({ env: process.env, sample: sample ? extent : 'nothing', say, signal })
    try {
      const { announce, readyLine } = await import('./announce.ts')
      const seconds = (Date.now() - began) / 1000
      process.stdout.write(json ? `${await readyLine(house)}\n` : await announce(house, seconds, process.env))
      if (watch) (await import('./house/watch-sources.ts')).watchSources(house, signal)
      await aborted(signal)
      say('\n正在停止 · stopping …')
    } finally {
      await house.stop()
    }
    say('已停止 · stopped')
  } catch (error) {
    if (!signal.aborted) throw error
    say('已停止 · stopped')
  }
}

/** Aborted by Ctrl-C, SIGTERM, a closed terminal, or the end of the npm that started this; a third Ctrl-C gives up at once. */
function askedToStop(): AbortSignal {
  const stopping = new AbortController()
  let asked = 0
  const stop = (): void => {
    asked += 1
    if (asked === 1) stopping.abort(new Error('stopped'))
    else if (asked > 2) process.exit(130)
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop)
  // A terminal that is gone must not keep the hub from stopping in order.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  if (process.env['npm_lifecycle_event']) stopWithParent(stop)
  return stopping.signal
}

// npm runs a script through a shell that does not pass signals on: `kill` on npm would leave the hub behind, unowned.
function stopWithParent(stop: () => void): void {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    stop()
  }, 500)
  timer.unref()
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  const { promise, resolve } = Promise.withResolvers<void>()
  signal.addEventListener('abort', () => resolve(), { once: true })
  await promise
}
