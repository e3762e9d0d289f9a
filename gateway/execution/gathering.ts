import type { FetchNode, PlanNode } from '@apollo/query-planner'
import type { GraphQLFormattedError } from 'graphql'
import type { SubgraphAnswer } from '../subgraphs/client.ts'
import { partsOf } from '../planning/plan-parts.ts'
import type { Run } from './run.ts'
import { copyOf } from './tree.ts'

/** Asks for entities by their representations, which are all different. */
export type AskEntities = (run: Run, representations: readonly string[]) => Promise<SubgraphAnswer>

type Send = (run: Run, representations: string) => Promise<SubgraphAnswer>

/** Says of a fetch what it asks, and whom; two that agree in it differ in their names and representations alone. */
function questionOf({ serviceName, operation, variableUsages }: FetchNode): string {
  return JSON.stringify([serviceName, operation.replace(/^query\s+\w+/, 'query'), variableUsages])
}

/** Finds in a plan the fetches that ask the same for different places: those that fall together in time ask as one. */
export class Gatherings {
  private readonly counts = new Map<string, number>()

  constructor(plan: PlanNode | undefined) {
    for (const { fetch } of partsOf(plan)) {
      if (!fetch.requires) continue
      const question = questionOf(fetch)
      this.counts.set(question, (this.counts.get(question) ?? 0) + 1)
    }
  }

  asking(fetch: FetchNode, send: Send): AskEntities {
    const question = questionOf(fetch)
    if ((this.counts.get(question) ?? 0) < 2)
      return (run, representations) => send(run, representations.join(','))
    return (run, representations) => {
      let gathering = run.gatherings.get(question)
      if (!gathering) {
        gathering = new Gathering((all) => {
          run.gatherings.delete(question)
          return send(run, all)
        })
        run.gatherings.set(question, gathering)
      }
      return gathering.ask(representations)
    }
  }
}

interface Participant {
  /** Where in the request its representations stand. */
  readonly places: readonly number[]
  readonly resolve: (answer: SubgraphAnswer) => void
}

/** One request that several fetches wait for. It is sent when what has come from the subgraphs by now has been looked at. */
export class Gathering {
  private readonly places = new Map<string, number>()
  private readonly participants: Participant[] = []

  constructor(send: (representations: string) => Promise<SubgraphAnswer>) {
    setImmediate(() => {
      void send([...this.places.keys()].join(',')).then((answer) => this.hand(answer))
    })
  }

  /** The part of the answer that is about these. */
  ask(representations: readonly string[]): Promise<SubgraphAnswer> {
    const places = representations.map((text) => this.placeOf(text))
    return new Promise((resolve) => {
      this.participants.push({ places, resolve })
    })
  }

  private placeOf(text: string): number {
    const place = this.places.get(text) ?? this.places.size
    this.places.set(text, place)
    return place
  }

  /** All parts are made before the first is handed out: whoever gets it changes it. */
  private hand({ data, errors = [] }: SubgraphAnswer): void {
    const found = data?.['_entities']
    const entities = Array.isArray(found) && found.length === this.places.size ? found : null
    const taken = new Set<number>()
    const take = (place: number): unknown => {
      const entity: unknown = entities?.[place]
      if (taken.has(place)) return copyOf(entity)
      taken.add(place)
      return entity
    }
    const parts = this.participants.map(({ places }) => {
      const told = errors.flatMap((error) => errorFor(places, error, !entities))
      const part = { data: entities && { _entities: places.map(take) } }
      return told.length > 0 ? { ...part, errors: told } : part
    })
    this.participants.forEach(({ resolve }, at) => resolve(parts[at] ?? {}))
  }
}

/** An error of one entity is told to whom asked for it; one of the whole request, or without which there is nothing, to all. */
function errorFor(
  places: readonly number[],
  error: GraphQLFormattedError,
  concernsAll: boolean,
): GraphQLFormattedError[] {
  const [field = '_entities', index, ...rest] = error.path ?? []
  if (typeof index !== 'number') return [error]
  const at = places.indexOf(index)
  if (at !== -1) return [{ ...error, path: [field, at, ...rest] }]
  const { path: _path, ...placeless } = error
  return concernsAll ? [placeless] : []
}
