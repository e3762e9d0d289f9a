import { OperationTypeNode, type GraphQLFormattedError } from 'graphql'
import { Refusal } from '@hub/kit/errors.ts'
import type { Logger } from '@hub/kit/log.ts'
import type { Admit } from './admission.ts'
import { refusalAnswer } from '../answer-errors.ts'
import type { AnsweredOnce, AskedOnce } from './answer-once.ts'
import { refuse } from '../errors.ts'
import { callerScope } from '../identity/caller-scope.ts'
import type { Executed } from '../execution/compile-operation.ts'
import { variantOf, type KnownOperation, type KnownOperations } from '../execution/known-operations.ts'
import type { LabelsOf } from '../planning/override-labels.ts'
import { writeAnswer } from '../execution/written.ts'
import type { Flights } from '../subgraphs/flights.ts'
import type { Graphs } from '../supergraph/graph.ts'
import { NobodyWaits } from '../subgraphs/audience.ts'
import { countedParts } from '../seen/counted-parts.ts'
import { codeOf, type Observation } from '../seen/observation.ts'
import { coercedVariables } from './values.ts'

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

/** Answers what is known; null for all else. */
export type AnswerKnown = (asked: AskedOnce) => Promise<AnsweredOnce> | null

interface Told {
  readonly label: string
  readonly tally: ReturnType<Observation['answersTo']>
  readonly part: () => void
}

type Variables = Readonly<Record<string, unknown>>

/**
 * Answers an operation that was carried out before, past Apollo Server: it is understood already, and passes the same
 * admission. Whatever is unknown or looks unusual is null here, and goes the long way.
 */
export function knownAnswers(options: KnownAnswerOptions): AnswerKnown {
  const { graphs, known, labels, admit, observation, flights, log } = options
  const telling = new WeakMap<KnownOperation, Told>()
  const toldOf = (found: KnownOperation, source: string): Told => {
    const kept = telling.get(found)
    if (kept) return kept
    const label = observation.labelOf(source)
    const tally = observation.answersTo(label, found.operation.operation)
    const made = { label, tally, part: observation.partsOf(label) }
    telling.set(found, made)
    return made
  }

  return (asked) => {
    const { source, operationName, variables, asking } = asked
    const graph = graphs.current()
    const found = known.find(
      graph,
      source,
      variantOf(operationName, labels(graph.rules.labels, asking.caller)),
    )
    const coerced = found && coercedBy(found, variables)
    return coerced ? carryOut(found, coerced, asked) : null
  }

  function execute(
    found: KnownOperation,
    coerced: Variables,
    { source, variables, asking, inParts = false }: AskedOnce,
  ): Promise<Executed> {
    const { operations } = flights
    const { caller } = asking
    const isRead = found.operation.operation === OperationTypeNode.QUERY
    if (!operations || !isRead || inParts || caller.idempotencyKey !== undefined)
      return found.execute({ asking, variables, coerced, inParts })
    const key = [callerScope(caller), source, found.operation.name?.value ?? '', variables]
    const shared = operations.join(JSON.stringify(key), asking.limit, (limit) =>
      // It takes as long as whoever waits for it gives it.
      found.execute({ asking: { ...asking, limit }, variables, coerced }),
    )
    return shared.catch((error: unknown) => {
      throw error instanceof NobodyWaits ? refuse('CLIENT_LEFT') : error
    })
  }

  async function carryOut(
    found: KnownOperation,
    coerced: Variables,
    asked: AskedOnce,
  ): Promise<AnsweredOnce> {
    const startedAt = performance.now()
    const { caller } = asked.asking
    const { label, tally, part } = toldOf(found, asked.source)
    const tell = (code: string): void => {
      const seconds = (performance.now() - startedAt) / 1000
      tally(code, seconds)
      const { requestId } = caller
      log.debug({ requestId, operation: label, kind: found.operation.operation, code, seconds }, 'answered')
    }
    const refused = (refusal: Refusal): AnsweredOnce => {
      tell(refusal.code)
      return { text: writeAnswer({ errors: [refusalAnswer(refusal, caller.locale)] }), refusal }
    }
    const refusal = admit({ ...found, variables: asked.variables, caller })
    if (refusal) return refused(refusal)
    const executed = await unlessRefused(() => execute(found, coerced, asked))
    // Its conditions have other values than before.
    if (executed instanceof Refusal) return refused(executed)
    const { data, errors, later } = executed
    const text = writeAnswer(errors.length > 0 ? { errors: errors.map(inOrder), data } : { data })
    const code = codeOf(errors)
    if (later)
      return {
        text,
        later: countedParts(later, { part, end: (last) => tell(code === 'OK' ? last : code) }),
      }
    tell(code)
    return { text }
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

const NONE: Variables = {}

/** As Apollo Server would put it. */
function inOrder({ message, path, extensions }: GraphQLFormattedError): GraphQLFormattedError {
  return { message, ...(path && { path }), ...(extensions && { extensions }) }
}

function coercedBy({ graph, operation }: KnownOperation, variables: Variables): Variables | null {
  const { variableDefinitions = [] } = operation
  if (variableDefinitions.length === 0) return NONE
  return coercedVariables(graph.schema, variableDefinitions, variables).coerced ?? null
}
