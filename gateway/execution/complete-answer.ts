import {
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
import { isTree, setEntry, type Tree } from './tree.ts'

export type ErrorPath = readonly (string | number)[]

/** A value that is never null was missing, or one of a wrong type stood there. */
export interface Fault {
  readonly path: ErrorPath
  /** What became null for it: the place itself, or the nearest around it that may. */
  readonly nulled: ErrorPath
}

export interface Completed {
  readonly data: Tree | null
  readonly faults: readonly Fault[]
}

/** Null, and it has been told why. */
const BROKEN = Symbol('broken')
/** Broken where null is not allowed: what surrounds it is broken too. */
const SPREADING = Symbol('spreading')

/** Called at each object with what is selected of it. */
export type Look = (
  object: Tree,
  type: GraphQLCompositeType,
  selections: readonly SelectionSetNode[],
  path: ErrorPath,
) => void

/** Shapes the tree as the operation asks, with nulls moved up to the nearest nullable place. */
export function completeAnswer(
  shape: Shape,
  rootType: GraphQLCompositeType,
  selectionSet: SelectionSetNode,
  data: Tree,
  look?: Look,
): Completed {
  const faults: Fault[] = []
  const unsettled: ErrorPath[] = []
  const path: (string | number)[] = []
  const fault = (): typeof BROKEN => {
    unsettled.push([...path])
    return BROKEN
  }
  const settle = (): null => {
    for (const fault of unsettled.splice(0)) faults.push({ path: fault, nulled: [...path] })
    return null
  }

  const complete = (
    type: GraphQLOutputType,
    selections: readonly SelectionSetNode[],
    value: unknown,
  ): unknown => {
    if (isNonNullType(type)) {
      const inner = complete(type.ofType, selections, value)
      if (inner === null) fault()
      return inner === null || inner === BROKEN ? SPREADING : inner
    }
    if (value === null || value === undefined) return null
    if (isListType(type)) return completeList(type.ofType, selections, value)
    if (isCompositeType(type)) return completeObject(type, selections, value)
    if (isLeafType(type)) return leafTest(type)(value) ? value : fault()
    throw new Error('a type of no kind')
  }

  const completeList = (
    type: GraphQLOutputType,
    selections: readonly SelectionSetNode[],
    value: unknown,
  ): unknown => {
    if (!Array.isArray(value)) return fault()
    let broken = false
    const list = value.map((element, index) => {
      path.push(index)
      const completed = complete(type, selections, element)
      const kept = completed === BROKEN ? settle() : completed
      path.pop()
      if (completed === SPREADING) broken = true
      return kept
    })
    return broken ? BROKEN : list
  }

  const completeObject = (
    declared: GraphQLCompositeType,
    selections: readonly SelectionSetNode[],
    value: unknown,
  ): unknown => {
    if (!isTree(value)) return fault()
    const typename = value['__typename'] ?? undefined
    const type = typeof typename === 'string' ? shape.schema.getType(typename) : declared
    if (!type || !isCompositeType(type)) return fault()
    look?.(value, type, selections, path)
    const object: Tree = {}
    for (const { responseName, inside, type: fieldType, selections: inner } of collectFields(
      shape,
      type,
      selections,
    )) {
      if (!fieldType) {
        if (!isObjectType(type)) return fault()
        setEntry(object, responseName, type.name)
        continue
      }
      path.push(responseName)
      const completed = complete(fieldType, inner, value[inside])
      setEntry(object, responseName, completed === BROKEN ? settle() : completed)
      path.pop()
      if (completed === SPREADING) return BROKEN
    }
    return object
  }

  const completed = completeObject(rootType, [selectionSet], data)
  settle()
  return { data: isTree(completed) ? completed : null, faults }
}
