import type { FetchNode } from '@apollo/query-planner'
import { parse, visit } from 'graphql'
import { composedNames } from '../supergraph/composed-directives.ts'
import type { Graph } from '../supergraph/graph.ts'
import type { Asking, SubgraphAnswer, SubgraphClient } from '../subgraphs/client.ts'
import { KnownDirectives } from '../subgraphs/known-directives.ts'
import { withDocument } from '../planning/fewer-fields.ts'
import type { Run } from './run.ts'
import { outsideVariable } from '../planning/variable-names.ts'

export type Send = (
  run: Pick<Run, 'variables' | 'asking'>,
  representations: string,
) => Promise<SubgraphAnswer>

/** Sends a fetch to its subgraph, as this one understands it. */
export function sender(graph: Graph, client: SubgraphClient, fetch: FetchNode): Send {
  const understood = understoodBy(graph, client, fetch)
  if (!understood) return writer(client, fetch)
  const senders = new Map<FetchNode, Send>()
  return async (run, representations) => {
    const variant = await understood(run.asking)
    const send = senders.get(variant) ?? writer(client, variant)
    senders.set(variant, send)
    return send(run, representations)
  }
}

/** Finds a fetch without the composed directives that its subgraph does not know; null where it uses none of them. */
export function understoodBy(
  { schema }: Graph,
  client: SubgraphClient,
  fetch: FetchNode,
): ((asking: Asking) => Promise<FetchNode>) | null {
  if (!fetch.operation.includes('@')) return null
  const composed = composedNames(schema)
  const used = new Set<string>()
  visit(parse(fetch.operation, { noLocation: true }), {
    Directive: ({ name }) => void (composed.has(name.value) && used.add(name.value)),
  })
  if (used.size === 0) return null
  const known = KnownDirectives.of(client)
  const variants = new Map<string, FetchNode>([['', fetch]])
  return async (asking) => {
    const directives = await known.names(asking)
    const left = directives ? used.difference(directives) : new Set<string>()
    const key = [...left].join()
    const variant = variants.get(key) ?? withoutDirectives(fetch, left)
    variants.set(key, variant)
    return variant
  }
}

/** Everything of a request's body but what changes is written once. */
function writer(client: SubgraphClient, { operation, operationName, variableUsages = [] }: FetchNode): Send {
  const head = JSON.stringify(
    operationName === undefined ? { query: operation } : { query: operation, operationName },
  )
  const isQuery = !operation.trimStart().startsWith('mutation')
  return ({ variables, asking }, representations) => {
    let own = representations === '' ? '' : `"representations":[${representations}]`
    for (const name of variableUsages) {
      const outside = outsideVariable(name)
      const value = Object.hasOwn(variables, outside) ? variables[outside] : undefined
      if (value !== undefined)
        own += `${own === '' ? '' : ','}${JSON.stringify(name)}:${JSON.stringify(value)}`
    }
    return client.send(`${head.slice(0, -1)},"variables":{${own}}}`, isQuery, asking)
  }
}

/** The fetch without some directives, and without the variables that only these took. */
function withoutDirectives(fetch: FetchNode, names: ReadonlySet<string>): FetchNode {
  const document = visit(parse(fetch.operation, { noLocation: true }), {
    Directive: ({ name }) => (names.has(name.value) ? null : undefined),
  })
  return withDocument(fetch, document)
}
