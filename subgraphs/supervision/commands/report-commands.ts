import { randomUUID } from 'node:crypto'
import type { Caller } from '@hub/kit/caller.ts'
import type { NewEvent } from '@hub/kit/event-log.ts'
import type { Db, Tx } from '@hub/kit/postgres.ts'
import type { Acting } from '../domain/acting.ts'
import { refuse } from '../domain/errors.ts'
import { isId } from '../domain/id.ts'
import { SUPERVISION_STREAM } from '../domain/order-events.ts'
import { yearOf } from '../domain/order.ts'
import {
  decideApprove,
  decideDraft,
  decideReportIssue,
  decideRevise,
  decideWithdraw,
  reportNumber,
  requirePeriod,
  type DraftReport,
  type Report,
} from '../domain/report.ts'
import type { Topic } from '../domain/topic.ts'
import {
  listCorrections,
  listIssuedBulletins,
  lockReport,
  saveReport,
  takeReportSerial,
} from '../store/reports.ts'
import { takeFigures } from './report-figures.ts'
import { requireApart } from '../domain/bulletin-periods.ts'
import { carryOut, type Room } from './run.ts'
import { getTopic } from './topic-commands.ts'

/** The desk drafts a report; its figures are taken at that moment (R20, R21, R78-R85). */
export function draftReport(room: Room, caller: Caller, input: DraftReport): Promise<string> {
  return carryOut(room, caller, { operation: 'draftReport', input }, async (tx, acting) => {
    requirePeriod(input, acting)
    const corrected = input.corrects ? await correctable(tx, input.corrects) : null
    const figures = await takeFigures(tx, input, await topicsOf(tx, input.topics), acting)
    const row = decideDraft(input, { figures, corrected }, acting)
    await saveReport(tx, row)
    return { id: row.id, events: [eventOf('ReportDrafted', row, acting.now)] }
  })
}

export interface ReviseInput {
  readonly report: string
  readonly title: string
  readonly text: string
}

/** The desk rewrites a draft; its figures are taken anew. */
export function reviseReport(room: Room, caller: Caller, input: ReviseInput): Promise<string> {
  const { report: id } = input
  return carryOut(room, caller, { operation: 'reviseReport', input, subject: id }, async (tx, acting) => {
    const before = await getReport(tx, id)
    const figures = await takeFigures(tx, before, await topicsOf(tx, before.topics), acting)
    const row = decideRevise(before, input, figures, acting)
    await saveReport(tx, row)
    return { id, events: [] }
  })
}

type Step = (report: Report, acting: Acting) => Report

function stepOf(
  operation: string,
  kind: string,
  decide: Step,
  prepare?: (tx: Tx, row: Report) => Promise<Report>,
) {
  return (room: Room, caller: Caller, { report: id }: { report: string }): Promise<string> =>
    carryOut(room, caller, { operation, input: null, subject: id }, async (tx, acting) => {
      const decided = decide(await getReport(tx, id), acting)
      const row = prepare ? await prepare(tx, decided) : decided
      await saveReport(tx, row)
      return { id, events: [eventOf(kind, row, acting.now)] }
    })
}

/** A draft is approved. */
export const approveReport = stepOf('approveReport', 'ReportApproved', decideApprove)

/** What was approved is issued under the next number of its kind; a refused one leaves no gap. */
export const issueReport = stepOf('issueReport', 'ReportIssued', decideReportIssue, async (tx, row) => {
  const year = yearOf(row.issuedAt ?? row.draftedAt)
  const serial = await takeReportSerial(tx, row.kind, year)
  if (row.kind === 'BULLETIN') requireApart(row, await listIssuedBulletins(tx, row))
  return { ...row, documentNumber: reportNumber(row.kind, year, serial) }
})

/** What is not issued is given up. */
export const withdrawReport = stepOf('withdrawReport', 'ReportWithdrawn', decideWithdraw)

/** A report that is there. */
export async function getReport(db: Db, id: string): Promise<Report> {
  const row = isId(id) ? await lockReport(db, id) : null
  if (!row) throw refuse('REPORT_NOT_FOUND', { id })
  return row
}

async function correctable(db: Db, id: string): Promise<Report> {
  const row = await getReport(db, id)
  const [other] = await listCorrections(db, [id])
  if (other) throw refuse('REPORT_CORRECTION', { number: row.documentNumber ?? id })
  return row
}

async function topicsOf(db: Db, ids: readonly string[]): Promise<Topic[]> {
  const topics: Topic[] = []
  for (const id of new Set(ids)) {
    const topic = await getTopic(db, id)
    if (topic.title === null) throw refuse('REPORT_TOPIC', { topic: id })
    topics.push(topic)
  }
  return topics
}

/** What the other rooms may know of a report. */
export function eventOf(kind: string, report: Report, at: Date): NewEvent {
  const { id, kind: reportKind, status, from, to, corrects, documentNumber } = report
  const data = { report: id, reportKind, status, from, to, corrects, documentNumber }
  return { stream: SUPERVISION_STREAM, eventId: randomUUID(), kind, at, data }
}
