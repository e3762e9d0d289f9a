import type { DocumentNode, OperationDefinitionNode } from 'graphql'
import { Recent } from '@hub/kit/remembered.ts'
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
  private bySource = new Recent<Map<string, KnownOperation>>(MOST_DOCUMENTS)
  private graph: Graph | undefined

  /** `variant` is what else decides which of the document's plans is meant. */
  remember(source: string, variant: string, known: KnownOperation): void {
    this.graph ??= known.graph
    if (known.graph !== this.graph) return
    const variants = this.bySource.get(source) ?? new Map<string, KnownOperation>()
    variants.set(variant, known)
    this.bySource.set(source, variants)
  }

  /** Only what was understood against this very supergraph; what was against the one before is let go, and that with it. */
  find(graph: Graph, source: string, variant: string): KnownOperation | undefined {
    if (this.graph !== graph) this.bySource = new Recent(MOST_DOCUMENTS)
    this.graph = graph
    return this.bySource.get(source)?.get(variant)
  }
}

/** An operation of a document, for a caller for whom fields have moved under these labels. */
export function variantOf(operationName: string | undefined, labels: readonly string[]): string {
  return labels.length === 0 ? (operationName ?? '') : [operationName ?? '', ...labels].join(' ')
}
