import type postgres from 'postgres'
import { caseStream, departmentStream, EMERGENCY_STREAM } from '@hub/cases/domain/stream-names.ts'
import {
  assignmentEventKindOf,
  departmentsToldOf,
  isEmergencyEvent,
  publicDataOf,
} from '@hub/cases/domain/events-published.ts'
import type { CaseEvent } from '@hub/cases/domain/events.ts'
import type { CaseState } from '@hub/cases/domain/state.ts'
import type { GeneratedCase } from '../generate/generate.ts'
import { openCopy, type TableCopy } from './copy.ts'

/** Where events of streams wait until all are known: each stream then takes them in the order of time. */
export const WAITING_EVENTS = 'generated_event'

/** The lists of a case's state that generated cases use, and their tables. */
const PARTS = {
  assignments: 'assignment',
  replies: 'reply',
  extensions: 'extension',
  returns: 'return_request',
  directAnswers: 'direct_answer',
  feedbacks: 'feedback',
  callbacks: 'callback',
  notices: 'notice',
  referrals: 'referral',
  refusals: 'refusal',
  verifications: 'verification',
} as const satisfies Partial<Record<keyof CaseState, string>>

export const FILLED_TABLES = ['case', 'caller', 'case_event', ...Object.values(PARTS)] as const
const JSON_FIELDS = ['articles', 'data']

const CALLER = ['caseNumber', 'name', 'organisation', 'phone', 'phoneIndex', 'phoneValid']
const CASE_EVENT = [
  'caseNumber',
  'place',
  'eventId',
  'kind',
  'at',
  'by',
  'byRole',
  'byDepartment',
  'caseStatus',
]
const STREAM_EVENT = ['stream', 'eventId', 'kind', 'at', 'data']

/** All tables of the cases room that a case is written to, side by side. */
export class CaseTables {
  private readonly sql: postgres.Sql
  private readonly copies = new Map<string, TableCopy>()

  constructor(sql: postgres.Sql) {
    this.sql = sql
  }

  /** Writes one case whole; its events go to the streams as well where they are still kept. */
  async add({ state, events, words, person }: GeneratedCase, inStreams: boolean): Promise<void> {
    const textIndex = Array.from(words, (word) => `'${word}'`).join(' ')
    await this.write('case', { ...state.case, textIndex })
    if (state.caller)
      await this.write('caller', { ...state.caller, ...person?.sealed, organisation: null }, CALLER)
    for (const [part, table] of PART_TABLES) for (const record of state[part]) await this.write(table, record)
    for (const [index, event] of events.entries()) await this.addEvent(event, index + 1, inStreams)
  }

  private async addEvent(event: CaseEvent, place: number, inStreams: boolean): Promise<void> {
    const data = publicDataOf(event)
    const assignmentId = 'assignmentId' in event ? event.assignmentId : null
    await this.write('case_event', { ...event, place, assignmentId, data }, [
      ...CASE_EVENT,
      'assignmentId',
      'data',
    ])
    if (!inStreams) return
    const told = { eventId: event.eventId, at: event.at, data }
    await this.tell({ ...told, stream: caseStream(event.caseNumber), kind: event.kind })
    const kind = assignmentEventKindOf(event)
    if (kind !== null)
      for (const code of departmentsToldOf(event))
        await this.tell({ ...told, stream: departmentStream(code), kind })
    if (isEmergencyEvent(event)) await this.tell({ ...told, stream: EMERGENCY_STREAM, kind: event.kind })
  }

  private async tell(event: object): Promise<void> {
    await this.write(WAITING_EVENTS, event, STREAM_EVENT)
  }

  private async write(table: string, record: object, fields = Object.keys(record)): Promise<void> {
    let copy = this.copies.get(table)
    if (!copy) {
      copy = await openCopy(this.sql, { table, fields, json: JSON_FIELDS })
      this.copies.set(table, copy)
    }
    copy.add(record)
  }

  /** Hands over what has gathered. */
  async flush(): Promise<void> {
    for (const copy of this.copies.values()) await copy.flush()
  }

  /** Commits every table; answers how many rows each has. */
  async end(): Promise<Record<string, number>> {
    const rows = await Promise.all(
      this.copies.entries().map(async ([table, copy]) => [table, await copy.end()] as const),
    )
    return Object.fromEntries(rows)
  }
}

const PART_TABLES = Object.entries(PARTS) as [keyof typeof PARTS, string][]
