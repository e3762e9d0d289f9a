import {
  Kind,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
} from 'graphql'
import type { Finding } from './finding.ts'

type ObjectNode = ObjectTypeDefinitionNode | ObjectTypeExtensionNode

/** Room → its SDL, parsed. */
export type RoomDocuments = ReadonlyMap<string, DocumentNode>

/** Where the graph answers a promised field from another room than the contract says, or lacks a promised key. */
export function misplacedFields(contract: DocumentNode, rooms: RoomDocuments): Finding[] {
  return objectTypesOf(contract).flatMap((type) => {
    const owner = argumentOf(type, 'from', 'room')
    return [
      ...(type.fields ?? []).flatMap((field) => {
        const room = argumentOf(field, 'from', 'room') ?? owner
        return room && !definesField(rooms.get(room), type.name.value, field.name.value)
          ? [`${type.name.value}.${field.name.value} is not served by ${room}`]
          : []
      }),
      ...(owner ? missingKeys(type, owner, rooms.get(owner)) : []),
    ]
  })
}

function missingKeys(type: ObjectNode, room: string, document: DocumentNode | undefined): Finding[] {
  const found = new Set(objectTypesOf(document, type.name.value).flatMap(keysOf))
  return keysOf(type)
    .filter((key) => !found.has(key))
    .map((key) => `${type.name.value} has no key "${key}" in ${room}`)
}

function definesField(document: DocumentNode | undefined, type: string, field: string): boolean {
  return objectTypesOf(document, type).some((node) =>
    (node.fields ?? []).some(({ name, directives }) => {
      const external = directives?.some((directive) => directive.name.value === 'external') ?? false
      return name.value === field && !external
    }),
  )
}

function objectTypesOf(document: DocumentNode | undefined, name?: string): ObjectNode[] {
  return (document?.definitions ?? [])
    .filter((node) => node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION)
    .filter((node) => name === undefined || node.name.value === name)
}

function keysOf(type: ObjectNode): string[] {
  return (type.directives ?? [])
    .filter(({ name }) => name.value === 'key')
    .map((directive) => valueOf(directive, 'fields') ?? '')
}

function argumentOf(
  node: ObjectNode | FieldDefinitionNode,
  directive: string,
  argument: string,
): string | undefined {
  const found = node.directives?.find(({ name }) => name.value === directive)
  return found && valueOf(found, argument)
}

function valueOf(directive: ConstDirectiveNode, argument: string): string | undefined {
  const value = directive.arguments?.find(({ name }) => name.value === argument)?.value
  return value && 'value' in value ? String(value.value) : undefined
}
