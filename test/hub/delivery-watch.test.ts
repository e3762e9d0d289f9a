import { PROJECT } from '@hub/cli/data-folder.ts'
import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { hubEnvironment } from '../support/hub.ts'
import { openSharedHub } from '../support/shared-hub.ts'
import { runHub } from '../support/run-hub.ts'
import { waitUntil } from '../support/wait-until.ts'

const UNIT = 'JN-JRJ'
const hub = await openSharedHub()
const folder = mkdtempSync(path.join(tmpdir(), 'hub-watch-'))
const running: ChildProcess[] = []
afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

interface Watch {
  readonly lines: string[]
  said: string
  kill(): Promise<void>
}

/** `hub watch` as a person runs it, in a process of its own. */
function watch(...more: string[]): Watch {
  const args = [
    'watch',
    '--department',
    UNIT,
    '--url',
    hub.endpoint,
    '--cursor-file',
    path.join(folder, 'cursor'),
  ]
  const child = spawn(process.execPath, [path.join(PROJECT, 'cli', 'hub.ts'), ...args, ...more], {
    env: hubEnvironment(hub.dataFolder),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.push(child)
  const watch: Watch = {
    lines: [],
    said: '',
    async kill() {
      child.kill('SIGKILL')
      await new Promise((resolve) => child.once('close', resolve))
    },
  }
  child.stdout.on('data', (chunk) => watch.lines.push(...String(chunk).split('\n').filter(Boolean)))
  child.stderr.on('data', (chunk) => (watch.said += String(chunk)))
  return watch
}

async function dispatch(): Promise<string> {
  const input = {
    title: '路灯不亮',
    content: `经十路路灯不亮 ${randomUUID()}`,
    channel: 'PHONE',
    matterType: 'HELP',
    callerType: 'NATURAL_PERSON',
    idempotencyKey: randomUUID(),
  }
  const register = 'mutation($input: RegisterCaseInput!) { registerCase(input: $input) { number } }'
  const registered = await hub.graphql(await hub.token('OPERATOR'), register, { input })
  const { number = '' } = (registered.data?.['registerCase'] ?? {}) as { number?: string }
  const send = 'mutation($input: DispatchCaseInput!) { dispatchCase(input: $input) { number } }'
  await hub.graphql(await hub.token('OFFICE'), send, {
    input: { number, departments: [UNIT], mode: 'WRITTEN' },
  })
  return number
}

describe('hub watch', () => {
  it('prints what is dispatched, and after kill -9 exactly what it missed', async () => {
    const first = watch()
    await waitUntil(() => first.said.includes('from now on'), 20_000)
    let seen = ''
    // Before its first place is written it follows nothing yet.
    await waitUntil(async () => {
      seen = await dispatch()
      return first.lines.length > 0
    }, 20_000)
    await waitUntil(() => first.lines.some((line) => line.includes(seen)), 10_000)
    await first.kill()
    const missed = [await dispatch(), await dispatch()]
    const second = watch('--json')
    await waitUntil(() => second.lines.length >= missed.length, 20_000)
    const events = second.lines.map((line): { kind: string; assignment: { case: { number: string } } } =>
      JSON.parse(line),
    )
    expect(events.map(({ kind, assignment }) => [kind, assignment.case.number])).toEqual(
      missed.map((number) => ['ISSUED', number]),
    )
    await second.kill()
  }, 60_000)

  it('says in one sentence that a cursor cannot be gone on from', async () => {
    const args = ['watch', '--department', UNIT, '--url', hub.endpoint, '--after', 'nonsense']
    const { code, err } = await runHub(args, hubEnvironment(hub.dataFolder))
    expect(code).toBe(1)
    expect(err.trim().split('\n').at(-1)).toMatch(/^CURSOR_INVALID: .*--from-now/)
  })

  it('says in one sentence that a unit is not this one', async () => {
    const token = await hub.token('DEPARTMENT', { department: 'JN-SWJ' })
    const args = ['watch', '--department', UNIT, '--url', hub.endpoint, '--token', token]
    const { code, err } = await runHub(args, hubEnvironment(hub.dataFolder))
    expect([code, err.trim().split('\n').at(-1)]).toEqual([1, expect.stringMatching(/^FORBIDDEN: /)])
  })
})
