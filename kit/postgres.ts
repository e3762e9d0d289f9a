import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { timed } from './trace-statement.ts'

type Schema = Record<string, never>
type Orm = PostgresJsDatabase<Schema>

/** What a store function takes: the database, or the transaction that a command runs in. */
export type Db = Orm | Parameters<Parameters<Orm['transaction']>[0]>[0]
export type Tx = Parameters<Parameters<Orm['transaction']>[0]>[0]

export interface Database {
  readonly orm: Orm
  readonly sql: postgres.Sql
  close(): Promise<void>
}

export interface DatabaseOptions {
  readonly url: string
  /** Schema and role of this room: `cases` connects as `hub_cases` and sees `cases, public`. */
  readonly room: string
  readonly max?: number
  /** Called with every statement and its parameters; tests count them. */
  readonly onStatement?: (text: string, parameters: readonly unknown[]) => void
}

const DATE_OID = 1082
const LONGEST_PAUSE_S = 0.25

/**
 * The driver counts the failures of all connections together and triples its pause with each, up to 20 s: a database
 * that was away for a moment would be found long after it is back. A refused connection costs next to nothing, but one
 * that is told that the server is still starting is a process there: none comes again at once.
 */
function pauseBefore(attempt: number): number {
  return (0.5 + Math.random() / 2) * Math.min(2 ** attempt / 20, LONGEST_PAUSE_S)
}

/** Opens a pool that acts as the room's own role in the room's own schema. Days come back as `YYYY-MM-DD`. */
export function openDatabase({ url, room, max = 10, onStatement }: DatabaseOptions): Database {
  const sql = postgres(url, {
    max,
    backoff: pauseBefore,
    connection: {
      application_name: `hub-${room}`,
      role: `hub_${room}`,
      search_path: `${room},public`,
      TimeZone: 'Asia/Shanghai',
    },
    types: { day: { to: DATE_OID, from: [DATE_OID], serialize: String, parse: String } },
    onnotice: () => {},
    ...(onStatement
      ? { debug: (_connection: number, text: string, parameters: unknown[]) => onStatement(text, parameters) }
      : {}),
  })
  return { sql, orm: drizzle(preparing(sql)), close: () => sql.end({ timeout: 5 }) }
}

/** Begins a statement whose plan depends on its values: planned for them each time, and not kept. */
export const ONCE = '/* once */'

/**
 * drizzle sends every statement unprepared: parsed and planned anew, in two round trips. Its texts are few, so each
 * connection keeps them prepared instead.
 */
function preparing<Client extends postgres.Sql | postgres.TransactionSql>(client: Client): Client {
  return new Proxy(client, {
    get(target, key) {
      const own: unknown = Reflect.get(target, key)
      if (key === 'unsafe') {
        return (text: string, params: postgres.ParameterOrJSON<never>[]) =>
          timed(text, target.unsafe(text, params, { prepare: !text.startsWith(ONCE) }))
      }
      if ((key !== 'begin' && key !== 'savepoint') || typeof own !== 'function') return own
      return (...args: unknown[]) =>
        own.apply(
          target,
          args.map((arg) =>
            typeof arg === 'function' ? (inner: postgres.TransactionSql) => arg(preparing(inner)) : arg,
          ),
        )
    },
  })
}
