import { ROOMS } from '@hub/migrations/rooms.ts'
import postgres from 'postgres'

/**
 * Begins a new epoch of every room's log: each cursor that was given out before is answered CURSOR_AHEAD, so that no
 * system goes on from a place that the restored data have given to other events. The rooms were restored together, so
 * they stay where they are in each other's logs.
 */
export async function renewEpochs(url: string): Promise<Readonly<Record<string, string>>> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return await sql.begin(async (tx) => {
      const epochs: Record<string, string> = {}
      for (const room of ROOMS) {
        const [row] = await tx<{ epoch: string }[]>`
          update ${tx(room)}.event_log set epoch = substr(md5(gen_random_uuid()::text), 1, 8) returning epoch`
        epochs[room] = row?.epoch ?? ''
      }
      for (const room of ROOMS)
        for (const [source, epoch] of Object.entries(epochs))
          await tx`update ${tx(room)}.followed_stream set epoch = ${epoch} where source = ${source} and epoch <> ''`
      return epochs
    })
  } finally {
    await sql.end()
  }
}
