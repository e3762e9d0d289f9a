import { watchAssignments, type WatchedEvent } from '@hub/cli/watch-stream.ts'
import { decodeCursor } from '@hub/kit/event-cursor.ts'
import { fork, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { faultsOf } from './event-log.ts'
import type { Answer, HubClient } from './hub.ts'

export const UNITS = ['JN-SWJ', 'JN-CGJ', 'JN-JTJ', 'JN-ZJJ', 'JN-HBJ']
export const VICTIMS = ['consumer', 'cases', 'gateway', 'departments', 'postgres', 'knowledge', 'supervision']

export interface HarnessOptions {
  readonly hub: HubClient
  /** Where the consumer keeps its effects. */
  readonly file: string
  readonly cases: number
  readonly writers: number
  /** Whom to kill, in turn; the writers go on until all have been. */
  readonly kills: readonly string[]
  readonly betweenKillsMs: number
  readonly broken?: boolean
  readonly onProgress?: (sentence: string) => void
}

export interface HarnessReport {
  readonly assignments: number
  readonly kills: number
  readonly lost: number
  readonly twice: number
  readonly disordered: number
  readonly gaps: number
  /** Longest time from a kill until a case registered and dispatched after it is acknowledged, per victim. */
  readonly backMs: Readonly<Record<string, number>>
}

/**
 * Registers and dispatches cases through the gateway while processes are killed with kill -9, and holds what a consumer
 * did against what was acknowledged and against what a second reader finds in the log afterwards.
 */
export async function proveDelivery(options: HarnessOptions): Promise<HarnessReport> {
  const { hub, cases, writers, kills, betweenKillsMs, onProgress } = options
  const token = await hub.token('OPERATOR')
  const starts = await startingPlaces(hub, token)
  const consumer = new Consumer(options, token)
  await consumer.joined()
  const work = new Work(hub, token, await hub.token('OFFICE'))
  const progress = { killing: true, begun: 0 }
  const write = async (): Promise<void> => {
    while (progress.begun < cases || progress.killing) {
      progress.begun++
      await work.one()
    }
  }
  const backMs: Record<string, number> = {}
  const kill = async (): Promise<void> => {
    for (const [index, victim] of kills.entries()) {
      await sleep(betweenKillsMs * (0.75 + Math.random() / 2))
      const began = performance.now()
      if (victim === 'consumer') await consumer.kill()
      else await killOnce(hub, victim)
      await work.one()
      const took = Math.round(performance.now() - began)
      backMs[victim] = Math.max(backMs[victim] ?? 0, took)
      onProgress?.(
        `kill ${index + 1} of ${kills.length}: ${victim}, back in ${took} ms; ${work.acknowledged.size}`,
      )
    }
    progress.killing = false
  }
  await Promise.all([kill(), ...Array.from({ length: writers }, write)])
  const total = { lost: 0, twice: 0, disordered: 0, gaps: 0 }
  for (const unit of UNITS) {
    const reference = await readAgain(hub, token, unit, starts.get(unit) ?? '')
    const effects = await consumer.settled(unit, reference.length)
    add(total, faultsOf(reference, []))
    add(
      total,
      faultsOf(
        inOrderOf(reference, effects),
        reference.map(({ eventId }) => eventId),
      ),
    )
    const told = new Set(effects.map(({ assignment }) => assignment))
    total.lost += [...work.acknowledged].filter(([id, held]) => held === unit && !told.has(id)).length
  }
  await consumer.stop()
  return { assignments: work.acknowledged.size, kills: kills.length, ...total, backMs }
}

type Faults = ReturnType<typeof faultsOf>

function add(total: Faults, more: Faults): void {
  total.lost += more.lost
  total.twice += more.twice
  total.disordered += more.disordered
  total.gaps += more.gaps
}

interface Effect {
  readonly eventId: string
  readonly assignment: string | null
}

/** The effects with the place that the log gives each: an order of its own shows as disorder, a hole as a gap. */
function inOrderOf(reference: readonly { eventId: string; seq: number }[], effects: readonly Effect[]) {
  const places = new Map(reference.map(({ eventId, seq }) => [eventId, seq]))
  return effects.map(({ eventId }) => ({ eventId, seq: places.get(eventId) ?? -1 }))
}

/** Writers that do not give up: the same request again until it is acknowledged. */
class Work {
  /** Assignment → unit. */
  readonly acknowledged = new Map<string, string>()
  private readonly hub: HubClient
  private readonly operator: string
  private readonly office: string

  constructor(hub: HubClient, operator: string, office: string) {
    this.hub = hub
    this.operator = operator
    this.office = office
  }

  /** Registers a case, dispatches it to all of some units, and gives its number. */
  async one(units: readonly string[] = UNITS): Promise<string> {
    const input = {
      title: '路灯不亮',
      content: `路灯不亮 ${randomUUID()}`,
      channel: 'PHONE',
      matterType: 'HELP',
      callerType: 'NATURAL_PERSON',
      idempotencyKey: randomUUID(),
    }
    const { registerCase } = await this.insist(
      this.operator,
      'mutation($input: RegisterCaseInput!) { registerCase(input: $input) { number } }',
      input,
    )
    const { number } = registerCase as { number: string }
    const { dispatchCase } = await this.insist(
      this.office,
      'mutation($input: DispatchCaseInput!) { dispatchCase(input: $input) { number assignments { id department { code } } } }',
      { number, departments: units, lead: units[0], mode: 'WRITTEN' },
    )
    const { assignments } = dispatchCase as { assignments: { id: string; department: { code: string } }[] }
    for (const { id, department } of assignments) this.acknowledged.set(id, department.code)
    return number
  }

  private async insist(token: string, query: string, input: unknown): Promise<Record<string, unknown>> {
    for (;;) {
      const answer = await this.hub.graphql(token, query, { input }).catch(() => null)
      if (answer?.data && answer.errors.length === 0) return answer.data
      if (answer && !passes(answer)) throw new Error(`refused: ${JSON.stringify(answer.errors)}`)
      await sleep(50)
    }
  }
}

/** Dispatches a new case to one unit, however long the hub takes to answer, and gives its number. */
export async function dispatchTo(hub: HubClient, unit: string): Promise<string> {
  return new Work(hub, await hub.token('OPERATOR'), await hub.token('OFFICE')).one([unit])
}

const PASSING = new Set(['INTERNAL', 'SUBGRAPH_UNAVAILABLE', 'OVERLOADED', 'INTERNAL_SERVER_ERROR'])

function passes({ errors }: Answer): boolean {
  return errors.every(({ extensions }) => PASSING.has(extensions?.code ?? ''))
}

/** The consumer's process and the store that it leaves behind. */
class Consumer {
  private readonly options: HarnessOptions
  private readonly token: string
  private child: ChildProcess

  constructor(options: HarnessOptions, token: string) {
    this.options = options
    this.token = token
    this.child = this.start()
  }

  /** Every unit is followed: each has its first place. */
  async joined(): Promise<void> {
    while (this.read('select department from place').length < UNITS.length) await sleep(50)
  }

  async kill(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve))
    this.child.kill('SIGKILL')
    await gone
    this.child = this.start()
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve))
    this.child.kill('SIGKILL')
    await gone
  }

  /** The effects of a unit once they are as many as expected, or no more come. */
  async settled(unit: string, expected: number): Promise<Effect[]> {
    const end = performance.now() + (this.options.broken ? 300 : 30_000)
    for (;;) {
      const rows = this.read(
        'select event_id, assignment from effect where department = ? order by place',
        unit,
      )
      if (rows.length >= expected || performance.now() > end) {
        return rows.map((row) => ({
          eventId: String(row['event_id']),
          assignment: row['assignment'] === null ? null : String(row['assignment']),
        }))
      }
      await sleep(100)
    }
  }

  private read(statement: string, ...values: string[]) {
    if (!existsSync(this.options.file)) return []
    const store = new DatabaseSync(this.options.file, { timeout: 5000 })
    try {
      return store.prepare(statement).all(...values)
    } catch {
      return []
    } finally {
      store.close()
    }
  }

  private start(): ChildProcess {
    const { hub, file, broken } = this.options
    return fork(new URL('delivery-consumer.ts', import.meta.url), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: {
        ...process.env,
        URL: hub.endpoint,
        TOKEN: this.token,
        DEPARTMENTS: UNITS.join(','),
        FILE: file,
        ...(broken ? { BROKEN: '1' } : {}),
      },
    })
  }
}

async function killOnce(hub: HubClient, victim: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      hub.kill(victim)
      return
    } catch {
      // Being started again after the last kill.
      await sleep(50)
    }
  }
  throw new Error(`${victim} did not come back`)
}

/** Where each unit's stream stands before the work begins. */
async function startingPlaces(hub: HubClient, token: string): Promise<Map<string, string>> {
  const places = new Map<string, string>()
  for (const unit of UNITS) places.set(unit, await streamCursor(hub, token, unit))
  return places
}

async function streamCursor(hub: HubClient, token: string, unit: string): Promise<string> {
  const query = 'query($unit: ID!) { assignments(department: $unit, first: 1) { streamCursor } }'
  for (;;) {
    const answer = await hub.graphql(token, query, { unit }).catch(() => null)
    const list = answer?.data?.['assignments'] as { streamCursor: string } | null | undefined
    if (list) return list.streamCursor
    await sleep(100)
  }
}

/** What a reader that was never disturbed finds in a unit's stream, up to its end. */
async function readAgain(hub: HubClient, token: string, department: string, after: string) {
  const stopping = new AbortController()
  const end = seqOf(await streamCursor(hub, token, department))
  const found: { eventId: string; seq: number }[] = []
  if (seqOf(after) >= end) return found
  const onEvent = ({ cursor, eventId, kind }: WatchedEvent): void => {
    if (kind !== 'HEARTBEAT') found.push({ eventId, seq: seqOf(cursor) })
    if (seqOf(cursor) >= end) stopping.abort()
  }
  const { signal } = stopping
  const options = { url: hub.endpoint, department, subtree: false, after, selection: 'id', signal, onEvent }
  await watchAssignments({ ...options, token: () => Promise.resolve(token), onBreak: () => {} })
  return found
}

function seqOf(cursor: string): number {
  const [seq] = decodeCursor(cursor).places.values()
  return seq ?? 0
}
