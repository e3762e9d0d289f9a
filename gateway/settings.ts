import { z } from 'zod'
import { SettingError, address, key, port, readSettings } from '@hub/kit/env.ts'
import { traceSettings } from '@hub/kit/trace-settings.ts'
import type { TraceSettings } from '@hub/kit/trace.ts'
import type { DocumentSettings } from './operation/documents.ts'
import { limitSettings, type Limits } from './operation/limit-settings.ts'
import { withSettingsFile } from './settings-file.ts'

export interface TokenSettings {
  /** Where the public keys are: a JSON Web Key Set in a file or at an address. */
  readonly jwksFile?: string | undefined
  readonly jwksUrl?: string | undefined
  readonly issuer: string
  readonly audience: string
  /** Attribute of the caller → claim of the token it is taken from. */
  readonly attributes: Readonly<Record<string, string>>
}

export interface GatewaySettings {
  /** The file with the supergraph SDL; it is read again when it changes. */
  readonly supergraph: string
  readonly port: number
  readonly host: string
  readonly auth: 'none' | 'jwt'
  /** Addresses that win over those in the supergraph. */
  readonly subgraphUrls: Readonly<Record<string, string>>
  /** Signs the caller to the subgraphs; without it nothing is signed. */
  readonly callerKey?: string | undefined
  readonly token?: TokenSettings | undefined
  readonly introspection: boolean
  /** Web origins that may open a WebSocket; a client that is no browser sends none. */
  readonly origins: readonly string[]
  /** How long a client may wait for what the subgraphs answer. */
  readonly answerWithinMs: number
  /** How long a mutation may take; it is never cut short like a query, and never sent twice. */
  readonly mutateWithinMs: number
  /** Whether operations are compiled; otherwise the executor of `@apollo/gateway` does everything. */
  readonly compile: boolean
  /** Whether equal reads of one caller that are under way to a subgraph are sent once. */
  readonly deduplicateFetches: boolean
  /** Whether equal queries of one caller that are under way are carried out once. */
  readonly deduplicateOperations: boolean
  /** Labels of `@override` under which fields have moved; `percent(…)` needs no word here. */
  readonly overrideLabels?: readonly string[]
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

const yesOrNo = z
  .enum(['true', 'false'], { error: 'it is true or false' })
  .transform((word) => word === 'true')
const milliseconds = z.coerce.number({ error: 'it is a number of milliseconds' }).int().min(100).max(600_000)

const shape = z.object({
  SUPERGRAPH: z.string({ error: 'the file with the supergraph SDL' }).min(1),
  PORT: port.default(4000),
  HOST: z.string().default('127.0.0.1'),
  GATEWAY_AUTH: z.enum(['none', 'jwt'], { error: 'it is none or jwt' }).default('jwt'),
  SUBGRAPH_URLS: pairs.optional(),
  HUB_CALLER_KEY: key.optional(),
  JWKS_FILE: z.string().optional(),
  JWKS_URL: address.optional(),
  JWT_ISSUER: z.string().default('hub12345'),
  JWT_AUDIENCE: z.string().default('hub12345'),
  JWT_ATTRIBUTES: pairs.default({ department: 'department', district: 'district', citizen: 'caller' }),
  GRAPHQL_INTROSPECTION: yesOrNo.optional(),
  ALLOWED_ORIGINS: z.string().default(''),
  GATEWAY_COMPILE: yesOrNo.default(true),
  DEDUPLICATE_FETCHES: yesOrNo.default(true),
  DEDUPLICATE_OPERATIONS: yesOrNo.default(false),
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
})

function listed(text: string): string[] {
  return text.split(',').flatMap((word) => (word.trim() === '' ? [] : [word.trim()]))
}

/** The settings of a gateway process from its environment, and from the file that it names. */
export function gatewaySettings(environment: NodeJS.ProcessEnv): GatewaySettings {
  const env = withSettingsFile(environment)
  const given = readSettings(shape, env)
  if (given.GATEWAY_AUTH === 'jwt' && !given.JWKS_FILE && !given.JWKS_URL) {
    throw new SettingError(
      'JWKS_FILE is not set; name the file with the public keys of tokens, or JWKS_URL, or GATEWAY_AUTH=none.',
    )
  }
  return {
    supergraph: given.SUPERGRAPH,
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
      attributes: given.JWT_ATTRIBUTES,
    },
    introspection: given.GRAPHQL_INTROSPECTION ?? env['NODE_ENV'] !== 'production',
    origins: listed(given.ALLOWED_ORIGINS),
    answerWithinMs: given.ANSWER_WITHIN_MS,
    mutateWithinMs: given.MUTATE_WITHIN_MS,
    compile: given.GATEWAY_COMPILE,
    deduplicateFetches: given.DEDUPLICATE_FETCHES,
    deduplicateOperations: given.DEDUPLICATE_OPERATIONS,
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
