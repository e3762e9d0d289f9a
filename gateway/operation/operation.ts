import {
  GraphQLError,
  getOperationAST,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLFormattedError,
  type OperationDefinitionNode,
} from 'graphql'
import type { Locale, Refusal } from '@hub/kit/errors.ts'
import { placed, refusalAnswer } from '../answer-errors.ts'
import { documentRules } from './document-rules.ts'
import { refuse } from '../errors.ts'
import type { Graph, Graphs } from '../supergraph/graph.ts'
import { findExcess } from './limits.ts'
import { remembered } from '@hub/kit/remembered.ts'
import type { GatewaySettings } from '../settings.ts'

/** What a client asked to be done, understood and found to fit the schema. */
export interface Operation {
  readonly graph: Graph
  readonly source: string
  readonly document: DocumentNode
  readonly definition: OperationDefinitionNode
  readonly operationName: string | undefined
}

/** Why an operation is refused, in the language of whoever asks. */
export type OperationErrors = (locale: Locale) => GraphQLFormattedError[]

/** Understands what a client sends, against the supergraph that serves at that moment. */
export type ReadOperation = (source: string, operationName?: string) => Operation | OperationErrors

/** Makes a reader that follows the supergraph: what was read against an older one is forgotten with it. */
export function operationReader(graphs: Graphs, settings: GatewaySettings): ReadOperation {
  let reader: OperationReader | undefined
  return (source, operationName) => {
    const graph = graphs.current()
    if (reader?.graph !== graph) reader = new OperationReader(graph, settings)
    return reader.operation(source, operationName)
  }
}

class OperationReader {
  private readonly read: (source: string) => DocumentNode | OperationErrors
  readonly graph: Graph
  private readonly settings: GatewaySettings

  constructor(graph: Graph, settings: GatewaySettings) {
    this.graph = graph
    this.settings = settings
    this.read = remembered(500, (source) => this.understand(source))
  }

  /** The operation of a document, or why there is none. */
  operation(source: string, operationName: string | undefined): Operation | OperationErrors {
    const document = this.read(source)
    if (typeof document === 'function') return document
    const definition = getOperationAST(document, operationName)
    if (!definition) return refused(refuse('OPERATION_UNKNOWN'))
    return { graph: this.graph, source, document, definition, operationName }
  }

  private understand(source: string): DocumentNode | OperationErrors {
    const excess = findExcess(source, this.settings.limits)
    if (excess) return refused(excess)
    try {
      return this.fitting(parse(source))
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error
      return (locale) => [placed('DOCUMENT_MALFORMED', error.toJSON(), locale)]
    }
  }

  private fitting(document: DocumentNode): DocumentNode | OperationErrors {
    const rules = [...specifiedRules, ...documentRules(this.settings.introspection)]
    const errors = validated(() => validate(this.graph.schema, document, rules))
    if (errors.length === 0) return document
    return (locale) => errors.map((error) => placed('DOCUMENT_INVALID', error.toJSON(), locale))
  }
}

/** A rule of GraphQL's own throws where a variable decides what is subscribed to. */
function validated(validating: () => readonly GraphQLError[]): readonly GraphQLError[] {
  try {
    return validating()
  } catch (error) {
    if (error instanceof GraphQLError) return [error]
    throw error
  }
}

function refused(refusal: Refusal): OperationErrors {
  return (locale) => [refusalAnswer(refusal, locale)]
}
