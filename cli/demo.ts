import type { Command } from 'commander'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** `hub demo`: one call from ring to closing, through a hub of its own with a clock of its own. */
export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description('演示一通来电的全过程 · the story of one call, played through a hub of its own')
    .addHelpText(
      'after',
      `
自带临时数据与时钟,不影响正在运行的枢纽;每一步都按章程作答才以 0 退出。
It has data and a clock of its own and leaves a running hub alone; exit 0 only if every step answered as it must.

例 · Example:
  hub demo`,
    )
    .action(run)
}

async function run(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hub-demo-'))
  const stopping = new AbortController()
  process.once('SIGINT', () => stopping.abort())
  process.once('SIGTERM', () => stopping.abort())
  const say = (line: string): void => void process.stdout.write(`${line}\n`)
  const [{ startHouse }, { startDemoClock }, { Stage }, { playStory }] = await Promise.all([
    import('./house/house.ts'),
    import('./demo/clock.ts'),
    import('./demo/stage.ts'),
    import('./demo/story.ts'),
  ])
  try {
    const clock = startDemoClock(path.join(folder, 'clock'))
    const env = {
      ...without(process.env, 'DATABASE_URL'),
      HUB_DATA: folder,
      PORT: '0',
      HUB_CLOCK: clock.file,
    }
    const house = await startHouse({ env, sample: 'reference', say, signal: stopping.signal })
    try {
      const stage = new Stage(house, say)
      await playStory(stage, clock, stopping.signal)
      const { failures } = stage
      say(
        failures.length === 0
          ? '\n每一步都如章程所定 · every step answered as it must'
          : `\n${failures.length} ✗`,
      )
      process.exitCode = failures.length === 0 ? 0 : 1
    } finally {
      stopping.abort()
      await house.stop()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function without(env: NodeJS.ProcessEnv, name: string): NodeJS.ProcessEnv {
  const { [name]: _left, ...rest } = env
  return rest
}
