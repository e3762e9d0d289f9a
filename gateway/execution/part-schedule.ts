import {
  isAbstractType,
  Kind,
  parse,
  type GraphQLFormattedError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import type { FetchNode, PlanNode } from '@apollo/query-planner'
import { deferLabel } from '../planning/defer-label.ts'
import { fragmentsOf } from '../planning/fields.ts'
import { insideName, type Names } from '../planning/response-names.ts'
import { locationOf, type Path } from '../planning/locations.ts'

/** The part that comes first. */
export const FIRST = ''

/** Which parts of an operation wait for a fetch: those that ask for what it brings, or for what is fetched after it. */
export type Needs = ReadonlyMap<FetchNode, ReadonlySet<string>>

/** Stands for the type of an object that came from a subgraph which knows but an interface: no field has that name. */
const ITS_TYPE = '__itsType'

/** Finds for each fetch of a plan that knows of no parts which of them wait for it. */
export function needsOf(
  schema: GraphQLSchema,
  plan: PlanNode | undefined,
  definition: OperationDefinitionNode,
  names: Names,
): Needs {
  const asked = labelsByPlace(definition, names)
  const needs = new Map<FetchNode, ReadonlySet<string>>()
  const visit = (node: PlanNode | undefined, path: Path, later: ReadonlySet<string>): ReadonlySet<string> => {
    switch (node?.kind) {
      case 'Sequence':
        return node.nodes.reduceRight((after, inner) => visit(inner, path, after), later)
      case 'Parallel': {
        const branches = node.nodes.map((inner) => visit(inner, path, later))
        return branches.reduce((all, labels) => all.union(labels), later)
      }
      case 'Flatten':
        return visit(node.node, [...path, ...node.path.map(String)], later)
      case 'Fetch': {
        const places = placesOf(node, path)
        if (tellsTypes(schema, node)) places.push(locationOf([...path, ITS_TYPE]))
        const labels = new Set(places.flatMap((place) => [...(asked.get(place) ?? [])]))
        const all = labels.union(later)
        needs.set(node, all)
        return all
      }
      default:
        return later
    }
  }
  visit(plan, [], new Set())
  return needs
}

/** Tells when a part of the answer is ready, as fetches arrive. */
export class PartSchedule {
  private readonly errors: GraphQLFormattedError[]
  private readonly needs: Needs
  private readonly left = new Map<string, number>()
  private readonly ready = new Map<string, PromiseWithResolvers<void>>()

  constructor(needs: Needs, errors: GraphQLFormattedError[]) {
    this.needs = needs
    this.errors = errors
    for (const labels of needs.values())
      for (const label of labels) {
        this.left.set(label, (this.left.get(label) ?? 0) + 1)
        const ready = Promise.withResolvers<void>()
        ready.promise.catch(() => {})
        this.ready.set(label, ready)
      }
  }

  arrived(fetch: FetchNode): void {
    for (const label of this.needs.get(fetch) ?? []) {
      const left = (this.left.get(label) ?? 1) - 1
      this.left.set(label, left)
      if (left === 0) this.ready.get(label)?.resolve()
    }
  }

  /** Lets every part be ready when the work ends, or fail with it. */
  follow(work: Promise<void>): void {
    work.then(
      () => this.ready.values().forEach(({ resolve }) => resolve()),
      (error: unknown) => this.ready.values().forEach(({ reject }) => reject(error)),
    )
  }

  /** Waits for a part, and gives the errors there are by then. */
  async errorsOf(label: string): Promise<readonly GraphQLFormattedError[]> {
    await this.ready.get(label)?.promise
    return this.errors.splice(0)
  }
}

function labelsByPlace(definition: OperationDefinitionNode, names: Names): ReadonlyMap<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  const add = (path: Path, label: string): void => {
    const place = locationOf(path)
    found.set(place, (found.get(place) ?? new Set()).add(label))
  }
  const look = ({ selections }: SelectionSetNode, path: Path, label: string): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) continue
      // Whether something stands there, or will later, is told by the part around it.
      if (selection.kind === Kind.INLINE_FRAGMENT || selection.name.value === '__typename')
        add([...path, ITS_TYPE], label)
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        look(selection.selectionSet, path, deferLabel(selection) ?? label)
        continue
      }
      const inner = [...path, insideName(selection, names)]
      add(inner, label)
      if (selection.selectionSet) look(selection.selectionSet, inner, label)
    }
  }
  look(definition.selectionSet, [], FIRST)
  return found
}

/** Whether a fetch finds out the types of objects that are told it by an interface. */
function tellsTypes(schema: GraphQLSchema, { requires = [] }: FetchNode): boolean {
  return requires.some(
    (told) => told.kind === 'InlineFragment' && isAbstractType(schema.getType(told.typeCondition ?? '')),
  )
}

function placesOf({ operation, requires }: FetchNode, path: Path): string[] {
  const document = parse(operation, { noLocation: true })
  const fragments = fragmentsOf(document)
  const look = (set: SelectionSetNode | undefined, at: Path): string[] =>
    (set?.selections ?? []).flatMap((selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD)
        return look(fragments.get(selection.name.value)?.selectionSet, at)
      if (selection.kind === Kind.INLINE_FRAGMENT) return look(selection.selectionSet, at)
      if (requires && selection.name.value === '_entities') return look(selection.selectionSet, at)
      const inner = [...at, (selection.alias ?? selection.name).value]
      return [locationOf(inner), ...look(selection.selectionSet, inner)]
    })
  return document.definitions.flatMap((node) =>
    node.kind === Kind.OPERATION_DEFINITION ? look(node.selectionSet, path) : [],
  )
}
