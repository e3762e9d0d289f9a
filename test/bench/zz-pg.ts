import { startEmbeddedPostgres } from '@hub/cli/embedded-postgres.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import { migrate } from '@hub/migrations/migrate.ts'
import { importArticles } from '@hub/knowledge/commands/import-articles.ts'
import { loadSample } from '@hub/knowledge/commands/load-sample.ts'
import { openGenerator } from './knowledge-generate.ts'
import { mkdirSync, chmodSync, writeFileSync } from 'node:fs'
mkdirSync('/tmp/kn-pg', { recursive: true })
chmodSync('/tmp/kn-pg', 0o711)
const server = await startEmbeddedPostgres({ folder: '/tmp/kn-pg/postgres', durable: false })
const url = server.url('postgres')
writeFileSync('/tmp/kn-pg/url', url)
await migrate(url, { rooms: ['knowledge'] })
const database = openDatabase({ url, room: 'knowledge', max: 2 })
const clock = () => new Date('2026-11-23T00:00:00Z')
await loadSample(database, clock)
const [n] = await database.sql`select count(*)::int as n from article`
const generate = await openGenerator()
for (let at = n!['n'] > 200 ? 100000 : 0; at < 100_000; at += 4000) {
  await importArticles(
    database,
    clock,
    Array.from({ length: 4000 }, (_, i) => generate(at + i)),
  )
}
const o = await database.sql.reserve()
await o`set role none`
await o`vacuum analyze knowledge.article_version, knowledge.posting, knowledge.term`
o.release()
console.log('READY', url)
setInterval(() => {}, 1e6)
