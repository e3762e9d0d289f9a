import { OperationTypeNode } from 'graphql'
import type { DeferNode, FetchNode, PlanNode } from '@apollo/query-planner'
import type { Step } from './run.ts'

/** Ends with the primary part; what is deferred is begun as soon as what it depends on is there. */
export function inBlocks(
  { primary, deferred }: DeferNode,
  compile: (node: PlanNode | undefined) => Step,
): Step {
  const first = compile(primary.node)
  const fetches = fetchIdsIn(primary.node)
  const later = deferred.map(({ label = '', depends, node }) => {
    return { label, after: depends.map(({ id }) => id), step: compile(node) }
  })
  return async (run) => {
    for (const { label, after, step } of later) run.blocks?.begin(run, label, after, step)
    try {
      await first(run)
    } finally {
      // Also those that had nothing to ask for.
      for (const id of fetches) run.blocks?.arrived(id)
    }
  }
}

/** Lets the fetches of a plan tell when they have arrived; a mutation is whole before anything is asked of its results. */
export function tellingBlocks(plan: PlanNode | undefined): (fetch: FetchNode, step: Step) => Step {
  const ids = fetchIdsIn(plan)
  return ({ id, operationKind }, step) => {
    if (id === undefined || operationKind === OperationTypeNode.MUTATION) return step
    // One that was taken apart has arrived when all of it has.
    if (ids.indexOf(id) !== ids.lastIndexOf(id)) return step
    return async (run) => {
      await step(run)
      run.blocks?.arrived(id)
    }
  }
}

function fetchIdsIn(node: PlanNode | undefined): string[] {
  switch (node?.kind) {
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap(fetchIdsIn)
    case 'Flatten':
      return fetchIdsIn(node.node)
    case 'Fetch':
      return node.id === undefined ? [] : [node.id]
    case 'Defer':
      return [node.primary, ...node.deferred].flatMap((part) => fetchIdsIn(part.node))
    default:
      return []
  }
}
