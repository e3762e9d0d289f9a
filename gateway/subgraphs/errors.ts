import { randomUUID } from 'node:crypto'
import type { GraphQLFormattedError } from 'graphql'
import type { Caller } from '@hub/kit/caller.ts'
import type { Logger } from '@hub/kit/log.ts'
import { refuse } from '../errors.ts'

/** Codes that GraphQL servers put on what nobody foresaw, or that would tell a client about a subgraph's inside. */
const UNFORESEEN = new Set([
  'INTERNAL_SERVER_ERROR',
  'DOWNSTREAM_SERVICE_ERROR',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
])

/** What stands for errors that are none: logged and masked like anything nobody foresaw. */
export const MALFORMED: readonly GraphQLFormattedError[] = [{ message: 'malformed' }]

/** Details of the subgraph's inside, and what the gateway says itself. */
const NOT_FOR_CLIENTS = new Set([
  'stacktrace',
  'exception',
  'originalError',
  'http',
  'response',
  'serviceName',
])

/**
 * What clients may read of a subgraph's errors: a coded refusal passes with its sentence, anything else is logged and
 * becomes INTERNAL with a reference. Each says which subgraph it comes from.
 */
export function errorsFromSubgraph(
  errors: readonly GraphQLFormattedError[],
  service: string,
  caller: Caller,
  log: Logger,
): GraphQLFormattedError[] {
  return errors.map((error) => {
    const code = error.extensions?.['code']
    if (typeof code === 'string' && !UNFORESEEN.has(code)) return passed(error, service)
    const reference = randomUUID()
    log.error(
      { reference, service, requestId: caller.requestId, reason: reasonOf(error) },
      'error of a subgraph',
    )
    return {
      message: refuse('INTERNAL', { reference }).sentence(caller.locale),
      ...(error.path && { path: error.path }),
      extensions: { code: 'INTERNAL', reference, service },
    }
  })
}

/** Only what is wrong with our own document is written out: any other sentence may hold a person's data. */
function reasonOf({ message, extensions, path }: GraphQLFormattedError): string {
  const ours =
    extensions?.['code'] === 'GRAPHQL_VALIDATION_FAILED' || extensions?.['code'] === 'GRAPHQL_PARSE_FAILED'
  return ours ? message : `uncoded, at ${path?.join('.') ?? 'no path'}`
}

function passed(error: GraphQLFormattedError, service: string): GraphQLFormattedError {
  const open = Object.entries(error.extensions ?? {}).filter(([name]) => !NOT_FOR_CLIENTS.has(name))
  return {
    message: error.message,
    ...(error.path && { path: error.path }),
    extensions: { ...Object.fromEntries(open), service },
  }
}
