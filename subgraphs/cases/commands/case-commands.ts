import type { Caller } from '@hub/kit/caller.ts'
import { dayOf } from '@hub/kit/day.ts'
import { decideAnswerDirectly, type AnswerDirectly } from '../domain/answer-directly.ts'
import { decideCallback, type RecordCallback } from '../domain/callback.ts'
import { decideClose } from '../domain/close.ts'
import type { Context } from '../domain/context.ts'
import type { CaseEvent } from '../domain/events.ts'
import { decideDispatch, type DispatchCase } from '../domain/dispatch.ts'
import { decideFeedback, type RecordFeedback } from '../domain/feedback.ts'
import type { CaseState } from '../domain/state.ts'
import { listArticlesInForce } from '../store/refs.ts'
import type { Room } from './room.ts'
import { changeCase, type Expecting } from './run.ts'

type Numbered<Command> = Command & Expecting & { readonly number: string }
type AnswerInput = Numbered<Omit<AnswerDirectly, 'articles'>> & { readonly articles: readonly string[] }

type Decide<Command> = (state: CaseState, command: Command, context: Context) => readonly CaseEvent[]

/** Makes a command on one case of its rule; it answers with the case as it then stands. */
function onCase<Command extends object>(operation: string, decide: Decide<Command>) {
  return (room: Room, caller: Caller, input: Numbered<Command>): Promise<CaseState> => {
    const { number, expectedVersion } = input
    const request = { operation, input, subject: number, expectedVersion }
    return changeCase(room, caller, request, number, (state, context) => decide(state, input, context))
  }
}

/** Sends a case to one or more units with a deadline (R49–R55, R97). */
export const dispatchCase = onCase<DispatchCase>('dispatchCase', decideDispatch)
/** Writes down how the caller was answered, or why not (R63–R65). */
export const recordFeedback = onCase<RecordFeedback>('recordFeedback', decideFeedback)
/** Writes down what the caller said when phoned back 回访 (R30). */
export const recordCallback = onCase<RecordCallback>('recordCallback', decideCallback)
/** Closes a case that has its echo and its outcome (R29). */
export const closeCase = onCase<object>('closeCase', (state, _command, context) =>
  decideClose(state, context),
)

/** Answers at once (R45): each article is pinned to the version in force today. */
export function answerDirectly(
  room: Room,
  caller: Caller,
  { number, articles, expectedVersion, ...answer }: AnswerInput,
): Promise<CaseState> {
  const input = { number, articles, expectedVersion, ...answer }
  const request = { operation: 'answerDirectly', input, subject: number, expectedVersion }
  return changeCase(room, caller, request, number, async (state, context, tx) => {
    const ids = [...new Set(articles)]
    const inForce = await listArticlesInForce(tx, ids, dayOf(context.now))
    const versions = new Map(inForce.map(({ id, version }) => [id, version]))
    const cited = ids.map((id) => ({ id, version: versions.get(id) ?? null }))
    return decideAnswerDirectly(state, { ...answer, articles: cited }, context)
  })
}
