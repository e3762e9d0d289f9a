import { Kind, visit, type DocumentNode, type VariableNode } from 'graphql'

// A fetch has variables of its own beside those of the client: the representations of its entities, what it takes from
// further up, where a stream is gone on with. A client's variable of such a name stands under another inside.

const PREFIX = 'hubVariable_'
const TAKEN = /^(?:representations$|contextualArgument_|hub(?:After|Context|Variable)_)/

/** The operation with its variables under their inside names; the very same document where nothing changes. */
export function withInsideVariables(document: DocumentNode): DocumentNode {
  return visit(document, {
    Variable({ name }) {
      if (!TAKEN.test(name.value)) return undefined
      const inside = { kind: Kind.NAME, value: `${PREFIX}${name.value}` } as const
      return { kind: Kind.VARIABLE, name: inside } satisfies VariableNode
    },
  })
}

/** What a client called it. */
export function outsideVariable(inside: string): string {
  return inside.startsWith(PREFIX) ? inside.slice(PREFIX.length) : inside
}
