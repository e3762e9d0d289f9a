import { setTimeout as pause } from 'node:timers/promises'
import { answerParent, micros, quantiles } from './subscriptions-child.ts'
import { PlainSocket } from './subscriptions-socket.ts'

// Subscribers in a process of their own, that count what comes and how old it is.

export interface Opening {
  readonly port: number
  readonly count: number
  readonly query: string
  /** Variables by the number of the socket, so many different ones. */
  readonly among?: number
  /** The same variables for all of them. */
  readonly counter?: number
  /** Bearer tokens, dealt out in turn. */
  readonly tokens?: readonly string[]
}

export interface Gathered {
  readonly received: number
  /** Sockets that got less than they should have, and those that were closed. */
  readonly short: number
  readonly closed: number
  readonly ms: readonly [p50: number, p95: number, p99: number, longest: number]
}

const sockets: PlainSocket[] = []
let ages = new Float64Array(1 << 20)
let told = 0
let every = 1

function note(sentAt: number): void {
  if (told === ages.length) {
    const longer = new Float64Array(ages.length * 2)
    longer.set(ages)
    ages = longer
  }
  ages[told++] = (micros() - sentAt) / 1_000
}

async function open({ port, count, query, among = 1, counter = 0, tokens }: Opening): Promise<void> {
  for (let at = 0; at < count; at += 100) {
    const some = Array.from({ length: Math.min(100, count - at) }, (_, more) => {
      const socket = new PlainSocket(port, note, () => every)
      sockets.push(socket)
      const variables = among > 1 ? { counter: (at + more) % among } : { counter }
      return socket.subscribe({ query, variables }, tokens?.[(at + more) % tokens.length])
    })
    await Promise.all(some)
  }
}

function reset({ sample = 1, onlyAges = false }: { sample?: number; onlyAges?: boolean }): void {
  told = 0
  every = sample
  if (onlyAges) return
  for (const socket of sockets) socket.received = 0
}

/** Waits until each socket that reads has so many events, or until the time is over. */
async function gather({ events, withinMs }: { events: number; withinMs: number }): Promise<Gathered> {
  const reading = sockets.filter((socket) => !socket.isStalled)
  const short = (): number => reading.filter(({ received }) => received < events).length
  const waiting = (): boolean => reading.some(({ received, isClosed }) => received < events && !isClosed)
  for (const startedAt = Date.now(); waiting() && Date.now() - startedAt < withinMs;) await pause(20)
  const [p50 = 0, p95 = 0, p99 = 0, longest = 0] = quantiles(ages.subarray(0, told), [0.5, 0.95, 0.99, 1])
  return {
    received: reading.reduce((all, { received }) => all + received, 0),
    short: short(),
    closed: sockets.filter(({ isClosed }) => isClosed).length,
    ms: [p50, p95, p99, longest],
  }
}

answerParent({
  open,
  reset,
  gather,
  stall: ({ count }: { count: number }) => sockets.slice(0, count).forEach((socket) => socket.stall()),
  resume: () => sockets.forEach((socket) => socket.resume()),
  received: () => sockets.map(({ received }) => received),
  close: () => sockets.splice(0).forEach((socket) => socket.close()),
})
