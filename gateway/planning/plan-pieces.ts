import { Kind, type FragmentDefinitionNode, type SelectionNode, type SelectionSetNode } from 'graphql'
import type { Selected } from './plan-gaps.ts'

/** Whether a selection depends on the type of its object. */
export function asksForType({ set }: Selected): boolean {
  return set.selections.some(
    (selection) => selection.kind !== Kind.FIELD || selection.name.value === '__typename',
  )
}

/** A selection in two or more that ask the same together, or as it is where it asks for one thing alone. */
export function piecesOf(
  set: SelectionSetNode | undefined,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): SelectionSetNode[] {
  const [only, ...more] = set?.selections ?? []
  if (!set || !only) return []
  if (more.length > 0) return set.selections.map((selection) => ({ ...set, selections: [selection] }))
  const spread = only.kind === Kind.FRAGMENT_SPREAD ? fragments.get(only.name.value) : undefined
  const whole =
    only.kind === Kind.FRAGMENT_SPREAD ? spread && { ...spread, kind: Kind.INLINE_FRAGMENT } : only
  if (!whole?.selectionSet) return [set]
  return piecesOf(whole.selectionSet, fragments).map((selectionSet) => ({
    ...set,
    selections: [{ ...whole, selectionSet } as SelectionNode],
  }))
}

/** A selection under no condition. */
export function always(set: SelectionSetNode): Selected {
  return { set, assumed: new Map() }
}
