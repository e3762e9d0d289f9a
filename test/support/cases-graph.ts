import { contextMaker } from '@hub/cases/graph/context.ts'
import { schema } from '@hub/cases/graph/schema.ts'
import { openDepartmentTree } from '@hub/cases/commands/department-tree.ts'
import { forgetRules } from '@hub/cases/commands/rules.ts'
import { loadReference } from '@hub/cli/sample/load-sample.ts'
import type { Caller } from '@hub/kit/caller.ts'
import { chineseCalendar } from '@hub/kit/chinese-calendar.ts'
import { openCipher } from '@hub/kit/crypt.ts'
import { Refusal } from '@hub/kit/errors.ts'
import { openFeed } from '@hub/kit/event-feed.ts'
import { openLog } from '@hub/kit/log.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import { graphql } from 'graphql'
import { afterAll } from 'vitest'
import { openTestDatabase } from './database.ts'

export interface CasesAnswer {
  /** Empty when the operation failed as a whole. */
  readonly data: Readonly<Record<string, unknown>>
  readonly codes: readonly string[]
  /** How many statements it cost, transactions' own not counted. */
  readonly statements: number
}

/** Units, limits and calendar are read every few seconds whoever asks, and a new connection asks for types of its own. */
const UNCOUNTED = /^(begin|commit|rollback)|from "(department_ref|policy|calendar_\w+)"|pg_catalog\.pg_type/i

const DATA_KEY = Buffer.alloc(32, 7).toString('base64url')

/** The graph of the cases room over a database of its own that knows the sample's organisations and articles. */
export async function openCasesGraph() {
  const { url } = await openTestDatabase()
  await loadReference({ databaseUrl: url, env: { HUB_DATA_KEY: DATA_KEY }, onProgress: () => {} })
  let statements: string[] = []
  const onStatement = (text: string): void => void statements.push(text)
  const database = openDatabase({ url, room: 'cases', onStatement })
  const log = openLog('test', 'silent')
  const feed = openFeed({ database, log, doorbell: false, pollMs: 60_000 })
  let now = new Date('2026-11-02T09:00:00+08:00')
  const room = {
    database,
    clock: () => now,
    calendar: chineseCalendar(),
    cipher: openCipher(DATA_KEY),
    tree: openDepartmentTree(database),
    ring: () => {},
  }
  const context = contextMaker(room, feed)
  afterAll(async () => {
    await feed.stop()
    await database.close()
  })
  return {
    url,
    contextFor: context,
    room,
    forget: () => forgetRules(database),
    database,
    moveTo: (instant: string) => void (now = new Date(instant)),
    ask: async (
      caller: Caller,
      source: string,
      variableValues: Record<string, unknown> = {},
    ): Promise<CasesAnswer> => {
      statements = []
      const { data, errors = [] } = await graphql({
        schema,
        source,
        variableValues,
        contextValue: context(caller),
      })
      const counted = statements.filter((text) => !UNCOUNTED.test(text))
      const codes = errors.map(({ originalError, extensions, message }) => {
        const code = originalError instanceof Refusal ? originalError.code : extensions['code']
        return typeof code === 'string' ? code : message
      })
      return { data: data ?? {}, codes, statements: counted.length }
    },
  }
}

/** A signed caller as the gateway would send it. */
export function callerAs(
  role: string,
  attributes: Readonly<Record<string, string>> = {},
  idempotencyKey?: string,
): Caller {
  const subject = `test:${role.toLowerCase()}${attributes['department'] ?? ''}`
  const base = {
    subject,
    role,
    attributes,
    scopes: [],
    locale: 'en' as const,
    expiresAt: 4_102_444_800,
    requestId: 'test',
  }
  return idempotencyKey === undefined ? base : { ...base, idempotencyKey }
}
