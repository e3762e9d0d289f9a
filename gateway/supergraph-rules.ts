import {
  Kind,
  isTypeDefinitionNode,
  parse,
  valueFromASTUntyped,
  type DirectiveNode,
  type DocumentNode,
} from 'graphql'

/** How long a list may become, as `@listSize` says it. */
export interface ListSize {
  readonly assumedSize?: number
  readonly slicingArguments?: readonly string[]
  readonly sizedFields?: readonly string[]
}

/** What a caller must have: every guard of a place, and of each guard's lists one whole alternative. */
export interface Guard {
  readonly scopes: readonly (readonly string[])[]
  readonly policies: readonly (readonly string[])[]
}

/** What a supergraph declares beyond its types. The keys are `Type`, `Type.field` or `Type.field.argument`. */
export interface SupergraphRules {
  readonly weights: ReadonlyMap<string, number>
  readonly sizes: ReadonlyMap<string, ListSize>
  readonly guards: ReadonlyMap<string, Guard>
  /** What a field is computed from, in another subgraph: selections on its own type. */
  readonly requires: ReadonlyMap<string, readonly string[]>
}

type Values = Readonly<Record<string, unknown>>

/** Reads the rules from the SDL of a supergraph, under whatever names its directives go. */
export function rulesOf(sdl: string): SupergraphRules {
  const document = parse(sdl, { noLocation: true })
  const named = directiveNames(document)
  const weights = new Map<string, number>()
  const sizes = new Map<string, ListSize>()
  const guards = new Map<string, Guard>()
  const requires = new Map<string, string[]>()
  const note = (key: string, directives: readonly DirectiveNode[] = []): void => {
    let guard: Guard | undefined
    for (const directive of directives) {
      const values = valuesOf(directive)
      const spec = named.get(directive.name.value)
      if (spec === 'cost') weights.set(key, Number(values['weight']))
      if (spec === 'listSize') sizes.set(key, values)
      if (spec === 'authenticated') guard ??= { scopes: [], policies: [] }
      if (spec === 'requiresScopes')
        guard = { scopes: values['scopes'] as string[][], policies: guard?.policies ?? [] }
      if (spec === 'policy')
        guard = { scopes: guard?.scopes ?? [], policies: values['policies'] as string[][] }
      if (directive.name.value === 'join__field' && typeof values['requires'] === 'string')
        requires.set(key, [...(requires.get(key) ?? []), values['requires']])
    }
    if (guard) guards.set(key, guard)
  }
  for (const definition of document.definitions) {
    if (!isTypeDefinitionNode(definition)) continue
    const type = definition.name.value
    note(type, definition.directives)
    if (!('fields' in definition)) continue
    for (const field of definition.fields ?? []) {
      note(`${type}.${field.name.value}`, field.directives)
      if (field.kind !== Kind.FIELD_DEFINITION) continue
      for (const argument of field.arguments ?? [])
        note(`${type}.${field.name.value}.${argument.name.value}`, argument.directives)
    }
  }
  return { weights, sizes, guards, requires }
}

function valuesOf(directive: DirectiveNode): Values {
  return Object.fromEntries(
    (directive.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
  )
}

const SPECIFIED: Readonly<Record<string, readonly string[]>> = {
  cost: ['cost', 'listSize'],
  authenticated: ['authenticated'],
  requiresScopes: ['requiresScopes'],
  policy: ['policy'],
}

/** The name a directive goes by in this supergraph → its name in its specification. */
function directiveNames(document: DocumentNode): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue
    for (const link of definition.directives ?? []) {
      if (link.name.value !== 'link') continue
      const values = valuesOf(link)
      const feature = /\/([^/]+)\/v[\d.]+$/.exec(String(values['url']))?.[1] ?? ''
      const prefix = typeof values['as'] === 'string' ? values['as'] : feature
      for (const directive of SPECIFIED[feature] ?? []) {
        names.set(directive === feature ? prefix : `${prefix}__${directive}`, directive)
      }
      for (const imported of (values['import'] ?? []) as (string | { name: string; as?: string })[]) {
        const { name, as = name } = typeof imported === 'string' ? { name: imported } : imported
        if (SPECIFIED[feature]?.includes(name.slice(1))) names.set(as.slice(1), name.slice(1))
      }
    }
  }
  return names
}
