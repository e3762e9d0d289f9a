import { graphql } from 'graphql'
import type { GatewaySettings } from '@hub/gateway/settings.ts'
import { defaultLimits } from '@hub/gateway/operation/limit-settings.ts'
import { ask, type Answer } from './gateway-client.ts'
import { startWorld, type World } from './gateway-conformance.ts'
import { askInParts, BY_ID, BY_PATH, merge } from './gateway-parts.ts'
import { RandomGraph } from './gateway-random-graph.ts'
import { operationFor, withoutDefer, type Asked } from './gateway-random-operation.ts'
import type { Feature } from './gateway-random-shape.ts'
import { signsIn } from './gateway-random-signs.ts'

const UNLIMITED: GatewaySettings['limits'] = {
  ...defaultLimits,
  cost: 1e9,
  depth: 99,
  aliases: 1e6,
  fields: 1e6,
  tokens: 1e6,
  directives: 1e6,
}

export interface Asking {
  readonly features: readonly Feature[]
  /** How many operations each graph is asked. */
  readonly operations: number
  readonly depth?: number
  /** How many subgraphs each graph has. */
  readonly size?: number
  /** Who executes: this gateway, or Apollo's with the planner's own plans. */
  readonly compile?: boolean
}

/** An answer of the gateway beside that of one server that knows everything. */
export interface Compared extends Asked {
  readonly seed: number
  readonly operation: number
  readonly ours: string
  readonly known: string
  /** The features that came to bear on it. */
  readonly signs: readonly Feature[]
}

/** Asks a random graph through the gateway, and one server that knows everything the same. */
export async function* askGraph(seed: number, asking: Asking): AsyncGenerator<Compared> {
  const { operations, compile = true, size = 4, depth = 4 } = asking
  const features = new Set(asking.features)
  const graph = new RandomGraph(seed, features, size)
  const { schema, root } = graph.whole()
  const settings = { limits: UNLIMITED, answerWithinMs: 30_000, compile }
  const world = await startWorld(graph.rooms(), { settings })
  try {
    for (let operation = 0; operation < operations; operation++) {
      const isMutation = features.has('mutation') && operation % 4 === 3
      const defers = features.has('defer')
      const asked = operationFor(schema, seed * 1_000 + operation, { defers, isMutation, depth })
      const { data, errors = [] } = await graphql({
        schema,
        source: withoutDefer(asked.query),
        rootValue: root,
        variableValues: asked.variables,
      })
      const { parts, ...answer } = await answerOf(world, asked, defers, operation % 2 === 0 ? BY_PATH : BY_ID)
      const known = told({ data: data ?? null, errors }, defers)
      const signs = signsIn({ query: asked.query, known, parts }, graph)
      yield { ...asked, seed, operation, known, ours: told(answer, defers), signs }
    }
  } finally {
    await world.stop()
  }
}

type Told = Pick<Answer, 'data'> & { readonly errors?: readonly { readonly message: string }[] }

async function answerOf(
  { gateway }: World,
  { query, variables }: Asked,
  defers: boolean,
  accept: string,
): Promise<Told & { readonly parts: number }> {
  if (!defers) return { ...(await ask(gateway, query, { variables })), parts: 0 }
  const { messages } = await askInParts(gateway, query, { variables, accept })
  return merge(messages) as Told & { readonly parts: number }
}

/** Errors stand where values are missing; how many one server tells of one null is its own affair. */
function told({ data, errors = [] }: Told, isInParts: boolean): string {
  return JSON.stringify({ data: isInParts ? inOrder(data) : data, failed: errors.length > 0 })
}

/** The names of a merged answer stand in the order in which their parts came. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(entries.map(([name, inner]) => [name, inOrder(inner)]))
}
