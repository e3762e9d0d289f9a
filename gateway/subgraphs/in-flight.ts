import { Passing } from '@hub/kit/passing.ts'
import { hasLeft, NobodyWaits, type Audience, type Limit } from './audience.ts'
import { Deadlines } from './deadlines.ts'

interface Flight<Value> {
  readonly startedAt: number
  readonly limit: FlightLimit
  readonly answer: Promise<Value>
}

/** As long as the most patient waits, and as long as anybody does. */
class FlightLimit implements Limit, Audience {
  deadline: number
  private readonly waiting: Limit[]

  constructor(first: Limit) {
    this.deadline = first.deadline
    this.waiting = [first]
  }

  get audience(): Audience {
    return this
  }

  get hasLeft(): boolean {
    return this.waiting.every(hasLeft)
  }

  add(limit: Limit): void {
    this.deadline = Math.max(this.deadline, limit.deadline)
    this.waiting.push(limit)
  }
}

/** Who comes later begins anew: a subgraph that hangs is given up although others keep asking. */
const JOINED_WITHIN_MS = 400

/** Reads that are under way: who asks the same meanwhile shares the answer. */
export class InFlight<Value> {
  private readonly flights = new Passing<string, Flight<Value>>()
  private readonly deadlines = new Deadlines()

  /** The same as `join`, but each waits no longer than its own time, whatever the others do. */
  share(key: string, limit: Limit, start: (limit: Limit) => Promise<Value>): Promise<Value> {
    return this.within(this.take(key, limit, start), limit)
  }

  /**
   * The answer to what `key` stands for, asked for by `start` unless it is under way. It goes on for as long as the most
   * patient waits, and is given up when the last has left; who leaves before waits no longer (`NobodyWaits`).
   */
  join(key: string, limit: Limit, start: (limit: Limit) => Promise<Value>): Promise<Value> {
    return this.within(this.take(key, limit, start), { deadline: Infinity, audience: limit.audience })
  }

  /** Something was changed: what was asked before is no answer to who asks from now on. */
  outdate(): void {
    this.flights.clear()
  }

  private take(key: string, limit: Limit, start: (limit: Limit) => Promise<Value>): Promise<Value> {
    const now = Date.now()
    const flight = this.flights.get(key)
    // What all have left is given up: it has no answer to share.
    if (!flight || now - flight.startedAt >= JOINED_WITHIN_MS || flight.limit.hasLeft)
      return this.begin(key, now, limit, start)
    flight.limit.add(limit)
    return flight.answer
  }

  private begin(
    key: string,
    startedAt: number,
    first: Limit,
    start: (limit: Limit) => Promise<Value>,
  ): Promise<Value> {
    const limit = new FlightLimit(first)
    const end = (): void => {
      if (this.flights.get(key) === flight) this.flights.delete(key)
    }
    const flight = { startedAt, limit, answer: start(limit) }
    flight.answer.then(end, end)
    this.flights.set(key, flight)
    return flight.answer
  }

  private async within(answer: Promise<Value>, { deadline, audience }: Limit): Promise<Value> {
    const over = Promise.withResolvers<never>()
    const waiting = {
      deadline,
      audience,
      expire: () => over.reject(audience?.hasLeft ? new NobodyWaits() : new Error('there was no time left')),
    }
    const place = this.deadlines.add(waiting)
    try {
      return await Promise.race([answer, over.promise])
    } finally {
      this.deadlines.remove(place)
    }
  }
}
