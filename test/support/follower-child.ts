import { appendEvents } from '@hub/kit/event-log.ts'
import { httpLogSource } from '@hub/kit/follow-source.ts'
import { startFollowing } from '@hub/kit/follow.ts'
import { openLog } from '@hub/kit/log.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import { sql } from 'drizzle-orm'
import { setTimeout as sleep } from 'node:timers/promises'

// A follower as a process of its own, to be killed: its effect is a row per event, and an event of its own log.
// BROKEN=1 is the variant a test has to catch: its effect stands outside the transaction that moves the place.
const { DATABASE_URL = '', SOURCE_URL = '', CALLER_KEY = '', STREAMS = '', BROKEN } = process.env

const database = openDatabase({ url: DATABASE_URL, room: 'cases', max: 3 })
startFollowing({
  name: 'departments',
  source: httpLogSource({ url: SOURCE_URL, callerKey: CALLER_KEY, subject: 'cases' }),
  streams: STREAMS.split(','),
  database,
  log: openLog('follower', 'fatal'),
  async apply(tx, events) {
    const db = BROKEN ? database.orm : tx
    for (const { eventId, stream, seq } of events) {
      await db.execute(sql`insert into effect (stream, seq, event_id) values (${stream}, ${seq}, ${eventId})`)
    }
    // A kill finds the gap between effect and place more surely when the gap is as long as a slow disk makes it.
    if (BROKEN) await sleep(20)
    await appendEvents(
      tx,
      events.map((event) => ({ ...event, stream: 'echo' })),
    )
  },
})
process.on('disconnect', () => process.exit(0))
process.send?.('following')
