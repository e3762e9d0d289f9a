import type { Room } from '@hub/migrations/rooms.ts'
import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, inject } from 'vitest'

export interface TestDatabase {
  /** The login user's address, as in DATABASE_URL: a room adds its role and search path. */
  url: string
  drop(): Promise<void>
}

/**
 * A migrated, empty database for this test file, cloned from the template. Call it at the top level of the file
 * (`const database = await openTestDatabase('cases')`): it is dropped after the file. In a hook, call `drop` yourself.
 */
export async function openTestDatabase(room?: Room): Promise<TestDatabase> {
  refuseBroken(room)
  const name = `test_${randomBytes(6).toString('hex')}`
  await asAdmin((sql) => sql.unsafe(`create database ${name} template hub_template strategy file_copy`))
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  const drop = async (): Promise<void> => {
    await asAdmin((sql) => sql.unsafe(`drop database if exists ${name} with (force)`))
  }
  try {
    afterAll(drop)
  } catch {
    // Inside a hook nothing more can be registered; the whole server goes at the end of the run.
  }
  return { url: url.href, drop }
}

function refuseBroken(room?: Room): void {
  const broken = inject('brokenRooms')
  const reasons =
    room === undefined ? Object.values(broken) : [broken[room]].filter((reason) => reason !== undefined)
  if (reasons.length > 0) throw new Error(reasons.join('\n'))
}

// Many files clone at once; the template admits one at a time (object in use), so the others try again.
async function asAdmin(work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(inject('postgresUrl'), { max: 1, onnotice: () => {} })
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        await work(sql)
        return
      } catch (error) {
        if (attempt === 50 || !(error instanceof postgres.PostgresError) || error.code !== '55006')
          throw error
        await new Promise((resolve) => setTimeout(resolve, 20 * attempt))
      }
    }
  } finally {
    await sql.end()
  }
}
