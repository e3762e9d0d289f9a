import { Refusal, type Sentences } from '@hub/kit/errors.ts'
import { operations, type Operation } from './operations.ts'
import type { Context } from './context.ts'
import type { AssignmentRecord } from './state.ts'
import type { Role } from './values.ts'

const office: readonly Role[] = ['OFFICE']
const desk: readonly Role[] = ['OPERATOR', 'OFFICE']
const unit: readonly Role[] = ['DEPARTMENT']

/** The column "who" of the charter's table of operations. The duty office can do what its operators do. */
export const whoMay: Readonly<Record<Operation, readonly Role[]>> = {
  register: ['OPERATOR', 'OFFICE', 'PORTAL'],
  amend: desk,
  answerDirectly: desk,
  refer: desk,
  proposeRefusal: desk,
  decideRefusal: office,
  merge: office,
  unmerge: office,
  markEmergency: desk,
  progressEmergency: ['OPERATOR', 'OFFICE', 'DEPARTMENT'],
  reportToLeader: office,
  instruct: ['OFFICE', 'LEADER'],
  dispatch: office,
  subDispatch: unit,
  signFor: unit,
  requestExtension: unit,
  decideExtension: office,
  requestReturn: unit,
  decideReturn: office,
  reply: unit,
  reviewReply: office,
  raiseDispute: ['OFFICE', 'DEPARTMENT'],
  coordinate: office,
  filePaper: office,
  suspend: office,
  resume: office,
  recordFeedback: ['OFFICE', 'DEPARTMENT'],
  recordCallback: office,
  close: office,
  reopen: office,
  withdraw: ['PORTAL', 'OPERATOR', 'OFFICE'],
  archive: office,
  recomputeDue: ['OFFICE', 'SUBGRAPH'],
}

/** All of these answer with the code FORBIDDEN; the sentence says what would have been needed. */
const forbidden = {
  role: {
    'zh-CN': '“{role}”身份不能{operationZh};可办理的身份:{allowed}。',
    en: 'Role {role} may not {operation}: {allowed} may.',
    meaning: 'The operation belongs to another role.',
  },
  unit: {
    'zh-CN': '承办任务 {assignment} 属于 {department},{own} 无权{operationZh}。',
    en: 'Assignment {assignment} is with {department}: {own} may not {operation}.',
    meaning: 'A unit acts on assignments of its own and of the units under it.',
  },
  district: {
    'zh-CN': '本门户属于“{own}”,不能登记“{district}”的诉求。',
    en: 'This portal stands for {own}: it cannot register a case of {district}.',
    meaning: 'A district portal registers cases of its own district.',
  },
  citizen: {
    'zh-CN': '本门户只代表一位市民办理,不能代他人{operationZh}。',
    en: 'This portal acts for one citizen and may not {operation} for another.',
    meaning: 'Acting for a citizen reaches that person’s own cases only.',
  },
} as const satisfies Record<string, Sentences>

/** Refuses an operation to a role that the table does not name. */
export function requireRole({ actor }: Context, operation: Operation): void {
  const allowed = whoMay[operation]
  if (allowed.includes(actor.role)) return
  throw forbid('role', operation, { role: actor.role, allowed: allowed.join(', ') })
}

/** Refuses a unit that neither holds the assignment nor stands above the one that does (R35). */
export function requireOwnUnit(context: Context, assignment: AssignmentRecord, operation: Operation): void {
  const own = context.actor.department
  if (own !== null && context.departments.isWithin(assignment.department, own)) return
  const { id, department } = assignment
  throw forbid('unit', operation, { assignment: id, department, own: own ?? '—' })
}

/** A refusal with the code FORBIDDEN and a sentence of its own. */
export function forbid(
  why: keyof typeof forbidden,
  operation: Operation,
  values: Readonly<Record<string, string>>,
): Refusal {
  const { zh, en } = operations[operation]
  return new Refusal('FORBIDDEN', forbidden[why], { ...values, operation: en, operationZh: zh })
}
