import { getNamedType, isAbstractType, isCompositeType, isObjectType } from 'graphql'
import type { GraphQLCompositeType, GraphQLSchema, SelectionSetNode } from 'graphql'
import type { PlanNode, QueryPlanSelectionNode } from '@apollo/query-planner'
import type { ErrorPath } from './complete-answer.ts'
import { collectFields, type Field, type Shape } from '../planning/fields.ts'
import type { Path } from '../planning/locations.ts'
import { partsOf } from '../planning/plan-parts.ts'
import { fallsUnder } from '../planning/type-conditions.ts'
import { isTree, type Tree } from './tree.ts'

/** What a client asks for. */
export interface Question {
  readonly shape: Shape
  readonly rootType: GraphQLCompositeType
  readonly selectionSet: SelectionSetNode
}

/** What a fetch is told of objects of a type at a place. */
interface Told {
  readonly place: readonly string[]
  readonly typeCondition: string | undefined
  readonly leaf: readonly string[]
}

/** Tells what of a plan the client asked for, and what is only there for others. */
export class Wanted {
  private readonly question: Question
  private readonly schema: GraphQLSchema
  private readonly plan: PlanNode | undefined
  private told: readonly Told[] | undefined

  constructor(schema: GraphQLSchema, plan: PlanNode | undefined, question: Question) {
    this.schema = schema
    this.plan = plan
    this.question = question
  }

  /** Whether a client asked for what stands at a place, or may have. */
  isAsked(data: Tree | undefined, place: ErrorPath): boolean {
    const { shape, rootType, selectionSet } = this.question
    return asks(shape, [rootType], [selectionSet], data, place)
  }

  /** Whether the same is asked of what stands at a path, whatever the types on the way. */
  isAskedAlike(path: Path): boolean {
    const { shape, rootType, selectionSet } = this.question
    return asksAlike(
      shape,
      [rootType],
      [selectionSet],
      path.filter((step) => step !== '@'),
    )
  }

  /** Whether something is computed from, or found by, what stands at a place. */
  isTold(data: Tree, place: ErrorPath): boolean {
    const names = place.filter((step) => typeof step === 'string')
    this.told ??= toldIn(this.plan)
    return this.told.some(({ place: at, typeCondition, leaf }) => {
      const whole = [...at, ...leaf]
      if (names.length <= at.length || !names.every((name, index) => whole[index] === name)) return false
      const way = wayTo(place, at.length)
      const typename = objectAt(data, way)?.['__typename']
      if (typeCondition !== undefined && typeof typename === 'string')
        if (!fallsUnder(this.schema, typename, typeCondition)) return false
      return at.length === 0 || this.isAsked(data, way) || this.isTold(data, way)
    })
  }
}

function asks(
  shape: Shape,
  types: readonly GraphQLCompositeType[],
  selections: readonly SelectionSetNode[],
  value: unknown,
  place: ErrorPath,
): boolean {
  const [step, ...rest] = place
  if (step === undefined) return true
  if (typeof step === 'number') {
    const element: unknown = Array.isArray(value) ? value[step] : undefined
    return asks(shape, types, selections, element, rest)
  }
  const typename = isTree(value) ? value['__typename'] : undefined
  const known = typeof typename === 'string' ? shape.schema.getType(typename) : undefined
  const possible = isObjectType(known) ? [known] : types.flatMap((type) => typesOf(shape.schema, type))
  return possible.some((type) => {
    const field = collectFields(shape, type, selections).find(({ inside }) => inside === step)
    const inner = field?.type && getNamedType(field.type)
    if (!isCompositeType(inner)) return field !== undefined
    return asks(shape, [inner], field?.selections ?? [], isTree(value) ? value[step] : undefined, rest)
  })
}

function asksAlike(
  shape: Shape,
  types: readonly GraphQLCompositeType[],
  selections: readonly SelectionSetNode[],
  [step, ...rest]: readonly string[],
): boolean {
  if (step === undefined) return true
  const possible = types.flatMap((type) => typesOf(shape.schema, type))
  const [first, ...others] = possible.flatMap(
    (type) => collectFields(shape, type, selections).find(({ inside }) => inside === step) ?? [],
  )
  if (!first) return true
  const isSame = ({ selections: some }: Field): boolean =>
    some.length === first.selections.length && some.every((set, at) => set === first.selections[at])
  if (!others.every(isSame)) return false
  const inner = [first, ...others].flatMap(({ type }) => (type ? [getNamedType(type)] : []))
  return asksAlike(shape, [...new Set(inner)].filter(isCompositeType), first.selections, rest)
}

function typesOf(schema: GraphQLSchema, type: GraphQLCompositeType): readonly GraphQLCompositeType[] {
  return isAbstractType(type) ? schema.getPossibleTypes(type) : [type]
}

/** The beginning of a place that leads to an object so many names deep. */
function wayTo(place: ErrorPath, depth: number): ErrorPath {
  let names = 0
  const end = place.findIndex((step) => typeof step === 'string' && ++names > depth)
  return end === -1 ? place : place.slice(0, end)
}

function objectAt(data: Tree, way: ErrorPath): Tree | undefined {
  let value: unknown = data
  for (const step of way) {
    if (typeof step === 'number') value = Array.isArray(value) ? value[step] : undefined
    else value = isTree(value) ? value[step] : undefined
  }
  return isTree(value) ? value : undefined
}

function toldIn(plan: PlanNode | undefined): Told[] {
  return partsOf(plan).flatMap(({ fetch: { requires = [] }, path }) => {
    const place = path.filter((step) => step !== '@')
    return requires.flatMap((entity) => {
      const typeCondition = entity.kind === 'InlineFragment' ? entity.typeCondition : undefined
      return leavesOf([entity]).map((leaf) => ({ place, typeCondition, leaf }))
    })
  })
}

function leavesOf(selections: readonly QueryPlanSelectionNode[]): string[][] {
  return selections.flatMap((selection) => {
    if (selection.kind === 'InlineFragment') return leavesOf(selection.selections)
    const name = selection.alias ?? selection.name
    if (!selection.selections) return [[name]]
    return leavesOf(selection.selections).map((leaf) => [name, ...leaf])
  })
}
