import type { Caller } from '@hub/kit/caller.ts'
import DataLoader from 'dataloader'
import type { Room } from '../commands/room.ts'
import type {
  AssignmentRecord,
  CallbackRecord,
  CallerRecord,
  CaseRecord,
  DirectAnswerRecord,
  FeedbackRecord,
  ReplyRecord,
} from '../domain/state.ts'
import { listAssignmentsById, listAssignmentsOfCases, listReplies } from '../store/assignments.ts'
import { countOpenAssignments } from '../store/unsettled.ts'
import { listCallers } from '../store/callers.ts'
import { findCases } from '../store/cases.ts'
import { listCallbacks, listDirectAnswers, listFeedbacks } from '../store/outcomes.ts'
import type { Reach } from '../store/reach.ts'
import { saveReveals, type Reveal } from '../store/reveals.ts'
import { listTimelines, type TimelineRow } from '../store/timeline.ts'
import { many, one } from './batch.ts'
import { makeSeldomLoaders, type SeldomLoaders } from './seldom-loaders.ts'

/** What one step of an operation asks for, gathered into one statement each. They live as long as the operation. */
export interface Loaders extends SeldomLoaders {
  /** Cases that the viewer reaches; null for the others. */
  readonly case: DataLoader<string, CaseRecord | null>
  readonly assignment: DataLoader<string, AssignmentRecord | null>
  readonly assignmentsOfCase: DataLoader<string, AssignmentRecord[]>
  readonly replies: DataLoader<string, ReplyRecord[]>
  readonly timeline: DataLoader<string, TimelineRow[]>
  readonly directAnswers: DataLoader<string, DirectAnswerRecord[]>
  readonly feedbacks: DataLoader<string, FeedbackRecord[]>
  readonly callbacks: DataLoader<string, CallbackRecord[]>
  /** A caller's data for the rules to work with; never for the viewer. */
  readonly callerUnseen: DataLoader<string, CallerRecord | null>
  /** A caller's data for the viewer: which fields are shown is written down before they are answered. */
  readonly callerRevealed: DataLoader<RevealKey, CallerRecord | null, string>
  readonly openAssignments: DataLoader<string, number>
}

export interface RevealKey {
  readonly number: string
  readonly fields: readonly string[]
  readonly reason: string
}

/** Makes the loaders of one operation. */
export function makeLoaders(room: Room, caller: Caller, reach: () => Promise<Reach>): Loaders {
  const db = room.database.orm
  const callerUnseen = one(
    (numbers) => listCallers(db, numbers, room.cipher),
    (found) => found.caseNumber,
  )
  return {
    ...makeSeldomLoaders(db),
    callerUnseen,
    callerRevealed: new DataLoader(
      async (keys: readonly RevealKey[]) => {
        await saveReveals(
          db,
          keys.map((key) => revealOf(key, caller)),
        )
        return callerUnseen.loadMany(keys.map(({ number }) => number))
      },
      { cacheKeyFn: ({ number, fields, reason }) => `${number} ${fields.join()} ${reason}` },
    ),
    case: one(
      async (numbers) => findCases(db, await reach(), numbers),
      (found) => found.number,
    ),
    assignment: one(
      (ids) => listAssignmentsById(db, ids),
      (found) => found.id,
    ),
    assignmentsOfCase: many(
      (numbers) => listAssignmentsOfCases(db, numbers),
      (found) => found.caseNumber,
    ),
    replies: many(
      (ids) => listReplies(db, ids),
      (found) => found.assignmentId,
    ),
    timeline: many(
      (numbers) => listTimelines(db, numbers),
      (found) => found.caseNumber,
    ),
    directAnswers: many(
      (numbers) => listDirectAnswers(db, numbers),
      (found) => found.caseNumber,
    ),
    feedbacks: many(
      (numbers) => listFeedbacks(db, numbers),
      (found) => found.caseNumber,
    ),
    callbacks: many(
      (numbers) => listCallbacks(db, numbers),
      (found) => found.caseNumber,
    ),
    openAssignments: new DataLoader(async (codes) => {
      const counts = await countOpenAssignments(db, codes)
      return codes.map((code) => counts.get(code) ?? 0)
    }),
  }
}

function revealOf(
  { number, fields, reason }: RevealKey,
  { subject, role, attributes, requestId }: Caller,
): Reveal {
  const department = attributes['department'] ?? null
  return { caseNumber: number, subject, role, department, fields: [...fields], reason, requestId }
}
