import type { FetchNode } from '@apollo/query-planner'
import type { Graph } from '../supergraph/graph.ts'
import { rootFields } from '../subgraphs/source.ts'
import { entityGiver, objectNamesOf } from './entity-giver.ts'
import { homeOf } from './error-places.ts'
import type { AskEntities, Gatherings } from './gathering.ts'
import { isAlone, locationOf, type Locations, type Path } from '../planning/locations.ts'
import { representer } from './representations.ts'
import { rewriter } from './rewrites.ts'
import type { Step } from './run.ts'
import { sender } from './sender.ts'
import { giveEntities, rootAnswer, type Sparing } from './spare.ts'
import { copyOf, isTree, mergeInto, objectsAt, unify, type Tree } from './tree.ts'
import type { Wanted } from './wanted.ts'

/** What a fetch has to know of the others in its plan. */
interface Surroundings {
  readonly locations: Locations
  readonly gatherings: Gatherings
  /** Whether it is answered beforehand. */
  readonly isGiven: boolean
  readonly wanted: Wanted
}

/** Compiles one fetch; its path says which objects of the answer it is for. */
export function compileFetch(graph: Graph, fetch: FetchNode, path: Path, surroundings: Surroundings): Step {
  const { gatherings, isGiven, wanted } = surroundings
  const client = graph.subgraphs.get(fetch.serviceName)
  if (!client) throw new Error(`the plan asks ${fetch.serviceName}, which is no subgraph`)
  const rewriteAnswer = rewriter(graph.supergraphSchema, fetch.outputRewrites)
  const isObjectName = objectNamesOf(graph.supergraphSchema)
  const send = sender(graph, client, fetch)
  const again: Sparing['again'] = (run, less, representations) =>
    sender(graph, client, less)(run, representations)
  const home = homeOf(fetch)
  const sparing = { wanted, fetch, path, home, again }
  if (fetch.requires) return entityFetch(graph, sparing, surroundings, gatherings.asking(fetch, send))

  const names = rootFields(fetch.operation)
  return async (run) => {
    const objects = objectsAt(run.data, path)
    if (objects.length === 0) return
    const given = isGiven ? run.given : undefined
    const data = await rootAnswer(run, sparing, given ?? (await send(run, '')), names)
    if (!isTree(data)) return
    rewriteAnswer?.(data)
    objects.forEach((object, at) => mergeInto(object, at === 0 ? data : copyOf(data), isObjectName))
  }
}

function entityFetch(
  { supergraphSchema: schema }: Graph,
  sparing: Sparing,
  { locations }: Surroundings,
  ask: AskEntities,
): Step {
  const { fetch, path } = sparing
  const represent = representer(schema, fetch.requires ?? [], rewriter(schema, fetch.inputRewrites))
  const mayShare = isAlone(fetch, path, locations)
  const give = entityGiver(schema, rewriter(schema, fetch.outputRewrites), mayShare)
  // What fails of one must not cost another of which it was not asked.
  const mayUnify = (locations.get(locationOf(path)) ?? 0) <= 1 && sparing.wanted.isAskedAlike(path)

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
    const asked = { texts: [...groups.keys()], targets: [...groups.values()] }
    await giveEntities(run, sparing, asked, await ask(run, asked.texts), give)
  }
}
