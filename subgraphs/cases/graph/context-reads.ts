import { readHeads } from '@hub/kit/event-log.ts'
import type { Room } from '../commands/room.ts'
import { rulesOf } from '../commands/rules.ts'
import { departmentStream } from '../domain/stream-names.ts'
import type { AssignmentStatus } from '../domain/values.ts'
import { listRegistered } from '../store/duty-log.ts'
import type { ShiftBounds } from '../domain/duty-log.ts'
import { listAssignmentsOfDepartment, type AssignmentPlace } from '../store/assignments.ts'
import type { CaseFilter } from '../store/case-conditions.ts'
import { findCases, listCases } from '../store/cases.ts'
import type { Reach } from '../store/reach.ts'
import { listReveals } from '../store/reveals.ts'
import { listSimilarCandidates, type SimilarSearch } from '../store/similar.ts'
import { isKnownDepartment, listSubtreeStreams } from '../store/streams.ts'

export type Reads = ReturnType<typeof makeReads>

/** What resolvers read that is no matter of a key: lists, streams, and what has to be asked anew each time. */
export function makeReads(room: Room, reach: () => Promise<Reach>) {
  const db = room.database.orm
  return {
    /** Limits and calendar as they are now. */
    rules: () => rulesOf(room),
    /** Cases that the viewer reaches, newest number first. */
    listCases: async (filter: CaseFilter, limit: number, after: string | null) =>
      listCases(db, await reach(), filter, limit, after),
    /** Whether the viewer reaches a case as it stands now. */
    reachesCase: async (number: string) => (await findCases(db, await reach(), [number])).length > 0,
    listAssignments: (
      department: string,
      statuses: readonly AssignmentStatus[] | null,
      limit: number,
      after: AssignmentPlace | null,
    ) => listAssignmentsOfDepartment(db, department, statuses, limit, after),
    /** Cases that may tell of the same, whoever reaches them. */
    listSimilarCandidates: (search: SimilarSearch) => listSimilarCandidates(db, search),
    /** What was registered in a shift, whoever reaches it. */
    listRegistered: (bounds: ShiftBounds, limit: number, after: string | null) =>
      listRegistered(db, bounds, limit, after),
    /** Who saw the data of a case's caller, whoever asks. */
    listReveals: (number: string) => listReveals(db, number),
    /** The last place in a unit's stream. */
    findHead: async (department: string) => (await readHeads(db, [departmentStream(department)]))[0],
    listSubtreeStreams: (department: string) => listSubtreeStreams(db, department),
    isKnownDepartment: (department: string) => isKnownDepartment(db, department),
  }
}
