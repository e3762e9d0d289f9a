import { createHash } from 'node:crypto'
import {
  Kind,
  print,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from 'graphql'

// Planners put what they need for themselves (keys, @requires) under the fields' own names, and let two fields of one
// response name meet where different types of an interface have them. A client may call something else `id`, which would
// be sent as the key; or `constructor`, which every object of JavaScript has already. Inside, such an answer stands under
// a name of its own.

const PREFIX = 'hubAlias_'
const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype))
const PREFIXED = /^hubAlias_(?:[0-9a-f]{8})?_/
const STANDS_IN = /^hubField_(.+)_[0-9a-f]{8}$/

export interface Names {
  /** Under which a planner keeps what it needs for itself. */
  readonly own: ReadonlySet<string>
  /** That mean different fields, or different arguments, at one place of the operation. */
  readonly contested: ReadonlySet<string>
}

/** The names of an operation that need care. */
export function namesIn(document: DocumentNode, own: ReadonlySet<string>): Names {
  return { own, contested: contestedNames(document) }
}

/** Under which name the answer to a field stands inside. */
export function insideName(field: FieldNode, { own, contested }: Names): string {
  const { alias, name } = field
  const outside = (alias ?? name).value
  if (contested.has(outside)) {
    const hash = createHash('sha256').update(meaningOf(field)).digest('hex').slice(0, 8)
    return `${PREFIX}${hash}_${outside}`
  }
  const isTaken = (outside !== name.value && own.has(outside)) || INHERITED.has(outside)
  return isTaken || outside.startsWith(PREFIX) || STANDS_IN.test(outside) ? `${PREFIX}_${outside}` : outside
}

/** What a client called it; a field that stands for another is called as that one. */
export function outsideName(inside: string): string {
  const outside = inside.replace(PREFIXED, '')
  return outside === inside ? inside.replace(STANDS_IN, '$1') : outside
}

/** The operation with every answer under its inside name; the very same document where nothing changes. */
export function withInsideNames(document: DocumentNode, names: Names): DocumentNode {
  return visit(document, {
    Field(field) {
      const value = insideName(field, names)
      if (value === (field.alias ?? field.name).value) return undefined
      return { ...field, alias: { kind: Kind.NAME, value } } satisfies FieldNode
    },
  })
}

function meaningOf({ name, arguments: given = [] }: FieldNode): string {
  return `${name.value}(${given.map(print).toSorted().join(',')})`
}

function contestedNames(document: DocumentNode): Set<string> {
  const contested = new Set<string>()
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  )
  const look = (sets: readonly SelectionSetNode[]): void => {
    const places = Map.groupBy(fieldsOf(sets, fragments), ({ alias, name }) => (alias ?? name).value)
    for (const [name, fields] of places) {
      if (fields.length > 1 && new Set(fields.map(meaningOf)).size > 1) contested.add(name)
      const inner = fields.flatMap(({ selectionSet }) => selectionSet ?? [])
      if (inner.length > 0) look(inner)
    }
  }
  for (const node of document.definitions) {
    if (node.kind === Kind.OPERATION_DEFINITION) look([node.selectionSet])
  }
  return contested
}

function fieldsOf(
  sets: readonly SelectionSetNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): FieldNode[] {
  const seen = new Set<string>()
  const collect = (set: SelectionSetNode): FieldNode[] =>
    set.selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [selection]
      if (selection.kind === Kind.INLINE_FRAGMENT) return collect(selection.selectionSet)
      const fragment = fragments.get(selection.name.value)
      if (!fragment || seen.has(selection.name.value)) return []
      seen.add(selection.name.value)
      return collect(fragment.selectionSet)
    })
  return sets.flatMap(collect)
}
