import type { FieldNode } from 'graphql'
import type { Selected, SelectedField } from './plan-gaps.ts'
import type { Found } from './plan-attempts.ts'
import { Selecting, type Step } from './plan-steps.ts'
import type { Path } from './locations.ts'

/** An object of one type, at a place where one step brings it. */
export interface Spot {
  readonly type: string
  readonly path: Path
  /** The object that it lies in; none for the root. */
  readonly above: Spot | undefined
  /** Who brings it, and what is asked of it there; none for the root. */
  readonly from: { readonly step: Step; readonly selecting: Selecting } | undefined
  /** What tells its type, where who brings it knows but an interface. */
  readonly typed: () => Found
  /** What is asked of others about it. */
  readonly steps: Map<string, Step>
  /** What who brings it provides of it here, and nowhere else. */
  readonly provided: readonly Selected[]
  readonly searched: Set<string>
  /** Where who brings it has but an interface for all types: what is asked of all of them. */
  readonly common: Set<FieldNode> | undefined
}

/** Where objects of several types may stand. */
export interface At {
  readonly above: Spot
  readonly step: Step
  readonly inner: Map<string, Selecting>
  readonly path: Path
  /** The interface that stands for them in the subgraph. */
  readonly standing: string | undefined
  readonly provided: readonly Selected[]
  /** What is asked of the interface that stands for them. */
  readonly common: readonly SelectedField[]
}

export function rootSpot(type: string): Spot {
  const nowhere = { path: [], above: undefined, from: undefined, provided: [], common: undefined }
  return newSpot({ ...nowhere, type, typed: () => [] })
}

/** The objects of the types that may stand at a place, each known once; `typeOf` asks for what only an interface tells. */
export class Spots {
  private readonly known = new WeakMap<Selecting, Map<string, Spot>>()
  private readonly typeOf: (spot: Spot) => Found

  constructor(typeOf: (spot: Spot) => Found) {
    this.typeOf = typeOf
  }

  below(at: At, type: string): Spot {
    const { above, step, inner, path, standing, provided } = at
    const condition = standing === undefined ? type : ''
    const selecting = inner.get(condition) ?? new Selecting()
    inner.set(condition, selecting)
    const spots = this.known.get(selecting) ?? new Map<string, Spot>()
    this.known.set(selecting, spots)
    const isTyped = standing === undefined || standing === type
    const typed = () => (isTyped ? [] : this.typeOf(this.below(at, standing)))
    const from = { step, selecting }
    const common = isTyped ? undefined : new Set<FieldNode>()
    const spot = spots.get(type) ?? newSpot({ type, path, above, from, typed, provided, common })
    spots.set(type, spot)
    for (const { node } of at.common) spot.common?.add(node)
    return spot
  }
}

function newSpot(spot: Omit<Spot, 'steps' | 'searched'>): Spot {
  return { ...spot, steps: new Map(), searched: new Set() }
}

/** Whether a field is asked of all types that its object may have. */
export function isOfAll({ common }: Spot, [first]: readonly SelectedField[]): boolean {
  return !common || (first !== undefined && common.has(first.node))
}

/** What is asked of an object of all types apart from what is asked of it for its own; of a value it is the same. */
export function apart(spot: Spot, fields: readonly SelectedField[]): (readonly SelectedField[])[] {
  const of = Map.groupBy(fields, (field) => isOfAll(spot, [field]))
  const all = of.get(true)
  if (all && all[0]?.node.selectionSet === undefined) return [all]
  return [...of.values()]
}
