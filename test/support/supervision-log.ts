import { appendEvents, type LoggedEvent } from '@hub/kit/event-log.ts'
import { localLogSource } from '@hub/kit/follow-source.ts'
import { followOnce } from '@hub/kit/follow.ts'
import { openLog } from '@hub/kit/log.ts'
import { openDatabase, type Database } from '@hub/kit/postgres.ts'
import { casesFollower, departmentsFollower } from '@hub/supervision/work/followers.ts'
import { randomUUID } from 'node:crypto'
import { departmentCodes, type TestDepartment } from './supervision-departments.ts'

/** Supervision beside the logs it follows, in one database; the cases and departments rooms themselves are absent. */
export interface SupervisionRoom {
  readonly supervision: Database
  /** Writes to the log of cases, as the cases room would, and lets supervision follow it. */
  tell(...events: readonly (LoggedEvent | readonly LoggedEvent[])[]): Promise<void>
  /** Follows what is there; answers how many events were applied. */
  follow(): Promise<number>
  readonly close: () => Promise<void>
}

/** Opens the room and tells it the departments. */
export async function openSupervision(
  url: string,
  onStatement?: (text: string) => void,
): Promise<SupervisionRoom> {
  const log = openLog('test', 'silent')
  const cases = openDatabase({ url, room: 'cases', max: 2 })
  const departments = openDatabase({ url, room: 'departments', max: 2 })
  const supervision = openDatabase({
    url,
    room: 'supervision',
    max: 8,
    ...(onStatement ? { onStatement } : {}),
  })
  const fromCases = casesFollower({ source: localLogSource(cases), database: supervision, log, tries: 1 })
  const follow = (): Promise<number> => followOnce(fromCases)
  await departments.orm.transaction((tx) => appendEvents(tx, departmentCodes.map(saved)))
  await followOnce(departmentsFollower({ source: localLogSource(departments), database: supervision, log }))
  return {
    supervision,
    follow,
    async tell(...events) {
      await cases.orm.transaction((tx) => appendEvents(tx, events.flat()))
      await follow()
    },
    async close() {
      await Promise.all([cases.close(), departments.close(), supervision.close()])
    },
  }
}

function saved({ code, parent, type, name }: TestDepartment) {
  return {
    stream: 'department',
    eventId: randomUUID(),
    kind: 'DepartmentSaved',
    at: new Date('2026-11-01T00:00:00+08:00'),
    data: {
      code,
      parent,
      type,
      name,
      shortName: name,
      level: 'CITY',
      acceptsDispatch: type !== 'CITY_GOVERNMENT',
    },
  }
}
