import { OperationTypeNode, type GraphQLFormattedError } from 'graphql'
import { Refusal } from '@hub/kit/errors.ts'
import type { Logger } from '@hub/kit/log.ts'
import type { Admit } from './admission.ts'
import { refusalAnswer } from '../answer-errors.ts'
import { refuse } from '../errors.ts'
import { callerScope } from '../identity/caller-scope.ts'
import type { Executed } from '../execution/compile-operation.ts'
import { variantOf, type KnownOperation, type KnownOperations } from '../execution/known-operations.ts'
import type { LabelsOf } from '../execution/override-labels.ts'
import { writeResult } from '../execution/written.ts'
import type { Flights } from '../subgraphs/flights.ts'
import type { Graphs } from '../supergraph/graph.ts'
import { statusOf, waitOf } from '../http/http-exchange.ts'
import { NobodyWaits } from '../subgraphs/audience.ts'
import { codeOf, type Observation } from '../seen/observation.ts'
import { coercedVariables } from './values.ts'
import type { Asking } from '../subgraphs/client.ts'

export interface KnownAnswerOptions {
  readonly graphs: Graphs
  readonly known: KnownOperations
  readonly labels: LabelsOf
  readonly admit: Admit
  readonly observation: Observation
  /** Where queries are shared between those who ask the same meanwhile. */
  readonly flights: Flights
  readonly log: Logger
}

export interface Requested {
  readonly source: string
  /** The request as it came, in a body of JSON. */
  readonly given: Readonly<Record<string, unknown>>
  readonly asking: Asking
}

export interface WrittenAnswer {
  readonly status: number
  /** After how many seconds it is worth asking again. */
  readonly wait: string | undefined
  readonly text: string
}

type Tally = ReturnType<Observation['answersTo']>
type Told = Readonly<Record<string, unknown>>

/**
 * Answers an operation that was carried out before, past Apollo Server: it is understood already, and passes the same
 * admission. Whatever is unknown or looks unusual is null here, and goes the long way.
 */
export function knownAnswers(options: KnownAnswerOptions) {
  const { graphs, known, labels, admit, observation, flights, log } = options
  const tallies = new WeakMap<KnownOperation, { readonly label: string; readonly tally: Tally }>()
  const tallyOf = (operation: KnownOperation, source: string) => {
    const kept = tallies.get(operation)
    if (kept) return kept
    const label = observation.labelOf(source)
    const made = { label, tally: observation.answersTo(label, operation.operation.operation) }
    tallies.set(operation, made)
    return made
  }

  return ({ source, given, asking }: Requested): Promise<WrittenAnswer> | null => {
    const { operationName, variables, extensions } = given
    if (!isObject(variables) || !isObject(extensions)) return null
    if (typeof operationName !== 'string' && operationName !== undefined && operationName !== null)
      return null
    const graph = graphs.current()
    const variant = variantOf(operationName ?? undefined, labels(graph.rules.labels, asking.caller))
    const found = known.find(graph, source, variant)
    if (!found) return null
    const coerced = coercedBy(found, variables ?? NONE)
    return coerced && carryOut(found, source, variables ?? NONE, coerced, asking)
  }

  function execute(
    found: KnownOperation,
    source: string,
    variables: Told,
    coerced: Told,
    asking: Asking,
  ): Promise<Executed> {
    const { operations } = flights
    const { caller } = asking
    const isRead = found.operation.operation === OperationTypeNode.QUERY
    if (!operations || !isRead || caller.idempotencyKey !== undefined)
      return found.execute({ asking, variables, coerced })
    const shared = operations.join(keyOf(found, source, variables, asking), asking.limit, (limit) =>
      // It takes as long as whoever waits for it gives it.
      found.execute({ asking: { ...asking, limit }, variables, coerced }),
    )
    return shared.catch((error: unknown) => {
      throw error instanceof NobodyWaits ? refuse('CLIENT_LEFT') : error
    })
  }

  async function carryOut(
    found: KnownOperation,
    source: string,
    variables: Told,
    coerced: Told,
    asking: Asking,
  ): Promise<WrittenAnswer> {
    const startedAt = performance.now()
    const { caller } = asking
    const { label, tally } = tallyOf(found, source)
    const tell = (errors: readonly GraphQLFormattedError[]): void => {
      const code = codeOf(errors)
      const seconds = (performance.now() - startedAt) / 1000
      tally(code, seconds)
      const { requestId } = caller
      log.debug({ requestId, operation: label, kind: found.operation.operation, code, seconds }, 'answered')
    }
    const refused = (refusal: Refusal): WrittenAnswer => {
      const errors = [refusalAnswer(refusal, caller.locale)]
      tell(errors)
      return { status: statusOf(refusal.code), wait: waitOf(refusal), text: writeResult({ errors }) }
    }
    const refusal = admit({ ...found, variables, caller })
    if (refusal) return refused(refusal)
    const executed = await unlessRefused(() => execute(found, source, variables, coerced, asking))
    // Its conditions have other values than before.
    if (executed instanceof Refusal) return refused(executed)
    const { data, errors } = executed
    tell(errors)
    const text = writeResult(errors.length > 0 ? { errors: errors.map(inOrder), data } : { data })
    return { status: 200, wait: undefined, text }
  }
}

async function unlessRefused<Value>(find: () => Promise<Value>): Promise<Value | Refusal> {
  try {
    return await find()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

const NONE: Told = {}

/** What a query and its answer are kept apart by, while it is under way. */
function keyOf({ operation }: KnownOperation, source: string, variables: Told, { caller }: Asking): string {
  return JSON.stringify([callerScope(caller), source, operation.name?.value ?? '', variables])
}

/** As Apollo Server would put it. */
function inOrder({ message, path, extensions }: GraphQLFormattedError): GraphQLFormattedError {
  return { message, ...(path && { path }), ...(extensions && { extensions }) }
}

function coercedBy({ graph, operation }: KnownOperation, variables: Told): Told | null {
  const { variableDefinitions = [] } = operation
  if (variableDefinitions.length === 0) return NONE
  return coercedVariables(graph.schema, variableDefinitions, variables).coerced ?? null
}

/** Or nothing, which is as good. */
function isObject(value: unknown): value is Told | null | undefined {
  return typeof value === 'object' ? !Array.isArray(value) : value === undefined
}
