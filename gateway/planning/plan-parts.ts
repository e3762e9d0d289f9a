import type { FetchNode, PlanNode, SubscriptionNode } from '@apollo/query-planner'
import {
  Kind,
  parse,
  print,
  stripIgnoredCharacters,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type VariableDefinitionNode,
} from 'graphql'
import { fragmentsOf } from './fields.ts'
import { locationOf, type Path } from './locations.ts'

/** A fetch of a plan, read. */
export interface Part {
  readonly fetch: FetchNode
  readonly path: Path
  readonly place: string
  readonly document: DocumentNode
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  /** What it selects of its objects. */
  readonly set: SelectionSetNode
}

/** Every fetch of a plan. */
export function partsOf(node: PlanNode | SubscriptionNode | undefined, path: Path = []): Part[] {
  switch (node?.kind) {
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap((inner) => partsOf(inner, path))
    case 'Flatten':
      return partsOf(node.node, [...path, ...node.path.map(String)])
    case 'Condition':
      return [...partsOf(node.ifClause, path), ...partsOf(node.elseClause, path)]
    case 'Subscription':
      return [...partsOf(node.primary, path), ...partsOf(node.rest, path)]
    case 'Defer':
      return [node.primary, ...node.deferred].flatMap((part) => partsOf(part.node, path))
    case 'Fetch':
      return [partOf(node, path)]
    default:
      return []
  }
}

function partOf(fetch: FetchNode, path: Path): Part {
  const document = parse(fetch.operation, { noLocation: true })
  const operation = operationIn(document)
  const [first] = operation.selectionSet.selections
  const entities = fetch.requires && first?.kind === Kind.FIELD ? first.selectionSet : undefined
  return {
    fetch,
    path,
    place: locationOf(path),
    document,
    fragments: fragmentsOf(document),
    set: entities ?? operation.selectionSet,
  }
}

function operationIn(document: DocumentNode): OperationDefinitionNode {
  const found = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION)
  if (!found) throw new Error('a fetch of a plan has no operation')
  return found
}

/** The plan with other fetches in their places. */
export function withFetches<Node extends PlanNode | SubscriptionNode | undefined>(
  node: Node,
  change: (fetch: FetchNode) => FetchNode,
): Node
export function withFetches(
  node: PlanNode | SubscriptionNode | undefined,
  change: (fetch: FetchNode) => FetchNode,
): PlanNode | SubscriptionNode | undefined {
  switch (node?.kind) {
    case 'Sequence':
    case 'Parallel':
      return { ...node, nodes: node.nodes.map((inner) => withFetches(inner, change)) }
    case 'Flatten':
      return { ...node, node: withFetches(node.node, change) }
    case 'Condition':
      return {
        ...node,
        ...(node.ifClause && { ifClause: withFetches(node.ifClause, change) }),
        ...(node.elseClause && { elseClause: withFetches(node.elseClause, change) }),
      }
    case 'Subscription':
      return {
        ...node,
        primary: withFetches(node.primary, change),
        ...(node.rest && { rest: withFetches(node.rest, change) }),
      }
    case 'Defer': {
      const changed = <One extends { readonly node?: PlanNode }>(part: One): One =>
        part.node ? { ...part, node: withFetches(part.node, change) } : part
      return { ...node, primary: changed(node.primary), deferred: node.deferred.map(changed) }
    }
    case 'Fetch':
      return change(node)
    default:
      return node
  }
}

/** A fetch that asks for more: selections added to sets of its document, with the variables they name. */
export function withMore(
  { fetch, document }: Pick<Part, 'fetch' | 'document'>,
  more: ReadonlyMap<SelectionSetNode, readonly SelectionNode[]>,
  variables: readonly VariableDefinitionNode[],
  less: ReadonlySet<SelectionNode> = new Set(),
): FetchNode {
  const grown = visit(document, {
    SelectionSet: {
      // What is added is looked for in the sets as they were read.
      enter(set) {
        const added = more.get(set) ?? []
        const kept = set.selections.filter((selection) => !less.has(selection))
        if (added.length === 0 && kept.length === set.selections.length) return undefined
        return { ...set, selections: [...kept, ...added] }
      },
    },
  })
  const used = new Set<string>()
  visit(grown, { VariableDefinition: () => false, Variable: ({ name }) => void used.add(name.value) })
  const known = new Set(operationIn(grown).variableDefinitions?.map(({ variable }) => variable.name.value))
  const added = variables.filter(({ variable: { name } }) => used.has(name.value) && !known.has(name.value))
  const declared = visit(grown, {
    OperationDefinition: (operation) => ({
      ...operation,
      variableDefinitions: [...(operation.variableDefinitions ?? []), ...added],
    }),
  })
  const usages = [...(fetch.variableUsages ?? []), ...added.map(({ variable }) => variable.name.value)]
  return { ...fetch, operation: stripIgnoredCharacters(print(declared)), variableUsages: usages }
}
