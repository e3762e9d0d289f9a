import type { Caller } from '@hub/kit/caller.ts'
import { dayOf } from '@hub/kit/day.ts'
import { decideAnswerDirectly, type AnswerDirectly } from '../domain/answer-directly.ts'
import { decideCallback, type RecordCallback } from '../domain/callback.ts'
import { decideClose } from '../domain/close.ts'
import { decideDispatch, type DispatchCase } from '../domain/dispatch.ts'
import { decideFeedback, type RecordFeedback } from '../domain/feedback.ts'
import type { CaseState } from '../domain/state.ts'
import { listArticlesInForce } from '../store/refs.ts'
import type { Room } from './room.ts'
import { changeCase } from './run.ts'

type Numbered<Command> = Command & { readonly number: string }
type AnswerInput = Numbered<Omit<AnswerDirectly, 'articles'>> & { readonly articles: readonly string[] }

/** Answers at once (R45): each article is pinned to the version in force today. */
export function answerDirectly(
  room: Room,
  caller: Caller,
  { number, articles, ...answer }: AnswerInput,
): Promise<CaseState> {
  const request = { operation: 'answerDirectly', input: { number, articles, ...answer }, subject: number }
  return changeCase(room, caller, request, number, async (state, context, tx) => {
    const ids = [...new Set(articles)]
    const inForce = await listArticlesInForce(tx, ids, dayOf(context.now))
    const versions = new Map(inForce.map(({ id, version }) => [id, version]))
    const cited = ids.map((id) => ({ id, version: versions.get(id) ?? null }))
    return decideAnswerDirectly(state, { ...answer, articles: cited }, context)
  })
}

/** Sends a case to one or more units with a deadline (R49–R55, R97). */
export function dispatchCase(
  room: Room,
  caller: Caller,
  { number, ...command }: Numbered<DispatchCase>,
): Promise<CaseState> {
  const request = { operation: 'dispatchCase', input: { number, ...command }, subject: number }
  return changeCase(room, caller, request, number, (state, context) =>
    decideDispatch(state, command, context),
  )
}

/** Writes down how the caller was answered, or why not (R63–R65). */
export function recordFeedback(
  room: Room,
  caller: Caller,
  { number, ...command }: Numbered<RecordFeedback>,
): Promise<CaseState> {
  const request = { operation: 'recordFeedback', input: { number, ...command }, subject: number }
  return changeCase(room, caller, request, number, (state, context) =>
    decideFeedback(state, command, context),
  )
}

/** Writes down what the caller said when phoned back 回访 (R30). */
export function recordCallback(
  room: Room,
  caller: Caller,
  { number, ...command }: Numbered<RecordCallback>,
): Promise<CaseState> {
  const request = { operation: 'recordCallback', input: { number, ...command }, subject: number }
  return changeCase(room, caller, request, number, (state, context) =>
    decideCallback(state, command, context),
  )
}

/** Closes a case that has its echo and its outcome (R29). */
export function closeCase(room: Room, caller: Caller, number: string): Promise<CaseState> {
  return changeCase(
    room,
    caller,
    { operation: 'closeCase', input: { number }, subject: number },
    number,
    decideClose,
  )
}
