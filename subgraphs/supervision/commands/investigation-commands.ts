import { randomUUID } from 'node:crypto'
import type { Caller } from '@hub/kit/caller.ts'
import type { Day } from '@hub/kit/day.ts'
import type { NewEvent } from '@hub/kit/event-log.ts'
import type { Db } from '@hub/kit/postgres.ts'
import { refuse } from '../domain/errors.ts'
import { isId } from '../domain/id.ts'
import {
  decideEnd,
  decideFindings,
  decideInvestigation,
  type DecideInvestigation,
  type Investigation,
  type Unknown,
} from '../domain/investigation.ts'
import { SUPERVISION_STREAM } from '../domain/order-events.ts'
import { lockInvestigation, saveInvestigation } from '../store/investigations.ts'
import { listKnownCases } from '../store/leader-reports.ts'
import { findUnknown } from './order-commands.ts'
import { carryOut, type Room } from './run.ts'
import { getTopic } from './topic-commands.ts'

/** The office decides to investigate on the spot (R73). */
export function openInvestigation(room: Room, caller: Caller, input: DecideInvestigation): Promise<string> {
  return carryOut(room, caller, { operation: 'openInvestigation', input }, async (tx, acting) => {
    if (input.topic) await getTopic(tx, input.topic)
    const unknown = await unknownIn(tx, input.departments, input.cases)
    const row = decideInvestigation(input, unknown, acting)
    await saveInvestigation(tx, row)
    return { id: row.id, events: [eventOf('InvestigationDecided', row, acting.now)] }
  })
}

export interface FindingsInput {
  readonly investigation: string
  readonly findings: string
  readonly visitedOn: Day
  readonly followUpCases: readonly string[]
}

/** The office records what was found, and the cases that follow from it. */
export function recordFindings(room: Room, caller: Caller, input: FindingsInput): Promise<string> {
  const { investigation: id } = input
  return carryOut(room, caller, { operation: 'recordFindings', input, subject: id }, async (tx, acting) => {
    const before = await getInvestigation(tx, id)
    const row = decideFindings(before, input, await unknownIn(tx, [], input.followUpCases), acting)
    await saveInvestigation(tx, row)
    return { id, events: [eventOf('InvestigationFound', row, acting.now)] }
  })
}

export interface EndInput {
  readonly investigation: string
  readonly cancelled: boolean
  readonly conclusion: string
}

/** The office ends it. */
export function endInvestigation(room: Room, caller: Caller, input: EndInput): Promise<string> {
  const { investigation: id } = input
  return carryOut(room, caller, { operation: 'endInvestigation', input, subject: id }, async (tx, acting) => {
    const row = decideEnd(await getInvestigation(tx, id), input, acting)
    await saveInvestigation(tx, row)
    return { id, events: [eventOf('InvestigationEnded', row, acting.now)] }
  })
}

/** What is not known of the units and cases that a command names. */
async function unknownIn(db: Db, departments: readonly string[], cases: readonly string[]): Promise<Unknown> {
  const known = new Set(await listKnownCases(db, cases))
  return {
    department: await findUnknown(db, departments),
    caseNumber: cases.find((number) => !known.has(number)) ?? null,
  }
}

async function getInvestigation(db: Db, id: string): Promise<Investigation> {
  const row = isId(id) ? await lockInvestigation(db, id) : null
  if (!row) throw refuse('INVESTIGATION_NOT_FOUND', { id })
  return row
}

function eventOf(kind: string, { id, status, plannedOn, topic }: Investigation, at: Date): NewEvent {
  const data = { investigation: id, status, plannedOn, topic }
  return { stream: SUPERVISION_STREAM, eventId: randomUUID(), kind, at, data }
}
