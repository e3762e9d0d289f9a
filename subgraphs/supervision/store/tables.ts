import {
  boolean,
  date,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { COUNTERS, type Counter } from '../domain/counters.ts'
import type { OrderKind, OrderOutcome, OrderStatus } from '../domain/order.ts'
import type { RedoClock } from '../domain/standing.ts'

/** How this room's tables write an instant and a day. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
export const day = (name: string) => date(name, { mode: 'string' })

export const departmentRef = pgTable('department_ref', {
  code: text('code').primaryKey(),
  parent: text('parent'),
  name: text('name').notNull(),
  type: text('type').notNull(),
  acceptsDispatch: boolean('accepts_dispatch').notNull(),
  removed: boolean('removed').notNull(),
})

export const followedCalendar = pgTable('followed_calendar', {
  year: integer('year').primaryKey(),
  version: text('version').notNull(),
  holidays: text('holidays').notNull(),
  workdays: text('workdays').notNull(),
})

export const followedPolicy = pgTable('followed_policy', {
  version: text('version').primaryKey(),
  city: text('city').notNull(),
  effectiveFrom: day('effective_from').notNull(),
  legalBasis: text('legal_basis').notNull(),
  replyWorkingDays: integer('reply_working_days').notNull(),
  capWorkingDays: integer('cap_working_days').notNull(),
  extensions: integer('extensions').notNull(),
  returnWithinWorkingDays: integer('return_within_working_days').notNull(),
  yellowWorkingDays: integer('yellow_working_days').notNull(),
  redWorkingDays: integer('red_working_days').notNull(),
  writtenWorkingDays: integer('written_working_days').notNull(),
  directiveWorkingDays: integer('directive_working_days').notNull(),
  circularWorkingDays: integer('circular_working_days').notNull(),
  instructionWorkingDays: integer('instruction_working_days').notNull(),
  dutyFrom: text('duty_from').notNull(),
  dutyTo: text('duty_to').notNull(),
})

export const followedCase = pgTable('followed_case', {
  number: text('number').primaryKey(),
  status: text('status').notNull(),
  matterType: text('matter_type'),
  urgency: text('urgency'),
  registeredAt: instant('registered_at'),
  firstDispatchedAt: instant('first_dispatched_at'),
  answeredDirectlyAt: instant('answered_directly_at'),
  echoAt: instant('echo_at'),
  outcomeAt: instant('outcome_at'),
  callbackAt: instant('callback_at'),
  callbackDepartment: text('callback_department'),
  contacted: boolean('contacted'),
  solved: boolean('solved'),
  satisfaction: text('satisfaction'),
  closedAt: instant('closed_at'),
  district: text('district'),
  disputedAt: instant('disputed_at'),
  reportedAt: instant('reported_at'),
  instructedAt: instant('instructed_at'),
  instructionActedAt: instant('instruction_acted_at'),
})

export const followedAssignment = pgTable('followed_assignment', {
  id: text('id').primaryKey(),
  caseNumber: text('case_number').notNull(),
  department: text('department').notNull(),
  role: text('role').notNull(),
  status: text('status').notNull(),
  dispatchedAt: instant('dispatched_at').notNull(),
  firstDispatch: boolean('first_dispatch').notNull(),
  replyRequired: boolean('reply_required').notNull(),
  dueOn: day('due_on').notNull(),
  capOn: day('cap_on'),
  redoBy: day('redo_by'),
  redoCount: integer('redo_count').notNull(),
  redoClocks: jsonb('redo_clocks').$type<readonly RedoClock[]>().notNull(),
  signedForAt: instant('signed_for_at'),
  firstReplyAt: instant('first_reply_at'),
  firstReplyDays: integer('first_reply_days'),
  contactedAt: instant('contacted_at'),
  firstReviewedAt: instant('first_reviewed_at'),
  returnRequestedAt: instant('return_requested_at'),
  returnedAt: instant('returned_at'),
  returnDaysLost: integer('return_days_lost'),
  owesReply: boolean('owes_reply').notNull(),
  deadlineOn: day('deadline_on').notNull(),
  breachOn: day('breach_on'),
  policyVersion: text('policy_version'),
  calendarVersion: text('calendar_version'),
})

export const orderSerial = pgTable('order_serial', {
  year: integer('year').primaryKey(),
  last: integer('last').notNull(),
})

export const supervisionOrder = pgTable('supervision_order', {
  id: uuid('id').primaryKey(),
  documentNumber: text('document_number').notNull(),
  kind: text('kind').$type<OrderKind>().notNull(),
  subject: text('subject'),
  caseNumber: text('case_number'),
  assignment: text('assignment'),
  department: text('department').notNull(),
  departments: text('departments').array().$type<readonly string[]>().notNull(),
  issuedBy: text('issued_by'),
  instructionLeader: text('instruction_leader'),
  instructionText: text('instruction_text'),
  instructionOn: day('instruction_on'),
  breachOn: day('breach_on'),
  basis: text('basis').notNull(),
  requirement: text('requirement').notNull(),
  issuedAt: instant('issued_at').notNull(),
  dueOn: day('due_on').notNull(),
  dueProvisional: boolean('due_provisional').notNull(),
  policyVersion: text('policy_version').notNull(),
  calendarVersion: text('calendar_version').notNull(),
  status: text('status').$type<OrderStatus>().notNull(),
  answeredAt: instant('answered_at'),
  closedAt: instant('closed_at'),
  outcome: text('outcome').$type<OrderOutcome>(),
  opinion: text('opinion'),
  closedBy: text('closed_by'),
})

export const supervisionAnswer = pgTable(
  'supervision_answer',
  {
    orderId: uuid('order_id').notNull(),
    department: text('department').notNull(),
    text: text('text').notNull(),
    answeredAt: instant('answered_at').notNull(),
    answeredBy: text('answered_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.orderId, table.department] })],
)

/** The column of a counter: dueInTime stands in due_in_time. */
export function columnOf(counter: Counter): string {
  return counter.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

type CounterColumn = ReturnType<ReturnType<typeof integer<string>>['notNull']>

const counterColumns = Object.fromEntries(
  COUNTERS.map((counter) => [counter, integer(columnOf(counter)).notNull()]),
) as Record<Counter, CounterColumn>

export const departmentDay = pgTable(
  'department_day',
  { department: text('department').notNull(), day: day('day').notNull(), ...counterColumns },
  (table) => [primaryKey({ columns: [table.department, table.day] })],
)
