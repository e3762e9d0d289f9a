import type { GatewaySettings } from '@hub/gateway/settings.ts'
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

const IMPORTS = [
  'key',
  'shareable',
  'external',
  'requires',
  'provides',
  'interfaceObject',
  'override',
  'inaccessible',
  'extends',
]

export interface WorldOptions {
  /** Directives of the federation beyond the usual ones. */
  readonly imports?: readonly string[]
  readonly settings?: Partial<GatewaySettings>
  /** The subgraphs that came before Federation 2 and know no link. */
  readonly first?: readonly string[]
}

/** A gateway over small subgraphs, each given as its types and resolvers. */
export async function startWorld(
  rooms: Readonly<Record<string, readonly [string, Resolvers]>>,
  { imports = [], settings = {}, first = [] }: WorldOptions = {},
): Promise<World> {
  const names = [...IMPORTS, ...imports].map((name) => `"@${name}"`).join(', ')
  const head = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: [${names}])\n`
  const entries = Object.entries(rooms)
  const subgraphs = await startSubgraphs(
    Object.fromEntries(entries.map(([name, [types]]) => [name, first.includes(name) ? types : head + types])),
    Object.fromEntries(entries.map(([name, [, resolvers]]) => [name, resolvers])),
  )
  const gateway = await openGateway(subgraphs, settings)
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
