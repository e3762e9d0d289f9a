import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { Pool } from 'undici'
import { OPERATIONS, startMemoisedSubgraphs } from './gateway-deep.ts'
import { contestants } from './gateway-peers.ts'

// Ours, stock Apollo Gateway and Hive Gateway side by side over the same memoised subgraphs: one gateway process on one
// core, the load and the subgraphs on another. What is compared is the processor time of the gateway for one answer, which
// holds also on a machine with other work; requests per second are what one core would do at that price.
//   npm run bench gateway [seconds]

const TICKS_A_SECOND = 100

await compare(Number(process.argv[2] ?? 3))

async function compare(seconds: number): Promise<void> {
  const load = loadavg()[0] ?? 0
  if (load > 1)
    process.stdout.write(`The machine is noisy (load ${load.toFixed(1)}): trust ratios, not rates.\n`)
  execFileSync('taskset', ['-cp', '1', String(process.pid)], { stdio: 'ignore' })
  const { supergraph, stop } = await startMemoisedSubgraphs()
  const first = new Map<string, { readonly hash: string; readonly micros: number }>()
  for (const start of contestants(supergraph)) {
    const gateway = await start()
    for (const [name, query] of Object.entries(OPERATIONS)) {
      const line = await measure(gateway.pid, gateway.url, query, seconds)
      const ours = first.get(name) ?? line
      first.set(name, ours)
      const told = line.hash === ours.hash ? '' : '  ANSWERS DIFFER'
      const ratio = `ours is ${(line.micros / ours.micros).toFixed(2)} x`
      process.stdout.write(`${gateway.label.padEnd(14)} ${name.padEnd(8)} ${line.text}  ${ratio}${told}\n`)
    }
    gateway.stop()
  }
  stop()
}

async function measure(pid: number, url: string, query: string, seconds: number) {
  const pool = new Pool(url, { connections: 16 })
  const body = JSON.stringify({ query })
  const headers = { 'content-type': 'application/json' }
  const send = async (): Promise<string> => {
    const answer = await pool.request({ method: 'POST', path: '/graphql', headers, body })
    return answer.body.text()
  }
  const text = await send()
  for (let warm = 0; warm < 200; warm++) await send()
  const before = spentBy(pid)
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
  const after = spentBy(pid)
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
    micros: perAnswer,
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

function spentBy(pid: number): { readonly micros: number; readonly bytes: number } {
  const [user = 0, system = 0] =
    readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ').slice(11, 13).map(Number) ?? []
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return { micros: ((user + system) * 1e6) / TICKS_A_SECOND, bytes: Number(kilobytes) * 1024 }
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
