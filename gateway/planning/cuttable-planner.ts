import type { Operation } from '@apollo/federation-internals'
import type { QueryPlanner } from '@apollo/query-planner'
import { inTime, wasCutOff } from './plan-time.ts'

type Planner = Pick<QueryPlanner, 'buildQueryPlan'>
type Options = Parameters<Planner['buildQueryPlan']>[1]

/** A planner that is given up when it takes too long: nobody knows how it was left, so another one goes on. */
export class CuttablePlanner {
  private readonly make: () => Planner
  private readonly longestMs: number | undefined
  private planner: Planner | undefined

  constructor(make: () => Planner, first?: Planner, longestMs?: number) {
    this.make = make
    this.planner = first
    this.longestMs = longestMs
  }

  plan(operation: Operation, options: Options): ReturnType<Planner['buildQueryPlan']>['node'] {
    this.planner ??= this.make()
    const { planner } = this
    try {
      return inTime(() => planner.buildQueryPlan(operation, options).node, this.longestMs)
    } catch (error) {
      if (wasCutOff(error)) this.planner = undefined
      throw error
    }
  }
}
