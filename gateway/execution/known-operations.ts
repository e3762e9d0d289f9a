import type { DocumentNode, OperationDefinitionNode } from 'graphql'
import { Recent } from '../operation/remembered.ts'
import type { Graph } from '../supergraph/graph.ts'
import type { Execute } from './compile-operation.ts'

/** An operation that was carried out before: read, validated, planned and compiled. */
export interface KnownOperation {
  readonly graph: Graph
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
  readonly execute: Execute
}

const MOST_DOCUMENTS = 1_000

/** Finds by its text what has been carried out before, so that it need not be understood again. */
export class KnownOperations {
  private readonly bySource = new Recent<Map<string, KnownOperation>>(MOST_DOCUMENTS)

  /** `variant` is what else decides which of the document's plans is meant. */
  remember(source: string, variant: string, known: KnownOperation): void {
    const variants = this.bySource.get(source) ?? new Map<string, KnownOperation>()
    variants.set(variant, known)
    this.bySource.set(source, variants)
  }

  /** Only what was understood against this very supergraph. */
  find(graph: Graph, source: string, variant: string): KnownOperation | undefined {
    const known = this.bySource.get(source)?.get(variant)
    return known?.graph === graph ? known : undefined
  }
}

/** An operation of a document, for a caller for whom fields have moved under these labels. */
export function variantOf(operationName: string | undefined, labels: readonly string[]): string {
  return labels.length === 0 ? (operationName ?? '') : [operationName ?? '', ...labels].join(' ')
}
