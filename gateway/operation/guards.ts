import {
  Kind,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  parse,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import type { Caller } from '@hub/kit/caller.ts'
import type { Guard, SupergraphRules } from '../supergraph/rules.ts'

export interface GuardOptions {
  /** With everything that subgraphs exchange among themselves: what is required there is guarded too. */
  readonly supergraphSchema: GraphQLSchema
  readonly rules: SupergraphRules
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly operation: OperationDefinitionNode
}

/**
 * All that a caller must have for an operation. A field of an interface counts as the field of every type behind it, and
 * a field that is computed from others, beside it or further up, as those too: there is no way around by either.
 */
export function guardsOf(options: GuardOptions): readonly Guard[] {
  const { supergraphSchema, rules, operation } = options
  if (rules.guards.size === 0) return []
  const root = supergraphSchema.getRootType(operation.operation)
  if (!root) return []
  const found = new Guarding(options)
  found.readSet(operation.selectionSet, root)
  return [...found.guards]
}

/** Whether a caller has what every guard asks for. */
export function mayPass(caller: Caller, guards: readonly Guard[]): boolean {
  if (guards.length === 0) return true
  if (caller.role === 'ANONYMOUS') return false
  const scopes = new Set(caller.scopes)
  const policies = new Set((caller.attributes['policy'] ?? '').split(' '))
  return guards.every((guard) => hasOne(guard.scopes, scopes) && hasOne(guard.policies, policies))
}

function hasOne(alternatives: readonly (readonly string[])[], had: ReadonlySet<string>): boolean {
  return alternatives.length === 0 || alternatives.some((all) => all.every((name) => had.has(name)))
}

class Guarding {
  readonly guards = new Set<Guard>()
  private readonly options: GuardOptions
  private readonly seen = new Set<string>()

  constructor(options: GuardOptions) {
    this.options = options
  }

  readSet(set: SelectionSetNode, parent: GraphQLCompositeType): void {
    const { supergraphSchema, fragments } = this.options
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        this.readField(selection.name.value, selection.selectionSet, parent)
        continue
      }
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection
      const on = fragment?.typeCondition && supergraphSchema.getType(fragment.typeCondition.name.value)
      if (fragment) this.readSet(fragment.selectionSet, isCompositeType(on) ? on : parent)
    }
  }

  private readField(name: string, set: SelectionSetNode | undefined, parent: GraphQLCompositeType): void {
    if (name === '__typename') return this.note(parent.name)
    if (name.startsWith('__')) return
    for (const type of this.typesBehind(parent)) {
      this.note(type.name)
      this.readPlace(type, name)
      const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined
      if (!field) continue
      const result = getNamedType(field.type)
      this.note(result.name)
      if (set && isCompositeType(result) && type === parent) this.readSet(set, result)
    }
  }

  private typesBehind(parent: GraphQLCompositeType): readonly GraphQLCompositeType[] {
    if (!isAbstractType(parent)) return [parent]
    return [parent, ...this.options.supergraphSchema.getPossibleTypes(parent)]
  }

  private readPlace(type: GraphQLCompositeType, name: string): void {
    const key = `${type.name}.${name}`
    if (this.seen.has(key)) return
    this.seen.add(key)
    this.note(key)
    const { rules, supergraphSchema } = this.options
    for (const required of rules.requires.get(key) ?? []) this.readText(`{ ${required} }`, type)
    for (const { type: name, selection } of rules.fromContext.get(key) ?? []) {
      const above = supergraphSchema.getType(name)
      if (isCompositeType(above)) this.readText(`{ ${withoutBraces(selection)} }`, above)
    }
  }

  private readText(text: string, type: GraphQLCompositeType): void {
    const [definition] = parse(text, { noLocation: true }).definitions
    if (definition?.kind === Kind.OPERATION_DEFINITION) this.readSet(definition.selectionSet, type)
  }

  private note(key: string): void {
    const guard = this.options.rules.guards.get(key)
    if (guard) this.guards.add(guard)
  }
}

/** What is taken of an object is said as one selection in braces, or as one for each of several types without. */
function withoutBraces(selection: string): string {
  return selection.trim().replace(/^\{([^]*)\}$/, '$1')
}
