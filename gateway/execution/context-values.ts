import type { FetchNode } from '@apollo/query-planner'
import { visit, type GraphQLSchema } from 'graphql'
import { partsOf } from '../planning/plan-parts.ts'
import { fallsUnder } from '../planning/type-conditions.ts'
import { isTree, type Tree } from './tree.ts'

const UP = '..'
const CONDITION = '... on '

/** Nothing that is asked for stands there, whatever its values. */
const ELSEWHERE = Symbol('elsewhere')

/**
 * Makes the reader of the variables that a fetch takes from above for an object: each of the nearest that sets it. Null
 * where a value did not come: what would be computed without it is not asked for.
 */
export function contextReader(
  schema: GraphQLSchema,
  fetch: FetchNode,
): (object: Tree, above: readonly Tree[]) => Tree | null {
  const readers = (fetch.contextRewrites ?? []).map(({ path, renameKeyTo: name }) => {
    const levels = path.findIndex((step) => step !== UP)
    return { name, levels, inner: path.slice(levels) }
  })
  const byName = Map.groupBy(
    readers.toSorted((one, other) => one.levels - other.levels),
    ({ name }) => name,
  )
  // A client's variable of such a name is none of them.
  const none: Tree = Object.fromEntries([...byName.keys()].map((name) => [name, undefined]))
  const namesOf = variablesByType(schema, fetch)
  return (object, above) => {
    const values = { ...none }
    for (const name of namesOf(object)) {
      const found = (byName.get(name) ?? []).map(({ levels, inner }) =>
        valueAt(schema, above.at(-levels), inner),
      )
      const [first = ELSEWHERE] = found.flatMap((value) => (value === ELSEWHERE ? [] : [{ value }]))
      if (first === ELSEWHERE) continue
      if (first.value === undefined) return null
      values[name] = first.value
    }
    return values
  }
}

/** Which of its variables a fetch uses for objects of a type. */
function variablesByType(schema: GraphQLSchema, fetch: FetchNode): (object: Tree) => ReadonlySet<string> {
  const taken = new Set(fetch.contextRewrites?.map(({ renameKeyTo }) => renameKeyTo))
  const byType = new Map<unknown, ReadonlySet<string>>()
  const usedFor = (type: string): ReadonlySet<string> => {
    const used = new Set<string>()
    for (const { document } of partsOf(fetch))
      visit(document, {
        VariableDefinition: () => false,
        InlineFragment: ({ typeCondition }) =>
          typeCondition && !fallsUnder(schema, type, typeCondition.name.value) ? false : undefined,
        Variable: ({ name }) => void (taken.has(name.value) && used.add(name.value)),
      })
    return used
  }
  return ({ __typename: type }) => {
    const known = byType.get(type) ?? usedFor(String(type))
    byType.set(type, known)
    return known
  }
}

function valueAt(schema: GraphQLSchema, value: unknown, path: readonly string[]): unknown {
  if (Array.isArray(value)) {
    const all = value.map((element) => valueAt(schema, element, path))
    return all.includes(undefined) ? undefined : all
  }
  const [step, ...rest] = path
  if (step === undefined || value === null || value === undefined) return value
  if (!isTree(value)) return undefined
  if (!step.startsWith(CONDITION)) return valueAt(schema, value[step], rest)
  const typename = value['__typename']
  const under = typeof typename !== 'string' || fallsUnder(schema, typename, step.slice(CONDITION.length))
  return under ? valueAt(schema, value, rest) : ELSEWHERE
}
