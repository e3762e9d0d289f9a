import { suppressParts, type ShownCount } from './small-cells.ts'
import type { Question } from './survey.ts'

/** What one person answered to one question: the numbers of the options chosen, or words. */
export interface GivenAnswer {
  readonly [question: string]: { readonly chosen: readonly number[] } | { readonly text: string }
}

/** How often an option was chosen. */
export interface OptionResult {
  readonly option: string
  /** null: few people chose it, or the count of another would be given away. */
  readonly count: ShownCount
}

/** The published result of one question. */
export interface QuestionResult {
  readonly question: string
  readonly text: string
  /** How many answered it; null where they are few. */
  readonly answered: ShownCount
  readonly options: readonly OptionResult[]
  readonly suppressed: boolean
}

/** Counts the answers of each question, as they may be published. Words are read by the office and not published. */
export function tallyOf(
  questions: readonly Question[],
  given: readonly GivenAnswer[],
  least: number,
): readonly QuestionResult[] {
  return questions.map((question) => {
    const own = given.flatMap((answers) => answers[question.id] ?? [])
    const counts = question.options.map(
      (_option, index) => own.filter((answer) => 'chosen' in answer && answer.chosen.includes(index)).length,
    )
    return question.kind === 'MULTIPLE'
      ? shownApart(question, counts, own.length, given.length, least)
      : shownTogether(question, counts, own.length, given.length, least)
  })
}

/** One choice each: the options are the parts of the answers, and with the silent ones of all people. */
function shownTogether(
  { id, text, options }: Question,
  counts: readonly number[],
  answered: number,
  people: number,
  least: number,
): QuestionResult {
  const parts = suppressParts([...(options.length > 0 ? counts : [answered]), people - answered], least)
  const shown = parts.slice(0, options.length)
  // The silent are the difference to all people: hidden, the number of those who answered is hidden as well.
  const whole = parts.at(-1) === null ? null : answered
  return {
    question: id,
    text,
    answered: whole,
    options: options.map((option, index) => ({ option, count: shown[index] ?? null })),
    suppressed: parts.includes(null),
  }
}

/** Several choices: each option parts the people in two, those who chose it and those who did not. */
function shownApart(
  { id, text, options }: Question,
  counts: readonly number[],
  answered: number,
  people: number,
  least: number,
): QuestionResult {
  const whole = suppressParts([answered, people - answered], least)[0] ?? null
  const shown = counts.map((count) =>
    whole === null ? null : (suppressParts([count, answered - count], least)[0] ?? null),
  )
  return {
    question: id,
    text,
    answered: whole,
    options: options.map((option, index) => ({ option, count: shown[index] ?? null })),
    suppressed: whole === null || shown.includes(null),
  }
}

/** What people wrote, sorted, so that the order tells nothing. */
export function wordsOf(given: readonly GivenAnswer[]): string[] {
  return given
    .flatMap((answers) => Object.values(answers).flatMap((answer) => ('text' in answer ? [answer.text] : [])))
    .toSorted()
}
