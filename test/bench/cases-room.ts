import { existsSync } from 'node:fs'
import path from 'node:path'
import { openDepartmentTree } from '@hub/cases/commands/department-tree.ts'
import type { Room } from '@hub/cases/commands/room.ts'
import { contextMaker } from '@hub/cases/graph/context.ts'
import { schema } from '@hub/cases/graph/schema.ts'
import { openDataFolder } from '@hub/cli/data-folder.ts'
import { openHubDatabase } from '@hub/cli/database/hub-database.ts'
import { openKeys } from '@hub/cli/keys.ts'
import { loadCases } from '@hub/cli/load/cases.ts'
import type { Caller } from '@hub/kit/caller.ts'
import { chineseCalendar } from '@hub/kit/chinese-calendar.ts'
import { openCipher } from '@hub/kit/crypt.ts'
import { openFeed } from '@hub/kit/event-feed.ts'
import { openLog } from '@hub/kit/log.ts'
import { openDatabase, type Database } from '@hub/kit/postgres.ts'
import { migrate } from '@hub/migrations/migrate.ts'
import { personOf } from '@hub/supervision/commands/person.ts'
import { contextMaker as supervisionContextMaker } from '@hub/supervision/graph/context.ts'
import { schema as supervisionSchema } from '@hub/supervision/graph/schema.ts'
import { graphql } from 'graphql'

export interface Statement {
  readonly text: string
  readonly parameters: readonly unknown[]
}

/** A statement with the pool of the room that sent it. */
export interface SentStatement extends Statement {
  readonly database: Database
}

/** The cases room over so many generated cases, in this process, and beside it the supervision room that followed them. */
export interface BenchRoom {
  readonly cases: number
  readonly room: Room
  readonly database: Database
  /** Answers the data; throws what went wrong. What it sent to PostgreSQL is in `statements`. */
  ask(
    caller: Caller,
    source: string,
    variables?: object,
    isOfSupervision?: boolean,
  ): Promise<Readonly<Record<string, unknown>>>
  statements(): readonly SentStatement[]
  close(): Promise<void>
}

/** Opens the register of so many cases in a folder, as the hub itself would run it, and loads it when it is not there. */
export async function openBenchRoom(folder: string, cases: number): Promise<BenchRoom> {
  const dataFolder = path.join(folder, `${cases}`)
  const isNew = !existsSync(dataFolder)
  const env = { HUB_DATA: dataFolder }
  const { dataKey } = await openKeys(openDataFolder(env))
  const server = await openHubDatabase(env)
  await migrate(server.url)
  const now = new Date()
  if (isNew) {
    const onProgress = (line: string): void => console.error(line)
    const load = {
      databaseUrl: server.url,
      dataKey,
      cases,
      since: '2024-01-01',
      streamDays: 90,
      now,
      onProgress,
    }
    console.log('loaded', JSON.stringify(await loadCases(load)))
  }
  let sent: SentStatement[] = []
  const openPool = (of: string): Database => {
    const pool: Database = openDatabase({
      url: server.url,
      room: of,
      max: 16,
      onStatement: (text, parameters) => void sent.push({ text, parameters, database: pool }),
    })
    return pool
  }
  const database = openPool('cases')
  const supervision = openPool('supervision')
  const feed = openFeed({ database, log: openLog('bench', 'silent'), doorbell: false, pollMs: 60_000 })
  const room: Room = {
    database,
    clock: () => new Date(),
    calendar: chineseCalendar(),
    cipher: openCipher(dataKey),
    tree: openDepartmentTree(database),
    ring: () => {},
  }
  const context = contextMaker(room, feed)
  const supervisionContext = supervisionContextMaker({
    database: supervision,
    clock: () => new Date(),
    calendar: chineseCalendar(),
    policies: () => [],
    personOf: personOf(dataKey),
    ring: () => {},
  })
  return {
    cases,
    room,
    database,
    ask: async (caller, source, variables = {}, isOfSupervision = false) => {
      sent = []
      const variableValues = { ...variables }
      const asked = isOfSupervision
        ? { schema: supervisionSchema, contextValue: supervisionContext(caller) }
        : { schema, contextValue: context(caller) }
      const { data, errors } = await graphql({ ...asked, source, variableValues })
      if (errors?.[0]) throw errors[0]
      return data ?? {}
    },
    statements: () => sent,
    async close() {
      await feed.stop()
      await Promise.all([database.close(), supervision.close()])
      await server.stop()
    },
  }
}

/** A caller as the gateway would sign it. */
export function callerAs(role: string, attributes: Readonly<Record<string, string>> = {}): Caller {
  const subject = `bench:${role.toLowerCase()}`
  return { subject, role, attributes, scopes: [], locale: 'en', expiresAt: 4_102_444_800, requestId: 'bench' }
}
