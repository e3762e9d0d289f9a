import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { SettingError } from '@hub/kit/env.ts'
import { LEVELS } from '@hub/kit/log.ts'

/** A setting as it may stand in the file: what it is by default is told, and applied where the environment is read. */
function told<Schema extends z.ZodType>(schema: Schema, description: string, byDefault?: unknown) {
  return schema.optional().meta({ description, ...(byDefault !== undefined && { default: byDefault }) })
}

const text = z.string({ error: 'it is a text' }).min(1, 'it is empty')
const texts = z.array(text, { error: 'it is a list of texts' })
const pairs = z.record(z.string(), text, { error: 'it is an object of texts' })
const yesOrNo = z.boolean({ error: 'it is true or false' })
const number = z.int({ error: 'it is a whole number' })
const count = number.min(0, 'it is 0 or more; 0 stands for no limit')
const milliseconds = number.min(100, 'it is 100 or more').max(600_000, 'it is 600000 or less')
const UPTO = 'it is 0 to 600000; 0 stands for none'
const uptoTenMinutes = number.min(0, UPTO).max(600_000, UPTO)
const tcpPort = number.min(0, 'a port is 0 to 65535').max(65_535, 'a port is 0 to 65535')
const oneOf = (...words: readonly [string, ...string[]]) =>
  z.enum(words, { error: `it is one of ${words.join(', ')}` })

/** The file of settings: the names of the environment, which wins over it, with values as JSON has them. */
export const settingsFile = z
  .strictObject({
    $schema: told(text, 'Where this schema is.'),
    SUPERGRAPH: told(text, 'File or address of the supergraph SDL; read again when it changes.'),
    SUPERGRAPH_EVERY_MS: told(
      milliseconds,
      'How often it is looked at: by default 300 for a file, 10000 for an address.',
    ),
    PORT: told(tcpPort, 'Port to listen on.', 4000),
    HOST: told(text, 'Address to listen on.', '127.0.0.1'),
    GATEWAY_AUTH: told(oneOf('jwt', 'none'), 'Whether callers need a token.', 'jwt'),
    SUBGRAPH_URLS: told(pairs, 'Addresses of subgraphs in place of those in the supergraph, by name.'),
    JWKS_FILE: told(text, 'File with the public keys of tokens.'),
    JWKS_URL: told(text, 'Address with the public keys of tokens.'),
    JWT_ISSUER: told(text, 'Who issues tokens.', 'hub12345'),
    JWT_AUDIENCE: told(text, 'For whom tokens are issued.', 'hub12345'),
    JWT_ATTRIBUTES: told(pairs, 'Attributes of the caller that go on to subgraphs, and their claims.', {
      department: 'department',
      district: 'district',
      citizen: 'caller',
    }),
    JWT_LEEWAY_MS: told(uptoTenMinutes, 'How far the clock of who issues tokens may be ahead.', 5_000),
    GRAPHQL_INTROSPECTION: told(yesOrNo, 'Introspection; by default not when NODE_ENV is production.'),
    GRAPHIQL: told(yesOrNo, 'GraphiQL at /graphiql; by default not when NODE_ENV is production.'),
    ALLOWED_ORIGINS: told(texts, 'Web origins whose pages may open a WebSocket and read answers (CORS).', []),
    FORWARD_HEADERS: told(texts, 'Headers of clients that go on to the subgraphs as they come.', []),
    LOG_LEVEL: told(oneOf(...LEVELS), 'How much is told in the log.', 'info'),
    OVERRIDE_LABELS: told(texts, 'Labels of @override under which fields have moved.', []),
    GATEWAY_COMPILE: told(yesOrNo, 'Whether plans are compiled.', true),
    DEDUPLICATE_FETCHES: told(
      yesOrNo,
      'Whether equal reads of one caller are sent to a subgraph once.',
      true,
    ),
    DEDUPLICATE_OPERATIONS: told(yesOrNo, 'Whether equal queries of one caller are carried out once.', false),
    METRICS_PORT: told(
      tcpPort,
      'A port of its own for measurements; without one they are at /metrics, for this machine.',
    ),
    METRICS_HOST: told(text, 'Address of that port.', '127.0.0.1'),
    OTEL_EXPORTER_OTLP_ENDPOINT: told(text, 'Collector of traces; none by default.'),
    OTEL_SERVICE_NAME: told(text, 'What this process is called in traces.', 'hub12345-gateway'),
    DOCUMENTS: told(text, 'Folder or manifest of published documents.'),
    DOCUMENTS_MODE: told(
      oneOf('off', 'allow', 'only'),
      'Whether they may be asked for by id, or nothing else may.',
    ),
    DOCUMENTS_ONLY_FOR: told(texts, 'Roles that send published documents only.', []),
    DOCUMENTS_REGISTER: told(
      yesOrNo,
      'Whether clients may register others; by default not when NODE_ENV is production.',
    ),
    ANSWER_WITHIN_MS: told(milliseconds, 'How long subgraphs may take for a query.', 2_500),
    MUTATE_WITHIN_MS: told(milliseconds, 'How long subgraphs may take for a mutation.', 15_000),
    RETRY_WITHIN_MS: told(uptoTenMinutes, 'How long a query is repeated to a subgraph that is away.', 1_500),
    BREAK_AFTER: told(count, 'After how many late answers in a row a subgraph is taken for down.', 5),
    HEADERS_WITHIN_MS: told(
      milliseconds,
      'How long a client may take to send the head of a request.',
      10_000,
    ),
    REQUEST_WITHIN_MS: told(milliseconds, 'How long a client may take to send all of a request.', 30_000),
    STOP_WITHIN_MS: told(milliseconds, 'How long a gateway that stops waits for what is under way.', 5_000),
    LIMIT_BODY_BYTES: told(count, 'Bytes of a request.', 1_048_576),
    LIMIT_ANSWER_BYTES: told(count, 'Bytes of one answer of a subgraph.', 67_108_864),
    LIMIT_TOKENS: told(count, 'Tokens of a document.', 10_000),
    LIMIT_DEPTH: told(count, 'Levels of a document.', 16),
    LIMIT_VALUE_DEPTH: told(
      count,
      'Levels of lists and objects in a value, in a document or in variables.',
      32,
    ),
    LIMIT_ALIASES: told(count, 'Aliases in a document.', 100),
    LIMIT_DIRECTIVES: told(count, 'Directives in a document.', 50),
    LIMIT_ROOT_FIELDS: told(count, 'Root fields of an operation.', 60),
    LIMIT_FIELDS: told(count, 'Fields of an operation, its fragments spread.', 5_000),
    LIMIT_LIST: told(count, 'The longest list that may be asked for.', 1_000),
    LIMIT_COST: told(count, 'Objects that one operation may bring.', 50_000),
    LIMIT_UNDER_WAY: told(count, 'Operations at one time, of all callers.', 1_000),
    LIMIT_SOCKETS: told(count, 'Sockets of one caller; 1000 where callers need a token, else none.'),
    LIMIT_SUBSCRIPTIONS: told(
      count,
      'Subscriptions of one caller; 5000 where callers need a token, else none.',
    ),
    RATE_PER_SECOND: told(
      count,
      'Objects a caller may ask for a second; 20000 where callers need a token, else none.',
    ),
    RATE_AT_ONCE: told(count, 'Objects a caller may ask for after a pause.', 200_000),
  })
  .meta({ title: 'Settings of the gateway' })

/** What a file of settings may hold, for editors and for whoever makes one. */
export function settingsSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(settingsFile), null, 2)}\n`
}

/** The environment with what stands in the file that GATEWAY_SETTINGS names, where the environment says nothing. */
export function withSettingsFile(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const file = env['GATEWAY_SETTINGS']
  if (!file) return env
  const result = settingsFile.safeParse(contentOf(file))
  if (!result.success) throw new SettingError(`${file}: ${problemIn(result.error)}`)
  const { $schema: _, ...given } = result.data
  const unsaid = Object.entries(given).filter(([name]) => !env[name] && !env[`${name}_FILE`])
  return { ...env, ...Object.fromEntries(unsaid.map(([name, value]) => [name, asText(value)])) }
}

/** What is wrong with a setting that came from the file says so. */
export function inItsFile(error: unknown, environment: NodeJS.ProcessEnv): unknown {
  const file = environment['GATEWAY_SETTINGS']
  const name = error instanceof SettingError ? /^[A-Z_]+(?=: )/.exec(error.message)?.[0] : undefined
  if (!(error instanceof SettingError) || !file || !name || environment[name] || environment[`${name}_FILE`])
    return error
  return new SettingError(`${file}: ${error.message}`)
}

function contentOf(file: string): unknown {
  let content: string
  try {
    content = readFileSync(file, 'utf8')
  } catch {
    throw new SettingError(`GATEWAY_SETTINGS: ${file} cannot be read; name a file that this user may read.`)
  }
  try {
    return JSON.parse(content)
  } catch {
    throw new SettingError(`${file}: it is no JSON.`)
  }
}

function problemIn({ issues: [issue] }: z.ZodError): string {
  if (issue?.code === 'unrecognized_keys') {
    const [name = ''] = issue.keys
    if (name === 'HUB_CALLER_KEY')
      return `${name} is a secret; give it in the environment, or as ${name}_FILE.`
    return `${name} is not a setting of the gateway; schema/gateway-settings.json has them all.`
  }
  if (issue?.path.length === 0) return 'it holds no object of settings.'
  return `${issue?.path.join('.')} cannot be used: ${issue?.message}.`
}

/** As it would stand in the environment. */
function asText(value: unknown): string {
  if (Array.isArray(value)) return value.join(',')
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map(([name, inner]) => `${name}=${String(inner)}`)
    .join(',')
}
