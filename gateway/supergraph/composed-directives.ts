import {
  astFromValue,
  extendSchema,
  isSpecifiedDirective,
  Kind,
  parse,
  visit,
  type ArgumentNode,
  type DocumentNode,
  type GraphQLDirective,
  type GraphQLSchema,
  type TypeNode,
} from 'graphql'

const EXECUTABLE = new Set([
  'QUERY',
  'MUTATION',
  'SUBSCRIPTION',
  'FIELD',
  'FRAGMENT_DEFINITION',
  'FRAGMENT_SPREAD',
  'INLINE_FRAGMENT',
  'VARIABLE_DEFINITION',
])

/**
 * What clients see, with the directives that subgraphs let them use in operations (`@composeDirective`). The schema of a
 * supergraph is made without anything that came by a `@link`.
 */
export function withComposedDirectives(schema: GraphQLSchema, sdl: string): GraphQLSchema {
  const definitions = parse(sdl, { noLocation: true }).definitions.flatMap((node) => {
    if (node.kind !== Kind.DIRECTIVE_DEFINITION || schema.getDirective(node.name.value)) return []
    const locations = node.locations.filter(({ value }) => EXECUTABLE.has(value))
    const isKnown = (node.arguments ?? []).every(({ type }) => schema.getType(innermost(type)))
    return locations.length > 0 && isKnown ? [{ ...node, locations }] : []
  })
  if (definitions.length === 0) return schema
  return extendSchema(schema, { kind: Kind.DOCUMENT, definitions }, { assumeValidSDL: true })
}

/** The names of these directives in what clients see. */
export function composedNames(schema: GraphQLSchema): ReadonlySet<string> {
  const all = schema.getDirectives().filter((directive) => !isSpecifiedDirective(directive))
  return new Set(all.flatMap(({ name }) => (name === 'defer' ? [] : [name])))
}

/** The operation in which these directives say what they leave to their defaults: not every subgraph need have the same. */
export function withDefaults(document: DocumentNode, directives: readonly GraphQLDirective[]): DocumentNode {
  if (directives.length === 0) return document
  return visit(document, {
    Directive(node) {
      const given = node.arguments ?? []
      const definition = directives.find(({ name }) => name === node.name.value)
      const left = definition?.args.flatMap(({ name, type, defaultValue }): ArgumentNode[] => {
        const value = given.some((argument) => argument.name.value === name)
          ? undefined
          : astFromValue(defaultValue, type)
        return value ? [{ kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: name }, value }] : []
      })
      return left && left.length > 0 ? { ...node, arguments: [...given, ...left] } : undefined
    },
  })
}

function innermost(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : innermost(type.type)
}
