import type { Caller } from '@hub/kit/caller.ts'
import { decideAmend, type AmendCase } from '../domain/amend.ts'
import { decideCoordinate, type CoordinateCase } from '../domain/coordinate.ts'
import { decideArchive } from '../domain/archive.ts'
import { decideReopen, type ReopenCase } from '../domain/close.ts'
import type { Context } from '../domain/context.ts'
import { decideRaiseDispute, type RaiseDispute } from '../domain/dispute.ts'
import { decideMarkEmergency, decideProgressEmergency, type MarkEmergency } from '../domain/emergency.ts'
import { refuse } from '../domain/errors.ts'
import { decideFilePaper, type FilePaper } from '../domain/file-paper.ts'
import type { CaseEvent } from '../domain/events.ts'
import { decideMerge, decideUnmerge } from '../domain/merge.ts'
import {
  decideDecideRefusal,
  decideProposeRefusal,
  decideRefer,
  type ProposeRefusal,
  type ReferCase,
} from '../domain/refer.ts'
import {
  decideInstruct,
  decideReportToLeader,
  type Instruct,
  type ReportToLeader,
} from '../domain/report-to-leader.ts'
import type { CaseState } from '../domain/state.ts'
import { decideResume, decideSuspend } from '../domain/suspend.ts'
import { decideWithdraw } from '../domain/withdraw.ts'
import { countMergedInto, findCases } from '../store/cases.ts'
import { reachOf } from './reach-of.ts'
import { actorOf, type Room } from './room.ts'
import { changeCase, type Expecting } from './run.ts'

interface Numbered extends Expecting {
  readonly number: string
}

type Decide<Command> = (state: CaseState, command: Command, context: Context) => readonly CaseEvent[]

/** Makes a command on one case of its rule; it answers with the case as it then stands. */
function onCase<Command extends object>(operation: string, decide: Decide<Command>) {
  return async (room: Room, caller: Caller, input: Command & Numbered): Promise<CaseState> => {
    const { number, expectedVersion } = input
    await requireReach(room, caller, number)
    const request = { operation, input, subject: number, expectedVersion }
    return changeCase(room, caller, request, number, (state, context) => decide(state, input, context))
  }
}

/** Nobody acts on a case that they cannot see: for them there is none. */
async function requireReach(room: Room, caller: Caller, number: string): Promise<void> {
  const reach = await reachOf(actorOf(caller), room)
  const [found] = await findCases(room.database.orm, reach, [number])
  if (!found) throw refuse('CASE_NOT_FOUND', { number })
}

/** Corrects a case before it is passed on; what stood there is kept (R44). */
export const amendCase = onCase<AmendCase>('amendCase', decideAmend)
/** Sends the caller to a unit, or phones the unit for them, and follows up (R46–R48). */
export const referCase = onCase<ReferCase>('referCase', decideRefer)
/** Proposes to refuse a matter outside the scope, with the right route (R4). */
export const proposeRefusal = onCase<ProposeRefusal>('proposeRefusal', decideProposeRefusal)
/** The office confirms a refusal or not. */
export const decideRefusal = onCase<{ readonly confirm: boolean }>('decideRefusal', decideDecideRefusal)
/** Parts a case from its master again. */
export const unmergeCase = onCase<Numbered>('unmergeCase', (state, _command, context) =>
  decideUnmerge(state, context),
)
/** Puts a verified major incident on the emergency path (R56–R58). */
export const markEmergency = onCase<MarkEmergency>('markEmergency', decideMarkEmergency)
/** Adds to the record of an emergency, at any time (R62). */
export const progressEmergency = onCase<{ readonly text: string }>(
  'progressEmergency',
  decideProgressEmergency,
)
/** Reports a broad or hard matter to the leaders (R52). */
export const reportToLeader = onCase<ReportToLeader>('reportToLeader', decideReportToLeader)
/** Records the instruction that came back (R53). */
export const recordInstruction = onCase<Instruct>('recordInstruction', decideInstruct)
/** Writes down that units disagree, with their positions (R71, R72). */
export const raiseDispute = onCase<RaiseDispute>('raiseDispute', decideRaiseDispute)
/** Writes down what the units of a case arranged (R54, R55). */
export const coordinateCase = onCase<CoordinateCase>('coordinateCase', decideCoordinate)
/** Keeps a paper with the case (R88, R90). */
export const filePaper = onCase<FilePaper>('filePaper', decideFilePaper)
/** Puts a case on hold; the cap still counts. */
export const suspendCase = onCase<{ readonly reason: string }>('suspendCase', decideSuspend)
/** Goes on with a case that was on hold. */
export const resumeCase = onCase<Numbered>('resumeCase', (state, _command, context) =>
  decideResume(state, context),
)
/** Opens a closed case again, within the window and for a reason. */
export const reopenCase = onCase<ReopenCase>('reopenCase', decideReopen)
/** Takes a case back for its caller; not one of danger or crime. */
export const withdrawCase = onCase<{ readonly reason: string }>('withdrawCase', decideWithdraw)
/** Archives a complete case; it is read-only from then on (R86–R90). */
export const archiveCase = onCase<Numbered>('archiveCase', (state, _command, context) =>
  decideArchive(state, context),
)

/** Joins a case to the master of the same event (decision 6); both are looked at as they are in that instant. */
export function mergeCase(
  room: Room,
  caller: Caller,
  input: Numbered & { readonly master: string },
): Promise<CaseState> {
  const { number, master, expectedVersion } = input
  const request = { operation: 'mergeCase', input, subject: number, expectedVersion, besides: [master] }
  return changeCase(room, caller, request, number, async (state, context, tx) => {
    const [[found], joined] = await Promise.all([
      findCases(tx, { kind: 'ALL' }, [master]),
      countMergedInto(tx, number),
    ])
    if (!found) throw refuse('CASE_NOT_FOUND', { number: master })
    return decideMerge(state, { master: found, joined }, context)
  })
}
