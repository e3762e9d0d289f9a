import {
  isCompositeType,
  type GraphQLCompositeType,
  type GraphQLFormattedError,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { completeAnswer, type ErrorPath } from './complete-answer.ts'
import { deferLabel } from '../planning/defer-label.ts'
import { applies, deferredIn, type DeferredFragment, type Shape } from '../planning/fields.ts'
import { asOutside, withMissing } from './missing-values.ts'
import { covers } from './part-errors.ts'
import type { Run } from './run.ts'
import { isTree, type Tree } from './tree.ts'

/** Said of a part before it comes. */
export interface Announced {
  readonly id: string
  readonly label: string | undefined
  readonly path: ErrorPath
}

export interface Part extends Announced {
  /** Absent where the object is gone, or turned out to be of another type than the fragment asks for. */
  readonly data?: Tree | null
  readonly errors: readonly GraphQLFormattedError[]
}

/** What is there of a part, and what is still to come of it. */
interface Completed {
  readonly data: Tree | null
  readonly errors: readonly GraphQLFormattedError[]
  readonly announced: readonly Announced[]
}

/** What has become ready at one time. */
export interface Installment {
  readonly parts: readonly Part[]
  readonly announced: readonly Announced[]
  readonly hasNext: boolean
}

/** What comes after the first part of an answer. */
export interface Later {
  readonly announced: readonly Announced[]
  readonly installments: AsyncGenerator<Installment>
}

export interface Deferred {
  /** Without what comes later, and with it. */
  readonly shape: Shape
  readonly whole: Shape
  readonly rootType: GraphQLCompositeType
  readonly definition: OperationDefinitionNode
  /** Our labels, and what the client calls them. */
  readonly labels: ReadonlyMap<string, string | undefined>
}

/** A fragment at an object of the answer. */
interface Waiting extends Announced, DeferredFragment {
  readonly object: Tree
  readonly type: GraphQLCompositeType
}

/** Tells when the work for a part has ended, and what went wrong in it. */
export interface Progress {
  errorsOf(label: string): Promise<readonly GraphQLFormattedError[]>
}

/** Takes an answer apart as its parts become ready: an error goes with the part in which its place stands. */
export class PartDelivery {
  private readonly deferred: Deferred
  private readonly run: Run
  private readonly progress: Progress
  private readonly waiting = new Map<string, Waiting[]>()
  private readonly ended = new Map<string, readonly GraphQLFormattedError[] | 'failed'>()
  private unclaimed: GraphQLFormattedError[] = []
  private readonly told: GraphQLFormattedError[] = []
  /** Places where the client has null for what was missing beneath: nothing can be put there any more. */
  private readonly nulled: ErrorPath[] = []
  private count = 0

  constructor(deferred: Deferred, run: Run, progress: Progress) {
    this.deferred = deferred
    this.run = run
    this.progress = progress
  }

  /** The first part, once the work for it has ended with these errors. */
  first(errors: readonly GraphQLFormattedError[]): Completed {
    const { rootType, definition } = this.deferred
    const strays = this.takeIn(errors)
    return this.complete(rootType, definition.selectionSet, this.run.data, [], strays)
  }

  async *rest(): AsyncGenerator<Installment> {
    const watched = new Map<string, Promise<void>>()
    const watch = (label: string): Promise<void> => {
      const known = watched.get(label) ?? this.watch(label)
      watched.set(label, known)
      return known
    }
    while (this.waiting.size > 0) {
      await Promise.race([...this.waiting.keys()].map(watch))
      // What comes at one time is told at one time.
      await new Promise((next) => setImmediate(next))
      const parts: Part[] = []
      const announced: Announced[] = []
      for (const label of this.waiting.keys().toArray()) {
        const errors = this.ended.get(label)
        if (errors === undefined) continue
        const places = this.waiting.get(label) ?? []
        this.waiting.delete(label)
        for (const part of this.partsOf(places, errors)) {
          parts.push(part)
          announced.push(...part.announced)
        }
      }
      yield { parts, announced, hasNext: this.waiting.size > 0 }
    }
  }

  private async watch(label: string): Promise<void> {
    this.ended.set(label, await this.progress.errorsOf(label).catch(() => 'failed' as const))
  }

  private *partsOf(places: readonly Waiting[], errors: readonly GraphQLFormattedError[] | 'failed') {
    if (errors === 'failed') {
      const error = this.run.fault('gateway', 'a deferred part failed')
      for (const { id, label, path } of places)
        yield { id, label, path, data: null, errors: [error], announced: [] }
      return
    }
    let strays = this.takeIn(errors)
    for (const { id, label, path, fragment, conditions, object, type: declared } of places) {
      const { schema } = this.deferred.shape
      const typename = object['__typename']
      const known = typeof typename === 'string' ? schema.getType(typename) : declared
      const type = isCompositeType(known) ? known : declared
      const isGone = this.nulled.some((place) => place.every((step, index) => path[index] === step))
      if (!isGone && conditions.every((condition) => applies(schema, condition, type))) {
        yield { id, label, path, ...this.complete(type, fragment.selectionSet, object, path, strays) }
        strays = []
      } else yield { id, label, path, errors: [], announced: [] }
    }
  }

  private complete(
    type: GraphQLCompositeType,
    selectionSet: SelectionSetNode,
    object: Tree,
    at: ErrorPath,
    strays: readonly GraphQLFormattedError[],
  ): Completed {
    const { shape } = this.deferred
    const found: Omit<Waiting, 'id' | 'label'>[] = []
    const { data, faults } = completeAnswer(shape, type, selectionSet, object, (value, inner, set, path) => {
      for (const fragment of deferredIn(shape.schema, inner, set))
        found.push({ ...fragment, object: value, type: inner, path: [...at, ...path] })
    })
    const own = this.claim(at, (place) => covers(shape, type, [selectionSet], object, place))
    const missing = faults.map(({ path, nulled }) => ({ path: [...at, ...path], nulled: [...at, ...nulled] }))
    const { locale } = this.run.asking.caller
    const errors = withMissing([...own, ...strays].map(asOutside), missing, locale, this.told)
    this.told.push(...errors)
    this.nulled.push(...missing.flatMap(({ nulled }) => (nulled.length > at.length ? [nulled] : [])))
    // What moved up to null takes with it what was to come.
    const kept = found.filter(({ path }) => stands(data, path.slice(at.length)))
    return { data, errors, announced: kept.map((place) => this.announce(place)) }
  }

  private announce(place: Omit<Waiting, 'id' | 'label'>): Announced {
    const own = deferLabel(place.fragment) ?? ''
    const announced = { id: String(this.count++), label: this.deferred.labels.get(own), path: place.path }
    const others = this.waiting.get(own)
    if (others) others.push({ ...place, ...announced })
    else this.waiting.set(own, [{ ...place, ...announced }])
    return announced
  }

  /** Keeps errors until the part comes in which they stand; those that stand in none are returned. */
  private takeIn(errors: readonly GraphQLFormattedError[]): GraphQLFormattedError[] {
    const { whole, rootType, definition } = this.deferred
    const stands = ({ path }: GraphQLFormattedError): boolean =>
      path !== undefined && covers(whole, rootType, [definition.selectionSet], this.run.data, path)
    this.unclaimed.push(...errors.filter(stands))
    return errors.filter((error) => !stands(error))
  }

  private claim(at: ErrorPath, covered: (place: ErrorPath) => boolean): GraphQLFormattedError[] {
    const isOwn = (error: GraphQLFormattedError): boolean => {
      const outside = asOutside(error).path ?? []
      return (
        at.every((step, index) => outside[index] === step) && covered((error.path ?? []).slice(at.length))
      )
    }
    const { true: own = [], false: others = [] } = Object.groupBy(this.unclaimed, (error) =>
      isOwn(error) ? 'true' : 'false',
    )
    this.unclaimed = others
    return own
  }
}

/** Whether there is still an object at a place of a completed answer. */
function stands(data: unknown, path: ErrorPath): boolean {
  let value = data
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return false
    value = (value as Record<string | number, unknown>)[step]
  }
  return isTree(value)
}
