import type { FetchNode } from '@apollo/query-planner'
import type { Graph } from '../supergraph/graph.ts'
import { rootFields } from '../subgraphs/source.ts'
import { entityGiver, objectNamesOf } from './entity-giver.ts'
import { atEntities, atPlace, homeOf } from './error-places.ts'
import type { AskEntities, Gatherings } from './gathering.ts'
import { isAlone, locationOf, type Locations, type Path } from '../planning/locations.ts'
import { representer } from './representations.ts'
import { rewriter } from './rewrites.ts'
import type { Step } from './run.ts'
import { sender } from './sender.ts'
import { copyOf, isTree, mergeInto, objectsAt, unify, type Tree } from './tree.ts'

/** What a fetch has to know of the others in its plan. */
interface Surroundings {
  readonly locations: Locations
  readonly gatherings: Gatherings
  /** Whether it is answered beforehand. */
  readonly isGiven: boolean
}

/** Compiles one fetch; its path says which objects of the answer it is for. */
export function compileFetch(
  graph: Graph,
  fetch: FetchNode,
  path: Path,
  { locations, gatherings, isGiven }: Surroundings,
): Step {
  const client = graph.subgraphs.get(fetch.serviceName)
  if (!client) throw new Error(`the plan asks ${fetch.serviceName}, which is no subgraph`)
  const rewriteAnswer = rewriter(graph.supergraphSchema, fetch.outputRewrites)
  const isObjectName = objectNamesOf(graph.supergraphSchema)
  const send = sender(graph, client, fetch)
  if (fetch.requires) return entityFetch(graph, fetch, path, locations, gatherings.asking(fetch, send))

  const names = rootFields(fetch.operation)
  const home = homeOf(fetch)
  return async (run) => {
    const objects = objectsAt(run.data, path)
    if (objects.length === 0) return
    const { data, errors } = isGiven && run.given ? run.given : await send(run, '')
    for (const error of errors ?? []) run.errors.push(...atPlace(home(error), names, path))
    if (!isTree(data)) return
    rewriteAnswer?.(data)
    objects.forEach((object, at) => mergeInto(object, at === 0 ? data : copyOf(data), isObjectName))
  }
}

function entityFetch(
  graph: Graph,
  fetch: FetchNode,
  path: Path,
  locations: Locations,
  ask: AskEntities,
): Step {
  const { supergraphSchema: schema } = graph
  const represent = representer(schema, fetch.requires ?? [], rewriter(schema, fetch.inputRewrites))
  const mayShare = isAlone(fetch, path, locations)
  const give = entityGiver(schema, rewriter(schema, fetch.outputRewrites), mayShare)
  const home = homeOf(fetch)
  const mayUnify = (locations.get(locationOf(path)) ?? 0) <= 1

  return async (run) => {
    if (mayUnify) {
      const unified = unify(run.data, path, (object) =>
        represent.isWhole(object) ? represent.text(object) : null,
      )
      for (const object of unified) if (!run.shared.has(object)) run.shared.set(object, new Map())
    }
    const groups = new Map<string, Tree[]>()
    for (const object of objectsAt(run.data, path)) {
      const text = represent.text(object)
      if (text === null) continue
      const group = groups.get(text)
      if (group) group.push(object)
      else groups.set(text, [object])
    }
    if (groups.size === 0) return
    const { data, errors } = await ask(run, [...groups.keys()])
    const targets = [...groups.values()]
    if (errors)
      for (const error of errors) run.errors.push(...atEntities(home(error), run.data, path, targets))
    const entities = data?.['_entities']
    if (!Array.isArray(entities) || entities.length !== targets.length) {
      if (!errors)
        run.errors.push(run.fault(fetch.serviceName, 'another number of entities than was asked for'))
      return
    }
    targets.forEach((objects, at) => give(entities[at], objects))
  }
}
