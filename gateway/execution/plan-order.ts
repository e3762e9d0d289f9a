import type { FetchNode, PlanNode } from '@apollo/query-planner'
import { Kind, type FieldNode, type GraphQLSchema, type SelectionSetNode } from 'graphql'
import { refuse } from '../errors.ts'
import { partsOf, type Part } from './plan-parts.ts'
import { fallsUnder } from './representations.ts'
import { namesOf } from './plan-misplaced.ts'

/** A part of a plan that can be carried out by itself, and which fetch it is. */
interface Step {
  readonly node: PlanNode
  readonly part: Part
  readonly after: Set<Step>
}

/** The plan with each fetch carried out once what it needs is there, as many together as can be. `late` came too early. */
export function inOrderOfNeeds(
  plan: PlanNode,
  late: ReadonlySet<FetchNode>,
  schema: GraphQLSchema,
): PlanNode {
  const steps = apart(plan).flatMap((node): Step[] => {
    const [part] = partsOf(node)
    return part ? [{ node, part, after: new Set() }] : []
  })
  steps.forEach((step, at) => {
    for (const { path, type } of needsOf(step.part)) {
      const on = { type, depth: step.part.path.filter((name) => name !== '@').length, schema }
      const bringing = steps.filter((other) => other !== step && brings(other.part, path, on))
      // Nobody brings it: what is computed from it would be computed from nothing.
      if (bringing.length === 0 && path.length > 0 && path.at(-1) !== '__typename')
        throw refuse('OPERATION_UNSUPPORTED')
      const before = bringing.filter((other) => steps.indexOf(other) < at)
      // What had come too early may bring a key along that others had brought before.
      const sound = before.filter(({ part: { fetch } }) => !late.has(fetch))
      const all = sound.length > 0 ? sound : before.length > 0 ? before : bringing.slice(0, 1)
      for (const other of all) step.after.add(other)
    }
    if (step.part.fetch.contextRewrites?.length) for (const other of steps.slice(0, at)) step.after.add(other)
  })
  return { kind: 'Sequence', nodes: layers(steps) }
}

function layers(steps: readonly Step[]): PlanNode[] {
  const nodes: PlanNode[] = []
  const done = new Set<Step>()
  while (done.size < steps.length) {
    const ready = steps.filter((step) => !done.has(step) && [...step.after].every((other) => done.has(other)))
    // Two that wait for each other.
    if (ready.length === 0) throw refuse('OPERATION_UNSUPPORTED')
    for (const step of ready) done.add(step)
    const [only] = ready
    nodes.push(
      only && ready.length === 1 ? only.node : { kind: 'Parallel', nodes: ready.map(({ node }) => node) },
    )
  }
  return nodes
}

/** Each fetch by itself, within the conditions and the path that surround it. */
function apart(node: PlanNode): PlanNode[] {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap(apart)
    case 'Flatten':
      return apart(node.node).map((inner) => ({ ...node, node: inner }))
    case 'Condition':
      return [
        ...(node.ifClause ? apart(node.ifClause) : []).map((ifClause) =>
          condition(node.condition, { ifClause }),
        ),
        ...(node.elseClause ? apart(node.elseClause) : []).map((elseClause) =>
          condition(node.condition, { elseClause }),
        ),
      ]
    case 'Fetch':
      return [node]
    default:
      throw refuse('OPERATION_UNSUPPORTED')
  }
}

function condition(name: string, clause: { ifClause: PlanNode } | { elseClause: PlanNode }): PlanNode {
  return { kind: 'Condition', condition: name, ...clause }
}

interface Need {
  readonly path: readonly string[]
  /** Of objects of which type. */
  readonly type: string | undefined
}

/** The places whose values a fetch needs: its objects, and what it tells of them. */
function needsOf({ fetch, path }: Part): Need[] {
  const steps = path.filter((step) => step !== '@')
  const told = (fetch.requires ?? []).flatMap((selection) => {
    const type = selection.kind === 'InlineFragment' ? selection.typeCondition : undefined
    return namesOf([selection]).map((name) => ({ path: [...steps, ...name.split('.')], type }))
  })
  return [{ path: steps, type: undefined }, ...told]
}

/** That the objects at a depth are of a type: what is selected of others is of no use. */
interface On {
  readonly type: string | undefined
  readonly depth: number
  readonly schema: GraphQLSchema
}

function concerns({ type, depth, schema }: On, at: number, condition: string | undefined): boolean {
  if (type === undefined || condition === undefined || at !== depth) return true
  return fallsUnder(schema, type, condition) || fallsUnder(schema, condition, type)
}

export function brings({ path, set, fragments }: Part, wanted: readonly string[], on?: On): boolean {
  const own = path.filter((step) => step !== '@')
  if (own.length > wanted.length || own.some((step, at) => step !== wanted[at])) return false
  const rest = wanted.slice(own.length)
  if (rest.length === 0) return false
  const selects = (sets: readonly SelectionSetNode[], at: number): boolean => {
    const fields = sets.flatMap(function fieldsIn(inner: SelectionSetNode): FieldNode[] {
      return inner.selections.flatMap((selection) => {
        if (selection.kind === Kind.FIELD)
          return (selection.alias ?? selection.name).value === rest[at] ? [selection] : []
        const fragment =
          selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection
        const isOther = on && !concerns(on, own.length + at, fragment?.typeCondition?.name.value)
        return fragment && !isOther ? fieldsIn(fragment.selectionSet) : []
      })
    })
    if (fields.length === 0) return false
    return (
      at === rest.length - 1 ||
      selects(
        fields.flatMap(({ selectionSet }) => selectionSet ?? []),
        at + 1,
      )
    )
  }
  return selects([set], 0)
}
