import { z } from 'zod'
import { SettingError, address, key, port, readSettings } from '@hub/kit/env.ts'
import { traceSettings } from '@hub/kit/trace-settings.ts'
import type { TraceSettings } from '@hub/kit/trace.ts'
import type { DocumentSettings } from './operation/documents.ts'
import { LEVELS } from '@hub/kit/log.ts'
import { count, limitSettings, type Limits } from './operation/limit-settings.ts'
import type { Resilience } from './subgraphs/client.ts'
import { inItsFile, withSettingsFile } from './settings-file.ts'

export interface TokenSettings {
  /** Where the public keys are: a JSON Web Key Set in a file or at an address. */
  readonly jwksFile?: string | undefined
  readonly jwksUrl?: string | undefined
  readonly issuer: string
  readonly audience: string
  /** How far the clock of the issuer may be ahead of ours. */
  readonly leewayMs?: number | undefined
  /** Attribute of the caller → claim of the token it is taken from. */
  readonly attributes: Readonly<Record<string, string>>
}

export interface GatewaySettings {
  /** The file or the address of the supergraph SDL; it is read again when it changes. */
  readonly supergraph: string
  /** How often it is looked at, where not as often as is usual for either. */
  readonly supergraphEveryMs?: number | undefined
  readonly port: number
  readonly host: string
  readonly auth: 'none' | 'jwt'
  /** Addresses that win over those in the supergraph. */
  readonly subgraphUrls: Readonly<Record<string, string>>
  /** Signs the caller to the subgraphs; without it nothing is signed. */
  readonly callerKey?: string | undefined
  readonly token?: TokenSettings | undefined
  readonly introspection: boolean
  /** Web origins whose pages may open a WebSocket and read answers; a client that is no browser sends none. */
  readonly origins: readonly string[]
  /** Headers of clients that go on to the subgraphs as they come, by their names in lower case. */
  readonly forwardHeaders?: readonly string[]
  /** How long a client may wait for what the subgraphs answer. */
  readonly answerWithinMs: number
  /** How long a mutation may take; it is never cut short like a query, and never sent twice. */
  readonly mutateWithinMs: number
  /** How long to insist on a subgraph that does not answer, and when to stop asking. */
  readonly resilience?: Resilience
  /** How long a client may take to send the head of a request, and all of it. */
  readonly patience?: { readonly headersMs: number; readonly requestMs: number }
  /** How long what is under way is waited for when the gateway stops. */
  readonly stopWithinMs?: number
  /** Whether operations are compiled; otherwise the executor of `@apollo/gateway` does everything. */
  readonly compile: boolean
  /** Whether equal reads of one caller that are under way to a subgraph are sent once. */
  readonly deduplicateFetches: boolean
  /** Whether equal queries of one caller that are under way are carried out once. */
  readonly deduplicateOperations: boolean
  /** Labels of `@override` under which fields have moved; `percent(…)` needs no word here. */
  readonly overrideLabels?: readonly string[]
  readonly logLevel?: string | undefined
  readonly limits: Limits
  readonly documents?: DocumentSettings | undefined
  /** Whether GraphiQL is served at /graphiql. */
  readonly explorer?: boolean
  /** Where the measurements have a port of their own; otherwise they are at /metrics, for this machine alone. */
  readonly metrics?: { readonly host: string; readonly port: number } | undefined
  /** A collector of traces; without one none are recorded. */
  readonly traces?: TraceSettings | undefined
}

const pairs = z
  .string()
  .regex(/^\s*[\w-]+=[^,=\s]+[^,\s]*(\s*,\s*[\w-]+=[^,\s]+)*\s*$/, 'it is a list like name=value,name=value')
  .transform((text) => Object.fromEntries(text.split(',').map(splitPair)))

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf('=')
  return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
}

/** What the gateway says itself, or what is of one connection alone. */
const NOT_FORWARDED =
  /^(x-hub-.*|x-request-id|traceparent|tracestate|baggage|accept.*|content-.*|transfer-encoding|host|connection|keep-alive|proxy-.*|te|trailer|upgrade|expect|sec-websocket-.*)$/
const headerNames = z.string().transform((text, refused) => {
  const names = [...new Set(listed(text.toLowerCase()))]
  for (const name of names)
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || NOT_FORWARDED.test(name))
      refused.addIssue({ code: 'custom', message: `${name} is no header that may be handed on` })
  return names
})

const yesOrNo = z
  .enum(['true', 'false'], { error: 'it is true or false' })
  .transform((word) => word === 'true')
const RANGE = 'it is a whole number of milliseconds, from 100 to 600000'
const milliseconds = z.coerce.number({ error: RANGE }).int(RANGE).min(100, RANGE).max(600_000, RANGE)

const OR_NEVER = 'it is a whole number of milliseconds up to 600000; 0 stands for never'
const OR_NONE = 'it is a whole number of milliseconds up to 600000; 0 stands for none'
const orNone = (range: string) =>
  z.coerce.number({ error: range }).int(range).min(0, range).max(600_000, range)
const ADDRESSES = 'each address looks like http://host:port/graphql'

function isAddress(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text)
}

const shape = z.object({
  SUPERGRAPH: z.string({ error: 'the file or the address of the supergraph SDL' }).min(1),
  SUPERGRAPH_EVERY_MS: milliseconds.optional(),
  PORT: port.default(4000),
  HOST: z.string().default('127.0.0.1'),
  GATEWAY_AUTH: z.enum(['none', 'jwt'], { error: 'it is none or jwt' }).default('jwt'),
  SUBGRAPH_URLS: pairs.refine((urls) => Object.values(urls).every(isAddress), ADDRESSES).optional(),
  HUB_CALLER_KEY: key.optional(),
  JWKS_FILE: z.string().optional(),
  JWKS_URL: address.optional(),
  JWT_ISSUER: z.string().default('hub12345'),
  JWT_AUDIENCE: z.string().default('hub12345'),
  JWT_ATTRIBUTES: pairs.default({ department: 'department', district: 'district', citizen: 'caller' }),
  JWT_LEEWAY_MS: orNone(OR_NONE).default(5_000),
  HEADERS_WITHIN_MS: milliseconds.default(10_000),
  REQUEST_WITHIN_MS: milliseconds.default(30_000),
  GRAPHQL_INTROSPECTION: yesOrNo.optional(),
  ALLOWED_ORIGINS: z.string().default(''),
  FORWARD_HEADERS: headerNames.default([]),
  GATEWAY_COMPILE: yesOrNo.default(true),
  DEDUPLICATE_FETCHES: yesOrNo.default(true),
  DEDUPLICATE_OPERATIONS: yesOrNo.default(false),
  LOG_LEVEL: z.enum(LEVELS, { error: `it is one of ${LEVELS.join(', ')}` }).default('info'),
  OVERRIDE_LABELS: z.string().default(''),
  METRICS_PORT: port.optional(),
  METRICS_HOST: z.string().default('127.0.0.1'),
  GRAPHIQL: yesOrNo.optional(),
  DOCUMENTS: z.string().optional(),
  DOCUMENTS_MODE: z.enum(['off', 'allow', 'only'], { error: 'it is off, allow or only' }).optional(),
  DOCUMENTS_ONLY_FOR: z.string().default(''),
  DOCUMENTS_REGISTER: yesOrNo.optional(),
  ANSWER_WITHIN_MS: milliseconds.default(2_500),
  MUTATE_WITHIN_MS: milliseconds.default(15_000),
  RETRY_WITHIN_MS: orNone(OR_NEVER).default(1_500),
  BREAK_AFTER: count.default(5),
  STOP_WITHIN_MS: milliseconds.default(5_000),
})

function listed(text: string): string[] {
  return text.split(',').flatMap((word) => (word.trim() === '' ? [] : [word.trim()]))
}

/** The settings of a gateway process from its environment, and from the file that it names. */
export function gatewaySettings(environment: NodeJS.ProcessEnv): GatewaySettings {
  const env = withSettingsFile(environment)
  try {
    return settingsIn(env)
  } catch (error) {
    throw inItsFile(error, environment)
  }
}

function settingsIn(env: NodeJS.ProcessEnv): GatewaySettings {
  const given = readSettings(shape, env)
  if (given.GATEWAY_AUTH === 'jwt' && !given.JWKS_FILE && !given.JWKS_URL) {
    throw new SettingError(
      'JWKS_FILE is not set; name the file with the public keys of tokens, or JWKS_URL, or GATEWAY_AUTH=none.',
    )
  }
  if (given.JWKS_FILE && given.JWKS_URL)
    throw new SettingError('JWKS_FILE and JWKS_URL are both set; keep the one where the keys are.')
  if (given.HEADERS_WITHIN_MS > given.REQUEST_WITHIN_MS)
    throw new SettingError(
      'HEADERS_WITHIN_MS is longer than REQUEST_WITHIN_MS; the head is a part of the request.',
    )
  return {
    supergraph: given.SUPERGRAPH,
    supergraphEveryMs: given.SUPERGRAPH_EVERY_MS,
    port: given.PORT,
    host: given.HOST,
    auth: given.GATEWAY_AUTH,
    subgraphUrls: given.SUBGRAPH_URLS ?? {},
    callerKey: given.HUB_CALLER_KEY,
    token: {
      jwksFile: given.JWKS_FILE,
      jwksUrl: given.JWKS_URL,
      issuer: given.JWT_ISSUER,
      audience: given.JWT_AUDIENCE,
      leewayMs: given.JWT_LEEWAY_MS,
      attributes: given.JWT_ATTRIBUTES,
    },
    introspection: given.GRAPHQL_INTROSPECTION ?? env['NODE_ENV'] !== 'production',
    origins: listed(given.ALLOWED_ORIGINS),
    forwardHeaders: given.FORWARD_HEADERS,
    answerWithinMs: given.ANSWER_WITHIN_MS,
    mutateWithinMs: given.MUTATE_WITHIN_MS,
    resilience: { retryWithinMs: given.RETRY_WITHIN_MS, breakAfter: given.BREAK_AFTER },
    patience: { headersMs: given.HEADERS_WITHIN_MS, requestMs: given.REQUEST_WITHIN_MS },
    stopWithinMs: given.STOP_WITHIN_MS,
    compile: given.GATEWAY_COMPILE,
    deduplicateFetches: given.DEDUPLICATE_FETCHES,
    deduplicateOperations: given.DEDUPLICATE_OPERATIONS,
    logLevel: given.LOG_LEVEL,
    overrideLabels: listed(given.OVERRIDE_LABELS),
    metrics:
      given.METRICS_PORT === undefined ? undefined : { host: given.METRICS_HOST, port: given.METRICS_PORT },
    traces: traceSettings(env, 'gateway'),
    explorer: given.GRAPHIQL ?? env['NODE_ENV'] !== 'production',
    documents: {
      mode: given.DOCUMENTS_MODE ?? (given.DOCUMENTS ? 'allow' : 'off'),
      from: given.DOCUMENTS,
      onlyFor: listed(given.DOCUMENTS_ONLY_FOR),
      register: given.DOCUMENTS_REGISTER ?? env['NODE_ENV'] !== 'production',
    },
    limits: limitSettings(env, given.GATEWAY_AUTH === 'jwt'),
  }
}
