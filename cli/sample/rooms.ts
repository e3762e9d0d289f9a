import { openDepartmentTree } from '@hub/cases/commands/department-tree.ts'
import type { Room } from '@hub/cases/commands/room.ts'
import { followersOf } from '@hub/cases/work/followers.ts'
import { chineseCalendar } from '@hub/kit/chinese-calendar.ts'
import { openCipher } from '@hub/kit/crypt.ts'
import { localLogSource } from '@hub/kit/follow-source.ts'
import { followOnce } from '@hub/kit/follow.ts'
import { openLog } from '@hub/kit/log.ts'
import { openDatabase, type Database } from '@hub/kit/postgres.ts'
import { casesFollower, departmentsFollower } from '@hub/supervision/work/followers.ts'

/** The four rooms on one database, without processes: each follows the logs of the others when it is told to. */
export interface SampleRooms {
  readonly departments: Database
  readonly knowledge: Database
  readonly supervision: Database
  /** The cases room, whose clock is given with every use. */
  casesAt(now: Date): Room
  followAll(): Promise<void>
  close(): Promise<void>
}

export function openSampleRooms(databaseUrl: string, dataKey: string): SampleRooms {
  // A load that is broken off is begun anew: no commit need wait for the disk.
  const url = new URL(databaseUrl)
  url.searchParams.set('synchronous_commit', 'off')
  const open = (room: string): Database => openDatabase({ url: url.href, room, max: 8 })
  const rooms = {
    departments: open('departments'),
    knowledge: open('knowledge'),
    supervision: open('supervision'),
  }
  const database = open('cases')
  const tree = openDepartmentTree(database)
  const log = openLog('load')
  const shared = { database, calendar: chineseCalendar(), cipher: openCipher(dataKey), tree, ring: () => {} }
  const sources = {
    departments: localLogSource(rooms.departments),
    knowledge: localLogSource(rooms.knowledge),
    supervision: localLogSource(rooms.supervision),
  }
  const following = { database: rooms.supervision, log }
  return {
    ...rooms,
    casesAt: (now) => ({ ...shared, clock: () => now }),
    async followAll() {
      await followOnce(departmentsFollower({ ...following, source: sources.departments }))
      await followOnce(casesFollower({ ...following, source: localLogSource(database) }))
      for (const follower of followersOf(sources, { database, tree, log })) await followOnce(follower)
    },
    async close() {
      await Promise.all([...Object.values(rooms), database].map((each) => each.close()))
    },
  }
}
