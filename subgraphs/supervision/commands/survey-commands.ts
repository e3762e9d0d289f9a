import { randomUUID } from 'node:crypto'
import type { Caller } from '@hub/kit/caller.ts'
import type { NewEvent } from '@hub/kit/event-log.ts'
import type { Tx } from '@hub/kit/postgres.ts'
import { refuse } from '../domain/errors.ts'
import { isId } from '../domain/id.ts'
import { SUPERVISION_STREAM } from '../domain/order-events.ts'
import { decideSurveyAnswer, type AnswerPart } from '../domain/survey-answer.ts'
import {
  decideCancel,
  decideOpen,
  decidePublish,
  decideSurvey,
  type MakeSurvey,
  type Survey,
} from '../domain/survey.ts'
import {
  findSurveyAnswer,
  listGivenAnswers,
  lockSurvey,
  saveSurvey,
  saveSurveyAnswer,
} from '../store/surveys.ts'
import { actingOf, carryOut, type Room } from './run.ts'

/** The office drafts a survey or a solicitation. */
export function makeSurvey(room: Room, caller: Caller, input: MakeSurvey): Promise<string> {
  return carryOut(room, caller, { operation: 'makeSurvey', input }, async (tx, acting) => {
    const row = decideSurvey(input, acting)
    await saveSurvey(tx, row)
    return { id: row.id, events: [eventOf('SurveyDrafted', row, acting.now)] }
  })
}

/** The office opens a draft. */
export function openSurvey(room: Room, caller: Caller, { survey: id }: { survey: string }): Promise<string> {
  return carryOut(room, caller, { operation: 'openSurvey', input: null, subject: id }, async (tx, acting) => {
    const row = decideOpen(await getSurvey(tx, id, 'update'), acting)
    await saveSurvey(tx, row)
    return { id, events: [eventOf('SurveyOpened', row, acting.now)] }
  })
}

export interface EndSurvey {
  readonly survey: string
  readonly conclusion: string
}

/** The office publishes the result. Answers on their way are waited for; later ones are refused. */
export function publishSurvey(room: Room, caller: Caller, input: EndSurvey): Promise<string> {
  const { survey: id, conclusion } = input
  return carryOut(room, caller, { operation: 'publishSurvey', input, subject: id }, async (tx, acting) => {
    const before = await getSurvey(tx, id, 'update')
    const row = decidePublish(before, await listGivenAnswers(tx, id), conclusion, acting)
    await saveSurvey(tx, row)
    return { id, events: [eventOf('SurveyPublished', row, acting.now)] }
  })
}

/** The office gives a survey up. */
export function cancelSurvey(room: Room, caller: Caller, input: EndSurvey): Promise<string> {
  const { survey: id, conclusion } = input
  return carryOut(room, caller, { operation: 'cancelSurvey', input, subject: id }, async (tx, acting) => {
    const row = decideCancel(await getSurvey(tx, id, 'update'), conclusion, acting)
    await saveSurvey(tx, row)
    return { id, events: [eventOf('SurveyCancelled', row, acting.now)] }
  })
}

export interface AnswerInput {
  readonly survey: string
  readonly answers: readonly AnswerPart[]
}

/**
 * A person answers through a portal, once. It leaves no trace besides the answer itself: no request log, no event,
 * since either would tell when a person answered; the same answer sent again is known by its row.
 */
export async function answerSurvey(
  room: Room,
  caller: Caller,
  { survey: id, answers }: AnswerInput,
): Promise<string> {
  const phone = caller.attributes['citizen']
  if (!phone) throw refuse('ANSWER_NOBODY')
  const { today, actor } = actingOf(room, caller)
  const person = room.personOf(id, phone)
  return room.database.orm.transaction(async (tx) => {
    const before = await getSurvey(tx, id, 'share')
    const given = isId(id) ? await findSurveyAnswer(tx, id, person) : null
    const answer = decideSurveyAnswer(before, answers, { person, district: actor.district, today })
    if (given && !isSame(given, answer.answers)) throw refuse('ANSWER_GIVEN', { id })
    if (!given && !(await saveSurveyAnswer(tx, answer))) {
      const first = await findSurveyAnswer(tx, id, person)
      if (!first || !isSame(first, answer.answers)) throw refuse('ANSWER_GIVEN', { id })
    }
    return id
  })
}

function isSame(a: object, b: object): boolean {
  const sorted = (given: object): string =>
    JSON.stringify(Object.entries(given).toSorted(([one], [other]) => (one < other ? -1 : 1)))
  return sorted(a) === sorted(b)
}

async function getSurvey(tx: Tx, id: string, strength: 'update' | 'share'): Promise<Survey> {
  const row = isId(id) ? await lockSurvey(tx, id, strength) : null
  if (!row) throw refuse('SURVEY_NOT_FOUND', { id })
  return row
}

function eventOf(
  kind: string,
  { id, status, opensOn, closesOn, kind: surveyKind }: Survey,
  at: Date,
): NewEvent {
  const data = { survey: id, surveyKind, status, opensOn, closesOn }
  return { stream: SUPERVISION_STREAM, eventId: randomUUID(), kind, at, data }
}
