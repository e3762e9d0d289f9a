import type { FetchNode } from '@apollo/query-planner'
import { OperationTypeNode, type GraphQLFormattedError } from 'graphql'
import type { SubgraphAnswer } from '../subgraphs/client.ts'
import { asksFor, withoutFields } from '../planning/fewer-fields.ts'
import type { Path } from '../planning/locations.ts'
import type { ErrorPath } from './complete-answer.ts'
import { atEntities, atObjects, atPlace } from './error-places.ts'
import type { Run } from './run.ts'
import { copyOf, isTree, placesAt, type Tree } from './tree.ts'
import type { Wanted } from './wanted.ts'

// A fetch may ask for more than the client: keys, what others are computed from, or of all types what is wanted of one,
// where its subgraph knows but the interface. What fails of that is told to nobody who has no use for it; and if it is
// never null and took with it what the client asked for, this is asked for again without it.

/** Entities that were asked for, each with the objects that it is. */
export interface Asked {
  readonly texts: readonly string[]
  readonly targets: readonly (readonly Tree[])[]
}

export interface Sparing {
  readonly wanted: Wanted
  readonly fetch: FetchNode
  readonly path: Path
  /** Lets errors name what stands under another name in the whole. */
  readonly home: (error: GraphQLFormattedError) => GraphQLFormattedError
  /** Asks the subgraph for less. */
  readonly again: (run: Run, fetch: FetchNode, representations: string) => Promise<SubgraphAnswer>
}

export type Give = (entity: unknown, objects: readonly Tree[]) => void

/** Gives out the entities of an answer, and tells the errors in it that concern the client. */
export async function giveEntities(
  run: Run,
  sparing: Sparing,
  { texts, targets }: Asked,
  { data, errors }: SubgraphAnswer,
  give: Give,
): Promise<void> {
  const { wanted, path, home, fetch } = sparing
  const entities = data?.['_entities']
  const isWhole = Array.isArray(entities) && entities.length === targets.length
  if (!errors) {
    if (isWhole) targets.forEach((objects, at) => give(entities[at], objects))
    else run.errors.push(run.fault(fetch.serviceName, 'another number of entities than was asked for'))
    return
  }
  const places = placesAt(run.data, path)
  const told = Map.groupBy(errors, (error) => (isWhole ? error.path?.[1] : undefined))
  for (const [index, all] of told)
    if (typeof index !== 'number')
      for (const error of all) run.errors.push(...atEntities(home(error), places, targets))
  if (!isWhole) return
  const again = new Map<string, { texts: string[]; targets: (readonly Tree[])[] }>()
  targets.forEach((objects, at) => {
    const own = told.get(at)
    const entity: unknown = entities[at]
    if (!own) return give(entity, objects)
    // One entity may be several objects, of each of which something else is asked.
    const alike = Map.groupBy(objects, (object) =>
      own.map((error) => isAskedOf(run, sparing, error, places.get(object) ?? [])).join(),
    )
    for (const [answers, some] of alike) {
      const asked = answers.split(',')
      const others = own.filter((_error, index) => asked[index] === 'false')
      const lost = others.filter((error) => isLost(entity, below(error)))
      give(alike.size === 1 ? entity : copyOf(entity), some)
      const tell = (all: readonly GraphQLFormattedError[]) =>
        all.flatMap((error) => atObjects(home(error), places, some))
      run.errors.push(...tell(others).filter((error) => wanted.isTold(run.data, error.path ?? [])))
      if (lost.length === 0) run.errors.push(...tell(own.filter((error) => !others.includes(error))))
      else {
        const fewer = [...new Set(lost.map(nameOf))].toSorted().join(' ')
        const group = again.get(fewer) ?? { texts: [], targets: [] }
        again.set(fewer, group)
        group.texts.push(texts[at] ?? '')
        group.targets.push(some)
      }
    }
  })
  const asking = [...again].map(async ([fewer, group]) => {
    const less = withoutFields(fetch, new Set(fewer.split(' ')))
    if (!less) return
    const answer = await sparing.again(run, less, group.texts.join(','))
    await giveEntities(run, { ...sparing, fetch: less }, group, answer, give)
  })
  await Promise.all(asking)
}

function isAskedOf(
  run: Run,
  { wanted, fetch, home }: Sparing,
  error: GraphQLFormattedError,
  places: readonly ErrorPath[],
): boolean {
  // What is said of a field that the fetch does not have may concern anybody.
  if (!asksFor(fetch, nameOf(error))) return true
  return places.some((place) => wanted.isAsked(run.data, [...place, ...below(home(error))]))
}

/** The answer of a fetch at the root, once what the client did not ask for takes nothing with it. */
export async function rootAnswer(
  run: Run,
  sparing: Sparing,
  { data, errors }: SubgraphAnswer,
  names: readonly string[],
): Promise<unknown> {
  if (!errors) return data
  const { wanted, path, home, fetch } = sparing
  const told = errors.map((error) => ({ error, places: atPlace(home(error), names, path) }))
  const isAsked = ({ error, places }: (typeof told)[number]): boolean =>
    !asksFor(fetch, nameOf(error)) || places.some((place) => wanted.isAsked(undefined, place.path ?? []))
  const { true: asked = [], false: others = [] } = Object.groupBy(told, (one) =>
    isAsked(one) ? 'true' : 'false',
  )
  const own = path.length === 0 && isTree(data) ? data : {}
  for (const { places } of others)
    run.errors.push(...places.filter((place) => wanted.isTold(own, place.path ?? [])))
  // What changes something is never sent again.
  const isQuery = fetch.operationKind === OperationTypeNode.QUERY
  const spared = isQuery ? others.filter(({ error }) => isLost(data, error.path ?? [])) : []
  const fewer = new Set(spared.map(({ error }) => nameOf(error)))
  const less = fewer.size > 0 ? withoutFields(fetch, fewer) : null
  if (!less) {
    run.errors.push(...asked.flatMap(({ places }) => places))
    return data
  }
  const again = await sparing.again(run, less, '')
  return filled(data, await rootAnswer(run, { ...sparing, fetch: less }, again, names))
}

/** What there is, with what it lacks from another answer to the same. */
function filled(value: unknown, other: unknown): unknown {
  if (value === null || value === undefined) return other
  if (Array.isArray(value) && Array.isArray(other) && value.length === other.length)
    return value.map((element, at) => filled(element, other[at]))
  if (isTree(value) && isTree(other))
    for (const name of Object.keys(other)) value[name] = filled(value[name], other[name])
  return value
}

/** Whether something is missing because what it lay in went with it. */
function isLost(value: unknown, place: ErrorPath): boolean {
  let inner = value
  for (const step of place) {
    if (Array.isArray(inner) && typeof step === 'number') inner = inner[step]
    else if (isTree(inner)) inner = inner[step]
    else return true
  }
  return false
}

/** Where an error stands within its entity. */
function below({ path = [] }: GraphQLFormattedError): ErrorPath {
  return path.slice(2)
}

/** The place of an error in its fetch, by names alone. */
function nameOf({ path = [] }: GraphQLFormattedError): string {
  return path.filter((step) => typeof step === 'string').join('.')
}
