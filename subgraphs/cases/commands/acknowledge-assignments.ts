import type { Caller } from '@hub/kit/caller.ts'
import { refuse } from '@hub/kit/errors.ts'
import { decodeCursor } from '@hub/kit/event-cursor.ts'
import { readHeads } from '@hub/kit/event-log.ts'
import { saveAcknowledgement } from '../store/stream-acknowledgements.ts'
import { listSubtreeStreams } from '../store/streams.ts'
import type { Room } from './room.ts'

/**
 * A unit says how far its own system has taken its events in. It only moves forward: an older place changes nothing,
 * and the same one sent twice has one effect.
 */
export async function acknowledgeAssignments(
  room: Pick<Room, 'database' | 'clock'>,
  caller: Caller,
  { department, upTo }: { readonly department: string; readonly upTo: string },
): Promise<void> {
  if (caller.role !== 'DEPARTMENT' || caller.attributes['department'] !== department)
    throw refuse('FORBIDDEN')
  const { epoch, places } = decodeCursor(upTo)
  const db = room.database.orm
  const own = new Set(await listSubtreeStreams(db, department))
  if (places.size === 0 || [...places.keys()].some((stream) => !own.has(stream)))
    throw refuse('CURSOR_INVALID')
  const heads = await readHeads(db, [...places.keys()])
  const ahead = heads.some((head) => head.epoch !== epoch || (places.get(head.stream) ?? 0) > head.lastSeq)
  if (ahead) throw refuse('CURSOR_AHEAD')
  await saveAcknowledgement(db, { department, epoch, places, at: room.clock(), by: caller.subject })
}
