import { Kind, print, stripIgnoredCharacters, type DocumentNode, type OperationDefinitionNode } from 'graphql'

/** What an operation asks for, whatever it is called, however it is laid out, and in whatever order its fragments stand. */
export function plainText(document: DocumentNode, definition: OperationDefinitionNode): string {
  const { name: _, variableDefinitions = [], ...asked } = definition
  const operation = { ...asked, variableDefinitions: byText(variableDefinitions) }
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)
  return [operation, ...byText(fragments)].map(textOf).join(' ')
}

type Node = Parameters<typeof print>[0]

function byText<Given extends Node>(nodes: readonly Given[]): Given[] {
  return nodes.toSorted((one, other) => (textOf(one) < textOf(other) ? -1 : 1))
}

function textOf(node: Node): string {
  return stripIgnoredCharacters(print(node))
}
