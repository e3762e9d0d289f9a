import { openDepartmentTree } from '@hub/cases/commands/department-tree.ts'
import type { Room } from '@hub/cases/commands/room.ts'
import { chineseCalendar } from '@hub/kit/chinese-calendar.ts'
import { openClock } from '@hub/kit/clock.ts'
import { openCipher } from '@hub/kit/crypt.ts'
import { openDatabase } from '@hub/kit/postgres.ts'
import { openDataFolder } from './data-folder.ts'
import { openHubDatabase } from './database/hub-database.ts'
import { openKeys } from './keys.ts'

/** The cases room beside the one that may be running, for a command on its tables; closed when the work is done. */
export async function withCasesRoom<Result>(
  env: NodeJS.ProcessEnv,
  work: (room: Room) => Promise<Result>,
): Promise<Result> {
  const hub = await openHubDatabase(env)
  const database = openDatabase({ url: hub.url, room: 'cases', max: 2 })
  try {
    const dataKey = env['HUB_DATA_KEY'] ?? (await openKeys(openDataFolder(env))).dataKey
    return await work({
      database,
      clock: openClock(env),
      calendar: chineseCalendar(),
      cipher: openCipher(dataKey),
      tree: openDepartmentTree(database),
      ring: () => {},
    })
  } finally {
    await database.close()
    await hub.stop()
  }
}
