import type { FetchNode, PlanNode, SubscriptionNode } from '@apollo/query-planner'
import {
  Kind,
  OperationTypeNode,
  parse,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import { refuse } from '../errors.ts'
import { fieldsFor, findGaps, setsOf, type Gap, type Selected, type SelectedField } from './plan-gaps.ts'
import { partsOf, withFetches, withMore, type Part } from './plan-parts.ts'
import type { SubgraphTypes } from './subgraph-types.ts'

type Node = PlanNode | SubscriptionNode | undefined

export interface Repairing {
  readonly schema: GraphQLSchema
  readonly subgraphs: SubgraphTypes
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly definition: OperationDefinitionNode
  /** Under which fields have moved. */
  readonly labels: readonly string[]
}

/**
 * The plan with what it forgot, asked of a subgraph that brings the object anyway. Where no such subgraph has it, the
 * operation is refused: an answer without it would look like one in which there is nothing.
 */
export function withoutGaps(node: Node, repairing: Repairing): Node {
  const { schema, subgraphs, fragments, definition } = repairing
  const root = schema.getRootType(definition.operation)
  const parts = partsOf(node)
  if (!root) return node
  const gaps = findGaps({ schema, subgraphs, fragments, parts }, root.name, definition.selectionSet)
  if (gaps.length === 0) return node
  const repair = new Repair(repairing)
  for (const gap of gaps) repair.close(gap)
  return repair.repaired(node, parts)
}

class Repair {
  private readonly repairing: Repairing
  private readonly more = new Map<SelectionSetNode, SelectionNode[]>()
  /** What a subgraph is asked at the root that it was not asked before. */
  private readonly roots = new Map<string, SelectionNode[]>()

  constructor(repairing: Repairing) {
    this.repairing = repairing
  }

  close({ typeName, fields, sources }: Gap): void {
    for (const { part, sets } of sources) {
      const set = sets[0]?.set
      const selection = set && this.project(part.fetch.serviceName, typeName, fields)
      if (!selection) continue
      const asked = onType(this.nameIn(part.fetch.serviceName, typeName), [selection])
      this.more.set(set, [...(this.more.get(set) ?? []), asked])
      return
    }
    const { schema, subgraphs, definition } = this.repairing
    const isRoot =
      typeName === schema.getQueryType()?.name && definition.operation === OperationTypeNode.QUERY
    for (const service of isRoot && sources.length === 0 ? subgraphs.names : []) {
      const selection = this.project(service, typeName, fields)
      if (!selection) continue
      this.roots.set(service, [...(this.roots.get(service) ?? []), selection])
      return
    }
    throw refuse('OPERATION_UNSUPPORTED')
  }

  repaired(node: Node, parts: readonly Part[]): Node {
    const byFetch = new Map(parts.map((part) => [part.fetch, part]))
    const variables = this.repairing.definition.variableDefinitions ?? []
    const grown = withFetches(node, (fetch) => {
      const part = byFetch.get(fetch)
      return part ? withMore(part, this.more, variables) : fetch
    })
    if (this.roots.size === 0) return grown
    const more = [...this.roots].map(([serviceName, selections]): FetchNode => {
      const document = parse('{__typename}', { noLocation: true })
      const fetch = {
        kind: 'Fetch',
        serviceName,
        operation: '',
        operationName: undefined,
        operationKind: OperationTypeNode.QUERY,
      } as const
      const [operation] = document.definitions
      const set = operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet : undefined
      return withMore({ fetch, document }, set ? new Map([[set, selections]]) : new Map(), variables)
    })
    return { kind: 'Parallel', nodes: [...(grown ? [grown as PlanNode] : []), ...more] }
  }

  /** The field as a subgraph can answer it with all that is asked below, or null where it cannot. */
  private project(service: string, typeName: string, fields: readonly SelectedField[]): FieldNode | null {
    const { subgraphs, labels } = this.repairing
    const field = fields[0]?.node
    if (!field || !subgraphs.resolves(service, typeName, field.name.value)) return null
    if (subgraphs.hasMoved(service, typeName, field.name.value, labels)) return null
    if (subgraphs.contextsOf(service, typeName, field.name.value).length > 0) return null
    const sets = setsOf(fields)
    if (sets.length === 0) return field
    const selections: SelectionNode[] = [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }]
    const types = subgraphs.typesOfField(service, typeName, field.name.value)
    // An interface without any type: nothing can stand there.
    if (types.length === 0) return null
    for (const type of types) {
      const inner = this.projectAll(service, type, sets)
      if (!inner) return null
      if (inner.length > 0) selections.push(onType(this.nameIn(service, type), inner))
    }
    return { ...field, selectionSet: { kind: Kind.SELECTION_SET, selections } }
  }

  /** A subgraph may know but the interface that stands for a type there. */
  private nameIn(service: string, typeName: string): string {
    return this.repairing.subgraphs.nameIn(service, typeName) ?? typeName
  }

  private projectAll(service: string, typeName: string, sets: readonly Selected[]): FieldNode[] | null {
    const { schema, fragments } = this.repairing
    const found: FieldNode[] = []
    for (const fields of fieldsFor(schema, typeName, sets, fragments).values()) {
      const projected = this.project(service, typeName, fields)
      if (!projected) return null
      found.push(projected)
    }
    return found
  }
}

function onType(typeName: string, selections: readonly SelectionNode[]): SelectionNode {
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: typeName } },
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  }
}
