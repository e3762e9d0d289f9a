import type { FetchNode } from '@apollo/query-planner'
import type { GraphQLFormattedError } from 'graphql'
import type { ErrorPath } from './complete-answer.ts'
import type { Path } from '../planning/locations.ts'
import type { Tree } from './tree.ts'

/** Lets the errors of a fetch name what stands under another name in its answer than in the whole as it is called there. */
export function homeOf({
  outputRewrites = [],
}: FetchNode): (error: GraphQLFormattedError) => GraphQLFormattedError {
  const names = new Map(
    outputRewrites.flatMap((rewrite) =>
      rewrite.kind === 'KeyRenamer' ? [[rewrite.path.at(-1), rewrite.renameKeyTo] as const] : [],
    ),
  )
  if (names.size === 0) return (error) => error
  return (error) => {
    if (!error.path) return error
    return {
      ...error,
      path: error.path.map((step) => (typeof step === 'string' ? (names.get(step) ?? step) : step)),
    }
  }
}

export function atPlace(
  error: GraphQLFormattedError,
  names: readonly string[],
  path: Path,
): GraphQLFormattedError[] {
  const prefix = path.filter((step) => step !== '@')
  if (error.path) return [{ ...error, path: [...prefix, ...error.path] }]
  const { message, extensions = {} } = error
  return names.map((name) => ({ message, extensions, path: [...prefix, name] }))
}

/** The places, with indexes, where objects stand. */
export type Places = ReadonlyMap<Tree, readonly ErrorPath[]>

/** An error of one entity stands wherever its objects stand. */
export function atObjects(
  { message, extensions = {}, path = [] }: GraphQLFormattedError,
  places: Places,
  objects: readonly Tree[],
): GraphQLFormattedError[] {
  const all = objects.flatMap((object) => places.get(object) ?? [])
  return all.map((place) => ({ message, extensions, path: [...place, ...path.slice(2)] }))
}

/** One of the whole fetch stands at the first of its entities. */
export function atEntities(
  error: GraphQLFormattedError,
  places: Places,
  targets: readonly (readonly Tree[])[],
): GraphQLFormattedError[] {
  const index = error.path?.[1]
  if (typeof index === 'number') return atObjects(error, places, targets[index] ?? [])
  const { message, extensions = {} } = error
  const [first] = (targets[0] ?? []).flatMap((object) => places.get(object) ?? [])
  return [first ? { message, extensions, path: first } : { message, extensions }]
}
