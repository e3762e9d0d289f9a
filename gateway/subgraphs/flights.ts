import type { Executed } from '../execution/compile-operation.ts'
import { InFlight } from './in-flight.ts'
import type { GatewaySettings } from '../settings.ts'
import type { PoolAnswer } from './pool.ts'

/** All that is under way and may be shared: requests to subgraphs, and whole queries. */
export class Flights {
  /** Null is the answer of a subgraph that does not answer. */
  readonly fetches: InFlight<PoolAnswer | null> | null
  readonly operations: InFlight<Executed> | null

  constructor({ deduplicateFetches, deduplicateOperations }: Deduplication) {
    this.fetches = deduplicateFetches ? new InFlight() : null
    this.operations = deduplicateOperations ? new InFlight() : null
  }

  /** Something was changed, in whatever subgraph: nobody joins what was asked before. */
  outdate(): void {
    this.fetches?.outdate()
    this.operations?.outdate()
  }
}

type Deduplication = Pick<GatewaySettings, 'deduplicateFetches' | 'deduplicateOperations'>
