import { expect } from 'vitest'
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
  answers(query: string, expected: Expected, variables?: Record<string, unknown>): Promise<void>
  stop(): Promise<void>
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
    async answers(query, { data, errors = [] }, variables = {}) {
      const answer = await ask(gateway, query, { variables })
      const told = (answer.errors ?? []).map(({ path = [], extensions }) =>
        [path.join('.'), extensions['service'] ?? '-', extensions['code']].join(' '),
      )
      expect({ data: answer.data, errors: told.toSorted() }).toEqual({ data, errors: errors.toSorted() })
      // Equal by value is not enough: entries stand in the order of the operation.
      expect(JSON.stringify(answer.data)).toBe(JSON.stringify(data))
    },
    async stop() {
      await gateway.stop()
      await subgraphs.stop()
    },
  }
}
