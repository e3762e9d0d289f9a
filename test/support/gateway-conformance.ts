import type { Running } from '@hub/kit/run.ts'
import { ask, openGateway } from './gateway-client.ts'
import { startSubgraphs } from './gateway-subgraphs.ts'

/** What a single server that knew everything would answer. */
export interface Expected {
  readonly data: unknown
  /** Place, subgraph and code of each error; none are expected where absent. */
  readonly errors?: readonly string[]
}

export interface World {
  readonly gateway: Running
  /** The answer as text: entries stand in the order of the operation. */
  answers(query: string, variables?: Record<string, unknown>): Promise<string>
  stop(): Promise<void>
}

/** What is expected, as `answers` tells it. */
export function expected({ data, errors = [] }: Expected): string {
  return JSON.stringify({ data, errors: errors.toSorted() })
}

export type Resolvers = Record<string, Record<string, unknown>>

const HEAD = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@interfaceObject", "@override", "@inaccessible", "@extends"])\n`

/** A gateway over small subgraphs, each given as its types and resolvers. */
export async function startWorld(
  rooms: Readonly<Record<string, readonly [string, Resolvers]>>,
): Promise<World> {
  const entries = Object.entries(rooms)
  const subgraphs = await startSubgraphs(
    Object.fromEntries(entries.map(([name, [types]]) => [name, HEAD + types])),
    Object.fromEntries(entries.map(([name, [, resolvers]]) => [name, resolvers])),
  )
  const gateway = await openGateway(subgraphs)
  return {
    gateway,
    async answers(query, variables = {}) {
      const { data, errors = [] } = await ask(gateway, query, { variables })
      const told = errors.map(({ path = [], extensions }) =>
        [path.join('.'), extensions['service'] ?? '-', extensions['code']].join(' '),
      )
      return JSON.stringify({ data, errors: told.toSorted() })
    },
    async stop() {
      await gateway.stop()
      await subgraphs.stop()
    },
  }
}
