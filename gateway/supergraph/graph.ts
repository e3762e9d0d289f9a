import { setImmediate as nextTurn } from 'node:timers/promises'
import { ApolloGateway } from '@apollo/gateway'
import type { QueryPlanner } from '@apollo/query-planner'
import type { Schema } from '@apollo/federation-internals'
import type { GraphQLSchema } from 'graphql'
import type { Logger } from '@hub/kit/log.ts'
import { collectEachOnce } from './collected-variables.ts'
import { withComposedDirectives } from './composed-directives.ts'
import type { Flights } from '../subgraphs/flights.ts'
import { openSubgraphClient, type SubgraphClient } from '../subgraphs/client.ts'
import type { SubgraphPools } from '../subgraphs/pool.ts'
import { sourceOf } from '../subgraphs/source.ts'
import { supergraphFrom } from './source.ts'
import { rulesOf, type SupergraphRules } from './rules.ts'
import type { GatewaySettings } from '../settings.ts'

/** One loaded supergraph, whole: what was planned with it is executed with it, also after the next one came. */
export interface Graph {
  readonly sdl: string
  /** What clients see, with the directive for what may come later. */
  readonly schema: GraphQLSchema
  readonly apiSchema: Schema
  /** With everything that subgraphs exchange among themselves. */
  readonly supergraphSchema: GraphQLSchema
  readonly planner: QueryPlanner
  /** Weights, list sizes and guards that the supergraph declares. */
  readonly rules: SupergraphRules
  readonly subgraphs: ReadonlyMap<string, SubgraphClient>
}

export interface Graphs {
  readonly gateway: ApolloGateway
  /** The supergraph that new requests are answered from. */
  current(): Graph
  /** Calls whenever another has been loaded, one listener after the other; what is returned calls it off. */
  onLoad(listener: () => void): () => void
  /** The supergraph of which this is what clients see. */
  readonly of: (schema: GraphQLSchema) => Graph | undefined
}

/**
 * Of the ways to answer an operation a planner weighs that many; ten thousand, its own measure, take it seconds. Of those
 * to one field it follows no more either, and fails: without an end to them it may go on for minutes.
 */
export const PLANNER = { debug: { maxEvaluatedPlans: 500, pathsLimit: 500 } }

/** Lets `@apollo/gateway` own the supergraph's life, and keeps each loaded supergraph as a value beside it. */
export function openGraphs(parts: ClientParts, watch: (client: SubgraphClient) => SubgraphClient): Graphs {
  const { settings, log } = parts
  const clients = new Map<string, SubgraphClient>()
  // Read by its constructor: without it the gateway reports home every hour.
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true'
  collectEachOnce()
  const gateway = new ApolloGateway({
    supergraphSdl: supergraphFrom(settings.supergraph, settings.supergraphEveryMs, log),
    validateSupergraph: true,
    logger: quietLogger(log),
    queryPlannerConfig: PLANNER,
    buildService({ name, url }) {
      const client = watch(openClient(name, settings.subgraphUrls[name] ?? url, parts))
      clients.set(name, client)
      return sourceOf(client)
    },
  })
  let graph: Graph | undefined
  const loaded = new WeakMap<GraphQLSchema, Graph>()
  const listeners = new Set<() => void>()
  const tellAll = async (told: readonly (() => void)[]): Promise<void> => {
    for (const tell of told) {
      if (listeners.has(tell)) tell()
      // There may be thousands, and what they do may take long: other work has its turn between.
      await nextTurn()
    }
  }
  let isFirst = true
  gateway.onSchemaLoadOrUpdate(({ apiSchema: given, coreSupergraphSdl: sdl }) => {
    const planner = gateway.__testing().queryPlanner
    if (!planner) throw new Error('the supergraph is loaded and has no planner')
    const { supergraph } = planner
    const apiSchema = supergraph.apiSchema()
    const schema = withComposedDirectives(apiSchema.toGraphQLJSSchema({ includeDefer: true }), sdl)
    graph = {
      sdl,
      schema,
      planner,
      rules: rulesOf(sdl),
      apiSchema,
      supergraphSchema: supergraph.schema.toGraphQLJSSchema(),
      subgraphs: subgraphsOf(supergraph.subgraphsMetadata(), clients),
    }
    tellOf(graph, settings, isFirst, log)
    isFirst = false
    loaded.set(given, graph)
    loaded.set(schema, graph)
    void tellAll([...listeners])
  })
  return {
    gateway,
    of: (schema) => loaded.get(schema),
    onLoad(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    current() {
      if (!graph) throw new Error('no supergraph is loaded yet')
      return graph
    },
  }
}

/** What is served from now on, and what was named for nothing. */
function tellOf(
  { subgraphs }: Graph,
  { supergraph, subgraphUrls }: GatewaySettings,
  isFirst: boolean,
  log: Logger,
): void {
  const names = [...subgraphs.keys()]
  log.info(
    { supergraph, subgraphs: names },
    isFirst ? 'the supergraph is served' : 'the changed supergraph is served',
  )
  const unknown = Object.keys(subgraphUrls).filter((name) => !subgraphs.has(name))
  if (unknown.length > 0) log.warn({ subgraphs: unknown }, 'SUBGRAPH_URLS names what is no subgraph')
}

interface ClientParts {
  readonly settings: GatewaySettings
  readonly pools: SubgraphPools
  readonly flights: Flights
  readonly log: Logger
}

function openClient(
  name: string,
  url: string | undefined,
  { settings, pools, flights, log }: ClientParts,
): SubgraphClient {
  if (!url) throw new Error(`the subgraph ${name} has no address: name it in SUBGRAPH_URLS`)
  const address = URL.canParse(url) ? new URL(url) : null
  if (!address || !/^https?:$/.test(address.protocol))
    throw new Error(`the subgraph ${name} has no address that can be asked: name it in SUBGRAPH_URLS`)
  const { callerKey, resilience } = settings
  return openSubgraphClient({
    name,
    url: address,
    pool: pools.at(address),
    callerKey,
    flights,
    resilience,
    log,
  })
}

function subgraphsOf(
  listed: readonly { readonly name: string }[],
  clients: ReadonlyMap<string, SubgraphClient>,
): ReadonlyMap<string, SubgraphClient> {
  return new Map(
    listed.flatMap(({ name }) => {
      const client = clients.get(name)
      return client ? [[name, client] as const] : []
    }),
  )
}

/** `@apollo/gateway` tells of every load at length; only what needs someone's eye is kept. */
function quietLogger(log: Logger): {
  debug(): void
  info(): void
  warn(message?: unknown): void
  error(message?: unknown): void
} {
  const say = (level: 'warn' | 'error') => (message?: unknown) =>
    log[level]({ reason: String(message) }, 'supergraph')
  return { debug: () => {}, info: () => {}, warn: say('warn'), error: say('error') }
}
