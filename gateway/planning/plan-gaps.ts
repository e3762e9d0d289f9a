import {
  isObjectType,
  Kind,
  parse,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql'
import { assumedIn, type Assumed } from './conditions.ts'
import { locationOf } from './locations.ts'
import type { Part } from './plan-parts.ts'
import { always } from './plan-pieces.ts'
import { fallsUnder } from './type-conditions.ts'
import type { SubgraphTypes } from './subgraph-types.ts'

/** Objects that a fetch brings or adds to, and what it selects of them. */
export interface Source {
  readonly part: Part
  readonly sets: readonly Selected[]
}

/** Selections, and what their surroundings assume. */
export interface Selected {
  readonly set: SelectionSetNode
  readonly assumed: Assumed
}

/** A field, and what is assumed where it is selected. */
export interface SelectedField {
  readonly node: FieldNode
  readonly assumed: Assumed
}

/** Something of an operation that no fetch of its plan brings. */
export interface Gap {
  readonly typeName: string
  readonly fields: readonly SelectedField[]
  /** Who brings the object that it is missing in; none for the root. */
  readonly sources: readonly Source[]
}

export interface Looked {
  readonly schema: GraphQLSchema
  readonly subgraphs: SubgraphTypes
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly parts: readonly Part[]
}

/**
 * Looks for what a plan forgot. A planner takes each way to a field by itself; where the members of a union differ
 * between subgraphs it may leave out a type for a way that it did not go.
 */
export function findGaps(looked: Looked, rootType: string, set: SelectionSetNode): Gap[] {
  const search = new Search(looked)
  search.object([], rootType, [always(set)], search.rootSources())
  return search.gaps
}

class Search {
  readonly gaps: Gap[] = []
  private readonly looked: Looked
  private readonly seen = new Set<string>()
  private readonly ids = new Map<object, number>()
  private readonly fromAbove: ReadonlyMap<string, readonly Selected[]>

  constructor(looked: Looked) {
    this.looked = looked
    this.fromAbove = contextNeeds(looked.parts)
  }

  rootSources(): Source[] {
    return this.looked.parts.flatMap((part) =>
      part.place === '' && !part.fetch.requires ? [{ part, sets: [always(part.set)] }] : [],
    )
  }

  object(
    path: readonly string[],
    typeName: string,
    needed: readonly Selected[],
    brought: readonly Source[],
  ): void {
    const place = locationOf(path)
    const sources = [...brought, ...this.entitySources(place, typeName)]
    const needs = [...needed, ...(this.fromAbove.get(place) ?? [])]
    const ids = [needs, ...sources.map(({ sets }) => sets)].map((sets) =>
      sets.map((selected) => this.id(selected)),
    )
    const key = `${place} ${typeName} ${JSON.stringify(ids)}`
    if (this.seen.has(key)) return
    this.seen.add(key)
    const { schema, fragments } = this.looked
    const had = sources.map((source) => ({ source, fields: broughtBy(schema, typeName, source) }))
    for (const [name, fields] of fieldsFor(schema, typeName, needs, fragments)) {
      const having = had.flatMap(({ source: { part }, fields: all }) => {
        const found = all.get(name)
        return found ? [{ part, fields: found }] : []
      })
      if (having.length === 0) this.gaps.push({ typeName, fields, sources })
      else this.below([...path, name], typeName, fields, having)
    }
  }

  private below(
    path: readonly string[],
    typeName: string,
    fields: readonly SelectedField[],
    having: readonly { readonly part: Part; readonly fields: readonly SelectedField[] }[],
  ): void {
    const needs = setsOf(fields)
    if (needs.length === 0) return
    const { subgraphs, schema } = this.looked
    const types = new Set<string>()
    for (const { part, fields: found } of having) {
      for (const { node } of found)
        for (const type of subgraphs.typesOfField(part.fetch.serviceName, typeName, node.name.value))
          types.add(type)
    }
    const sources = having.map(({ part, fields: found }) => ({ part, sets: setsOf(found) }))
    for (const type of types) if (isObjectType(schema.getType(type))) this.object(path, type, needs, sources)
  }

  /** A fetch adds nothing to objects of which it is not told. */
  private entitySources(place: string, typeName: string): Source[] {
    const { parts, schema } = this.looked
    return parts.flatMap((part) => {
      const isTold = part.fetch.requires?.some(
        (told) => told.kind === 'Field' || fallsUnder(schema, typeName, told.typeCondition ?? typeName),
      )
      return isTold && part.place === place ? [{ part, sets: [always(part.set)] }] : []
    })
  }

  private id({ set, assumed }: Selected): string {
    const known = this.ids.get(set) ?? this.ids.size
    this.ids.set(set, known)
    return [known, ...assumed].join()
  }
}

/** What a fetch brings of an object, under the names it stands under once the answer is rewritten. */
function broughtBy(
  schema: GraphQLSchema,
  typeName: string,
  { part, sets }: Source,
): Map<string, SelectedField[]> {
  const fields = fieldsFor(schema, typeName, sets, part.fragments)
  for (const rewrite of part.fetch.outputRewrites ?? []) {
    const name = rewrite.path.at(-1) ?? ''
    const renamed = rewrite.kind === 'KeyRenamer' ? fields.get(name) : undefined
    if (renamed && rewrite.kind === 'KeyRenamer')
      fields.set(rewrite.renameKeyTo, [...(fields.get(rewrite.renameKeyTo) ?? []), ...renamed])
  }
  return fields
}

/** What selections ask of an object of a type, by response name; the name of the type is known anyway. */
export function fieldsFor(
  schema: GraphQLSchema,
  typeName: string,
  sets: readonly Selected[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Map<string, SelectedField[]> {
  const found = new Map<string, SelectedField[]>()
  const collect = ({ set, assumed: outside }: Selected): void => {
    for (const selection of set.selections) {
      const assumed = assumedIn(selection, outside)
      if (!assumed) continue
      if (selection.kind === Kind.FIELD) {
        if (selection.name.value.startsWith('__')) continue
        const name = (selection.alias ?? selection.name).value
        const fields = found.get(name)
        if (fields) fields.push({ node: selection, assumed })
        else found.set(name, [{ node: selection, assumed }])
        continue
      }
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection
      const condition = fragment?.typeCondition?.name.value ?? typeName
      if (fragment && fallsUnder(schema, typeName, condition))
        collect({ set: fragment.selectionSet, assumed })
    }
  }
  for (const set of sets) collect(set)
  return found
}

/** What is provided of an object, by response name. */
export function providedOf(
  schema: GraphQLSchema,
  { type, provided }: { readonly type: string; readonly provided: readonly Selected[] },
): Map<string, SelectedField[]> {
  return provided.length > 0 ? fieldsFor(schema, type, provided, new Map()) : new Map()
}

/** What fetches take from further up, at the places where it has to stand. */
function contextNeeds(parts: readonly Part[]): Map<string, Selected[]> {
  const needs = new Map<string, Selected[]>()
  for (const { fetch, path } of parts) {
    const steps = path.filter((step) => step !== '@')
    for (const { path: taken } of fetch.contextRewrites ?? []) {
      const levels = taken.findIndex((step) => step !== '..')
      const text = taken.slice(levels).reduceRight((inner, step) => `{${step} ${inner}}`, '')
      const [definition] = parse(text, { noLocation: true }).definitions
      const place = locationOf(steps.slice(0, steps.length - levels))
      if (definition?.kind === Kind.OPERATION_DEFINITION)
        needs.set(place, [...(needs.get(place) ?? []), always(definition.selectionSet)])
    }
  }
  return needs
}

export function setsOf(fields: readonly SelectedField[]): Selected[] {
  return fields.flatMap(({ node: { selectionSet: set }, assumed }) => (set ? [{ set, assumed }] : []))
}
