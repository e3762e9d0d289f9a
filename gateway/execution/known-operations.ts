import type { DocumentNode, OperationDefinitionNode } from 'graphql'
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
/** Longer documents are not kept: a stranger could fill the memory with them. */
const LONGEST_DOCUMENT = 20_000

/** Finds by its text what has been carried out before, so that it need not be understood again. */
export class KnownOperations {
  private readonly bySource = new Map<string, Map<string, KnownOperation>>()

  /** `variant` is what else decides which of the document's plans is meant. */
  remember(source: string, variant: string, known: KnownOperation): void {
    if (source.length > LONGEST_DOCUMENT) return
    const variants = this.bySource.get(source) ?? new Map<string, KnownOperation>()
    variants.set(variant, known)
    this.bySource.set(source, variants)
    if (this.bySource.size > MOST_DOCUMENTS) this.bySource.delete(this.bySource.keys().next().value ?? '')
  }

  /** Only what was understood against this very supergraph. */
  find(graph: Graph, source: string, variant: string): KnownOperation | undefined {
    const variants = this.bySource.get(source)
    const known = variants?.get(variant)
    if (!variants || known?.graph !== graph) return undefined
    // Taken out and put in again: a Map keeps the order of insertion, so the first is the one unused for longest.
    this.bySource.delete(source)
    this.bySource.set(source, variants)
    return known
  }
}

/** An operation of a document, for a caller for whom fields have moved under these labels. */
export function variantOf(operationName: string | undefined, labels: readonly string[]): string {
  return labels.length === 0 ? (operationName ?? '') : [operationName ?? '', ...labels].join(' ')
}
