import {
  isAbstractType,
  isCompositeType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type SelectionSetNode,
} from 'graphql'
import { collectFields, type Shape } from '../planning/fields.ts'
import { leafTest } from './leaf.ts'
import { isTree, type Tree } from './tree.ts'

/** Writes a value, or throws DOES_NOT_FIT. `shared` are objects that stand in several places: their text is kept. */
type Write = (value: unknown, shared: SharedTexts) => string

/** For each object that stands in several places, its text by writer. */
export type SharedTexts = Map<object, Map<Write, string>>

/** The tree needs more than writing out: a null that has to move up, or a value of a wrong type. */
const DOES_NOT_FIT = Symbol('does not fit')

/** Compiles the selection of an operation to a writer of its answer, straight from the shared tree. */
export function answerWriter(
  shape: Shape,
  rootType: GraphQLCompositeType,
  selectionSet: SelectionSetNode,
): (data: Tree, shared: SharedTexts) => string | null {
  const write = objectWriter(shape, rootType, [selectionSet])
  return (data, shared) => {
    try {
      return write(data, shared)
    } catch (error) {
      if (error === DOES_NOT_FIT) return null
      throw error
    }
  }
}

function writerOf(shape: Shape, type: GraphQLOutputType, selections: readonly SelectionSetNode[]): Write {
  if (isNonNullType(type)) return required(writerOf(shape, type.ofType, selections))
  if (isListType(type)) return listWriter(writerOf(shape, type.ofType, selections))
  if (isCompositeType(type)) return objectWriter(shape, type, selections)
  if (isLeafType(type)) return leafWriter(leafTest(type))
  throw new Error('a type of no kind')
}

function required(write: Write): Write {
  return (value, shared) => {
    const text = write(value, shared)
    if (text === 'null') throw DOES_NOT_FIT
    return text
  }
}

function listWriter(write: Write): Write {
  return (value, shared) => {
    if (value === null || value === undefined) return 'null'
    if (!Array.isArray(value)) throw DOES_NOT_FIT
    let text = ''
    for (let at = 0; at < value.length; at++)
      text += at === 0 ? write(value[at], shared) : `,${write(value[at], shared)}`
    return `[${text}]`
  }
}

function leafWriter(fits: (value: unknown) => boolean): Write {
  return (value) => {
    if (value === null || value === undefined) return 'null'
    if (!fits(value)) throw DOES_NOT_FIT
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : JSON.stringify(value)
  }
}

function objectWriter(
  shape: Shape,
  declared: GraphQLCompositeType,
  selections: readonly SelectionSetNode[],
): Write {
  const byType = new Map<unknown, Write>()
  const compile = (typename: unknown): Write => {
    const type = typeof typename === 'string' ? shape.schema.getType(typename) : declared
    if (!type || !isCompositeType(type)) throw DOES_NOT_FIT
    const write = fieldsWriter(shape, type, selections)
    byType.set(typename, write)
    return write
  }
  const write: Write = (value, shared) => {
    if (value === null || value === undefined) return 'null'
    if (!isTree(value)) throw DOES_NOT_FIT
    const typename = value['__typename'] ?? undefined
    const writeFields = byType.get(typename) ?? compile(typename)
    const texts = shared.get(value)
    if (!texts) return writeFields(value, shared)
    let text = texts.get(write)
    if (text === undefined) {
      text = writeFields(value, shared)
      texts.set(write, text)
    }
    return text
  }
  return write
}

function fieldsWriter(
  shape: Shape,
  type: GraphQLCompositeType,
  selections: readonly SelectionSetNode[],
): Write {
  const parts = collectFields(shape, type, selections).map((field, at) => ({
    name: field.inside,
    head: `${at === 0 ? '' : ','}${JSON.stringify(field.responseName)}:`,
    write: field.type ? writerOf(shape, field.type, field.selections) : typenameWriter(type),
  }))
  return (value, shared) => {
    const object = value as Tree
    let text = '{'
    for (const { name, head, write } of parts) text += head + write(object[name], shared)
    return `${text}}`
  }
}

function typenameWriter(type: GraphQLCompositeType): Write {
  const text = JSON.stringify(type.name)
  const known = isObjectType(type) && !isAbstractType(type)
  return () => {
    if (!known) throw DOES_NOT_FIT
    return text
  }
}
