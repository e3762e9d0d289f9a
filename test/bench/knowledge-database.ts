import { startEmbeddedPostgres } from '@hub/cli/database/embedded-postgres.ts'
import { openDatabase, type Database } from '@hub/kit/postgres.ts'
import { migrate } from '@hub/migrations/migrate.ts'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A migrated, empty database of the knowledge room, for a bench. */
export async function openBenchDatabase(): Promise<{ database: Database; stop(): Promise<void> }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hub-bench-'))
  chmodSync(folder, 0o711)
  const server = await startEmbeddedPostgres({ folder: path.join(folder, 'postgres'), durable: false })
  const url = server.url('postgres')
  await migrate(url, { rooms: ['knowledge'] })
  const database = openDatabase({ url, room: 'knowledge', max: 2 })
  return {
    database,
    async stop() {
      await database.close()
      await server.stop('immediate')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
