import { watchAssignments } from '@hub/cli/watch/stream.ts'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'

// A department's system as a process of its own, to be killed: it follows some units through the gateway and keeps
// effect and cursor in one transaction. BROKEN=1 is the variant that the checker has to catch: cursor first, effect after.
const { URL = '', TOKEN = '', DEPARTMENTS = '', FILE = '', BROKEN } = process.env

mkdirSync(path.dirname(FILE), { recursive: true })
const store = new DatabaseSync(FILE)
store.exec(`pragma journal_mode = wal; pragma busy_timeout = 5000;
  create table if not exists effect (place integer primary key, department text, event_id text, kind text, assignment text, cursor text);
  create table if not exists place (department text primary key, cursor text)`)
const findPlace = store.prepare('select cursor from place where department = ?')
const savePlace = store.prepare('insert or replace into place values (?, ?)')
const saveEffect = store.prepare(
  'insert into effect (department, event_id, kind, assignment, cursor) values (?, ?, ?, ?, ?)',
)

function follow(department: string): Promise<void> {
  const place = findPlace.get(department)?.['cursor']
  return watchAssignments({
    url: URL,
    department,
    subtree: false,
    after: typeof place === 'string' ? place : null,
    token: () => Promise.resolve(TOKEN),
    selection: 'id',
    silenceMs: 20_000,
    signal: new AbortController().signal,
    onBreak: () => {},
    onEvent({ assignment, cursor, eventId, kind }) {
      const effect = (): void => {
        if (kind !== 'HEARTBEAT') saveEffect.run(department, eventId, kind, assignment?.id ?? null, cursor)
      }
      if (BROKEN) {
        savePlace.run(department, cursor)
        setTimeout(effect, 15)
        return
      }
      store.exec('begin immediate')
      effect()
      savePlace.run(department, cursor)
      store.exec('commit')
    },
  })
}

process.on('disconnect', () => process.exit(0))
await Promise.all(DEPARTMENTS.split(',').map(follow))
