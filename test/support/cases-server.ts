import { CALLER_HEADER, requestDigest, signCaller, type Caller } from '@hub/kit/caller.ts'
import { openDatabase, type Database } from '@hub/kit/postgres.ts'
import type { Running } from '@hub/kit/run.ts'
import { startServer } from '@hub/cases/server.ts'
import { createClient } from 'graphql-ws'
import { randomBytes, randomUUID } from 'node:crypto'
import { WebSocket } from 'ws'
import { openTestDatabase } from './database.ts'

export interface CasesServer extends Running {
  readonly database: Database
  /** Follows a subscription as a caller that the gateway would have signed. */
  follow(caller: Caller, query: string): Followed
}

/** What came over a subscription so far. */
export interface Followed {
  readonly data: unknown[]
  /** Codes of errors, of the subscription or of one event. */
  readonly codes: unknown[]
  ended: boolean
}

// Its log would stand between the lines of the test run.
process.env['LOG_LEVEL'] ??= 'silent'

/** The cases subgraph alone, in this process; the rooms that it follows are away. */
export async function startCasesServer(): Promise<CasesServer> {
  const { url } = await openTestDatabase('cases')
  const callerKey = randomBytes(32).toString('base64url')
  const away = 'http://127.0.0.1:9'
  const server = await startServer({
    DATABASE_URL: url,
    CASES_PORT: '0',
    HUB_CALLER_KEY: callerKey,
    HUB_DATA_KEY: randomBytes(32).toString('base64url'),
    DEPARTMENTS_URL: away,
    KNOWLEDGE_URL: away,
    SUPERVISION_URL: away,
  })
  const database = openDatabase({ url, room: 'cases', max: 3 })
  return {
    ...server,
    database,
    follow: (caller, query) => follow(server.url, callerKey, caller, query),
    async stop() {
      await server.stop()
      await database.close()
    },
  }
}

/** A caller as the gateway makes one. */
export function aCaller(role: string, department?: string, livesMs = 60_000): Caller {
  return {
    subject: `test ${role}`,
    role,
    attributes: department ? { department } : {},
    scopes: [],
    locale: 'en',
    expiresAt: (Date.now() + livesMs) / 1000,
    requestId: randomUUID(),
  }
}

function follow(url: string, callerKey: string, caller: Caller, query: string): Followed {
  const followed: Followed = { data: [], codes: [], ended: false }
  const headers = { [CALLER_HEADER]: signCaller(caller, requestDigest('GET', '/graphql', ''), callerKey) }
  class Signed extends WebSocket {
    constructor(address: string, protocols: string | string[]) {
      super(address, protocols, { headers })
    }
  }
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: Signed,
    retryAttempts: 0,
  })
  const note = (errors: unknown): void => {
    const list = Array.isArray(errors) ? errors : [errors]
    followed.codes.push(...list.map((error: { extensions?: { code?: unknown } }) => error.extensions?.code))
  }
  client.subscribe(
    { query },
    {
      next({ data, errors }) {
        if (errors) note(errors)
        followed.data.push(data)
      },
      error(errors) {
        note(errors)
        followed.ended = true
      },
      complete: () => (followed.ended = true),
    },
  )
  return followed
}
