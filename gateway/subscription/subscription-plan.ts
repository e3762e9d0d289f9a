import {
  getArgumentValues,
  getNamedType,
  getOperationAST,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  Kind,
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type TypeNode,
  parseType,
  visit,
} from 'graphql'
import type { FetchNode, PlanNode } from '@apollo/query-planner'
import { insideDocument, namesOf, planInside } from '../planning/plan.ts'
import { insideName } from '../planning/response-names.ts'
import type { Operation } from '../operation/operation.ts'

/** How a subscription is carried out: one fetch that is subscribed to, and what is asked elsewhere for each event. */
export interface SubscriptionPlan {
  readonly primary: FetchNode
  readonly rest: PlanNode | undefined
  /** The field that is subscribed to, whatever it is called in the answer. */
  readonly field: string
  /** Where the events of the primary fetch stand in its answer. */
  readonly responseName: string
  /** Whether the stream can be gone on with: its field takes `after` and its events have a `cursor`. */
  readonly resumable: boolean
  /** The variable that is the client's `after` and nothing else; empty without one. */
  readonly afterVariable: string
  /** The client's own `after`, under these variables. */
  afterIn(variables: Readonly<Record<string, unknown>>): string | undefined
}

/** Variable and alias that the gateway adds upstream; clients never see either. */
export const AFTER_VARIABLE = 'hubAfter_'
export const CURSOR_ALIAS = 'hubCursor_'

/** Plans a subscription, with the cursor in the upstream selection where the schema offers one. */
export function planSubscription(
  { graph, document, definition, operationName }: Operation,
  labels: readonly string[],
): SubscriptionPlan {
  const field = rootField(document, definition.selectionSet)
  const offer = field && findCursorOffer(graph.schema, field)
  const inside = insideDocument(graph, document)
  const node = planInside(
    graph,
    offer ? withCursor(inside, operationName, offer.after) : inside,
    operationName,
    labels,
  )
  if (node?.kind !== 'Subscription') throw new Error('the planner made no subscription of a subscription')
  return {
    primary: node.primary,
    rest: node.rest,
    field: field?.name.value ?? '',
    responseName: field ? insideName(field, namesOf(graph, document)) : '',
    resumable: offer !== null && offer !== undefined,
    afterVariable: field && offer ? afterVariableIn(document, field) : '',
    afterIn: (variables) =>
      field && offer ? textIn(getArgumentValues(offer.field, field, { ...variables })) : undefined,
  }
}

function afterVariableIn(document: DocumentNode, field: FieldNode): string {
  const given = field.arguments?.find(({ name }) => name.value === 'after')?.value
  if (given?.kind !== Kind.VARIABLE) return ''
  const name = given.name.value
  let seen = 0
  visit(document, { Variable: (node) => void (seen += node.name.value === name ? 1 : 0) })
  // Where it is defined, and here.
  return seen === 2 ? name : ''
}

interface CursorOffer {
  readonly field: GraphQLField<unknown, unknown>
  readonly after: GraphQLArgument
}

function textIn(values: Readonly<Record<string, unknown>>): string | undefined {
  const after = values['after']
  return typeof after === 'string' ? after : undefined
}

function findCursorOffer(schema: GraphQLSchema, { name }: FieldNode): CursorOffer | null {
  const field = schema.getSubscriptionType()?.getFields()[name.value]
  const after = field?.args.find((argument) => argument.name === 'after')
  if (!field || !after || isRequiredArgument(after)) return null
  const event = getNamedType(field.type)
  if (!isObjectType(event) && !isInterfaceType(event)) return null
  const cursor = event.getFields()['cursor']
  return cursor && !cursor.args.some(isRequiredArgument) ? { field, after } : null
}

/** The one field of a subscription, also inside fragments; null where a directive decides whether it is there. */
function rootField(document: DocumentNode, set: SelectionSetNode): FieldNode | null {
  const [selection] = set.selections
  if (!selection || (selection.directives?.length ?? 0) > 0) return null
  if (selection.kind === Kind.FIELD) return selection
  if (selection.kind === Kind.INLINE_FRAGMENT) return rootField(document, selection.selectionSet)
  const fragment = document.definitions.find(
    (definition): definition is FragmentDefinitionNode =>
      definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === selection.name.value,
  )
  return fragment ? rootField(document, fragment.selectionSet) : null
}

/** The document with `after` as a variable of ours, so that one plan serves every cursor, and the cursor selected. */
function withCursor(
  document: DocumentNode,
  operationName: string | undefined,
  after: GraphQLArgument,
): DocumentNode {
  const definition = getOperationAST(document, operationName)
  const field = definition && rootField(document, definition.selectionSet)
  if (!definition || !field) return document
  const variable = { kind: Kind.VARIABLE, name: named(AFTER_VARIABLE) } as const
  const argument: ArgumentNode = { kind: Kind.ARGUMENT, name: named('after'), value: variable }
  const cursor: FieldNode = { kind: Kind.FIELD, name: named('cursor'), alias: named(CURSOR_ALIAS) }
  const others = (field.arguments ?? []).filter(({ name }) => name.value !== 'after')
  const selections = [...(field.selectionSet?.selections ?? []), cursor]
  const asked: FieldNode = {
    ...field,
    arguments: [...others, argument],
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  }
  const type: TypeNode = parseType(String(after.type))
  const changed: OperationDefinitionNode = {
    ...definition,
    variableDefinitions: [
      ...(definition.variableDefinitions ?? []),
      { kind: Kind.VARIABLE_DEFINITION, variable, type },
    ],
    selectionSet: { kind: Kind.SELECTION_SET, selections: [asked] },
  }
  const definitions = document.definitions.map((other) => (other === definition ? changed : other))
  return { kind: Kind.DOCUMENT, definitions }
}

function named(value: string) {
  return { kind: Kind.NAME, value } as const
}
