import {
  GraphQLError,
  Kind,
  OperationTypeNode,
  visit,
  type ASTVisitor,
  type DirectiveNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql'
import { conditionOf } from '../planning/conditions.ts'
import { isDefer } from '../planning/defer-label.ts'

/** What graphql-js 16 does not know to ask of `@defer`: labels that tell parts apart, and places where parts can be. */
export const deferRules: readonly ValidationRule[] = [labelsApart, notAtSideEffects, notInSubscriptions]

function labelsApart(context: ValidationContext): ASTVisitor {
  const labels = new Set<string>()
  return {
    Directive(directive) {
      const label = isDefer(directive)
        ? directive.arguments?.find(({ name }) => name.value === 'label')?.value
        : undefined
      if (!label || label.kind === Kind.NULL) return
      if (label.kind !== Kind.STRING)
        refuse(context, directive, 'A label is a text that stands in the document')
      else if (labels.has(label.value)) refuse(context, directive, 'A label is used once')
      else labels.add(label.value)
    },
  }
}

/** The fields of a mutation happen in order, and all of them before anything is answered. */
function notAtSideEffects(context: ValidationContext): ASTVisitor {
  const roots = [context.getSchema().getMutationType(), context.getSchema().getSubscriptionType()]
  return {
    Directive(directive) {
      const parent = context.getParentType()
      if (isDefer(directive) && parent && roots.includes(parent as (typeof roots)[number]))
        refuse(context, directive, 'Fields with an effect do not come later')
    },
  }
}

function notInSubscriptions(context: ValidationContext): ASTVisitor {
  const look = (set: SelectionSetNode): void => {
    visit(set, {
      Directive(directive) {
        // One that may be off is taken for off.
        const value = isDefer(directive) ? conditionOf(directive) : null
        if (value === null || value?.kind === Kind.VARIABLE) return
        if (value?.kind !== Kind.BOOLEAN || value.value)
          refuse(context, directive, 'An event comes as a whole')
      },
    })
  }
  return {
    OperationDefinition(operation) {
      if (operation.operation !== OperationTypeNode.SUBSCRIPTION) return
      look(operation.selectionSet)
      for (const { selectionSet } of context.getRecursivelyReferencedFragments(operation)) look(selectionSet)
    },
  }
}

function refuse(context: ValidationContext, directive: DirectiveNode, reason: string): void {
  context.reportError(new GraphQLError(`${reason}.`, { nodes: directive }))
}
