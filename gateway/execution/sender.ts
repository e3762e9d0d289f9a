import type { FetchNode } from '@apollo/query-planner'
import { parse, print, stripIgnoredCharacters, visit } from 'graphql'
import { composedNames } from '../supergraph/composed-directives.ts'
import type { Graph } from '../supergraph/graph.ts'
import type { SubgraphAnswer, SubgraphClient } from '../subgraphs/client.ts'
import { KnownDirectives } from '../subgraphs/known-directives.ts'
import type { Run } from './run.ts'
import { outsideVariable } from './variable-names.ts'

export type Send = (
  run: Pick<Run, 'variables' | 'asking'>,
  representations: string,
) => Promise<SubgraphAnswer>

/** Sends a fetch to its subgraph, without the composed directives that this one does not know. */
export function sender({ schema }: Graph, client: SubgraphClient, fetch: FetchNode): Send {
  const send = writer(client, fetch)
  if (!fetch.operation.includes('@')) return send
  const composed = composedNames(schema)
  const used = new Set<string>()
  visit(parse(fetch.operation, { noLocation: true }), {
    Directive: ({ name }) => void (composed.has(name.value) && used.add(name.value)),
  })
  if (used.size === 0) return send
  const known = KnownDirectives.of(client)
  const variants = new Map<string, Send>([['', send]])
  return async (run, representations) => {
    const directives = await known.names(run.asking)
    const left = directives ? used.difference(directives) : new Set<string>()
    const key = [...left].join()
    const variant = variants.get(key) ?? writer(client, withoutDirectives(fetch, left))
    variants.set(key, variant)
    return variant(run, representations)
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
  const used = new Set<string>()
  visit(document, { VariableDefinition: () => false, Variable: ({ name }) => void used.add(name.value) })
  const declared = visit(document, {
    VariableDefinition: ({ variable }) => (used.has(variable.name.value) ? false : null),
  })
  return {
    ...fetch,
    operation: stripIgnoredCharacters(print(declared)),
    variableUsages: (fetch.variableUsages ?? []).filter((name) => used.has(name)),
  }
}
