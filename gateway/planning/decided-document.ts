import {
  Kind,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import { conditionOf, includedBy, type Included } from './conditions.ts'
import { deferLabel, isDefer } from './defer-label.ts'
import { fragmentsOf } from './fields.ts'

/** An operation whose conditions are decided: fragments stand where they are spread, each deferred one with a label of ours. */
export interface DecidedDocument {
  readonly document: DocumentNode
  /** The same for the planner. */
  readonly planned: DocumentNode
  readonly definition: OperationDefinitionNode
  /** Our labels, and what the client calls these parts. */
  readonly labels: ReadonlyMap<string, string | undefined>
}

const LABEL = 'hubDefer_'
const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }
const FILLER: FieldNode = { ...TYPENAME, alias: { kind: Kind.NAME, value: 'hubEmpty_' } }

/** Decides an operation for the values of its conditions; what is deferred counts only where it may come later. */
export function decidedDocument(
  document: DocumentNode,
  definition: OperationDefinitionNode,
  values: Readonly<Record<string, unknown>>,
  inParts: boolean,
): DecidedDocument {
  const deciding = new Deciding(fragmentsOf(document), includedBy(values), values, inParts)
  const decided = { ...definition, selectionSet: deciding.set(definition.selectionSet) }
  const { labels } = deciding
  const alone = (only: OperationDefinitionNode): DocumentNode => ({
    kind: Kind.DOCUMENT,
    definitions: [only],
  })
  const planned = alone({ ...decided, selectionSet: plannable(decided.selectionSet) })
  return { document: alone(decided), planned, definition: decided, labels }
}

class Deciding {
  readonly labels = new Map<string, string | undefined>()
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  private readonly included: Included
  private readonly values: Readonly<Record<string, unknown>>
  private readonly inParts: boolean

  constructor(
    fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    included: Included,
    values: Readonly<Record<string, unknown>>,
    inParts: boolean,
  ) {
    this.inParts = inParts
    this.fragments = fragments
    this.included = included
    this.values = values
  }

  set(set: SelectionSetNode): SelectionSetNode {
    return { ...set, selections: set.selections.flatMap((selection) => this.selection(selection)) }
  }

  private selection(selection: SelectionNode): readonly SelectionNode[] {
    if (!this.included(selection)) return []
    const directives = (selection.directives ?? []).filter((directive) => !DECIDED.has(directive.name.value))
    if (selection.kind === Kind.FIELD) {
      const { selectionSet } = selection
      return [{ ...selection, directives, ...(selectionSet && { selectionSet: this.set(selectionSet) }) }]
    }
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : this.fragments.get(selection.name.value)
    if (!fragment) return []
    const defer = selection.directives?.find(isDefer)
    const label = this.inParts && defer && this.isOn(defer) ? this.newLabel(defer) : undefined
    const selectionSet = this.set(fragment.selectionSet)
    if (selectionSet.selections.length === 0) {
      if (label !== undefined) this.labels.delete(label)
      return []
    }
    const { typeCondition } = fragment
    const inline: InlineFragmentNode = {
      kind: Kind.INLINE_FRAGMENT,
      ...(typeCondition && { typeCondition }),
      directives: label === undefined ? directives : [...directives, labelled(label)],
      selectionSet,
    }
    return [inline]
  }

  private isOn(defer: DirectiveNode): boolean {
    const value = conditionOf(defer)
    if (value?.kind === Kind.VARIABLE) return this.values[value.name.value] !== false
    return value?.kind !== Kind.BOOLEAN || value.value
  }

  private newLabel(defer: DirectiveNode): string {
    const given = defer.arguments?.find(({ name }) => name.value === 'label')?.value
    const label = `${LABEL}${this.labels.size}`
    this.labels.set(label, given?.kind === Kind.STRING ? given.value : undefined)
    return label
  }
}

const DECIDED = new Set(['skip', 'include', 'defer'])

function labelled(value: string): DirectiveNode {
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: 'defer' },
    arguments: [
      {
        kind: Kind.ARGUMENT,
        name: { kind: Kind.NAME, value: 'label' },
        value: { kind: Kind.STRING, value },
      },
    ],
  }
}

/**
 * The same selection for the planner. It takes no empty one, and asks for the name of a type wherever it stands: with
 * what is there already, so that a subgraph which knows but the interface is not asked for it later.
 */
function plannable(set: SelectionSetNode, hasTypename = false): SelectionSetNode {
  const isSplit = set.selections.some(isLater)
  const selections = set.selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind === Kind.FRAGMENT_SPREAD || !selection.selectionSet) return [selection]
    const inner = isLater(selection) ? withoutTypename(selection.selectionSet) : selection.selectionSet
    if (selection.kind === Kind.FIELD) return [{ ...selection, selectionSet: plannable(inner) }]
    if (isLater(selection) && inner.selections.length === 0) return []
    return [{ ...selection, selectionSet: plannable(inner, hasTypename || isSplit) }]
  })
  if (isSplit && !hasTypename) return { ...set, selections: [TYPENAME, ...selections] }
  return { ...set, selections: selections.length === 0 ? [FILLER] : selections }
}

function isLater(selection: SelectionNode): boolean {
  return selection.kind === Kind.INLINE_FRAGMENT && deferLabel(selection) !== undefined
}

function withoutTypename(set: SelectionSetNode): SelectionSetNode {
  const selections = set.selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind === Kind.FIELD) return selection.name.value === '__typename' ? [] : [selection]
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [selection]
    const selectionSet = withoutTypename(selection.selectionSet)
    return selectionSet.selections.length === 0 ? [] : [{ ...selection, selectionSet }]
  })
  return { ...set, selections }
}
