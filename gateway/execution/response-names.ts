import { Kind, visit, type DocumentNode, type FieldNode } from 'graphql'

// Planners put what they need for themselves (keys, @requires) under the fields' own names. A client may call something
// else by such a name: `id: title` would be sent as the key. Inside, that answer stands under a name of its own.

const PREFIX = 'hubAlias_'

/** The names under which a planner keeps what it needs for itself. */
export type OwnNames = ReadonlySet<string>

/** Under which name the answer to a field stands inside. */
export function insideName({ alias, name }: Pick<FieldNode, 'alias' | 'name'>, own: OwnNames): string {
  if (!alias || alias.value === name.value) return name.value
  return own.has(alias.value) || alias.value.startsWith(PREFIX) ? PREFIX + alias.value : alias.value
}

/** What a client called it. */
export function outsideName(inside: string): string {
  return inside.startsWith(PREFIX) ? inside.slice(PREFIX.length) : inside
}

/** The operation with every answer under its inside name; the very same document where nothing changes. */
export function withInsideNames(document: DocumentNode, own: OwnNames): DocumentNode {
  return visit(document, {
    Field(field) {
      const value = insideName(field, own)
      if (value === (field.alias ?? field.name).value) return undefined
      return { ...field, alias: { kind: Kind.NAME, value } } satisfies FieldNode
    },
  })
}
