import type { Day } from '@hub/kit/day.ts'
import { refuse } from './errors.ts'
import { isAsked, isAsking, type Question, type Survey } from './survey.ts'
import type { GivenAnswer } from './survey-result.ts'
import { requireText } from './text.ts'

/** What a person says to one question. */
export interface AnswerPart {
  readonly question: string
  readonly chosen?: readonly string[] | null | undefined
  readonly text?: string | null | undefined
}

/** An answer as it is kept: who gave it is a fingerprint, when is a day. */
export interface SurveyAnswer {
  readonly surveyId: string
  readonly person: string
  readonly answers: GivenAnswer
  readonly answeredOn: Day
}

/** Decides the answer of a person: asked, in time, to the questions there are, one of them each. */
export function decideSurveyAnswer(
  survey: Survey,
  parts: readonly AnswerPart[],
  { person, district, today }: { person: string; district: string | null; today: Day },
): SurveyAnswer {
  const { id, opensOn, closesOn, questions } = survey
  if (!isAsking(survey, today)) throw refuse('SURVEY_NOT_ASKING', { id, opensOn, closesOn })
  if (!isAsked(survey, district)) throw refuse('SURVEY_NOT_FOR_YOU', { id })
  const foreign = parts.find(({ question }) => !questions.some((one) => one.id === question))
  if (foreign) throw refuse('ANSWER_INVALID', { question: foreign.question })
  const answers = questions.flatMap((question) => {
    const own = parts.filter((part) => part.question === question.id)
    if (own.length > 1) throw refuse('ANSWER_INVALID', { question: question.id })
    const answer = own[0] ? answerTo(question, own[0]) : null
    if (!answer && question.required) throw refuse('ANSWER_MISSING', { question: question.id })
    return answer ? [[question.id, answer] as const] : []
  })
  if (answers.length === 0) throw refuse('ANSWER_MISSING', { question: questions[0]?.id ?? '' })
  return { surveyId: id, person, answers: Object.fromEntries(answers), answeredOn: today }
}

function answerTo({ id, kind, options }: Question, { chosen, text }: AnswerPart): GivenAnswer[string] | null {
  if (kind === 'TEXT') {
    if (chosen?.length) throw refuse('ANSWER_INVALID', { question: id })
    return text ? { text: requireText(id, text, 2_000) } : null
  }
  const numbers = [...new Set((chosen ?? []).map((option) => options.indexOf(option)))].toSorted(
    (a, b) => a - b,
  )
  if (numbers.length === 0 && !text) return null
  if (text || numbers[0] === -1 || (kind === 'SINGLE' && numbers.length > 1))
    throw refuse('ANSWER_INVALID', { question: id })
  return { chosen: numbers }
}
