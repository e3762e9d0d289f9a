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
  /** What a field takes from further up: selections on the types that stand there. */
  readonly fromContext: ReadonlyMap<string, readonly ContextSelection[]>
  /** The labels under which fields move from one subgraph to another. */
  readonly labels: readonly string[]
}

export interface ContextSelection {
  readonly type: string
  readonly selection: string
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
  const contexts = new Map<string, string[]>()
  const taken = new Map<string, ContextArgument[]>()
  const labels = new Set<string>()
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
      if (spec === 'context') add(contexts, String(values['name']), key)
      if (directive.name.value !== 'join__field') continue
      if (typeof values['requires'] === 'string') add(requires, key, values['requires'])
      if (typeof values['overrideLabel'] === 'string') labels.add(values['overrideLabel'])
      for (const argument of (values['contextArguments'] ?? []) as ContextArgument[])
        add(taken, key, argument)
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
  const fromContext = new Map(
    [...taken].map(
      ([key, all]) => [key, all.flatMap((argument) => selectionsOf(argument, contexts))] as const,
    ),
  )
  return { weights, sizes, guards, requires, fromContext, labels: [...labels].toSorted() }
}

interface ContextArgument {
  readonly context: string
  readonly selection: string
}

function selectionsOf(
  { context, selection }: ContextArgument,
  contexts: ReadonlyMap<string, readonly string[]>,
): ContextSelection[] {
  return (contexts.get(context) ?? []).map((type) => ({ type, selection }))
}

function add<Value>(to: Map<string, Value[]>, key: string, value: Value): void {
  const values = to.get(key)
  if (values) values.push(value)
  else to.set(key, [value])
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
  context: ['context'],
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
