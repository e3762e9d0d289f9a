import type { FetchDataRewrite } from '@apollo/query-planner'
import type { GraphQLSchema } from 'graphql'
import { fallsUnder } from '../planning/type-conditions.ts'
import { isTree, type Tree } from './tree.ts'

const CONDITION = '... on '

/** Compiles the changes a plan makes to what is sent or received, where two subgraphs name the same thing differently. */
export function rewriter(
  schema: GraphQLSchema,
  rewrites: readonly FetchDataRewrite[] | undefined,
): ((tree: Tree) => void) | undefined {
  if (!rewrites || rewrites.length === 0) return undefined
  const changes = rewrites.map((rewrite) => {
    const name = rewrite.path.at(-1) ?? ''
    const change =
      rewrite.kind === 'ValueSetter'
        ? (object: Tree): void => void (object[name] = rewrite.setValueTo as unknown)
        : (object: Tree): void => rename(object, name, rewrite.renameKeyTo)
    return { path: rewrite.path.slice(0, -1), change }
  })
  return (tree) => {
    for (const { path, change } of changes) applyAt(schema, path, tree, change)
  }
}

function rename(object: Tree, from: string, to: string): void {
  const value = object[from]
  if (value === undefined) return
  object[to] = value
  delete object[from]
}

function applyAt(
  schema: GraphQLSchema,
  path: readonly string[],
  value: unknown,
  change: (object: Tree) => void,
): void {
  if (Array.isArray(value)) {
    for (const element of value) applyAt(schema, path, element, change)
    return
  }
  if (!isTree(value)) return
  const [step, ...rest] = path
  if (step === undefined) return change(value)
  if (!step.startsWith(CONDITION)) return applyAt(schema, rest, value[step], change)
  const typename = value['__typename']
  const under = typeof typename !== 'string' || fallsUnder(schema, typename, step.slice(CONDITION.length))
  if (under) applyAt(schema, rest, value, change)
}
