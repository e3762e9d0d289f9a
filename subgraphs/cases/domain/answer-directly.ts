import { dayOf } from '@hub/kit/day.ts'
import { requireRole } from './authority.ts'
import { requireCaseOpenFor } from './case-transitions.ts'
import { refuse } from './errors.ts'
import { caseFact } from './facts.ts'
import { optionalText, requireText } from './text.ts'
import type { Context } from './context.ts'
import type { CaseAnsweredDirectly } from './events.ts'
import type { CaseState } from './state.ts'

export interface AnswerDirectly {
  readonly text: string
  /** The articles cited, each with the version in force today, or null when there is none. */
  readonly articles: readonly { readonly id: string; readonly version: number | null }[]
  readonly reason?: string | null | undefined
}

/** Answers at once (R45), on articles in force or for a written reason. A dispatch may stand beside it (R10). */
export function decideAnswerDirectly(
  state: CaseState,
  command: AnswerDirectly,
  context: Context,
): readonly [CaseAnsweredDirectly] {
  requireRole(context, 'answerDirectly')
  requireCaseOpenFor(state.case, 'answerDirectly')
  const text = requireText('text', command.text)
  const reason = optionalText('reason', command.reason)
  const articles = command.articles.map(({ id, version }) => {
    if (version === null) throw refuse('ARTICLE_NOT_IN_FORCE', { article: id, on: dayOf(context.now) })
    return { id, version }
  })
  if (articles.length === 0 && reason === null)
    throw refuse('ANSWER_WITHOUT_GROUND', { number: state.case.number })
  const { status } = state.case
  const withUnits = status === 'DISPATCHED' || status === 'HANDLING'
  return [
    {
      ...caseFact('CaseAnsweredDirectly', 'answerDirectly', state, withUnits ? status : 'ANSWERED', context),
      answer: {
        id: context.newId(),
        caseNumber: state.case.number,
        text,
        articles,
        reason,
        answeredAt: context.now,
        answeredBy: context.actor.subject,
      },
    },
  ]
}
