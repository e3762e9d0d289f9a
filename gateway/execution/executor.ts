import type { ApolloGateway } from '@apollo/gateway'
import { HeaderMap } from '@apollo/server'
import { GraphQLError, OperationTypeNode, type DocumentNode } from 'graphql'
import { Refusal } from '@hub/kit/errors.ts'
import type { Logger } from '@hub/kit/log.ts'
import { statusOf } from '../http/http-exchange.ts'
import { coercedVariables } from '../operation/values.ts'
import type { Graph, Graphs } from '../supergraph/graph.ts'
import type { RequestContext } from '../subgraphs/source.ts'
import { compileOperation, unlessRefused, type Execute, type Executed } from './compile-operation.ts'
import { introspectionBeside } from './introspection-beside.ts'
import { introspect } from './introspect.ts'
import { variantOf, type KnownOperations } from './known-operations.ts'
import type { LabelsOf } from '../planning/override-labels.ts'

type ApolloExecutor = ApolloGateway['executor']
type ApolloRequest = Parameters<ApolloExecutor>[0]
type ApolloAnswer = Awaited<ReturnType<ApolloExecutor>>

/** `@apollo/gateway` with another executor: operations are compiled, and what cannot be is left to its own. */
export function compiling(
  { gateway, of }: Graphs,
  labels: LabelsOf,
  known: KnownOperations,
  log: Logger,
): Pick<ApolloGateway, 'load' | 'onSchemaLoadOrUpdate' | 'stop'> {
  return {
    async load(options) {
      const { schema, executor } = await gateway.load(options)
      return { schema, executor: compilingExecutor(of, executor, labels, known, log) }
    },
    onSchemaLoadOrUpdate: (listener) =>
      gateway.onSchemaLoadOrUpdate((loaded) =>
        // What clients see, `@defer` included.
        listener({ ...loaded, apiSchema: of(loaded.apiSchema)?.schema ?? loaded.apiSchema }),
      ),
    stop: () => gateway.stop(),
  }
}

function compilingExecutor(
  graphOf: Graphs['of'],
  apollo: ApolloExecutor,
  labelsOf: LabelsOf,
  known: KnownOperations,
  log: Logger,
): ApolloExecutor {
  const compiled = new WeakMap<DocumentNode, Map<string, Execute | null>>()

  const find = (graph: Graph, request: ApolloRequest): Execute | null => {
    const { document, operation, source } = request
    const variants = compiled.get(document) ?? new Map<string, Execute | null>()
    compiled.set(document, variants)
    const { asking } = request.context as RequestContext
    const labels = labelsOf(graph.rules.labels, asking.caller)
    const variant = variantOf(request.request.operationName ?? undefined, labels)
    const kept = variants.get(variant)
    const execute = kept === undefined ? unlessRefused(() => compile(graph, request, labels, log)) : kept
    variants.set(variant, execute)
    if (execute) known.remember(source, variant, { graph, document, operation, execute })
    return execute
  }

  return async (request) => {
    const graph = graphOf(request.schema)
    const execute = graph ? find(graph, request) : null
    if (!graph || !execute) return apollo(request)
    const { operation, context } = request
    const variables = request.request.variables ?? {}
    const { coerced, errors } = coercedVariables(graph.schema, operation.variableDefinitions ?? [], variables)
    if (errors) return { errors }
    const { asking, parts } = context as RequestContext
    const executed = await answerable(() =>
      execute({ asking, variables, coerced, inParts: parts !== undefined }),
    )
    if (parts && executed.later) parts.later = executed.later
    return answerOf(executed)
  }
}

function compile(
  graph: Graph,
  { document, operation }: ApolloRequest,
  labels: readonly string[],
  log: Logger,
): Execute | null {
  const introspection = introspect(graph, document, operation)
  if (introspection) return introspection
  // Nobody who comes this way can hold a stream.
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) return null
  const beside = introspectionBeside(graph, document, operation)
  const { definition, document: own } = beside ?? { definition: operation, document }
  const execute = compileOperation({ graph, document: own, definition, labels }, log)
  return beside ? beside.with(execute) : execute
}

/** A refusal as Apollo Server tells it. */
async function answerable<Value>(find: () => Value | Promise<Value>): Promise<Value> {
  try {
    return await find()
  } catch (error) {
    throw error instanceof Refusal ? refused(error) : error
  }
}

function refused(originalError: Refusal): GraphQLError {
  const http = { status: statusOf(originalError.code), headers: new HeaderMap() }
  return new GraphQLError(originalError.message, { originalError, extensions: { http } })
}

function answerOf({ data, errors }: Executed): ApolloAnswer {
  const answer = { data: data as Record<string, unknown> | null }
  if (errors.length === 0) return answer
  const told = errors.map(
    ({ message, path, extensions }) =>
      new GraphQLError(message, { path: path ?? null, extensions: extensions ?? null }),
  )
  return { ...answer, errors: told }
}
