import type { Caller } from '@hub/kit/caller.ts'
import type { Day } from '@hub/kit/day.ts'
import type { Db, Tx } from '@hub/kit/postgres.ts'
import type { Acting } from '../domain/acting.ts'
import { cityOf } from '../domain/city-policy.ts'
import { refuse } from '../domain/errors.ts'
import { isId } from '../domain/id.ts'
import { decideAnswer, decideClose, type CloseOrder } from '../domain/order-answer.ts'
import { breachOf, decideIssue, type IssueOrder } from '../domain/order-by-hand.ts'
import { documentNumber, yearOf, type SupervisionOrder } from '../domain/order.ts'
import type { FollowedAssignment } from '../domain/standing.ts'
import { listDepartments } from '../store/departments.ts'
import { saveSteps } from '../store/ladder.ts'
import { listAnswers, saveAnswer } from '../store/order-answers.ts'
import { findWritten, lockOrder, saveNewOrders, saveOrders, takeSerials } from '../store/orders.ts'
import { markSupervised } from '../store/overdue.ts'
import { lockStandings } from '../store/standings.ts'
import { takenStep } from './climb-ladder.ts'
import { eventOf } from './order-events.ts'
import { WRITTEN } from './supervise-breaches.ts'
import { carryOut, type Room } from './run.ts'

/** The office orders supervision (R24-R28). */
export function issueOrder(room: Room, caller: Caller, input: IssueOrder): Promise<string> {
  return carryOut(room, caller, { operation: 'issueOrder', input }, async (tx, acting) => {
    const assignment = await assignmentOf(tx, input)
    const written =
      input.kind === 'WRITTEN' && assignment
        ? await findWritten(tx, assignment.id, breachOf(assignment, acting.today))
        : null
    const unknownDepartment = await findUnknown(tx, input.departments)
    const draft = decideIssue(input, { unknownDepartment, assignment, written }, acting)
    // The number is taken when all else is decided: a refused order leaves no gap, and the year is held briefly.
    const serial = await takeSerials(tx, yearOf(acting.now), 1)
    const order = { ...draft, documentNumber: documentNumber(acting.now, serial) }
    await saveNewOrders(tx, [order])
    if (order.breachOn && assignment) await markBreach(tx, assignment, order.breachOn, acting)
    return { id: order.id, events: [eventOf(order, acting.now)] }
  })
}

/** The breach has its written order: neither the deadlines nor a person issue another (R66). */
async function markBreach(
  tx: Tx,
  assignment: FollowedAssignment,
  on: Day,
  { now, calendar, policyIn }: Acting,
): Promise<void> {
  const { id, caseNumber, department } = assignment
  await markSupervised(tx, [id])
  const by = {
    at: now,
    policyVersion: policyIn(cityOf(caseNumber)).version,
    calendarVersion: calendar.version,
  }
  await saveSteps(tx, [takenStep({ assignment: id, caseNumber, department, deadlineOn: on }, WRITTEN, by)])
}

/** A unit answers an order that names it. */
export function answerOrder(
  room: Room,
  caller: Caller,
  { order: id, text }: { order: string; text: string },
): Promise<string> {
  return carryOut(
    room,
    caller,
    { operation: 'answerOrder', input: text, subject: id },
    async (tx, acting) => {
      const before = await getOrder(tx, id)
      const { order, answer } = decideAnswer(before, await listAnswers(tx, [id]), text, acting)
      await saveAnswer(tx, answer)
      if (order === before) return { id, events: [] }
      await saveOrders(tx, [order])
      return { id, events: [eventOf(order, acting.now)] }
    },
  )
}

/** The office ends an order. */
export function closeOrder(
  room: Room,
  caller: Caller,
  { order: id, ...input }: CloseOrder & { order: string },
): Promise<string> {
  return carryOut(room, caller, { operation: 'closeOrder', input, subject: id }, async (tx, acting) => {
    const order = decideClose(await getOrder(tx, id), await listAnswers(tx, [id]), input, acting)
    await saveOrders(tx, [order])
    return { id, events: [eventOf(order, acting.now)] }
  })
}

/** The first of some codes that is no department, or null. */
export async function findUnknown(db: Db, codes: readonly string[]): Promise<string | null> {
  if (codes.length === 0) return null
  const known = new Set((await listDepartments(db, codes)).map(({ code }) => code))
  return codes.find((code) => !known.has(code)) ?? null
}

async function getOrder(db: Db, id: string): Promise<SupervisionOrder> {
  const order = isId(id) ? await lockOrder(db, id) : null
  if (!order) throw refuse('ORDER_NOT_FOUND', { order: id })
  return order
}

async function assignmentOf(
  db: Db,
  { caseNumber, assignment }: IssueOrder,
): Promise<FollowedAssignment | null> {
  if (!caseNumber || !assignment) return null
  const standing = (await lockStandings(db, [caseNumber])).get(caseNumber)
  return standing?.assignments.find(({ id }) => id === assignment) ?? null
}
