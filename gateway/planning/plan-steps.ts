import type {
  FetchDataKeyRenamer,
  FetchDataRewrite,
  FetchNode,
  PlanNode,
  QueryPlanSelectionNode,
} from '@apollo/query-planner'
import {
  Kind,
  OperationTypeNode,
  print,
  stripIgnoredCharacters,
  visit,
  type FieldNode,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type VariableDefinitionNode,
} from 'graphql'
import type { Path } from './locations.ts'

/** What is asked of the objects of a place; it grows while an operation is planned. */
export class Selecting {
  readonly fields = new Map<string, Asked>()
}

interface Asked {
  readonly node: FieldNode
  /** How its values look: two that differ cannot stand under one name, whatever their objects. */
  readonly look: string
  /** By type what is asked of its objects; '' where no type need be named. */
  readonly inner: Map<string, Selecting>
}

type Typed = readonly [type: string, selecting: Selecting]

/** Writes what is asked, with a name of its own for what another type has under the same name and of another look. */
class Writing {
  readonly renamed: FetchDataRewrite[] = []

  /** What is asked of objects that are each of one of these types. */
  selections(typed: readonly Typed[], path: readonly string[]): SelectionNode[] {
    const looks = new Map<string, string>()
    return typed.flatMap(([type, { fields }]) => {
      const below = type === '' ? path : [...path, `... on ${type}`]
      const selections = [...fields].map(([name, { node, look, inner }]): SelectionNode => {
        const isOther = (looks.get(name) ?? look) !== look
        if (!isOther) looks.set(name, look)
        const alias = isOther ? `hubLook_${type}_${name}` : name
        if (isOther) this.renamed.push({ kind: 'KeyRenamer', path: [...below, alias], renameKeyTo: name })
        const { selectionSet: _asked, ...field } = node
        const named = isOther ? { ...field, alias: { kind: Kind.NAME as const, value: alias } } : field
        if (inner.size === 0) return named
        const parts = this.selections([...inner], [...below, alias])
        return { ...named, selectionSet: setOf([TYPENAME, ...parts]) }
      })
      if (selections.length === 0) return []
      return type === '' ? selections : [onType(type, setOf(selections))]
    })
  }
}

/** One question to a subgraph, at the root or about the objects of one type at one place. */
export interface Step {
  readonly service: string
  readonly path: Path
  readonly entity?: Entity
  /** Its variables that stand for what lies above its objects. */
  readonly contexts: readonly Context[]
  readonly selecting: Selecting
  /** What has to be answered before. */
  readonly after: ReadonlySet<Step>
}

interface Context {
  readonly variable: string
  readonly type: string
  readonly rewrites: readonly FetchDataKeyRenamer[]
}

interface Entity {
  readonly type: string
  /** What the subgraph calls it. */
  readonly name: string
  /** Whether that is an interface, which stands there for all its types. */
  readonly isStanding: boolean
  /** What it is told of each object. */
  readonly told: SelectionSetNode
  /** The objects, by the way that leads to them: on another way to the same place other fields are known. */
  readonly objects: object
}

/** A question to a subgraph that nothing has to be known for. */
export function rootStep(service: string): Step {
  return { service, path: [], contexts: [], selecting: new Selecting(), after: new Set() }
}

/** The steps as a plan: each once all it needs is there. A mutation's are carried out in their order. */
export function planOfSteps(
  steps: readonly Step[],
  { operation, variableDefinitions = [] }: OperationDefinitionNode,
  answered: readonly Step[] = [],
): PlanNode | undefined {
  const nodes: PlanNode[] = []
  const done = new Set(answered)
  while (done.size < steps.length + answered.length) {
    const ready = steps.filter((step) => !done.has(step) && [...step.after].every((other) => done.has(other)))
    if (ready.length === 0) throw new Error('steps of a plan wait for each other')
    for (const step of ready) done.add(step)
    const together = Map.groupBy(ready, ({ service, path, entity, contexts }) =>
      JSON.stringify([service, path, !entity, contexts.map(({ variable }) => variable)]),
    )
    const fetches = [...together.values()]
      .flatMap((alike) => askedTogether(alike))
      .map((alike) => fetchOf(alike, operation, variableDefinitions))
    const [only] = fetches
    nodes.push(only && fetches.length === 1 ? only : { kind: 'Parallel', nodes: fetches })
  }
  return nodes.length > 1 ? { kind: 'Sequence', nodes } : nodes[0]
}

/** What is told of an object is there as a whole or not told: it is never more than each step by itself would tell. */
function askedTogether(steps: readonly Step[]): Step[][] {
  const questions: Step[][] = []
  for (const step of steps) {
    const question = questions.find((others) =>
      others.every(({ entity }) => isToldAlike(entity, step.entity)),
    )
    if (question) question.push(step)
    else questions.push([step])
  }
  return questions
}

function isToldAlike(one: Entity | undefined, other: Entity | undefined): boolean {
  if (!one || !other || one.type !== other.type || one.objects === other.objects) return true
  return print(one.told) === print(other.told)
}

/** Steps to one subgraph, of one place: one question. */
function fetchOf(
  steps: readonly Step[],
  operationKind: OperationTypeNode,
  declared: readonly VariableDefinitionNode[],
): PlanNode {
  const [first] = steps
  if (!first) throw new Error('a question about nothing')
  const entities = steps.flatMap(({ entity }) => entity ?? [])
  const writing = new Writing()
  const typed = steps.map(({ entity, selecting }): Typed => [entity?.name ?? '', selecting])
  const asked = writing.selections(typed, [])
  const isAbout = entities.length > 0
  const kinds = [...new Set(entities.map(({ name }) => name))].map((name) => onType(name, setOf([TYPENAME])))
  const used = new Set<string>()
  visit(setOf(asked), { Variable: ({ name }) => void used.add(name.value) })
  const variables = declared.filter(({ variable }) => used.has(variable.name.value)).map((one) => print(one))
  const contexts = steps.flatMap((step) => step.contexts)
  const taken = new Set(contexts.map(({ variable, type }) => `$${variable}:${type}`))
  const head = isAbout ? ['$representations:[_Any!]!', ...taken, ...variables] : variables
  const body = isAbout
    ? `{_entities(representations:$representations)${print(setOf([...kinds, ...asked]))}}`
    : print(setOf(asked))
  const kind = isAbout ? OperationTypeNode.QUERY : operationKind
  const fetch: FetchNode = {
    kind: 'Fetch',
    serviceName: first.service,
    ...(isAbout && { requires: representations(entities), inputRewrites: entities.flatMap(renamed) }),
    ...(contexts.length > 0 && { contextRewrites: contexts.flatMap(({ rewrites }) => rewrites) }),
    ...(writing.renamed.length > 0 && { outputRewrites: writing.renamed }),
    variableUsages: [...used],
    operation: stripIgnoredCharacters(`${kind}${head.length > 0 ? `(${head.join(',')})` : ''}${body}`),
    operationName: undefined,
    operationKind: kind,
  }
  return first.path.length > 0 ? { kind: 'Flatten', path: [...first.path], node: fetch } : fetch
}

/** A subgraph that knows but an interface is told that one. */
function renamed({ type, name, isStanding }: Entity): FetchDataRewrite[] {
  if (!isStanding) return []
  return [{ kind: 'ValueSetter', path: [`... on ${type}`, '__typename'], setValueTo: name }]
}

/** What is told of the objects of each type. */
function representations(entities: readonly Entity[]): QueryPlanSelectionNode[] {
  const typename: QueryPlanSelectionNode = { kind: 'Field', name: '__typename' }
  return [...Map.groupBy(entities, ({ type }) => type)].map(([type, alike]) => ({
    kind: 'InlineFragment',
    typeCondition: type,
    selections: [typename, ...toldOf(alike.map(({ told }) => told))],
  }))
}

/** Selections as a plan tells what a representation holds, each name once. */
function toldOf(sets: readonly SelectionSetNode[]): QueryPlanSelectionNode[] {
  const all = sets.flatMap(({ selections }) => selections)
  const fields = Map.groupBy(
    all.filter((selection) => selection.kind === Kind.FIELD),
    ({ name }) => name.value,
  )
  const told = [...fields].map(([name, alike]): QueryPlanSelectionNode => {
    const inner = alike.flatMap(({ selectionSet }) => selectionSet ?? [])
    return { kind: 'Field', name, ...(inner.length > 0 && { selections: withType(toldOf(inner)) }) }
  })
  const fragments = all.filter((selection) => selection.kind === Kind.INLINE_FRAGMENT)
  const conditional = fragments.map(({ typeCondition, selectionSet }): QueryPlanSelectionNode => {
    const condition = typeCondition && { typeCondition: typeCondition.name.value }
    return { kind: 'InlineFragment', ...condition, selections: toldOf([selectionSet]) }
  })
  return [...told, ...conditional]
}

/** An object within a representation says its type where that tells what else is said of it. */
function withType(selections: QueryPlanSelectionNode[]): QueryPlanSelectionNode[] {
  if (selections.every(({ kind }) => kind === 'Field')) return selections
  return [{ kind: 'Field', name: '__typename' }, ...selections]
}

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }

function setOf(selections: readonly SelectionNode[]): SelectionSetNode {
  return { kind: Kind.SELECTION_SET, selections }
}

function onType(type: string, selectionSet: SelectionSetNode): InlineFragmentNode {
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type } },
    selectionSet,
  }
}
