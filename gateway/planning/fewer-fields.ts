import type { FetchNode } from '@apollo/query-planner'
import { Kind, parse, print, stripIgnoredCharacters, visit, type DocumentNode, type FieldNode } from 'graphql'

/** A fetch that asks for another document, with the variables that are left in it. */
export function withDocument(fetch: FetchNode, document: DocumentNode): FetchNode {
  const used = new Set<string>()
  visit(document, { VariableDefinition: () => false, Variable: ({ name }) => void used.add(name.value) })
  const declared = visit(document, {
    VariableDefinition: ({ variable }) => (used.has(variable.name.value) ? false : null),
  })
  return {
    ...fetch,
    operation: stripIgnoredCharacters(print(declared)),
    variableUsages: (fetch.variableUsages ?? []).filter((name) => used.has(name)),
  }
}

/** A fetch that leaves out the fields at some places, told by the names in its answer; null where it has none of them. */
export function withoutFields(fetch: FetchNode, places: ReadonlySet<string>): FetchNode | null {
  const document = parse(fetch.operation, { noLocation: true })
  // What several places share cannot be left out at one of them.
  if (document.definitions.some(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)) return null
  const steps: string[] = []
  const fewer = visit(document, {
    Field: {
      enter(field) {
        steps.push((field.alias ?? field.name).value)
        // Something has to be selected.
        return places.has(steps.join('.')) ? TYPENAME : undefined
      },
      leave: () => void steps.pop(),
    },
  })
  return fewer === document ? null : withDocument(fetch, fewer)
}

/** Whether a fetch asks for a place, told by the names in its answer. */
export function asksFor(fetch: FetchNode, place: string): boolean {
  const places = known.get(fetch) ?? placesOf(fetch)
  known.set(fetch, places)
  return places.has(place)
}

const known = new WeakMap<FetchNode, ReadonlySet<string>>()

function placesOf(fetch: FetchNode): ReadonlySet<string> {
  const places = new Set<string>()
  const steps: string[] = []
  visit(parse(fetch.operation, { noLocation: true }), {
    FragmentDefinition: () => false,
    Field: {
      enter({ alias, name }) {
        steps.push((alias ?? name).value)
        places.add(steps.join('.'))
      },
      leave: () => void steps.pop(),
    },
  })
  return places
}

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }
