import { pino, type Logger as PinoLogger } from 'pino'
import { SettingError } from './env.ts'

export type Logger = PinoLogger

/** Keys that carry a person's data or a secret: their values never reach a log line, however deep they stand. */
const SECRET_KEYS = [
  'authorization',
  'token',
  'password',
  'variables',
  'parameters',
  'query_args',
  'callerName',
  'callerPhone',
  'callerOrganisation',
  'phone',
  'name',
  'content',
  'text',
  'detail',
]

export const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** A structured log, one JSON line per record on standard error, without personal data. */
export function openLog(name: string, level = process.env['LOG_LEVEL'] ?? 'info'): Logger {
  if (!LEVELS.some((known) => known === level))
    throw new SettingError(`LOG_LEVEL: "${level}" cannot be used: it is one of ${LEVELS.join(', ')}.`)
  return pino(
    {
      name,
      level,
      base: { name, pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]).filter(isNotOwnName),
        censor: '[redacted]',
      },
      serializers: { err: describeError },
    },
    pino.destination({ fd: 2, sync: true }),
  )
}

/** The record's own `name` is the program's, not a person's. */
function isNotOwnName(path: string): boolean {
  return path !== 'name'
}

/** PostgreSQL puts the offending row into `detail` and driver errors carry the parameters: only safe parts are kept. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: typeof error }
  const { code, constraint_name: constraint } = error as Error & { code?: unknown; constraint_name?: unknown }
  const cause = error.cause instanceof Error ? describeError(error.cause) : undefined
  return {
    type: error.constructor.name,
    message: withoutParameters(error.message),
    code,
    constraint,
    stack: withoutParameters(error.stack ?? ''),
    cause,
  }
}

/** drizzle appends `params: …` to the message of a failed statement; a parameter may hold line breaks. */
function withoutParameters(text: string): string {
  const [head = '', ...rest] = text.split('\nparams:')
  const frames = rest
    .join('\n')
    .split('\n')
    .filter((line) => /^ {4}at .*:\d+:\d+\)?$/.test(line))
  return [head, ...frames].join('\n')
}
