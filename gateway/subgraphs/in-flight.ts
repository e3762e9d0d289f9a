import { Deadlines } from './deadlines.ts'

/** Until when something is waited for, in milliseconds since 1970. It may move while it is waited for. */
export interface Limit {
  readonly deadline: number
}

interface Flight<Value> {
  readonly startedAt: number
  deadline: number
  readonly answer: Promise<Value>
}

/** Who comes later begins anew: a subgraph that hangs is given up although others keep asking. */
const JOINED_WITHIN_MS = 400

/** Reads that are under way: who asks the same meanwhile shares the answer. */
export class InFlight<Value> {
  private readonly flights = new Map<string, Flight<Value>>()
  private readonly deadlines = new Deadlines()

  /** The same as `join`, but each waits no longer than its own time, whatever the others do. */
  share(key: string, limit: Limit, start: (limit: Limit) => Promise<Value>): Promise<Value> {
    return this.within(this.join(key, limit, start), limit.deadline)
  }

  /**
   * The answer to what `key` stands for, asked for by `start` unless it is under way. It goes on for as long as the most
   * patient waits.
   */
  join(key: string, { deadline }: Limit, start: (limit: Limit) => Promise<Value>): Promise<Value> {
    const now = Date.now()
    const flight = this.flights.get(key)
    if (!flight || now - flight.startedAt >= JOINED_WITHIN_MS) return this.begin(key, now, deadline, start)
    flight.deadline = Math.max(flight.deadline, deadline)
    return flight.answer
  }

  /** Something was changed: what was asked before is no answer to who asks from now on. */
  outdate(): void {
    this.flights.clear()
  }

  private begin(
    key: string,
    startedAt: number,
    deadline: number,
    start: (limit: Limit) => Promise<Value>,
  ): Promise<Value> {
    const limit = { deadline }
    const end = (): void => {
      if (this.flights.get(key) === flight) this.flights.delete(key)
    }
    const flight = Object.assign(limit, { startedAt, answer: start(limit) })
    flight.answer.then(end, end)
    this.flights.set(key, flight)
    return flight.answer
  }

  private async within(answer: Promise<Value>, deadline: number): Promise<Value> {
    const late = Promise.withResolvers<never>()
    const waiting = { deadline, expire: () => late.reject(new Error('there was no time left')) }
    this.deadlines.add(waiting)
    try {
      return await Promise.race([answer, late.promise])
    } finally {
      this.deadlines.remove(waiting)
    }
  }
}
