import { watchAssignments, type WatchedEvent } from '@hub/cli/watch/stream.ts'
import { decodeCursor } from '@hub/kit/event-cursor.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { Consumer, type Effect } from './delivery-process.ts'
import { UNITS, Work } from './delivery-work.ts'
import { faultsOf } from './event-log.ts'
import type { HubClient } from './hub.ts'

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
  const consumer = new Consumer({
    endpoint: hub.endpoint,
    token,
    file: options.file,
    broken: options.broken === true,
  })
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

/** The effects with the place that the log gives each: an order of its own shows as disorder, a hole as a gap. */
function inOrderOf(reference: readonly { eventId: string; seq: number }[], effects: readonly Effect[]) {
  const places = new Map(reference.map(({ eventId, seq }) => [eventId, seq]))
  return effects.map(({ eventId }) => ({ eventId, seq: places.get(eventId) ?? -1 }))
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
