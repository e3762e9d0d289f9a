import { randomUUID } from 'node:crypto'
import { GraphQLError, type GraphQLFormattedError, type SourceLocation } from 'graphql'
import { Refusal, type Locale } from '@hub/kit/errors.ts'
import type { Logger } from '@hub/kit/log.ts'
import { refuse, type GatewayCode } from './errors.ts'
import { requestScope } from './request-scope.ts'

/** Apollo Server's own codes → ours. Its sentences name fields and types, ours say where. */
const TRANSLATED: Readonly<Record<string, GatewayCode>> = {
  GRAPHQL_PARSE_FAILED: 'DOCUMENT_MALFORMED',
  GRAPHQL_VALIDATION_FAILED: 'DOCUMENT_INVALID',
  BAD_USER_INPUT: 'VARIABLE_INVALID',
  OPERATION_RESOLUTION_FAILURE: 'OPERATION_UNKNOWN',
}

/** Makes Apollo Server's `formatError`: what a client reads of any error. */
export function errorFormatter(
  log: Logger,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const { locale, requestId } = requestScope.getStore() ?? { locale: 'zh-CN' as const, requestId: '' }
    const code = codeOf(formatted)
    if (typeof formatted.extensions?.['service'] === 'string' || code === 'VALUE_MISSING')
      return fromSubgraph(formatted)
    const refusal = refusalIn(error)
    if (refusal) return refusalAnswer(refusal, locale)
    const ours = TRANSLATED[code]
    if (ours) return placed(ours, formatted, locale)
    if (code === 'BAD_REQUEST') return refusalAnswer(badRequest(formatted.message), locale)
    if (code.startsWith('PERSISTED_QUERY_')) return { message: formatted.message, extensions: { code } }
    return masked(error, requestId, locale, log)
  }
}

/** A refusal as an entry of `errors`. */
export function refusalAnswer(refusal: Refusal, locale: Locale): GraphQLFormattedError {
  return { message: refusal.sentence(locale), extensions: { code: refusal.code } }
}

/** Something nobody foresaw: the cause goes to the log, the client gets its reference. */
export function masked(
  error: unknown,
  requestId: string,
  locale: Locale,
  log: Logger,
): GraphQLFormattedError {
  const reference = randomUUID()
  log.error({ reference, requestId, err: error }, 'unexpected error')
  const message = refuse('INTERNAL', { reference }).sentence(locale)
  return { message, extensions: { code: 'INTERNAL', reference } }
}

function codeOf({ extensions }: GraphQLFormattedError): string {
  const code = extensions?.['code']
  return typeof code === 'string' ? code : ''
}

function refusalIn(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error
  return error instanceof GraphQLError && error.originalError ? refusalIn(error.originalError) : null
}

function fromSubgraph({ message, path, extensions }: GraphQLFormattedError): GraphQLFormattedError {
  const { serviceName: _, ...rest } = extensions ?? {}
  return { message, ...(path && { path }), extensions: rest }
}

/** A refusal of a document says where, and not what stands there. */
export function placed(
  code: GatewayCode,
  formatted: GraphQLFormattedError,
  locale: Locale,
): GraphQLFormattedError {
  const { locations, message: told } = formatted
  // Fields that would have to be compared with too many others; the comparing was given up.
  if (told === 'Validation aborted.') return refusalAnswer(refuse('OPERATION_TOO_WIDE'), locale)
  const message = refuse(code, { place: placeOf(locations) }).sentence(locale)
  return { message, ...(locations && { locations }), extensions: { code } }
}

function placeOf(locations: readonly SourceLocation[] | undefined): string {
  const [first] = locations ?? []
  return first ? `${first.line}:${first.column}` : '?'
}

/** Apollo Server refuses an HTTP request for many reasons with one code; the few a client can act on get their own. */
function badRequest(message: string): Refusal {
  if (message.includes('CSRF')) return refuse('PREFLIGHT_MISSING')
  if (message.includes("'accept' header")) return refuse('ACCEPT_UNSUPPORTED')
  if (message.includes('GET requests only')) return refuse('METHOD_NOT_ALLOWED')
  if (message.includes('supports only GET/POST')) return refuse('METHOD_NOT_ALLOWED')
  const [, problem = 'query'] =
    /\b(variables|extensions|operationName)\b.* (?:POST body|search parameter)/.exec(message) ?? []
  return refuse('REQUEST_MALFORMED', { problem })
}
