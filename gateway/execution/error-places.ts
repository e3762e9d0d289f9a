import type { FetchNode } from '@apollo/query-planner'
import type { GraphQLFormattedError } from 'graphql'
import type { Path } from '../planning/locations.ts'
import { placesOf, type Tree } from './tree.ts'

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

/** An error of one entity stands wherever that entity stands; one of the whole fetch at the first of them. */
export function atEntities(
  error: GraphQLFormattedError,
  root: Tree,
  path: Path,
  targets: readonly (readonly Tree[])[],
): GraphQLFormattedError[] {
  const { message, extensions = {} } = error
  const [, index, ...rest] = error.path ?? []
  if (typeof index === 'number') {
    const places = placesOf(root, path, new Set(targets[index]))
    return places.map((place) => ({ message, extensions, path: [...place, ...rest] }))
  }
  const [first] = placesOf(root, path, new Set(targets[0]))
  return [first ? { message, extensions, path: first } : { message, extensions }]
}
