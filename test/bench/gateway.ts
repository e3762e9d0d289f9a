import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Pool } from 'undici'
import { openLog } from '@hub/kit/log.ts'
import { startGateway } from '@hub/gateway/server.ts'
import { gatewaySettings } from '@hub/gateway/settings.ts'
import { OPERATIONS, startMemoisedSubgraphs } from './gateway-deep.ts'

// How much one core of a gateway answers. What is told is the processor time of the gateway for one answer, which holds
// also on a machine with other work; requests per second are what one core would do at that price.
//   node test/bench/gateway.ts [seconds]

interface Spent {
  readonly micros: number
  readonly bytes: number
}

if (process.argv[2] === 'serve') await serve()
else await compare(Number(process.argv[2] ?? 3))

async function serve(): Promise<void> {
  const settings = { ...gatewaySettings(process.env), port: 0 }
  const running = await startGateway(settings, openLog('bench', 'error'))
  process.on('message', () => {
    const { user, system } = process.cpuUsage()
    process.send?.({ micros: user + system, bytes: process.memoryUsage().rss } satisfies Spent)
  })
  process.send?.({ url: running.url })
}

async function compare(seconds: number): Promise<void> {
  const { supergraph, stop } = await startMemoisedSubgraphs()
  const hashes = new Map<string, string>()
  for (const [label, compile] of [
    ['compiled', 'true'],
    ['Apollo executor', 'false'],
  ] as const) {
    const env = {
      ...process.env,
      SUPERGRAPH: supergraph,
      GATEWAY_AUTH: 'none',
      GATEWAY_COMPILE: compile,
      NODE_ENV: 'production',
    }
    const child = spawn(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), 'serve'], {
      env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    const [{ url }] = (await once(child, 'message')) as [{ url: string }]
    for (const [name, query] of Object.entries(OPERATIONS)) {
      const line = await measure(child, url, query, seconds)
      const same = hashes.get(name) ?? line.hash
      hashes.set(name, same)
      const told = line.hash === same ? '' : '  ANSWERS DIFFER'
      process.stdout.write(`${label.padEnd(16)} ${name.padEnd(9)} ${line.text}${told}\n`)
    }
    child.kill()
  }
  stop()
}

async function measure(child: ChildProcess, url: string, query: string, seconds: number) {
  const pool = new Pool(url, { connections: 16 })
  const body = JSON.stringify({ query })
  const headers = { 'content-type': 'application/json' }
  const send = async (): Promise<string> => {
    const answer = await pool.request({ method: 'POST', path: '/graphql', headers, body })
    return answer.body.text()
  }
  const text = await send()
  for (let warm = 0; warm < 200; warm++) await send()
  const before = await spentBy(child)
  const startedAt = performance.now()
  const latencies: number[] = []
  const worker = async (): Promise<void> => {
    while (performance.now() - startedAt < seconds * 1000) {
      const at = performance.now()
      await send()
      latencies.push(performance.now() - at)
    }
  }
  await Promise.all(Array.from({ length: 16 }, worker))
  const after = await spentBy(child)
  await pool.close()
  const perAnswer = (after.micros - before.micros) / latencies.length
  const sorted = latencies.toSorted((a, b) => a - b)
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? 0
  const hash = createHash('sha256')
    .update(JSON.stringify(sortedKeys(JSON.parse(text))))
    .digest('hex')
    .slice(0, 8)
  return {
    hash,
    text: [
      `${(text.length / 1024).toFixed(1).padStart(6)} KB`,
      `${perAnswer.toFixed(0).padStart(6)} µs processor`,
      `${(1e6 / perAnswer).toFixed(0).padStart(6)}/s a core`,
      `p99 ${p99.toFixed(1).padStart(6)} ms`,
      `${(after.bytes / 1_048_576).toFixed(0)} MB`,
      hash,
    ].join('  '),
  }
}

async function spentBy(child: ChildProcess): Promise<Spent> {
  child.send('spent')
  const [spent] = (await once(child, 'message')) as [Spent]
  return spent
}

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sortedKeys(inner)]),
  )
}
