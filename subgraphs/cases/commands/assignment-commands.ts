import type { Caller } from '@hub/kit/caller.ts'
import type { Context } from '../domain/context.ts'
import { refuse } from '../domain/errors.ts'
import type { CaseEvent } from '../domain/events.ts'
import {
  decideDecideExtension,
  decideRequestExtension,
  type DecideExtension,
  type RequestExtension,
} from '../domain/extension.ts'
import { decideReply, type ReplyToAssignment } from '../domain/reply.ts'
import {
  decideDecideReturn,
  decideRequestReturn,
  type DecideReturn,
  type RequestReturn,
} from '../domain/return.ts'
import { decideReview, type ReviewReply } from '../domain/review.ts'
import { decideSignFor } from '../domain/sign-for.ts'
import type { AssignmentRecord, CaseState } from '../domain/state.ts'
import { decideSubDispatch, type SubDispatch } from '../domain/sub-dispatch.ts'
import { findCaseNumber } from '../store/assignments.ts'
import type { Room } from './room.ts'
import { changeCase, type Expecting } from './run.ts'

interface OnAssignment {
  readonly assignment: string
}

type Decide<Command> = (state: CaseState, command: Command, context: Context) => readonly CaseEvent[]

/** Makes a command on one assignment of its rule; it answers with the assignment as it then stands. */
function onAssignment<Command extends OnAssignment>(operation: string, decide: Decide<Command>) {
  return async (room: Room, caller: Caller, command: Command & Expecting): Promise<AssignmentRecord> => {
    const { assignment, expectedVersion } = command
    const number = await findCaseNumber(room.database.orm, assignment)
    if (number === null) throw refuse('ASSIGNMENT_NOT_FOUND', { assignment })
    const request = { operation, input: command, subject: assignment, expectedVersion }
    const state = await changeCase(room, caller, request, number, (before, context) =>
      decide(before, command, context),
    )
    const found = state.assignments.find(({ id }) => id === assignment)
    if (!found) throw new Error(`assignment ${assignment} is not in its case`)
    return found
  }
}

/** A unit passes its assignment down to units under it and stays answerable (R35). */
export const subDispatch = onAssignment<SubDispatch>('subDispatch', decideSubDispatch)
/** A unit takes note of its assignment; the clock has been running since dispatch. */
export const signForAssignment = onAssignment('signForAssignment', decideSignFor)
/** The lead asks for more time (R60). */
export const requestExtension = onAssignment<RequestExtension>('requestExtension', decideRequestExtension)
/** The office grants it or not, never past the cap (R60, R61). */
export const decideExtension = onAssignment<DecideExtension>('decideExtension', decideDecideExtension)
/** A unit says that the matter is not its own 退单. */
export const requestReturn = onAssignment<RequestReturn>('requestReturn', decideRequestReturn)
/** The office takes it back or not. */
export const decideReturn = onAssignment<DecideReturn>('decideReturn', decideDecideReturn)
/** A unit says what it did and on what ground (R31–R33). */
export const replyToAssignment = onAssignment<ReplyToAssignment>('replyToAssignment', decideReply)
/** The office accepts the reply or orders a redo with requirements and a date (R68–R70). */
export const reviewReply = onAssignment<ReviewReply>('reviewReply', decideReview)
