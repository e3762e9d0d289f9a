import type { FetchNode, PlanNode, QueryPlanSelectionNode, SubscriptionNode } from '@apollo/query-planner'
import { Kind, type SelectionSetNode } from 'graphql'
import { locationOf, type Path } from './locations.ts'
import { partsOf, type Part } from './plan-parts.ts'

/**
 * Whether a fetch is told what only a later one brings. A planner that goes back and forth between subgraphs may put
 * together what has to come before with what can only come after; the fetch in between is then told too little, and left out.
 */
export function isOutOfOrder(node: PlanNode | SubscriptionNode | undefined): boolean {
  const brought = new Map(partsOf(node).map(({ fetch, ...part }) => [fetch, leavesOf({ fetch, ...part })]))
  const all = new Set([...brought.values()].flat())
  let isWrong = false
  /** What is there after a node, of what was there before it. */
  const walk = (
    inner: PlanNode | SubscriptionNode | undefined,
    place: readonly string[],
    before: ReadonlySet<string>,
  ): ReadonlySet<string> => {
    switch (inner?.kind) {
      case 'Sequence':
        return inner.nodes.reduce((known, one) => walk(one, place, known), before)
      case 'Parallel':
        return inner.nodes.map((one) => walk(one, place, before)).reduce((a, b) => a.union(b), before)
      case 'Flatten':
        return walk(inner.node, [...place, ...inner.path.map(String)], before)
      case 'Subscription':
        return walk(inner.rest, place, walk(inner.primary, place, before))
      case 'Condition':
        return walk(inner.elseClause, place, walk(inner.ifClause, place, before))
      case 'Defer': {
        const known = walk(inner.primary.node, place, before)
        return inner.deferred.map((part) => walk(part.node, place, known)).reduce((a, b) => a.union(b), known)
      }
      case 'Fetch': {
        const told = [...toldIn(inner.requires ?? [], locationOf(place)), ...takenIn(inner, place)]
        isWrong ||= told.some((leaf) => all.has(leaf) && !before.has(leaf))
        return before.union(new Set(brought.get(inner) ?? []))
      }
      default:
        return before
    }
  }
  walk(node, [], new Set())
  return isWrong
}

/** The fields that a fetch brings, each with its place. */
function leavesOf({ fetch, place, set, fragments }: Part): string[] {
  const look = (inner: SelectionSetNode, at: string): string[] =>
    inner.selections.flatMap((selection) => {
      if (selection.kind === Kind.INLINE_FRAGMENT) return look(selection.selectionSet, at)
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value)
        return fragment ? look(fragment.selectionSet, at) : []
      }
      const name = (selection.alias ?? selection.name).value
      const renamed = (fetch.outputRewrites ?? []).flatMap((rewrite) =>
        rewrite.kind === 'KeyRenamer' && rewrite.path.at(-1) === name ? [rewrite.renameKeyTo] : [],
      )
      const { selectionSet } = selection
      return [name, ...renamed].flatMap((one) =>
        selectionSet ? look(selectionSet, below(at, one)) : [below(at, one)],
      )
    })
  return look(set, place)
}

function toldIn(selections: readonly QueryPlanSelectionNode[], at: string): string[] {
  return selections.flatMap((selection) => {
    if (selection.kind === 'InlineFragment') return toldIn(selection.selections, at)
    const name = selection.alias ?? selection.name
    if (name === '__typename') return []
    return selection.selections ? toldIn(selection.selections, below(at, name)) : [below(at, name)]
  })
}

/** What a fetch takes from above its objects. */
function takenIn({ contextRewrites = [] }: FetchNode, place: Path): string[] {
  const steps = place.filter((step) => step !== '@')
  return contextRewrites.map(({ path }) => {
    const levels = path.filter((step) => step === '..').length
    const names = path.slice(levels).filter((step) => !step.startsWith('... on '))
    return [...steps.slice(0, steps.length - levels), ...names].join('.')
  })
}

/** The root has no name before those of its fields. */
function below(at: string, name: string): string {
  return at === '' ? name : `${at}.${name}`
}
