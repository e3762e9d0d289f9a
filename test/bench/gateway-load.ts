import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { Pool } from 'undici'

/** What one round of load took. */
export interface Round {
  /** Processor time of the process for one answer, all its threads together. */
  readonly micros: number
  readonly answers: number
  readonly seconds: number
  readonly latencies: readonly number[]
  /** The memory of the process while it was at work. */
  readonly megabytes: number
}

const CONNECTIONS = 16

/** Sends one operation over and over, on as many connections as are usual between a proxy and a gateway. */
export class Load {
  private readonly pool: Pool
  private readonly body: string
  private readonly pid: number

  constructor(url: string, pid: number, query: string) {
    this.pool = new Pool(url, { connections: CONNECTIONS })
    this.body = JSON.stringify({ query })
    this.pid = pid
  }

  async send(): Promise<string> {
    const headers = { 'content-type': 'application/json' }
    const answer = await this.pool.request({ method: 'POST', path: '/graphql', headers, body: this.body })
    return answer.body.text()
  }

  /** Asks for so many answers, as long as there is time. */
  async round(answers: number, seconds: number): Promise<Round> {
    const before = spentBy(this.pid)
    const startedAt = performance.now()
    const latencies: number[] = []
    let left = answers
    const worker = async (): Promise<void> => {
      while (left-- > 0 && performance.now() - startedAt < seconds * 1000) {
        const at = performance.now()
        await this.send()
        latencies.push(performance.now() - at)
      }
    }
    await Promise.all(Array.from({ length: CONNECTIONS }, worker))
    const micros = (spentBy(this.pid) - before) / latencies.length
    const took = (performance.now() - startedAt) / 1000
    return { micros, answers: latencies.length, seconds: took, latencies, megabytes: megabytesOf(this.pid) }
  }

  /**
   * Asks so often, whether or not answers come, for so long; how long each answer took from the time at which it was to
   * be asked for, so that what has to wait its turn is not left out.
   */
  async steady(perSecond: number, seconds: number): Promise<number[]> {
    const latencies: number[] = []
    const asked: Promise<void>[] = []
    const startedAt = performance.now()
    const ask = async (due: number): Promise<void> => {
      await this.send()
      latencies.push(performance.now() - due)
    }
    while (asked.length < perSecond * seconds) {
      const due = startedAt + (asked.length * 1000) / perSecond
      if (due > performance.now()) await pause(1)
      else asked.push(ask(due))
    }
    await Promise.all(asked)
    return latencies
  }

  async close(): Promise<void> {
    await this.pool.close()
  }
}

/** The processor time of a process so far, in microseconds. */
function spentBy(pid: number): number {
  const tasks = readdirSync(`/proc/${pid}/task`)
  const each = tasks.map((task) => readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ', 1))
  return each.reduce((all, [nanoseconds]) => all + Number(nanoseconds) / 1000, 0)
}

/** The memory of a process, in megabytes. */
export function megabytesOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}

/** What an answer says, whatever the order of its fields. */
export function hashOf(answer: string): string {
  const text = JSON.stringify(sortedKeys(JSON.parse(answer)))
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}

/** The value below which that part of them lies. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN
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
