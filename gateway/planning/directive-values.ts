import { Kind, valueFromASTUntyped, type ConstDirectiveNode, type DocumentNode } from 'graphql'

export function textIn({ arguments: given = [] }: ConstDirectiveNode, name: string): string | undefined {
  const value = given.find((argument) => argument.name.value === name)?.value
  return value?.kind === Kind.STRING ? value.value : undefined
}

export function withText(directive: ConstDirectiveNode, name: string, text: string): ConstDirectiveNode {
  const given = directive.arguments?.map((argument) =>
    argument.name.value === name
      ? { ...argument, value: { kind: Kind.STRING as const, value: text } }
      : argument,
  )
  return given ? { ...directive, arguments: given } : directive
}

/** What the arguments of a field take from further up, as a supergraph says it. */
export interface TakenFromContext {
  readonly context: string
  readonly selection: string
}

export function contextsIn({ arguments: given = [] }: ConstDirectiveNode): readonly TakenFromContext[] {
  const contexts = given.find(({ name }) => name.value === 'contextArguments')?.value
  return contexts ? (valueFromASTUntyped(contexts) as readonly TakenFromContext[]) : []
}

/** The directive with other selections of its contexts, in their order. */
export function withContexts(
  directive: ConstDirectiveNode,
  selections: readonly string[],
): ConstDirectiveNode {
  const given = directive.arguments?.map((argument) => {
    const { name, value } = argument
    if (name.value !== 'contextArguments' || value.kind !== Kind.LIST) return argument
    const values = value.values.map((one, at) => {
      if (one.kind !== Kind.OBJECT) return one
      const fields = one.fields.map((field) =>
        field.name.value === 'selection'
          ? { ...field, value: { kind: Kind.STRING as const, value: selections[at] ?? '' } }
          : field,
      )
      return { ...one, fields }
    })
    return { ...argument, value: { ...value, values } }
  })
  return given ? { ...directive, arguments: given } : directive
}

/** By context the types of the objects that set it. */
export function contextSetters({ definitions }: DocumentNode): ReadonlyMap<string, readonly string[]> {
  const setters = new Map<string, Set<string>>()
  for (const type of definitions) {
    if (!('directives' in type) || !('name' in type) || !type.name) continue
    for (const directive of type.directives ?? []) {
      const context =
        directive.name.value === 'context' ? textIn(directive as ConstDirectiveNode, 'name') : undefined
      if (context === undefined) continue
      const own = setters.get(context) ?? new Set<string>()
      setters.set(context, own)
      for (const name of objectsUnder(definitions, type.name.value)) own.add(name)
    }
  }
  return new Map([...setters].map(([context, types]) => [context, [...types]]))
}

/** A type of objects, or those that fall under an interface or a union. */
function objectsUnder(definitions: DocumentNode['definitions'], name: string): string[] {
  return definitions.flatMap((type) => {
    if (type.kind === Kind.UNION_TYPE_DEFINITION && type.name.value === name)
      return (type.types ?? []).map((member) => member.name.value)
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION) return []
    const isUnder = type.interfaces?.some((one) => one.name.value === name)
    return type.name.value === name || isUnder ? [type.name.value] : []
  })
}
