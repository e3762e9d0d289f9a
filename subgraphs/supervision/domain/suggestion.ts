import type { Acting } from './acting.ts'
import { refuse } from './errors.ts'
import { requireText } from './text.ts'

/** Fields of suggestions (R96, Art. 14.3). */
export type SuggestionField = 'ECONOMY' | 'POLITICS' | 'CULTURE' | 'SOCIETY' | 'ECOLOGY'
/** Why it is kept (R77): it is of general value, or instructive. */
export type SuggestionReach = 'GENERAL' | 'INSTRUCTIVE'
export type SuggestionStatus = 'POOLED' | 'ADOPTED' | 'DISMISSED'

/** A suggestion of the pool 建议库. */
export interface Suggestion {
  readonly id: string
  readonly caseNumber: string
  readonly status: SuggestionStatus
  readonly field: SuggestionField | null
  readonly reach: SuggestionReach | null
  /** In the office's words, anonymous. */
  readonly summary: string | null
  readonly sortedBy: string
  readonly sortedAt: Date
  /** What was made of it, or why it was left. */
  readonly outcome: string | null
  readonly endedAt: Date | null
}

export interface PoolSuggestion {
  readonly caseNumber: string
  readonly field: SuggestionField
  readonly reach: SuggestionReach
  readonly summary: string
}

/** Takes the suggestion of a case into the pool. */
export function decidePool(
  command: PoolSuggestion,
  before: Suggestion | null,
  { now, actor, newId }: Acting,
): Suggestion {
  const { caseNumber, field, reach, summary } = command
  if (before) throw refuse('SUGGESTION_SORTED', { number: caseNumber, status: before.status })
  return {
    id: newId(),
    caseNumber,
    status: 'POOLED',
    field,
    reach,
    summary: requireText('summary', summary, 4_000),
    sortedBy: actor.subject,
    sortedAt: now,
    outcome: null,
    endedAt: null,
  }
}

/** Leaves a suggestion out, or takes it out of the pool again. */
export function decideDismiss(
  caseNumber: string,
  reason: string,
  before: Suggestion | null,
  { now, actor, newId }: Acting,
): Suggestion {
  if (before && before.status !== 'POOLED')
    throw refuse('SUGGESTION_SORTED', { number: caseNumber, status: before.status })
  const base = before ?? { id: newId(), caseNumber, field: null, reach: null, summary: null }
  return {
    ...base,
    status: 'DISMISSED',
    sortedBy: before?.sortedBy ?? actor.subject,
    sortedAt: before?.sortedAt ?? now,
    outcome: requireText('reason', reason, 2_000),
    endedAt: now,
  }
}

/** Says what was made of a suggestion of the pool. */
export function decideAdopt(before: Suggestion, outcome: string, { now }: Acting): Suggestion {
  const { caseNumber, status } = before
  if (status !== 'POOLED') throw refuse('SUGGESTION_SORTED', { number: caseNumber, status })
  return { ...before, status: 'ADOPTED', outcome: requireText('outcome', outcome, 4_000), endedAt: now }
}
