import { isObjectType, print, type FieldNode, type SelectionSetNode } from 'graphql'
import { refuse } from '../errors.ts'
import { allOf, Attempts, type Found } from './plan-attempts.ts'
import { fieldsFor, providedOf, setsOf, type Selected, type SelectedField } from './plan-gaps.ts'
import { takenFor, withTaken, type Taken } from './plan-contexts.ts'
import { always, asksForType, piecesOf } from './plan-pieces.ts'
import type { Repairing } from './plan-repair.ts'
import { apart, isOfAll, rootSpot, Spots, type Spot } from './plan-spots.ts'
import { rootStep, Selecting, type Step } from './plan-steps.ts'

/** Has a field asked for of somebody in particular. */
type Way = (sets: readonly Selected[]) => Found

/** The search for who is asked for each field. */
export class Search {
  /** In an order in which each comes after what it needs. */
  readonly steps = new Set<Step>()
  private readonly repairing: Repairing
  private readonly roots = new Map<string, Spot>()
  private readonly spots = new Spots((spot) => this.typeOf(spot))
  private readonly attempts = new Attempts()

  constructor(repairing: Repairing) {
    this.repairing = repairing
  }

  root(type: string, fields: readonly SelectedField[]): void {
    const spot = this.roots.get(type) ?? rootSpot(type)
    this.roots.set(type, spot)
    if (!this.need(spot, fields)) throw refuse('OPERATION_UNSUPPORTED')
  }

  /** Has a field asked for somewhere, with all that is wanted below it: the steps that bring it, or null. */
  private need(spot: Spot, fields: readonly SelectedField[]): Found {
    const [first] = fields
    if (!first) return []
    const { node } = first
    const sets = setsOf(fields)
    const question = `${(node.alias ?? node.name).value} ${sets.map(({ set }) => print(set)).join()}`
    if (spot.searched.has(question)) return null
    spot.searched.add(question)
    try {
      const ways = [...this.ways(spot, node, isOfAll(spot, fields))]
      for (const way of spot.from ? ways : this.shortestFirst(ways, sets)) {
        const found = this.attempts.try(() => way(sets))
        if (found) return found
      }
      return this.attempts.try(() => this.inPieces(spot, fields))
    } finally {
      spot.searched.delete(question)
    }
  }

  /** Parts of an object may be known to one subgraph and others to another, by ways further up. */
  private inPieces(spot: Spot, fields: readonly SelectedField[]): Found {
    const { fragments } = this.repairing
    const pieces = fields.flatMap(({ node, assumed }) =>
      piecesOf(node.selectionSet, fragments).map((selectionSet) => {
        const piece = { ...node, selectionSet }
        if (spot.common?.has(node)) spot.common.add(piece)
        return { node: piece, assumed }
      }),
    )
    if (pieces.length < 2) return null
    return allOf(pieces, (piece) => this.need(spot, [piece]))
  }

  /** Where an answer begins decides how much has to be asked of others. */
  private shortestFirst(ways: readonly Way[], sets: readonly Selected[]): readonly Way[] {
    if (ways.length < 2) return ways
    const lengths = new Map(
      ways.map((way) => {
        let length = Infinity
        this.attempts.try(() => {
          if (way(sets)) length = this.steps.size
          return null
        })
        return [way, length]
      }),
    )
    return ways.toSorted((one, other) => (lengths.get(one) ?? 0) - (lengths.get(other) ?? 0))
  }

  private *ways(spot: Spot, node: FieldNode, isOfAll: boolean): Generator<Way> {
    const { subgraphs } = this.repairing
    const { type, from } = spot
    const field = node.name.value
    const own = this.ownWay(spot, node)
    // What others of the type did not ask for could cost them the object.
    if (isOfAll) yield* own
    const asked = new Set([...spot.steps.values()].map(({ service }) => service))
    const others = subgraphs.names.filter((service) => this.has(service, type, field))
    for (const service of others.toSorted(
      (one, other) => Number(asked.has(other)) - Number(asked.has(one)),
    )) {
      if (!from) {
        yield (sets) => this.askAtRoot(spot, service, node, sets)
        continue
      }
      const required = subgraphs.requiredFor(service, type, field)
      const contexts = subgraphs.contextsOf(service, type, field)
      const taken = takenFor(this.repairing.schema, spot, contexts)
      for (const key of taken ? subgraphs.keysOf(service, type) : [])
        yield (sets) => {
          const step = this.entity(spot, service, key, required, taken ?? [])
          return step && this.ask(step, step.selecting, spot, withTaken(node, taken ?? []), sets)
        }
    }
    if (!isOfAll) yield* own
  }

  /** Of who brings the object. */
  private ownWay(spot: Spot, node: FieldNode): readonly Way[] {
    if (!spot.from) return []
    const { step, selecting } = spot.from
    const field = node.name.value
    const isProvided = providedOf(this.repairing.schema, spot).has(field)
    const isComputed = this.repairing.subgraphs.isComputed(step.service, spot.type, field)
    const isKnown = this.has(step.service, spot.type, field) && !isComputed
    return isProvided || isKnown ? [(sets) => this.ask(step, selecting, spot, node, sets)] : []
  }

  private has(service: string, type: string, field: string): boolean {
    const { subgraphs, labels } = this.repairing
    return subgraphs.resolves(service, type, field) && !subgraphs.hasMoved(service, type, field, labels)
  }

  private askAtRoot(spot: Spot, service: string, node: FieldNode, sets: readonly Selected[]): Found {
    const known = spot.steps.get(service)
    const step = known ?? rootStep(service)
    if (!known) this.add(spot, service, step)
    return this.ask(step, step.selecting, spot, node, sets)
  }

  /** The question to a subgraph about an object, told its key and what the fields are computed from. */
  private entity(
    spot: Spot,
    service: string,
    key: SelectionSetNode,
    required: SelectionSetNode | undefined,
    taken: readonly Taken[] = [],
  ): Step | null {
    const told = { ...key, selections: [...key.selections, ...(required?.selections ?? [])] }
    const contexts = taken.map(({ argument: { variable, type }, rewrites }) => ({ variable, type, rewrites }))
    const question = JSON.stringify([service, print(told), contexts.map(({ variable }) => variable)])
    const known = spot.steps.get(question)
    if (known) return known
    const name = this.repairing.subgraphs.nameIn(service, spot.type)
    const typed = spot.typed()
    const found = name !== undefined && typed && this.needOf(spot, [always(told)])
    const above = found && allOf(taken, ({ from, selected }) => this.needFrom(from, selected))
    if (!name || !found || !above) return null
    const before = [...found, ...above]
    const { type, path, from } = spot
    const isStanding =
      !isObjectType(this.repairing.schema.getType(name)) &&
      !this.repairing.subgraphs.isInterface(service, name)
    const after = new Set([...(from ? [from.step] : []), ...typed, ...before])
    const step: Step = {
      service,
      path,
      contexts,
      entity: { type, name, told, isStanding, objects: spot },
      selecting: new Selecting(),
      after,
    }
    this.add(spot, question, step)
    return step
  }

  private add(spot: Spot, question: string, step: Step): void {
    spot.steps.set(question, step)
    this.steps.add(step)
    this.attempts.onUndo(() => {
      spot.steps.delete(question)
      this.steps.delete(step)
    })
  }

  /** Has a step ask for a field of its objects. */
  private ask(
    step: Step,
    selecting: Selecting,
    spot: Spot,
    node: FieldNode,
    sets: readonly Selected[],
  ): Found {
    const { subgraphs, schema, fragments } = this.repairing
    const responseName = (node.alias ?? node.name).value
    const field = node.name.value
    const known = selecting.fields.get(responseName)
    const look = subgraphs.lookOf(step.service, spot.type, field)
    const entry = known ?? { node, look, inner: new Map<string, Selecting>() }
    if (!known) {
      selecting.fields.set(responseName, entry)
      this.attempts.onUndo(() => void selecting.fields.delete(responseName))
    } else if (known.node.name.value !== field) return null
    if (sets.length === 0) return [step]
    const lists = subgraphs.listsOfField(step.service, spot.type, field)
    const path = [...spot.path, responseName, ...Array.from({ length: lists }, () => '@')]
    const standing = subgraphs.standingFor(step.service, spot.type, field)
    const types = subgraphs
      .typesOfField(step.service, spot.type, field)
      .filter((type) => isObjectType(schema.getType(type)))
    const provides = subgraphs.providedBy(step.service, spot.type, field)
    const provided = [
      ...(provides ? [always(provides)] : []),
      ...setsOf(providedOf(this.repairing.schema, spot).get(field) ?? []),
    ]
    const common =
      standing === undefined ? [] : [...fieldsFor(schema, standing, sets, fragments).values()].flat()
    const at = { above: spot, step, inner: entry.inner, path, standing, provided, common }
    // An interface without any type: nothing can stand there.
    if (types.length === 0 && standing === undefined) return null
    const found =
      (standing === undefined || sets.some(asksForType)
        ? null
        : this.attempts.try(() => this.needOf(this.spots.below(at, standing), sets))) ??
      this.attempts.try(() => allOf(types, (type) => this.needOf(this.spots.below(at, type), sets)))
    return found && [step, ...found]
  }

  /** All that selections want of an object. */
  private needOf(spot: Spot, sets: readonly Selected[]): Found {
    const { schema, fragments } = this.repairing
    const typed = sets.some(asksForType) ? spot.typed() : []
    const fields = [...fieldsFor(schema, spot.type, sets, fragments).values()]
    const asked = fields.flatMap((some) => apart(spot, some))
    const found = typed && allOf(asked, (some) => this.need(spot, some))
    return found && [...typed, ...found]
  }

  /** What is taken of an object for another below it, with the name of its type, by which it is told from others there. */
  private needFrom(spot: Spot, selected: Selected): Found {
    const typed = spot.typed()
    const found = typed && this.needOf(spot, [selected])
    return found && [...typed, ...found]
  }

  /** Asks a subgraph that knows an interface for the types of the objects that stand for it. */
  private typeOf(spot: Spot): Found {
    const { subgraphs } = this.repairing
    for (const service of subgraphs.names.filter((name) => subgraphs.isInterface(name, spot.type)))
      for (const key of subgraphs.keysOf(service, spot.type)) {
        const step = this.attempts.try(() => this.entity(spot, service, key, undefined))
        if (step) return [step]
      }
    return null
  }
}
