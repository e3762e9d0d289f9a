import { randomUUID } from 'node:crypto'
import type { Caller } from '@hub/kit/caller.ts'
import type { NewEvent } from '@hub/kit/event-log.ts'
import type { Db } from '@hub/kit/postgres.ts'
import { refuse } from '../domain/errors.ts'
import { isId } from '../domain/id.ts'
import { SUPERVISION_STREAM } from '../domain/order-events.ts'
import {
  decideAdopt,
  decideDismiss,
  decidePool,
  type PoolSuggestion,
  type Suggestion,
} from '../domain/suggestion.ts'
import { listKnownCases } from '../store/leader-reports.ts'
import { lockSuggestion, saveSuggestion } from '../store/suggestions.ts'
import { carryOut, type Room } from './run.ts'

/** The office takes a suggestion into the pool (R77, R96). */
export function poolSuggestion(room: Room, caller: Caller, input: PoolSuggestion): Promise<string> {
  const { caseNumber } = input
  return carryOut(
    room,
    caller,
    { operation: 'poolSuggestion', input, subject: caseNumber },
    async (tx, acting) => {
      await requireCase(tx, caseNumber)
      const row = decidePool(input, await lockSuggestion(tx, { caseNumber }), acting)
      await saveSuggestion(tx, row)
      return { id: row.id, events: [eventOf('SuggestionPooled', row, acting.now)] }
    },
  )
}

export interface DismissInput {
  readonly caseNumber: string
  readonly reason: string
}

/** The office leaves a suggestion out of the pool. */
export function dismissSuggestion(room: Room, caller: Caller, input: DismissInput): Promise<string> {
  const { caseNumber, reason } = input
  return carryOut(
    room,
    caller,
    { operation: 'dismissSuggestion', input, subject: caseNumber },
    async (tx, acting) => {
      await requireCase(tx, caseNumber)
      const row = decideDismiss(caseNumber, reason, await lockSuggestion(tx, { caseNumber }), acting)
      await saveSuggestion(tx, row)
      return { id: row.id, events: [eventOf('SuggestionDismissed', row, acting.now)] }
    },
  )
}

export interface AdoptInput {
  readonly suggestion: string
  readonly outcome: string
}

/** The office says what was made of a suggestion. */
export function adoptSuggestion(room: Room, caller: Caller, input: AdoptInput): Promise<string> {
  const { suggestion: id, outcome } = input
  return carryOut(room, caller, { operation: 'adoptSuggestion', input, subject: id }, async (tx, acting) => {
    const before = isId(id) ? await lockSuggestion(tx, { id }) : null
    if (!before) throw refuse('SUGGESTION_NOT_FOUND', { id })
    const row = decideAdopt(before, outcome, acting)
    await saveSuggestion(tx, row)
    return { id, events: [eventOf('SuggestionAdopted', row, acting.now)] }
  })
}

async function requireCase(db: Db, number: string): Promise<void> {
  if ((await listKnownCases(db, [number])).length === 0) throw refuse('CASE_UNKNOWN', { number })
}

function eventOf(kind: string, { id, caseNumber, status, field, reach }: Suggestion, at: Date): NewEvent {
  const data = { suggestion: id, case: caseNumber, status, field, reach }
  return { stream: SUPERVISION_STREAM, eventId: randomUUID(), kind, at, data }
}
