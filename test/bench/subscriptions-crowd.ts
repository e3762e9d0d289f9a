import { startChild, type Child } from './subscriptions-child.ts'
import type { Gathered } from './subscriptions-clients.ts'
import { spentBy } from './subscriptions-gateway.ts'

export const SUBSCRIBERS = 500
export const STALLED = 50
const QUERY = 'subscription ($counter: Int) { sales(counter: $counter) { cursor at note } }'
const GATHER_WITHIN_MS = 20_000

/** What so many events, sold at a rate, came to. */
export interface Phase extends Gathered {
  /** Processor time of the gateway for one delivery, in microseconds. */
  readonly each: number
}

export interface Place {
  readonly port: number
  readonly pid: number
  /** Of whose events there are no others. */
  readonly counter: number
}

/** 500 subscribers of one stream at one gateway. */
export class Crowd {
  private readonly graph: Child
  private readonly clients: Child
  private readonly place: Place
  private sold = 0
  private seen = 0
  private spent = 0

  private constructor(graph: Child, clients: Child, place: Place) {
    this.graph = graph
    this.clients = clients
    this.place = place
  }

  static async open(graph: Child, place: Place): Promise<Crowd> {
    const clients = startChild('subscriptions-clients.ts')
    const { port, counter } = place
    await clients.ask('open', { port, count: SUBSCRIBERS, query: QUERY, counter })
    return new Crowd(graph, clients, place)
  }

  /** Sells as fast as it goes, and waits until all who read have it. */
  async sell(what: { readonly count: number; readonly note: string }): Promise<Gathered> {
    this.sold += what.count
    await this.graph.ask('sell', { ...what, counter: this.place.counter })
    return this.gather()
  }

  /** From here on is measured what others sell. */
  async begin(): Promise<void> {
    this.seen = (await this.gather()).received
    await this.clients.ask('reset', { sample: 8, onlyAges: true })
    this.spent = spentBy(this.place.pid)
  }

  async end(count: number): Promise<Phase> {
    this.sold += count
    const gathered = await this.gather()
    const received = gathered.received - this.seen
    return { ...gathered, received, each: (spentBy(this.place.pid) - this.spent) / received }
  }

  async stall(): Promise<void> {
    await this.clients.ask('stall', { count: STALLED })
  }

  /** All read again, and what they have then. */
  async resume(): Promise<Gathered> {
    await this.clients.ask('resume')
    return this.gather()
  }

  leave(): void {
    this.clients.stop()
  }

  private gather(): Promise<Gathered> {
    return this.clients.ask<Gathered>('gather', { events: this.sold, withinMs: GATHER_WITHIN_MS })
  }
}
