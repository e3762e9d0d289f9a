import { Kind, visit, type DirectiveNode, type DocumentNode } from 'graphql'
import { isDefer } from './defer-label.ts'

interface Directed {
  readonly directives?: readonly DirectiveNode[] | undefined
}

/** Whether a selection is part of the operation, for the values its conditions have. */
export type Included = (node: Directed) => boolean

/** The variables that @skip, @include and @defer look at. Each combination of their values is compiled by itself. */
export function conditionVariables(document: DocumentNode): string[] {
  const names = new Set<string>()
  visit(document, {
    Directive(directive) {
      const value = conditionOf(directive)
      if (value?.kind === Kind.VARIABLE) names.add(value.name.value)
    },
  })
  return [...names]
}

/** Whether anything in a document may be left out. */
export function hasConditions(document: DocumentNode): boolean {
  let found = false
  visit(document, {
    Directive(directive) {
      found ||= !isDefer(directive) && CONDITIONAL.has(directive.name.value)
    },
  })
  return found
}

/** Decides for these values. */
export function includedBy(values: Readonly<Record<string, unknown>>): Included {
  const holds = (directive: DirectiveNode): boolean => {
    const value = conditionOf(directive)
    if (value?.kind === Kind.BOOLEAN) return value.value
    return value?.kind === Kind.VARIABLE && values[value.name.value] === true
  }
  return ({ directives = [] }) =>
    directives.every((directive) => {
      if (directive.name.value === 'skip') return !holds(directive)
      if (directive.name.value === 'include') return holds(directive)
      return true
    })
}

/** What variables have to be for a selection to be asked for at all. */
export type Assumed = ReadonlyMap<string, boolean>

/** What is assumed inside of a selection, or null where it is never asked for. */
export function assumedIn({ directives = [] }: Directed, outside: Assumed): Assumed | null {
  let assumed = outside
  for (const directive of directives) {
    const value = isDefer(directive) ? undefined : conditionOf(directive)
    const needed = directive.name.value === 'include'
    if (value?.kind === Kind.BOOLEAN && value.value !== needed) return null
    if (value?.kind !== Kind.VARIABLE) continue
    const name = value.name.value
    if ((assumed.get(name) ?? needed) !== needed) return null
    assumed = new Map([...assumed, [name, needed]])
  }
  return assumed
}

const CONDITIONAL = new Set(['skip', 'include', 'defer'])

/** What a directive depends on. */
export function conditionOf(directive: DirectiveNode) {
  if (!CONDITIONAL.has(directive.name.value)) return undefined
  return directive.arguments?.find(({ name }) => name.value === 'if')?.value
}
