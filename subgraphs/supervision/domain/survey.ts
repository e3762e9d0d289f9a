import type { Day } from '@hub/kit/day.ts'
import type { Acting } from './acting.ts'
import { refuse } from './errors.ts'
import { requireText } from './text.ts'
import { isSmall, type ShownCount } from './small-cells.ts'
import { tallyOf, type GivenAnswer, type QuestionResult } from './survey-result.ts'

export type SurveyKind = 'SOLICITATION' | 'SURVEY'
export type SurveyStatus = 'DRAFT' | 'OPEN' | 'PUBLISHED' | 'CANCELLED'
export type QuestionKind = 'SINGLE' | 'MULTIPLE' | 'TEXT'

export interface Question {
  readonly id: string
  readonly kind: QuestionKind
  readonly text: string
  /** What may be chosen; empty for a text. */
  readonly options: readonly string[]
  readonly required: boolean
}

/** From which status a survey may go where. Answers are taken while it is open and its period lasts. */
export const SURVEY_TRANSITIONS: Readonly<Record<SurveyStatus, readonly SurveyStatus[]>> = {
  DRAFT: ['OPEN', 'CANCELLED'],
  OPEN: ['PUBLISHED', 'CANCELLED'],
  PUBLISHED: [],
  CANCELLED: [],
}

/** A solicitation of opinions 意见征集 (R16) or a survey 民意调查 (R17). */
export interface Survey {
  readonly id: string
  readonly kind: SurveyKind
  readonly status: SurveyStatus
  readonly title: string
  readonly introduction: string
  readonly questions: readonly Question[]
  /** Only people of these districts are asked; empty: of the whole city. */
  readonly districts: readonly string[]
  /** Who is asked, in words. */
  readonly population: string
  readonly opensOn: Day
  readonly closesOn: Day
  readonly madeBy: string
  readonly madeAt: Date
  readonly openedAt: Date | null
  readonly publishedAt: Date | null
  readonly cancelledAt: Date | null
  readonly result: SurveyResult | null
  readonly conclusion: string | null
}

/** What is published, frozen. */
export interface SurveyResult {
  /** How many people answered; null where they are few. */
  readonly people: ShownCount
  readonly questions: readonly QuestionResult[]
}

export interface MakeSurvey {
  readonly kind: SurveyKind
  readonly title: string
  readonly introduction: string
  readonly questions: readonly Omit<Question, 'id'>[]
  readonly districts: readonly string[]
  readonly population: string
  readonly opensOn: Day
  readonly closesOn: Day
}

/** Drafts a survey: what is asked, of whom, when. */
export function decideSurvey(command: MakeSurvey, { now, today, actor, newId }: Acting): Survey {
  const { kind, opensOn, closesOn } = command
  if (closesOn < opensOn || closesOn < today) throw refuse('SURVEY_PERIOD', { opensOn, closesOn, today })
  if (command.questions.length === 0) throw refuse('SURVEY_EMPTY')
  return {
    id: newId(),
    kind,
    status: 'DRAFT',
    title: requireText('title', command.title, 200),
    introduction: requireText('introduction', command.introduction, 4_000),
    questions: command.questions.map((question, index) => questionOf(question, index)),
    districts: [...new Set(command.districts.map((name) => requireText('districts', name, 50)))],
    population: requireText('population', command.population, 500),
    opensOn,
    closesOn,
    madeBy: actor.subject,
    madeAt: now,
    openedAt: null,
    publishedAt: null,
    cancelledAt: null,
    result: null,
    conclusion: null,
  }
}

function questionOf({ kind, text, options, required }: Omit<Question, 'id'>, index: number): Question {
  const id = `Q${index + 1}`
  const chosen = [...new Set(options.map((option) => requireText(`${id}.options`, option, 200)))]
  if (kind === 'TEXT' ? chosen.length > 0 : chosen.length < 2)
    throw refuse('SURVEY_OPTIONS', { question: id })
  return { id, kind, text: requireText(id, text, 500), options: chosen, required }
}

/** Opens a draft: from its first day to its last, people may answer. */
export function decideOpen(survey: Survey, { now }: Acting): Survey {
  requireMove(survey, 'OPEN')
  return { ...survey, status: 'OPEN', openedAt: now }
}

/** Gives a survey up before its result. */
export function decideCancel(survey: Survey, conclusion: string, { now }: Acting): Survey {
  requireMove(survey, 'CANCELLED')
  return {
    ...survey,
    status: 'CANCELLED',
    cancelledAt: now,
    conclusion: requireText('conclusion', conclusion),
  }
}

/** Publishes the result when the period is over: counts, frozen, with small cells suppressed. */
export function decidePublish(
  survey: Survey,
  given: readonly GivenAnswer[],
  conclusion: string,
  { now, today, policy }: Acting,
): Survey {
  requireMove(survey, 'PUBLISHED')
  const { id, closesOn } = survey
  if (today <= closesOn) throw refuse('SURVEY_RUNNING', { id, closesOn })
  return {
    ...survey,
    status: 'PUBLISHED',
    publishedAt: now,
    conclusion: requireText('conclusion', conclusion),
    result: {
      people: isSmall(given.length, policy.leastShown) ? null : given.length,
      questions: tallyOf(survey.questions, given, policy.leastShown),
    },
  }
}

/** Whether people may answer on a day. */
export function isAsking({ status, opensOn, closesOn }: Survey, today: Day): boolean {
  return status === 'OPEN' && opensOn <= today && today <= closesOn
}

/** Whether a person of a district is asked. */
export function isAsked({ districts }: Survey, district: string | null): boolean {
  return districts.length === 0 || (district !== null && districts.includes(district))
}

function requireMove({ id, status }: Survey, to: SurveyStatus): void {
  if (!SURVEY_TRANSITIONS[status].includes(to)) throw refuse('SURVEY_STATUS', { id, status, to })
}
