import { createHash } from 'node:crypto'
import {
  Kind,
  parse,
  print,
  visit,
  type ArgumentNode,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  type InterfaceTypeDefinitionNode,
  type ObjectTypeDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import {
  contextSetters,
  contextsIn,
  textIn,
  withContexts,
  withText,
  type TakenFromContext,
} from './directive-values.ts'

type ObjectLike = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode

/** A field of the planner's supergraph that stands for another with fixed arguments, as a @requires names it. */
export interface StandIn {
  readonly field: string
  readonly arguments: readonly ArgumentNode[]
}

/** What a planner is given so that it cannot mistake one value of a field for another. */
export interface PlannersView {
  /** The supergraph with stand-ins; absent where it needs none. */
  readonly sdl: string | undefined
  readonly standIns: ReadonlyMap<string, StandIn>
  /** Type and field → the stand-ins that its @requires names. */
  readonly needs: ReadonlyMap<string, ReadonlySet<string>>
  /** The names of fields in keys, @requires and @fromContext. */
  readonly ownNames: ReadonlySet<string>
  /** The types of objects. */
  readonly objects: ReadonlySet<string>
  /** Whether keys that resolve nothing were left out. */
  readonly dropsKeys: boolean
}

/**
 * Apollo's planner never tells the arguments of a @requires from those of a client, or of another @requires: all of
 * them are one field to it. Each combination therefore becomes a field of its own, before it plans.
 */
export function plannersView(sdl: string): PlannersView {
  const document = parse(sdl, { noLocation: true })
  const view = new View(document)
  const required = visit(document, {
    ObjectTypeDefinition: (type) => view.typeWithRequires(type),
    InterfaceTypeDefinition: (type) => view.typeWithRequires(type),
  })
  if (view.standIns.size === 0)
    return { ...view.told(), sdl: view.told().dropsKeys ? print(required) : undefined }
  const grown = visit(required, {
    ObjectTypeDefinition: (type) => view.typeWithStandIns(type),
    InterfaceTypeDefinition: (type) => view.typeWithStandIns(type),
  })
  return { ...view.told(), sdl: print(grown) }
}

class View {
  readonly standIns = new Map<string, StandIn>()
  private dropsKeys = false
  private readonly needs = new Map<string, Set<string>>()
  private readonly ownNames = new Set(['__typename'])
  private readonly added = new Map<string, Set<string>>()
  private readonly types: ReadonlyMap<string, ObjectLike>
  /** By context the types of the objects that set it. */
  private readonly setters: ReadonlyMap<string, readonly string[]>

  constructor(document: DocumentNode) {
    this.types = new Map(
      document.definitions.flatMap((node) =>
        node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION
          ? [[node.name.value, node] as const]
          : [],
      ),
    )
    this.setters = contextSetters(document)
  }

  told(): Omit<PlannersView, 'sdl'> {
    const { standIns, needs, ownNames, dropsKeys, types } = this
    const isObject = ({ kind }: ObjectLike) => kind === Kind.OBJECT_TYPE_DEFINITION
    const objects = new Set(
      types
        .values()
        .filter(isObject)
        .map(({ name }) => name.value),
    )
    return { standIns, needs, ownNames, objects, dropsKeys }
  }

  /** Notes the keys of a type, and lets its @requires name stand-ins. */
  typeWithRequires(type: ObjectLike): ObjectLike {
    for (const directive of type.directives ?? []) {
      const key = textIn(directive, 'key')
      if (directive.name.value === 'join__type' && key) this.require(key, type.name.value, undefined)
    }
    const fields = type.fields?.map((field) => {
      const directives = field.directives?.map((directive) => {
        if (directive.name.value !== 'join__field') return directive
        const text = textIn(directive, 'requires')
        const own = withContexts(
          directive,
          contextsIn(directive).map((taken) => this.takenFrom(taken)),
        )
        if (text === undefined) return own
        const needs = this.needsOf(`${type.name.value}.${field.name.value}`)
        return withText(own, 'requires', this.require(text, type.name.value, needs))
      })
      return directives ? { ...field, directives } : field
    })
    const directives = type.directives?.filter((directive) => !isIdleKey(directive, type.directives ?? []))
    if (directives?.length !== type.directives?.length) this.dropsKeys = true
    return { ...type, ...(fields && { fields }), ...(directives && { directives }) }
  }

  /** Adds to a type the stand-ins that were named: fields like those they stand for, without arguments. */
  typeWithStandIns(type: ObjectLike): ObjectLike | undefined {
    const names = this.added.get(type.name.value)
    if (!names) return undefined
    const more = [...names].flatMap((name): FieldDefinitionNode[] => {
      const field = type.fields?.find((known) => known.name.value === this.standIns.get(name)?.field)
      return field ? [{ ...field, name: { kind: Kind.NAME, value: name }, arguments: [] }] : []
    })
    return { ...type, fields: [...(type.fields ?? []), ...more] }
  }

  /** What is taken of the types that set a context, said of each by itself where it is not the same. */
  private takenFrom({ context, selection }: TakenFromContext): string {
    const text = selection.trim()
    const isOne = text.startsWith('{')
    const inner = isOne ? text.slice(1, -1) : text
    const told = new Map(
      (this.setters.get(context) ?? []).map((type) => [type, this.require(inner, type, new Set())]),
    )
    const [only, ...others] = new Set(told.values())
    if (others.length > 0) return [...told].map(([type, one]) => `... on ${type} { ${one} }`).join(' ')
    return only === undefined ? selection : isOne ? `{ ${only} }` : only
  }

  private needsOf(place: string): Set<string> {
    const needs = this.needs.get(place) ?? new Set<string>()
    this.needs.set(place, needs)
    return needs
  }

  private require(text: string, typeName: string, needs: Set<string> | undefined): string {
    const [definition] = parse(`{${text}}`, { noLocation: true }).definitions
    if (definition?.kind !== Kind.OPERATION_DEFINITION) return text
    const set = this.selection(definition.selectionSet, typeName, needs)
    return print(set)
      .replace(/^\{|\}$/g, '')
      .replaceAll(/\s+/g, ' ')
      .trim()
  }

  private selection(
    set: SelectionSetNode,
    typeName: string,
    needs: Set<string> | undefined,
  ): SelectionSetNode {
    const selections = set.selections.map((selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return selection
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const inner = selection.typeCondition?.name.value ?? typeName
        return { ...selection, selectionSet: this.selection(selection.selectionSet, inner, needs) }
      }
      return this.field(selection, typeName, needs)
    })
    return { ...set, selections }
  }

  private field(node: FieldNode, typeName: string, needs: Set<string> | undefined): FieldNode {
    const definition = this.types.get(typeName)?.fields?.find(({ name }) => name.value === node.name.value)
    this.ownNames.add(node.name.value)
    if (!definition) return node
    const { selectionSet } = node
    const inner = selectionSet
      ? { ...node, selectionSet: this.selection(selectionSet, namedType(definition), needs) }
      : node
    if (!needs || (definition.arguments ?? []).length === 0) return inner
    const name = this.standInFor(node)
    needs.add(name)
    for (const type of this.sharing(typeName)) {
      const names = this.added.get(type) ?? new Set<string>()
      this.added.set(type, names.add(name))
    }
    return { ...inner, name: { kind: Kind.NAME, value: name }, arguments: [] }
  }

  private standInFor({ name, arguments: given = [] }: FieldNode): string {
    const text = given.map(print).toSorted().join(',')
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 8)
    const standIn = `hubField_${name.value}_${hash}`
    this.standIns.set(standIn, { field: name.value, arguments: given })
    this.ownNames.add(standIn)
    return standIn
  }

  /** The type, and what implements it. */
  private sharing(typeName: string): string[] {
    const implementing = [...this.types.values()].filter(({ interfaces = [] }) =>
      interfaces.some(({ name }) => name.value === typeName),
    )
    return [typeName, ...implementing.map(({ name }) => name.value)]
  }
}

/** Apollo's planner comes back to a subgraph by the first key there, also by one that it does not resolve. */
function isIdleKey(key: ConstDirectiveNode, all: readonly ConstDirectiveNode[]): boolean {
  if (resolves(key) !== 'false') return false
  return all.some((other) => graphIn(other) === graphIn(key) && resolves(other) === 'true')
}

/** Whether a directive is a key by which its subgraph finds entities; absent where it is no key at all. */
function resolves(directive: ConstDirectiveNode): 'true' | 'false' | undefined {
  if (directive.name.value !== 'join__type' || textIn(directive, 'key') === undefined) return undefined
  const value = directive.arguments?.find(({ name }) => name.value === 'resolvable')?.value
  return value?.kind === Kind.BOOLEAN && !value.value ? 'false' : 'true'
}

function graphIn({ arguments: given = [] }: ConstDirectiveNode): string | undefined {
  const value = given.find(({ name }) => name.value === 'graph')?.value
  return value?.kind === Kind.ENUM ? value.value : undefined
}

function namedType({ type }: FieldDefinitionNode): string {
  let inner = type
  while (inner.kind !== Kind.NAMED_TYPE) inner = inner.type
  return inner.name.value
}
