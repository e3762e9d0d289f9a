import {
  Kind,
  getNamedType,
  isCompositeType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  valueFromASTUntyped,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql'
import { inputCost, type InputCost } from './input-cost.ts'
import type { SupergraphRules } from '../supergraph/rules.ts'

export type Variables = Readonly<Record<string, unknown>>

/** How many objects an operation may bring, at most and before it is carried out. */
export type Cost = (variables: Variables) => number

/** Arguments that say how long a list may become, where no `@listSize` does. */
const SLICING = ['first', 'last', 'limit']
/** Lists of a page, sized by an argument of the field that gives the page. */
const PAGED = ['nodes', 'edges']
/** What is assumed of a list that nothing bounds. */
const UNBOUNDED_LIST = 10
const MUTATION_WEIGHT = 10

export interface CostOptions {
  readonly schema: GraphQLSchema
  readonly rules: SupergraphRules
  /** A longer list costs without end. */
  readonly longestList: number
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly operation: OperationDefinitionNode
}

/** Makes the cost of an operation: objects count, lists multiply, leaves are free unless `@cost` says otherwise. */
export function costOf(options: CostOptions): Cost {
  const root = options.schema.getRootType(options.operation.operation)
  if (!root) return () => 0
  const parts = new Costing(options).ofSet(options.operation.selectionSet, root, new Map())
  return (variables) => sum(parts, variables)
}

function sum(parts: readonly Cost[], variables: Variables): number {
  let all = 0
  for (const part of parts) all += part(variables)
  return all
}

type Sizes = ReadonlyMap<string, Cost>

class Costing {
  private readonly options: CostOptions
  /** A schema is all of its types and fields, as often as it is asked for. */
  private readonly whole: number
  private readonly defaults: ReadonlyMap<string, ValueNode>
  private readonly inputs: InputCost | null
  private readonly fallbacks: Variables

  constructor(options: CostOptions) {
    this.options = options
    this.whole = sizeOfSchema(options.schema)
    this.defaults = new Map(
      (options.operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
        defaultValue ? [[variable.name.value, defaultValue] as const] : [],
      ),
    )
    this.inputs = inputCost(options.schema, options.rules.weights)
    this.fallbacks = Object.fromEntries(
      [...this.defaults].map(([name, node]) => [name, valueFromASTUntyped(node)]),
    )
  }

  ofSet(set: SelectionSetNode, parent: GraphQLCompositeType, sized: Sizes): Cost[] {
    const { schema, fragments } = this.options
    return set.selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return this.ofField(selection, parent, sized)
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection
      const on = fragment?.typeCondition && schema.getType(fragment.typeCondition.name.value)
      if (!fragment) return []
      return this.ofSet(fragment.selectionSet, isCompositeType(on) ? on : parent, sized)
    })
  }

  private ofField(node: FieldNode, parent: GraphQLCompositeType, sized: Sizes): Cost[] {
    const name = node.name.value
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined
    if (name === '__schema') return [() => this.whole]
    // Introspection reaches no subgraph; how deep it may go is a rule of validation.
    if (!field || name.startsWith('__')) return []
    const { rules } = this.options
    const key = `${parent.name}.${name}`
    const type = getNamedType(field.type)
    const isMutation = parent === this.options.schema.getMutationType()
    const plain = (isCompositeType(type) ? 1 : 0) * (isMutation ? MUTATION_WEIGHT : 1)
    const weight = rules.weights.get(key) ?? rules.weights.get(type.name) ?? plain
    const extra = (node.arguments ?? []).reduce(
      (all, argument) => all + (rules.weights.get(`${key}.${argument.name.value}`) ?? 0),
      0,
    )
    const given = this.ofInput(node, field)
    const length = this.lengthOf(node, field, key)
    const declared = rules.sizes.get(key)?.sizedFields
    const listed = isList(field.type)
    const inner = new Map((declared ?? (listed ? [] : PAGED)).flatMap((at) => (length ? [[at, length]] : [])))
    const children =
      node.selectionSet && isCompositeType(type) ? this.ofSet(node.selectionSet, type, inner) : []
    if (weight === 0 && extra === 0 && !given && children.length === 0) return []
    const size = listed && !declared ? (length ?? sized.get(name) ?? (() => UNBOUNDED_LIST)) : () => 1
    const { longestList } = this.options
    return [
      (variables) => {
        const times = size(variables)
        if (times > longestList) return Infinity
        return extra + (given?.(variables) ?? 0) + times * (weight + sum(children, variables))
      },
    ]
  }

  /** What is given to a field, where the fields of inputs cost something. */
  private ofInput(node: FieldNode, field: GraphQLField<unknown, unknown>): Cost | undefined {
    const { inputs } = this
    const values = field.args.flatMap(({ name, type }) => {
      const argument = node.arguments?.find((one) => one.name.value === name)
      return argument && isInputObjectType(getNamedType(type)) ? [{ type, node: argument.value }] : []
    })
    if (!inputs || values.length === 0) return undefined
    return (variables) => {
      const all = { ...this.fallbacks, ...variables }
      return values.reduce(
        (sum, { type, node: value }) => sum + inputs(type, valueFromASTUntyped(value, all)),
        0,
      )
    }
  }

  /** How long the list of a field may become: by its arguments, else by what is assumed of it. */
  private lengthOf(node: FieldNode, field: GraphQLField<unknown, unknown>, key: string): Cost | undefined {
    const { assumedSize, slicingArguments = SLICING } = this.options.rules.sizes.get(key) ?? {}
    const read = field.args.flatMap((argument) => {
      const slices = slicingArguments.includes(argument.name)
      if (!slices && !isList(argument.type)) return []
      const given = node.arguments?.find(({ name }) => name.value === argument.name)?.value
      const fallback = slices ? argument.defaultValue : undefined
      return [(variables: Variables) => sizeIn(given, variables, this.defaults) ?? sizeOf(fallback)]
    })
    if (read.length === 0) return assumedSize === undefined ? undefined : () => assumedSize
    return (variables) => {
      const sizes = read.map((size) => size(variables)).filter((size) => size !== undefined)
      return sizes.length === 0 ? (assumedSize ?? UNBOUNDED_LIST) : Math.max(...sizes)
    }
  }
}

/** Of a very large one not all counts: it may be asked for as a whole. */
const LARGEST_SCHEMA = 10_000
const sizes = new WeakMap<GraphQLSchema, number>()

function sizeOfSchema(schema: GraphQLSchema): number {
  const known = sizes.get(schema)
  if (known !== undefined) return known
  let size = 0
  for (const type of Object.values(schema.getTypeMap()))
    size += 1 + (isObjectType(type) || isInterfaceType(type) ? Object.keys(type.getFields()).length : 0)
  size = Math.min(size, LARGEST_SCHEMA)
  sizes.set(schema, size)
  return size
}

function isList(type: GraphQLOutputType | GraphQLField<unknown, unknown>['args'][number]['type']): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type)
}

/** A number as it stands, a list by its length. */
function sizeOf(value: unknown): number | undefined {
  if (Array.isArray(value)) return value.length
  return typeof value === 'number' && value >= 0 ? value : undefined
}

function sizeIn(
  node: ValueNode | undefined,
  variables: Variables,
  defaults: ReadonlyMap<string, ValueNode>,
): number | undefined {
  if (node?.kind === Kind.INT) return sizeOf(Number(node.value))
  if (node?.kind === Kind.LIST) return node.values.length
  if (node?.kind !== Kind.VARIABLE) return undefined
  const given = variables[node.name.value]
  return given === undefined ? sizeIn(defaults.get(node.name.value), variables, new Map()) : sizeOf(given)
}
