import { Kind, parse, print, stripIgnoredCharacters, visit, type DocumentNode, type FieldNode } from 'graphql'
import type { FetchNode, PlanNode, QueryPlanFieldNode, QueryPlanSelectionNode } from '@apollo/query-planner'
import { refuse } from '../errors.ts'
import type { PlannersView } from './stand-ins.ts'

/** A field of a representation that is sent under another name than it stands under. */
export interface RequiredField extends QueryPlanFieldNode {
  readonly sendAs?: string
}

/** The plan with what the stand-ins stand for, as the subgraphs know it. */
export function withoutStandIns(view: PlannersView, node: PlanNode | undefined): PlanNode | undefined {
  if (!node || view.standIns.size === 0) return node
  const within = (inner: PlanNode | undefined) => withoutStandIns(view, inner)
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return { ...node, nodes: node.nodes.flatMap((inner) => within(inner) ?? []) }
    case 'Flatten':
      return { ...node, node: within(node.node) as typeof node.node }
    case 'Condition':
      return { ...node, ifClause: within(node.ifClause), elseClause: within(node.elseClause) } as PlanNode
    case 'Defer': {
      const primary = { ...node.primary, node: within(node.primary.node) } as typeof node.primary
      const deferred = node.deferred.map((part) => ({ ...part, node: within(part.node) }) as typeof part)
      return { ...node, primary, deferred }
    }
    case 'Fetch': {
      const fetches = apart(view, node).map((fetch) => resolved(view, fetch))
      const [only] = fetches
      return only && fetches.length === 1 ? only : { kind: 'Parallel', nodes: fetches }
    }
    default:
      return node
  }
}

function resolved(view: PlannersView, fetch: FetchNode): FetchNode {
  const document = parse(fetch.operation, { noLocation: true })
  const changed = visit(document, {
    Field(field) {
      const standIn = view.standIns.get(field.name.value)
      if (!standIn) return undefined
      const name = { kind: Kind.NAME, value: standIn.field } as const
      const asked: FieldNode = {
        ...field,
        name,
        alias: field.alias ?? field.name,
        arguments: standIn.arguments,
      }
      return asked
    },
  })
  const requires = fetch.requires?.map((selection) => sentAs(view, selection))
  return {
    ...fetch,
    ...(changed !== document && { operation: stripIgnoredCharacters(print(changed)) }),
    ...(requires && { requires }),
  }
}

function sentAs(view: PlannersView, selection: QueryPlanSelectionNode): QueryPlanSelectionNode {
  const selections = selection.selections?.map((inner) => sentAs(view, inner))
  const standIn = selection.kind === 'Field' ? view.standIns.get(selection.name) : undefined
  const changes = { ...(selections && { selections }), ...(standIn && { sendAs: standIn.field }) }
  return { ...selection, ...changes }
}

/** One fetch for each set of fields whose requirements can be told in one representation. */
function apart(view: PlannersView, fetch: FetchNode): FetchNode[] {
  const { requires } = fetch
  if (!requires || !JSON.stringify(requires).includes('hubField_')) return [fetch]
  const meeting = meetingIn(view, [{ selections: requires, condition: undefined }])
  const agree = (names: ReadonlySet<string>) =>
    !meeting.some(([one, other]) => names.has(one) && names.has(other))
  const needed = fieldsWithNeeds(view, parse(fetch.operation, { noLocation: true }))
  const groups: { readonly places: Set<string>; readonly standIns: Set<string> }[] = []
  for (const [place, needs] of needed) {
    const group = groups.find(({ standIns }) => agree(standIns.union(needs)))
    if (group) {
      group.places.add(place)
      for (const name of needs) group.standIns.add(name)
    } else if (agree(needs)) groups.push({ places: new Set([place]), standIns: new Set(needs) })
    // One field that requires the same field twice, with different arguments: no representation can say that.
    else throw refuse('OPERATION_UNSUPPORTED')
  }
  if (groups.length < 2) return [fetch]
  return groups.map(({ places, standIns }, at) => ({
    ...fetch,
    operation: onlyWith(fetch.operation, (place) => places.has(place) || (at === 0 && !needed.has(place))),
    requires: requires.flatMap((selection) => onlyRequired(view, selection, standIns)),
  }))
}

interface Told {
  readonly selections: readonly QueryPlanSelectionNode[]
  /** The type of objects that it is told of, where that is known. */
  readonly condition: string | undefined
}

/** Stand-ins of one field that are told of one object, two by two: only one of them can be sent under its name. */
function meetingIn(view: PlannersView, sets: readonly Told[]): (readonly [string, string])[] {
  const fields = sets.flatMap((set) => fieldsIn(view, set))
  const standing = fields.filter(({ field }) => view.standIns.has(field.name))
  const here = standing.flatMap(({ field: one, condition }) =>
    standing.flatMap(({ field: other, condition: under }) => {
      const isApart = condition !== undefined && under !== undefined && condition !== under
      const isSame = view.standIns.get(one.name)?.field === view.standIns.get(other.name)?.field
      return isSame && !isApart && one.name < other.name ? [[one.name, other.name] as const] : []
    }),
  )
  const below = Map.groupBy(fields, ({ field }) => field.name)
  return [
    ...here,
    ...below.values().flatMap((alike) =>
      meetingIn(
        view,
        alike.map(({ field: { selections = [] } }) => ({ selections, condition: undefined })),
      ),
    ),
  ]
}

function fieldsIn(
  view: PlannersView,
  { selections, condition }: Told,
): { readonly field: QueryPlanFieldNode; readonly condition: string | undefined }[] {
  return selections.flatMap((selection) => {
    if (selection.kind === 'Field') return [{ field: selection, condition }]
    const { typeCondition = '', selections: inner } = selection
    return fieldsIn(view, {
      selections: inner,
      condition: view.objects.has(typeCondition) ? typeCondition : condition,
    })
  })
}

/** The fields of entities, by type and name, that need stand-ins. */
function fieldsWithNeeds(view: PlannersView, document: DocumentNode): Map<string, ReadonlySet<string>> {
  const found = new Map<string, ReadonlySet<string>>()
  visitEntityFields(document, (place) => {
    const needs = view.needs.get(place)
    if (needs && needs.size > 0) found.set(place, needs)
    return true
  })
  return found
}

/** Looks at each field that is asked of an entity itself, and keeps those of which `keep` says so. */
function visitEntityFields(document: DocumentNode, keep: (place: string) => boolean): DocumentNode {
  const types: string[] = []
  let depth = 0
  return visit(document, {
    FragmentDefinition: () => {
      throw refuse('OPERATION_UNSUPPORTED')
    },
    InlineFragment: {
      enter: ({ typeCondition }) => void types.push(typeCondition?.name.value ?? types.at(-1) ?? ''),
      leave(fragment) {
        types.pop()
        return fragment.selectionSet.selections.length === 0 ? null : undefined
      },
    },
    Field: {
      enter({ name }) {
        if (depth === 1 && name.value !== '__typename' && !keep(`${types.at(-1)}.${name.value}`)) return null
        depth += 1
        return undefined
      },
      leave: () => void (depth -= 1),
    },
  })
}

function onlyWith(operation: string, keep: (place: string) => boolean): string {
  const document = visitEntityFields(parse(operation, { noLocation: true }), keep)
  const used = new Set<string>()
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void used.add(name.value),
  })
  const pruned = visit(document, {
    VariableDefinition: ({ variable }) => (used.has(variable.name.value) ? undefined : null),
  })
  return stripIgnoredCharacters(print(pruned))
}

function onlyRequired(
  view: PlannersView,
  selection: QueryPlanSelectionNode,
  standIns: ReadonlySet<string>,
): QueryPlanSelectionNode[] {
  if (selection.kind === 'Field' && view.standIns.has(selection.name) && !standIns.has(selection.name))
    return []
  if (!selection.selections) return [selection]
  const selections = selection.selections.flatMap((inner) => onlyRequired(view, inner, standIns))
  return selections.length === 0 ? [] : [{ ...selection, selections }]
}
