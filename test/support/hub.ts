import { PROJECT } from '@hub/cli/data-folder.ts'
import { issueToken, type TokenRequest } from '@hub/cli/issue-token.ts'
import { openKeys } from '@hub/cli/keys.ts'
import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'

/** What `hub start --json` says when it is ready. */
export interface ReadyLine {
  url: string
  endpoint: string
  dataFolder: string
  /** As they were when it was ready. */
  pids: Record<string, number>
  tokens: Record<string, string>
}

export interface Answer {
  status: number
  data: Record<string, unknown> | null | undefined
  errors: { message: string; path?: (string | number)[]; extensions?: { code?: string } }[]
}

/** How a test speaks to a hub that runs. */
export interface HubClient extends ReadyLine {
  token(role: string, more?: Omit<TokenRequest, 'role'>): Promise<string>
  graphql(token: string | null, query: string, variables?: Record<string, unknown>): Promise<Answer>
  /** The process that runs now under a name: postgres, cases, departments, knowledge, supervision, gateway. */
  pid(name: string): number
  kill(name: string, signal?: NodeJS.Signals): void
}

/** A whole hub as a user starts it: launcher, database, subgraphs and gateway as processes of their own. */
export interface TestHub extends HubClient {
  readonly launcher: ChildProcess
  /** Sends the launcher a signal and waits for its end; gives its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

export interface TestHubOptions {
  /** Settings beside PORT=0 and a HUB_DATA of its own. */
  env?: NodeJS.ProcessEnv
  /** The sample data of Jinan: all (absent), units and articles only, or none. */
  sample?: 'reference' | false
  /** Run it as this user (only root may). */
  as?: { uid: number; gid: number } | undefined
}

/** A folder for one hub, which another user's PostgreSQL may pass through. */
export function makeDataFolder(as?: { uid: number; gid: number }): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'hub-data-'))
  chmodSync(folder, 0o711)
  if (as) chownSync(folder, as.uid, as.gid)
  return folder
}

/** Starts `hub start --json` and waits until it is ready. Its data folder goes with it unless the caller gave one. */
export async function startTestHub(options: TestHubOptions = {}): Promise<TestHub> {
  const ownFolder = options.env?.['HUB_DATA'] === undefined
  const folder = options.env?.['HUB_DATA'] ?? makeDataFolder(options.as)
  const launcher = spawnLauncher(folder, options)
  const { ready, said } = await readyLine(launcher)
  if (!ready) throw new Error(`the hub did not start:\n${said()}`)
  return {
    ...(await clientOf(ready)),
    launcher,
    async stop(signal = 'SIGTERM') {
      if (launcher.exitCode === null && launcher.signalCode === null) {
        launcher.kill(signal)
        await new Promise((resolve) => launcher.once('exit', resolve))
      }
      if (ownFolder && signal !== 'SIGKILL') rmSync(folder, { recursive: true, force: true })
      return launcher.exitCode
    },
  }
}

/** A client of the hub that said this line. */
export async function clientOf(ready: ReadyLine): Promise<HubClient> {
  const keys = await openKeys(ready.dataFolder)
  const pid = (name: string): number => pidIn(ready.dataFolder, name)
  return {
    ...ready,
    token: (role, more = {}) => issueToken({ role, ...more }, keys.tokenKey),
    graphql: (token, query, variables) => ask(ready.endpoint, token, { query, variables }),
    pid,
    kill: (name, signal = 'SIGKILL') => void process.kill(pid(name), signal),
  }
}

/** The environment of a hub in a test: nothing of the developer's own settings. */
export function hubEnvironment(folder: string, env: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG, NODE_COMPILE_CACHE } = process.env
  return { PATH, HOME, LANG, NODE_COMPILE_CACHE, PORT: '0', HUB_DATA: folder, ...env }
}

function spawnLauncher(folder: string, { env, sample, as }: TestHubOptions): ChildProcess {
  const args = [
    path.join(PROJECT, 'cli', 'hub.ts'),
    'start',
    '--json',
    ...(sample === false ? ['--no-sample'] : []),
    ...(sample === 'reference' ? ['--no-cases'] : []),
  ]
  return spawn(process.execPath, args, {
    env: hubEnvironment(folder, env),
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: PROJECT,
    ...as,
  })
}

async function readyLine(launcher: ChildProcess): Promise<{ ready: ReadyLine | null; said: () => string }> {
  let words = ''
  launcher.stderr?.on('data', (chunk) => (words = (words + String(chunk)).slice(-5_000)))
  const { promise, resolve } = Promise.withResolvers<ReadyLine | null>()
  if (launcher.stdout) createInterface(launcher.stdout).once('line', (line) => resolve(JSON.parse(line)))
  launcher.once('close', () => resolve(null))
  return { ready: await promise, said: () => words }
}

function pidIn(dataFolder: string, name: string): number {
  const holder: { children: Record<string, number> } = JSON.parse(
    readFileSync(path.join(dataFolder, 'hub.pid'), 'utf8'),
  )
  const pid = holder.children[name]
  if (pid === undefined) throw new Error(`no process ${name}`)
  return pid
}

async function ask(url: string, token: string | null, body: unknown): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  })
  const answer: { data?: Record<string, unknown> | null; errors?: Answer['errors'] } = JSON.parse(
    await response.text(),
  )
  return { status: response.status, data: answer.data, errors: answer.errors ?? [] }
}
