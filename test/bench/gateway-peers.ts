import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** A gateway process on a core of its own. */
export interface Contestant {
  readonly label: string
  readonly url: string
  readonly pid: number
  /** What it can do; anything, where nothing is said. */
  readonly operations: readonly string[] | undefined
  stop(): void
}

/** Peers are installed apart, under a temporary folder: they are no dependency of the product. */
const HIVE_PACKAGES = ['@graphql-hive/gateway@2.15.1', '@graphql-hive/router-runtime@1.4.23']
/** As they come: the product's own installation leaves out what of them reports home. */
const STOCK_PACKAGES = ['@apollo/gateway@2.14.4', '@apollo/server@5.5.1', 'graphql@16.15.0']
const INSTALL_WITHIN_MS = 240_000
const UP_WITHIN_MS = 60_000

/** How each is started over a supergraph, ours first; a peer that cannot be installed is left out, and says so. */
export function contestants(
  supergraph: string,
  isWanted: (label: string) => boolean = () => true,
): (() => Promise<Contestant>)[] {
  const env = {
    SUPERGRAPH: supergraph,
    NODE_ENV: 'production',
    GATEWAY_AUTH: 'none',
    LOG_LEVEL: 'error',
    // On a machine with other work an answer may take long, and has to be whole all the same.
    ANSWER_WITHIN_MS: '60000',
  }
  const own = (label: string, file: string, more: NodeJS.ProcessEnv, operations?: string[]) => () =>
    start(
      label,
      ['--expose-gc', ...process.execArgv, path.join(import.meta.dirname, file)],
      { ...env, ...more },
      operations,
    )
  const hive = Object.keys(HIVE).some(isWanted) ? installed('hive', HIVE_PACKAGES) : null
  const stock = isWanted(STOCK) ? installed('stock', STOCK_PACKAGES) : null
  const peer = (label: string, config: string) => () =>
    start(label, hiveArguments(hive ?? '', supergraph, config), env)
  const all: Readonly<Record<string, () => Promise<Contestant>>> = {
    ours: own('ours', 'gateway-serve.ts', { DEDUPLICATE_FETCHES: 'false' }),
    'ours, dedup.': own('ours, dedup.', 'gateway-serve.ts', {}),
    floor: own('floor', 'gateway-floor.ts', {}, ['deep']),
    ...(stock && { [STOCK]: () => start(STOCK, stockArguments(stock), env) }),
    ...(hive && Object.fromEntries(Object.keys(HIVE).map((config) => [config, peer(config, config)]))),
  }
  return Object.entries(all).flatMap(([label, begin]) => (isWanted(label) ? [begin] : []))
}

const STOCK = 'stock Apollo'
/** What its own documentation starts it with. */
const STOCK_PROGRAM = `import { readFileSync } from 'node:fs'
import { ApolloGateway } from '@apollo/gateway'
import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
process.env.APOLLO_TELEMETRY_DISABLED = 'true'
const gateway = new ApolloGateway({ supergraphSdl: readFileSync(process.env.SUPERGRAPH, 'utf8') })
const listen = { port: Number(process.env.PORT), host: '127.0.0.1' }
await startStandaloneServer(new ApolloServer({ gateway }), { listen })
`

function stockArguments(folder: string): string[] {
  const file = path.join(folder, 'serve.mjs')
  writeFileSync(file, STOCK_PROGRAM)
  return [...process.execArgv, file]
}

const STREAMS = `subscriptions: { kind: 'ws', location: '/graphql' }`
const SINGLY = `transportEntries: { '*.http': { options: { deduplicateInflightRequests: false, ${STREAMS} } } }`
const RUST = `import { unifiedGraphHandler } from '@graphql-hive/router-runtime'\n`

/** What Hive is configured with. As it comes, it answers equal requests in flight to a subgraph once. */
const HIVE: Readonly<Record<string, string>> = {
  Hive: `export const gatewayConfig = { ${SINGLY} }\n`,
  'Hive Rust': `${RUST}export const gatewayConfig = { unifiedGraphHandler, ${SINGLY} }\n`,
  'Hive Rust, dedup.': `${RUST}export const gatewayConfig = { unifiedGraphHandler }\n`,
}

/** The folder of such packages with all that they need. */
function installed(name: string, packages: readonly string[]): string | null {
  const folder = path.join(tmpdir(), 'gateway-bench-peers', name)
  mkdirSync(folder, { recursive: true })
  try {
    if (!readdirSync(folder).includes('installed')) {
      writeFileSync(path.join(folder, 'package.json'), '{"private":true,"type":"module"}')
      const options = ['install', '--no-audit', '--no-fund', '--ignore-scripts']
      execFileSync('npm', [...options, ...packages], {
        cwd: folder,
        timeout: INSTALL_WITHIN_MS,
        stdio: 'ignore',
      })
      writeFileSync(path.join(folder, 'installed'), '')
    }
    return folder
  } catch {
    process.stdout.write(`${packages[0]} cannot be installed here: it is left out.\n`)
    return null
  }
}

function hiveArguments(folder: string, supergraph: string, config: string): string[] {
  const home = path.join(folder, 'node_modules/@graphql-hive/gateway')
  const { bin } = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8')) as {
    bin: Readonly<Record<string, string>>
  }
  const file = path.join(folder, `${config.replaceAll(/\W+/g, '-')}.config.js`)
  writeFileSync(file, HIVE[config] ?? '')
  const command = path.join(home, Object.values(bin)[0] ?? '')
  return [command, 'supergraph', supergraph, '--host', '127.0.0.1', '--config-path', file, '--fork', '1']
}

async function start(
  label: string,
  command: readonly string[],
  more: NodeJS.ProcessEnv,
  operations?: readonly string[],
): Promise<Contestant> {
  const port = String(await freePort())
  const child = spawn('taskset', ['-c', '0', process.execPath, ...command, '--port', port], {
    env: { ...process.env, ...more, PORT: port },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  // However the measurement ends, it leaves nothing running.
  process.once('exit', () => child.kill('SIGKILL'))
  const url = `http://127.0.0.1:${port}`
  await isUp(child, url)
  return { label, url, pid: child.pid ?? 0, operations, stop: () => child.kill('SIGKILL') }
}

async function isUp(child: ChildProcess, url: string): Promise<void> {
  const body = JSON.stringify({ query: '{ __typename }' })
  const headers = { 'content-type': 'application/json' }
  for (const startedAt = Date.now(); ; await pause(100)) {
    const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body }).catch(() => null)
    if (answer?.ok) return
    if (child.exitCode !== null || Date.now() - startedAt > UP_WITHIN_MS)
      throw new Error('it did not come up')
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}
