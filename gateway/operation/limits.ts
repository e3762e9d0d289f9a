import {
  GraphQLError,
  Kind,
  parse,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import type { Refusal } from '@hub/kit/errors.ts'
import { refuse } from '../errors.ts'
import type { Limits } from './limit-settings.ts'

interface Extent {
  readonly depth: number
  readonly aliases: number
  readonly directives: number
  readonly fields: number
}

const NOTHING: Extent = { depth: 0, aliases: 0, directives: 0, fields: 0 }

/** What is wrong with the size of a document, before anything else is done with it. A syntax error is left to the parser. */
export function findExcess(source: string, limits: Limits): Refusal | null {
  try {
    return findExcessIn(parse(source, { noLocation: true, maxTokens: limits.tokens }), limits)
  } catch (error) {
    // Nested so far that the parser has no room left, be it before or after it has counted enough.
    if (error instanceof RangeError) return refuse('OPERATION_TOO_LONG')
    if (error instanceof GraphQLError && error.message.includes('Parsing aborted'))
      return refuse('OPERATION_TOO_LONG')
    return null
  }
}

/** The same for a document that is parsed. Fragments count as often as they are spread. */
function findExcessIn(document: DocumentNode, limits: Limits): Refusal | null {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }
  const measure = measurer(fragments)
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION)
      continue
    const extent = measure(definition.selectionSet)
    if (extent.depth > limits.depth) return refuse('OPERATION_TOO_DEEP')
    const directives = extent.directives + (definition.directives?.length ?? 0)
    if (extent.aliases > limits.aliases || directives > limits.directives) return refuse('OPERATION_TOO_WIDE')
    if (extent.fields > limits.fields) return refuse('OPERATION_TOO_WIDE')
    if (definition.kind === Kind.FRAGMENT_DEFINITION) continue
    if (definition.selectionSet.selections.length > limits.rootFields) return refuse('OPERATION_TOO_WIDE')
  }
  return null
}

/** Each fragment is measured once, so that a bomb of nested spreads costs no more than its text. */
function measurer(fragments: ReadonlyMap<string, FragmentDefinitionNode>): (set: SelectionSetNode) => Extent {
  const measured = new Map<string, Extent>()
  const measureFragment = (name: string): Extent => {
    const known = measured.get(name)
    if (known) return known
    // A circle measures as nothing here; validation refuses it.
    measured.set(name, NOTHING)
    const fragment = fragments.get(name)
    const extent = fragment ? measure(fragment.selectionSet) : NOTHING
    measured.set(name, extent)
    return extent
  }
  const measure = (set: SelectionSetNode): Extent => {
    let { depth, aliases, directives, fields } = NOTHING
    for (const selection of set.selections) {
      let inner = NOTHING
      let level = 0
      if (selection.kind === Kind.FIELD) {
        level = 1
        fields += 1
        if (selection.alias) aliases += 1
        // Introspection nests by its nature and reaches no subgraph.
        if (selection.selectionSet && !selection.name.value.startsWith('__'))
          inner = measure(selection.selectionSet)
      } else if (selection.kind === Kind.INLINE_FRAGMENT) inner = measure(selection.selectionSet)
      else inner = measureFragment(selection.name.value)
      depth = Math.max(depth, level + inner.depth)
      aliases += inner.aliases
      directives += inner.directives + (selection.directives?.length ?? 0)
      fields += inner.fields
    }
    return { depth, aliases, directives, fields }
  }
  return measure
}
