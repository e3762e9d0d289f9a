import type { FetchNode, PlanNode, SubscriptionNode } from '@apollo/query-planner'
import type { Graph } from '../supergraph/graph.ts'
import { entityGiver } from './entity-giver.ts'
import { homeOf } from './error-places.ts'
import { contextReader } from './context-values.ts'
import { representer } from './representations.ts'
import { rewriter } from './rewrites.ts'
import type { Step } from './run.ts'
import { sender } from './sender.ts'
import { giveEntities, type Sparing } from './spare.ts'
import type { Path } from '../planning/locations.ts'
import { isTree, type Tree } from './tree.ts'
import type { Wanted } from './wanted.ts'

/** Whether a plan takes values from further up in the answer for the arguments of a field. */
export function usesContext(node: PlanNode | SubscriptionNode | undefined): boolean {
  switch (node?.kind) {
    case 'Sequence':
    case 'Parallel':
      return node.nodes.some(usesContext)
    case 'Flatten':
      return usesContext(node.node)
    case 'Condition':
      return usesContext(node.ifClause) || usesContext(node.elseClause)
    case 'Subscription':
      return usesContext(node.primary) || usesContext(node.rest)
    case 'Defer':
      return usesContext(node.primary.node) || node.deferred.some((part) => usesContext(part.node))
    case 'Fetch':
      return (node.contextRewrites?.length ?? 0) > 0
    default:
      return false
  }
}

/** Compiles a fetch whose arguments come from what stands above its objects: one request for each set of values. */
export function compileContextFetch(graph: Graph, fetch: FetchNode, path: Path, wanted: Wanted): Step {
  const { supergraphSchema: schema } = graph
  const client = graph.subgraphs.get(fetch.serviceName)
  if (!client) throw new Error(`the plan asks ${fetch.serviceName}, which is no subgraph`)
  const send = sender(graph, client, fetch)
  const represent = representer(schema, fetch.requires ?? [], rewriter(schema, fetch.inputRewrites))
  const give = entityGiver(schema, rewriter(schema, fetch.outputRewrites), false)
  const valuesAbove = contextReader(schema, fetch)

  return async (run) => {
    const requests = new Map<string, { values: Tree; groups: Map<string, Tree[]> }>()
    for (const { object, above } of objectsWithAbove(run.data, path)) {
      const text = represent.text(object)
      const values = text === null ? null : valuesAbove(object, above)
      if (text === null || !values) continue
      const key = JSON.stringify(values)
      const request = requests.get(key) ?? { values, groups: new Map<string, Tree[]>() }
      requests.set(key, request)
      request.groups.set(text, [...(request.groups.get(text) ?? []), object])
    }
    const answers = [...requests.values()].map(async ({ values, groups }) => {
      const own = { ...run, variables: { ...run.variables, ...values } }
      const again: Sparing['again'] = (_run, less, texts) => sender(graph, client, less)(own, texts)
      const asked = { texts: [...groups.keys()], targets: [...groups.values()] }
      const answer = await send(own, asked.texts.join(','))
      await giveEntities(run, { wanted, fetch, path, home: homeOf(fetch), again }, asked, answer, give)
    })
    await Promise.all(answers)
  }
}

/** An object, and the objects that it lies in, from the root. */
interface Placed {
  readonly object: Tree
  readonly above: readonly Tree[]
}

function objectsWithAbove(root: Tree, path: Path): Placed[] {
  const found: Placed[] = []
  const walk = (value: unknown, rest: Path, above: readonly Tree[]): void => {
    if (Array.isArray(value)) {
      const inner = rest[0] === '@' ? rest.slice(1) : rest
      for (const element of value) walk(element, inner, above)
    } else if (isTree(value)) {
      const [step, ...inner] = rest
      if (step === undefined) found.push({ object: value, above })
      else walk(value[step], inner, [...above, value])
    }
  }
  walk(root, path, [])
  return found
}
