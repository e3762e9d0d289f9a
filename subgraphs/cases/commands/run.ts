import type { Caller } from '@hub/kit/caller.ts'
import { Refusal } from '@hub/kit/errors.ts'
import { keyedBefore, saveKeyResult } from '@hub/kit/idempotency.ts'
import type { Tx } from '@hub/kit/postgres.ts'
import { markOf, RETRY_MS, type RequestMark } from '@hub/kit/request-mark.ts'
import type { Context } from '../domain/context.ts'
import { refuse } from '../domain/errors.ts'
import type { CaseEvent } from '../domain/events.ts'
import { evolve } from '../domain/evolve.ts'
import { wordsOf } from '../domain/search-words.ts'
import type { CaseState } from '../domain/state.ts'
import { lockCases, lockCaseState, saveCaseState } from '../store/case-state.ts'
import { findRepeat, saveCommand } from '../store/commands.ts'
import { publishEvents } from '../store/streams.ts'
import { saveTimeline } from '../store/timeline.ts'
import { contextOf, type Room } from './room.ts'

/** One request to change something. */
export interface Request {
  readonly operation: string
  readonly input: unknown
  /** What the request is about: the number of a case or the id of an assignment. */
  readonly subject: string
  /** The version of the case that the request was made upon; without one it is carried out on whatever there is. */
  readonly expectedVersion?: number | null | undefined
  /** Numbers of other cases that the decision rests on: they stay as they are until it is carried out. */
  readonly besides?: readonly string[]
}

/** What a client may add to any command on a case. */
export interface Expecting {
  readonly expectedVersion?: number | null | undefined
}

type Decide = (
  state: CaseState,
  context: Context,
  tx: Tx,
) => readonly CaseEvent[] | Promise<readonly CaseEvent[]>

/**
 * Carries a request out on one case: lock, decide, evolve, save, and the events last, in one transaction. The same
 * request sent again changes nothing and answers with the case as it stands: known by its idempotency key, or by being
 * the last thing that was carried out on its subject.
 */
export async function changeCase(
  room: Room,
  caller: Caller,
  request: Request,
  number: string,
  decide: Decide,
): Promise<CaseState> {
  const context = await contextOf(room, caller)
  const mark = markOf(caller, [request.operation, request.input])
  return committed(room, async (tx) => {
    const done = await keyedBefore(tx, caller, mark, context.now)
    if (request.besides) await lockCases(tx, [number, ...request.besides])
    const before = await lockCaseState(tx, number, room.cipher)
    if (!before) throw refuse('CASE_NOT_FOUND', { number })
    if (done) return { state: before, events: [] }
    const events = await decideOnce(tx, mark, request.subject, context.now, () => {
      requireVersion(before, request.expectedVersion ?? null)
      return decide(before, context, tx)
    })
    if (events.length === 0) return { state: before, events }
    const state = events.reduce<CaseState>(evolve, before)
    // The timeline first: once the case is archived the database takes nothing more of it (R86–R90).
    await saveTimeline(tx, events)
    await saveCaseState(tx, before, state, newWords(before, state), room.cipher)
    await finish(tx, caller, mark, request.subject, number, context)
    return { state, events }
  })
}

/** The words to find a case by, where its text was corrected; null where it stands. */
function newWords({ case: before }: CaseState, { case: after }: CaseState): readonly string[] | null {
  if (before.title === after.title && before.content === after.content) return null
  return wordsOf(`${after.title} ${after.content}`)
}

/** Two people act on what both saw: the first changes it, the second is told so. */
function requireVersion({ case: { number, version } }: CaseState, expected: number | null): void {
  if (expected !== null && expected !== version) throw refuse('CASE_CHANGED', { number, expected, version })
}

/** Carries out a registration: there is no case yet, so only the key can tell that it came before. */
export async function openCase(
  room: Room,
  caller: Caller,
  request: Omit<Request, 'subject'>,
  decide: (context: Context, tx: Tx) => Promise<{ state: CaseState; events: readonly CaseEvent[] }>,
): Promise<CaseState> {
  const context = await contextOf(room, caller)
  const mark = markOf(caller, [request.operation, request.input])
  return committed(room, async (tx) => {
    const done = await keyedBefore(tx, caller, mark, context.now)
    if (done) {
      const state = await lockCaseState(tx, done, room.cipher)
      if (!state) throw refuse('CASE_NOT_FOUND', { number: done })
      return { state, events: [] }
    }
    const { state, events } = await decide(context, tx)
    const { number, title, content } = state.case
    await saveCaseState(tx, null, state, wordsOf(`${title} ${content}`), room.cipher)
    await saveTimeline(tx, events)
    await finish(tx, caller, mark, number, number, context)
    return { state, events }
  })
}

interface Outcome {
  readonly state: CaseState
  readonly events: readonly CaseEvent[]
}

/** Events are appended as the last statement of the transaction, and rung for only after it has committed. */
async function committed(room: Room, work: (tx: Tx) => Promise<Outcome>): Promise<CaseState> {
  const { state, streams } = await room.database.orm.transaction(async (tx) => {
    const outcome = await work(tx)
    return { state: outcome.state, streams: await publishEvents(tx, outcome.events) }
  })
  if (streams.length > 0) room.ring(streams)
  return state
}

/**
 * Decides unless the same request of the same client was the last thing carried out here: a moment ago, or so that it
 * would be refused now. It came twice, and has its effect already.
 */
async function decideOnce(
  tx: Tx,
  mark: RequestMark,
  subject: string,
  now: Date,
  decide: () => ReturnType<Decide>,
): Promise<readonly CaseEvent[]> {
  const before = await findRepeat(tx, mark, subject)
  if (before && now.getTime() - before.getTime() < RETRY_MS) return []
  try {
    return await decide()
  } catch (error) {
    if (before && error instanceof Refusal) return []
    throw error
  }
}

async function finish(
  tx: Tx,
  caller: Caller,
  mark: RequestMark,
  subject: string,
  number: string,
  { now }: Context,
): Promise<void> {
  await saveCommand(tx, mark, subject, number, now)
  await saveKeyResult(tx, caller, mark, number)
}
