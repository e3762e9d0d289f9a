import type { Caller } from '@hub/kit/caller.ts'
import { refuse } from '../domain/errors.ts'
import { decideDelivery, decideFeedback, type Deliver } from '../domain/report-delivery.ts'
import { findFeedback, saveDelivery, saveFeedback } from '../store/report-records.ts'
import { eventOf, getReport } from './report-commands.ts'
import { actingOf, carryOut, type Room } from './run.ts'

/** The desk records that a report was sent (R18-R20, R80). */
export function deliverReport(
  room: Room,
  caller: Caller,
  input: Deliver & { report: string },
): Promise<string> {
  const { report: id } = input
  return carryOut(room, caller, { operation: 'deliverReport', input, subject: id }, async (tx, acting) => {
    const report = await getReport(tx, id)
    const delivery = decideDelivery(report, input, acting)
    if (!(await saveDelivery(tx, delivery))) return { id, events: [] }
    const { recipient, sentAt } = delivery
    const event = eventOf('ReportDelivered', report, acting.now)
    return { id, events: [{ ...event, data: { ...event.data, recipient, sentAt: sentAt.toISOString() } }] }
  })
}

export interface FeedbackInput {
  readonly report: string
  readonly text: string
}

/** A person speaks to a public bulletin through a portal, once (R23). It leaves no trace besides its words. */
export async function giveFeedback(
  room: Room,
  caller: Caller,
  { report: id, text }: FeedbackInput,
): Promise<string> {
  const phone = caller.attributes['citizen']
  if (!phone) throw refuse('ANSWER_NOBODY')
  const person = room.personOf(id, phone)
  return room.database.orm.transaction(async (tx) => {
    const feedback = decideFeedback(await getReport(tx, id), person, text, actingOf(room, caller).today)
    if (await saveFeedback(tx, feedback)) return id
    if ((await findFeedback(tx, id, person)) === feedback.text) return id
    throw refuse('FEEDBACK_GIVEN', { id })
  })
}
