import {
  GraphQLError,
  Kind,
  parse,
  type ArgumentNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import type { Refusal } from '@hub/kit/errors.ts'
import { refuse } from '../errors.ts'
import type { Limits } from './limit-settings.ts'
import { levelsOf } from './values.ts'

/** Sets within sets, fragments' included: whatever goes through a document goes down as far. No document that means anything comes near. */
const MOST_SETS = 400

interface Extent {
  readonly depth: number
  readonly sets: number
  /** Fields of the outermost level, also those that fragments bring there. */
  readonly outermost: number
  /** Levels of lists and objects in the values given. */
  readonly values: number
  readonly aliases: number
  readonly directives: number
  readonly fields: number
}

const NOTHING: Extent = { depth: 0, sets: 0, outermost: 0, values: 0, aliases: 0, directives: 0, fields: 0 }

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
    if (extent.depth > limits.depth || extent.sets > MOST_SETS || extent.values > limits.valueDepth)
      return refuse('OPERATION_TOO_DEEP')
    const declared = definition.variableDefinitions ?? []
    if (
      declared.some(
        (variable) => variable.defaultValue && levelsOf(variable.defaultValue) > limits.valueDepth,
      )
    )
      return refuse('OPERATION_TOO_DEEP')
    const directives = [definition, ...declared].reduce(
      (all, node) => all + (node.directives?.length ?? 0),
      extent.directives,
    )
    if (extent.aliases > limits.aliases || directives > limits.directives) return refuse('OPERATION_TOO_WIDE')
    if (extent.fields > limits.fields) return refuse('OPERATION_TOO_WIDE')
    if (definition.kind === Kind.FRAGMENT_DEFINITION) continue
    if (extent.outermost > limits.rootFields) return refuse('OPERATION_TOO_WIDE')
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
    let { depth, sets, outermost, values, aliases, directives, fields } = NOTHING
    for (const selection of set.selections) {
      let inner = NOTHING
      let level = 0
      if (selection.kind === Kind.FIELD) {
        level = 1
        fields += 1
        outermost += 1
        values = Math.max(values, ...valuesIn(selection.arguments))
        if (selection.alias) aliases += 1
        if (selection.selectionSet) inner = measure(selection.selectionSet)
        // Introspection nests by its nature and reaches no subgraph; how far it may go is a rule of validation.
        if (selection.name.value.startsWith('__')) inner = { ...inner, depth: 0 }
      } else if (selection.kind === Kind.INLINE_FRAGMENT) inner = measure(selection.selectionSet)
      else inner = measureFragment(selection.name.value)
      depth = Math.max(depth, level + inner.depth)
      sets = Math.max(sets, 1 + inner.sets)
      if (level === 0) outermost += inner.outermost
      values = Math.max(
        values,
        inner.values,
        ...(selection.directives ?? []).flatMap((one) => valuesIn(one.arguments)),
      )
      aliases += inner.aliases
      directives += inner.directives + (selection.directives?.length ?? 0)
      fields += inner.fields
    }
    return { depth, sets, outermost, values, aliases, directives, fields }
  }
  return measure
}

function valuesIn(given: readonly ArgumentNode[] = []): number[] {
  return given.map(({ value }) => levelsOf(value))
}
