import { GraphQLError, type ASTVisitor, type ValidationContext, type ValidationRule } from 'graphql'
import { deferRules } from './defer-rules.ts'

/** What a document has to obey beyond what GraphQL says, whatever it comes over. */
export function documentRules(introspection: boolean): ValidationRule[] {
  return introspection ? [...deferRules] : [...deferRules, noIntrospection]
}

function noIntrospection(context: ValidationContext): ASTVisitor {
  return {
    Field(node) {
      const { value: name } = node.name
      if (name === '__schema' || name === '__type')
        context.reportError(new GraphQLError('The schema is not shown.', { nodes: node }))
    },
  }
}
