import { Kind, parse, type SelectionSetNode } from 'graphql'
import type { FetchNode, PlanNode } from '@apollo/query-planner'

/** Names of fields, and `@` for every element of a list. */
export type Path = readonly string[]

/** Where objects come into the answer, and how many fetches put them there. */
export type Locations = ReadonlyMap<string, number>

/** The key of a place in `Locations`; lists do not count. */
export function locationOf(path: Path): string {
  return path.filter((step) => step !== '@').join('.')
}

/** Where the fetches of a plan put objects. Two that meet at one place must not share what they put there. */
export function objectLocations(node: PlanNode | undefined): Locations {
  const counts = new Map<string, number>()
  const visit = (part: PlanNode | undefined, path: Path): void => {
    switch (part?.kind) {
      case 'Sequence':
      case 'Parallel':
        for (const child of part.nodes) visit(child, path)
        return
      case 'Flatten':
        return visit(part.node, [...path, ...part.path.map(String)])
      case 'Condition':
        visit(part.ifClause, path)
        return visit(part.elseClause, path)
      case 'Defer':
        visit(part.primary.node, path)
        for (const { node: deferred } of part.deferred) visit(deferred, path)
        return
      case 'Fetch':
        for (const place of placesOfFetch(part, path)) counts.set(place, (counts.get(place) ?? 0) + 1)
        return
      default:
        return
    }
  }
  visit(node, [])
  return counts
}

/** Whether what a fetch brings can be shared between the objects it is for. */
export function isAlone(fetch: FetchNode, path: Path, locations: Locations): boolean {
  return [...placesOfFetch(fetch, path)].every((place) => locations.get(place) === 1)
}

function placesOfFetch(fetch: FetchNode, path: Path): Set<string> {
  const places = new Set<string>()
  const document = parse(fetch.operation, { noLocation: true })
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [],
    ),
  )
  const visit = (set: SelectionSetNode, at: Path): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value)
        if (fragment) visit(fragment.selectionSet, at)
      } else if (selection.kind === Kind.INLINE_FRAGMENT) visit(selection.selectionSet, at)
      else if (selection.selectionSet) {
        const entities = fetch.requires !== undefined && selection.name.value === '_entities'
        const inner = entities ? at : [...at, (selection.alias ?? selection.name).value]
        if (!entities) places.add(locationOf(inner))
        visit(selection.selectionSet, inner)
      }
    }
  }
  for (const node of document.definitions) {
    if (node.kind === Kind.OPERATION_DEFINITION) visit(node.selectionSet, path)
  }
  return places
}
