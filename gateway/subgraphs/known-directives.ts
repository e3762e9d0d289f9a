import type { Asking, SubgraphClient } from './client.ts'

const QUERY = '{ __schema { directives { name } } }'
/** A subgraph that comes back with another schema is believed after this long. */
const BELIEVED_MS = 60_000

/**
 * Which directives a subgraph knows: a supergraph does not tell who composed them. Asked of the subgraph itself where an
 * operation uses one; of a subgraph that keeps its schema to itself nothing is known.
 */
export class KnownDirectives {
  private static readonly all = new WeakMap<SubgraphClient, KnownDirectives>()
  private readonly client: SubgraphClient
  private asked: Promise<ReadonlySet<string> | null> | undefined
  private until = 0

  private constructor(client: SubgraphClient) {
    this.client = client
  }

  static of(client: SubgraphClient): KnownDirectives {
    const known = KnownDirectives.all.get(client) ?? new KnownDirectives(client)
    KnownDirectives.all.set(client, known)
    return known
  }

  /** Null where the subgraph does not tell. */
  names(asking: Asking): Promise<ReadonlySet<string> | null> {
    if (this.asked && Date.now() < this.until) return this.asked
    this.until = Date.now() + BELIEVED_MS
    // Others wait for the same: it is not given up with the client that was first.
    const limit = { deadline: asking.limit.deadline }
    const asked = this.client.ask({ query: QUERY }, { ...asking, limit }).then(({ data }) => {
      const names = namesIn(data)
      // Who did not answer is asked again by the next.
      if (!data) this.until = 0
      return names
    })
    this.asked = asked
    return asked
  }
}

function namesIn(data: unknown): ReadonlySet<string> | null {
  const directives: unknown = Object(Object(data)['__schema'])['directives']
  if (!Array.isArray(directives)) return null
  return new Set(directives.map((directive: unknown) => String(Object(directive)['name'])))
}
