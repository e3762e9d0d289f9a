import type { FetchNode, PlanNode } from '@apollo/query-planner'
import type { Graph } from '../supergraph/graph.ts'
import { inBlocks } from './compile-blocks.ts'
import { compileFetch } from './compile-fetch.ts'
import { compileContextFetch, usesContext } from './context-fetch.ts'
import { Gatherings } from './gathering.ts'
import { objectLocations, type Locations, type Path } from '../planning/locations.ts'
import type { Step } from './run.ts'
import { Wanted, type Question } from './wanted.ts'

/** Whether a plan holds only what is compiled here; the rest is left to the executor of `@apollo/gateway`. */
export function isCompilable(node: PlanNode | undefined): boolean {
  switch (node?.kind) {
    case undefined:
      return true
    case 'Sequence':
    case 'Parallel':
      return node.nodes.every(isCompilable)
    case 'Flatten':
      return isCompilable(node.node)
    case 'Condition':
      return isCompilable(node.ifClause) && isCompilable(node.elseClause)
    case 'Defer':
      return isCompilable(node.primary.node) && node.deferred.every((part) => isCompilable(part.node))
    case 'Fetch':
      return true
    default:
      return false
  }
}

export interface PlanOptions {
  /** What the client asks for. */
  readonly question: Question
  /** The fetch that is answered beforehand. */
  readonly given?: PlanNode | undefined
  /** Adds to what a fetch does. */
  readonly around?: (fetch: FetchNode, step: Step) => Step
}

/** Compiles a plan to closures, for the given values of its conditions. */
export function compilePlan(
  graph: Graph,
  plan: PlanNode | undefined,
  conditions: Readonly<Record<string, unknown>>,
  { question, given, around = (_fetch, step) => step }: PlanOptions,
): Step {
  const places = objectLocations(plan)
  // What is taken from further up is another for each place: no two may share an object then.
  const locations: Locations = usesContext(plan) ? new Map([...places.keys()].map((key) => [key, 2])) : places
  const gatherings = new Gatherings(plan)
  const wanted = new Wanted(graph.supergraphSchema, plan, question)
  const compile = (node: PlanNode | undefined, path: Path): Step => {
    switch (node?.kind) {
      case 'Sequence':
        return inOrder(node.nodes.map((child) => compile(child, path)))
      case 'Parallel':
        return together(node.nodes.map((child) => compile(child, path)))
      case 'Flatten':
        return compile(node.node, [...path, ...node.path.map(String)])
      case 'Condition':
        return compile(conditions[node.condition] === true ? node.ifClause : node.elseClause, path)
      case 'Defer':
        return inBlocks(node, (inner) => compile(inner, path))
      case 'Fetch': {
        const step = node.contextRewrites?.length
          ? compileContextFetch(graph, node, path, wanted)
          : compileFetch(graph, node, path, { locations, gatherings, wanted, isGiven: node === given })
        return around(node, step)
      }
      case undefined:
        return () => Promise.resolve()
      default:
        throw new Error('a plan with a part of no kind')
    }
  }
  return compile(plan, [])
}

function inOrder(steps: readonly Step[]): Step {
  return async (run) => {
    for (const step of steps) await step(run)
  }
}

function together(steps: readonly Step[]): Step {
  return async (run) => {
    await Promise.all(steps.map((step) => step(run)))
  }
}
