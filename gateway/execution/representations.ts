import type { GraphQLSchema } from 'graphql'
import type { QueryPlanSelectionNode } from '@apollo/query-planner'
import type { RequiredField } from '../planning/stand-in-fetches.ts'
import { isTree, mergeInto, type Tree } from './tree.ts'
import { fallsUnder } from '../planning/type-conditions.ts'

/** Tells of an object what a subgraph needs to find the entity. */
export interface Represent {
  /** The representation as JSON, or null when the object does not have all of it. */
  text(object: Tree): string | null
  /** Whether there is nothing in the object but its representation: objects that say the same are then the same. */
  isWhole(object: Tree): boolean
}

/** Compiles a fetch's `requires` for each type of object it meets. */
export function representer(
  schema: GraphQLSchema,
  requires: readonly QueryPlanSelectionNode[],
  rewrite: ((representation: Tree) => void) | undefined,
): Represent {
  const byType = new Map<string, Represent>()
  const of = (object: Tree): Represent => {
    const typename = object['__typename']
    if (typeof typename !== 'string') return NOTHING
    let represent = byType.get(typename)
    if (!represent) {
      represent = compile(schema, requires, typename, rewrite)
      byType.set(typename, represent)
    }
    return represent
  }
  return { text: (object) => of(object).text(object), isWhole: (object) => of(object).isWhole(object) }
}

const NOTHING: Represent = { text: () => null, isWhole: () => false }

function compile(
  schema: GraphQLSchema,
  requires: readonly QueryPlanSelectionNode[],
  typename: string,
  rewrite: ((representation: Tree) => void) | undefined,
): Represent {
  const matching = requires.flatMap((selection) => {
    if (selection.kind === 'Field') return [[selection]]
    const under =
      selection.typeCondition !== undefined && fallsUnder(schema, typename, selection.typeCondition)
    return under ? [selection.selections] : []
  })
  const [only] = matching
  if (matching.length === 1 && !rewrite && only?.every(isPlain) && only.some(isTypename)) {
    const isFlat = only.every(({ selections }) => !selections)
    const size = new Set(only.map(({ alias, name }) => alias ?? name)).size
    return { text: writer(only), isWhole: (object) => isFlat && Object.keys(object).length === size }
  }
  // Several conditions may fall together on one object, or values are changed: built as an object, then written.
  return {
    text(object) {
      const representation = select(schema, object, requires)
      if (!representation || typeof representation['__typename'] !== 'string') return null
      rewrite?.(representation)
      return JSON.stringify(representation)
    },
    isWhole: () => false,
  }
}

function isTypename(selection: QueryPlanSelectionNode): boolean {
  return selection.kind === 'Field' && (selection.alias ?? selection.name) === '__typename'
}

function isPlain(selection: QueryPlanSelectionNode): selection is RequiredField {
  return selection.kind === 'Field' && (selection.selections ?? []).every(isPlain)
}

type Write = (object: Tree) => string | null

function writer(fields: readonly RequiredField[]): Write {
  const parts = fields.map((field) => {
    const name = field.alias ?? field.name
    return {
      name,
      head: `${JSON.stringify(field.sendAs ?? name)}:`,
      write: field.selections && nested(writer(field.selections.filter(isPlain))),
    }
  })
  return (object) => {
    let text = ''
    for (const part of parts) {
      const value = object[part.name]
      if (value === undefined) return null
      text += `${text === '' ? '' : ','}${part.head}${part.write ? part.write(value) : JSON.stringify(value)}`
    }
    return `{${text}}`
  }
}

function nested(write: Write): (value: unknown) => string {
  const writeValue = (value: unknown): string => {
    if (Array.isArray(value)) return `[${value.map(writeValue).join(',')}]`
    return isTree(value) ? (write(value) ?? 'null') : 'null'
  }
  return writeValue
}

/** Picks out of an object; null when something is missing. What is said of it by type means little without its type. */
function select(
  schema: GraphQLSchema,
  object: Tree,
  selections: readonly QueryPlanSelectionNode[],
): Tree | null {
  const result: Tree = {}
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      const name = selection.alias ?? selection.name
      const { sendAs = name }: RequiredField = selection
      const value = object[name]
      if (value === undefined) return null
      result[sendAs] = selection.selections ? selectIn(schema, value, selection.selections) : value
    } else if (selection.typeCondition !== undefined) {
      const typename = object['__typename']
      if (typeof typename !== 'string' || !fallsUnder(schema, typename, selection.typeCondition)) continue
      const part = select(schema, object, selection.selections)
      if (part) mergeInto(result, part)
    }
  }
  return result
}

function selectIn(
  schema: GraphQLSchema,
  value: unknown,
  selections: readonly QueryPlanSelectionNode[],
): unknown {
  if (Array.isArray(value)) return value.map((element) => selectIn(schema, element, selections))
  if (!isTree(value)) return null
  const result = select(schema, value, selections)
  const typename = value['__typename']
  if (result && typename !== undefined && selections.some(({ kind }) => kind === 'InlineFragment'))
    result['__typename'] = typename
  return result
}
