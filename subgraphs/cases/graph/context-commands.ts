import type { Caller } from '@hub/kit/caller.ts'
import { acknowledgeAssignments } from '../commands/acknowledge-assignments.ts'
import * as assignments from '../commands/assignment-commands.ts'
import * as cases from '../commands/case-commands.ts'
import { registerCase } from '../commands/register-case.ts'
import type { Room } from '../commands/room.ts'
import * as seldom from '../commands/seldom-commands.ts'

export type Commands = ReturnType<typeof makeCommands>

/** The commands of this room, given by the caller of one operation. */
export function makeCommands(room: Room, caller: Caller) {
  const given =
    <Input, Answer>(command: (room: Room, caller: Caller, input: Input) => Promise<Answer>) =>
    (input: Input): Promise<Answer> =>
      command(room, caller, input)
  return {
    /** The key that the input names stands for the caller's own; the command itself knows only the caller's. */
    registerCase: (input: Parameters<typeof registerCase>[2], idempotencyKey?: string | null) =>
      registerCase(room, idempotencyKey ? { ...caller, idempotencyKey } : caller, input),
    answerDirectly: given(cases.answerDirectly),
    dispatchCase: given(cases.dispatchCase),
    recordFeedback: given(cases.recordFeedback),
    recordCallback: given(cases.recordCallback),
    closeCase: given(cases.closeCase),
    signForAssignment: given(assignments.signForAssignment),
    requestExtension: given(assignments.requestExtension),
    decideExtension: given(assignments.decideExtension),
    requestReturn: given(assignments.requestReturn),
    decideReturn: given(assignments.decideReturn),
    replyToAssignment: given(assignments.replyToAssignment),
    reviewReply: given(assignments.reviewReply),
    subDispatch: given(assignments.subDispatch),
    amendCase: given(seldom.amendCase),
    referCase: given(seldom.referCase),
    proposeRefusal: given(seldom.proposeRefusal),
    decideRefusal: given(seldom.decideRefusal),
    mergeCase: given(seldom.mergeCase),
    unmergeCase: given(seldom.unmergeCase),
    markEmergency: given(seldom.markEmergency),
    progressEmergency: given(seldom.progressEmergency),
    reportToLeader: given(seldom.reportToLeader),
    recordInstruction: given(seldom.recordInstruction),
    raiseDispute: given(seldom.raiseDispute),
    coordinateCase: given(seldom.coordinateCase),
    filePaper: given(seldom.filePaper),
    suspendCase: given(seldom.suspendCase),
    resumeCase: given(seldom.resumeCase),
    reopenCase: given(seldom.reopenCase),
    withdrawCase: given(seldom.withdrawCase),
    archiveCase: given(seldom.archiveCase),
    acknowledgeAssignments: given(acknowledgeAssignments),
  }
}
