import { requireRole } from './authority.ts'
import { requireCaseOpenFor } from './case-transitions.ts'
import { refuse } from './errors.ts'
import { caseFact } from './facts.ts'
import { optionalText, requireText } from './text.ts'
import type { Context } from './context.ts'
import type { CaseAmended } from './events-seldom.ts'
import type { Amended } from './state-seldom.ts'
import type { CaseState } from './state.ts'
import type { MatterType, Urgency } from './values.ts'

export interface AmendCase {
  readonly title?: string | null | undefined
  readonly content?: string | null | undefined
  readonly urgency?: Urgency | null | undefined
  readonly district?: string | null | undefined
  readonly matterType?: MatterType | null | undefined
  readonly reason: string
}

const SHORT = 200

/** Corrects what was taken down, before units work on it (R44): what stood there is kept, with who changed it and why. */
export function decideAmend(state: CaseState, command: AmendCase, context: Context): readonly [CaseAmended] {
  requireRole(context, 'amend')
  requireCaseOpenFor(state.case, 'amend')
  const { number } = state.case
  if (state.case.firstDispatchedAt !== null) throw refuse('AMEND_AFTER_DISPATCH', { number })
  const reason = requireText('reason', command.reason)
  const wanted: Amended = {
    title: optionalText('title', command.title, SHORT)?.replace(/\s+/g, ' ') ?? state.case.title,
    content: optionalText('content', command.content) ?? state.case.content,
    urgency: command.urgency ?? state.case.urgency,
    district: optionalText('district', command.district, SHORT) ?? state.case.district,
    matterType: command.matterType ?? state.case.matterType,
  }
  const fields = amendable.filter((field) => wanted[field] !== state.case[field])
  if (fields.length === 0) throw refuse('AMEND_CHANGES_NOTHING', { number })
  const amendment = {
    id: context.newId(),
    caseNumber: number,
    reason,
    fields,
    former: pick(state.case, fields),
    amendedAt: context.now,
    amendedBy: context.actor.subject,
  }
  // R5: what turns out to be a report of danger is confidential from now on; nothing makes it less so.
  const confidential = state.case.confidential || wanted.matterType === 'REPORT'
  const fact = caseFact('CaseAmended', 'amend', state, state.case.status, context)
  return [{ ...fact, amendment, amended: pick(wanted, fields), confidential }]
}

const amendable = [
  'title',
  'content',
  'urgency',
  'district',
  'matterType',
] as const satisfies (keyof Amended)[]

function pick(from: Amended, fields: readonly (keyof Amended)[]): Partial<Amended> {
  return Object.fromEntries(fields.map((field) => [field, from[field]]))
}
