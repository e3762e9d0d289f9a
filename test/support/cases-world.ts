import { chineseCalendar } from '@hub/kit/chinese-calendar.ts'
import { Refusal } from '@hub/kit/errors.ts'
import { decideAnswerDirectly } from '@hub/cases/domain/answer-directly.ts'
import { decideClose } from '@hub/cases/domain/close.ts'
import type { Actor, Context } from '@hub/cases/domain/context.ts'
import { departmentsOf, type DepartmentRef } from '@hub/cases/domain/departments.ts'
import { decideDispatch, type DispatchCase } from '@hub/cases/domain/dispatch.ts'
import type { CaseEvent } from '@hub/cases/domain/events.ts'
import { evolve, evolveAll } from '@hub/cases/domain/evolve.ts'
import { decideFeedback } from '@hub/cases/domain/feedback.ts'
import { policies } from '@hub/cases/domain/policy.ts'
import { decideRegister, type RegisterCase } from '@hub/cases/domain/register.ts'
import { decideReply, type ReplyToAssignment } from '@hub/cases/domain/reply.ts'
import { decideReview } from '@hub/cases/domain/review.ts'
import { decideSignFor } from '@hub/cases/domain/sign-for.ts'
import type { AssignmentRecord, CaseState } from '@hub/cases/domain/state.ts'

const unit = (code: string, parent: string | null, acceptsDispatch = true): DepartmentRef => ({
  code,
  name: `单位 ${code}`,
  parent,
  acceptsDispatch,
})

/** A small city: two bureaus, a water company, a district with two subdistricts, another district. */
export const city = departmentsOf([
  unit('GOV', null, false),
  unit('HOTLINE', 'GOV'),
  unit('WATER', 'GOV'),
  unit('HOUSING', 'GOV'),
  unit('URBAN', 'GOV'),
  unit('LIXIA', 'GOV'),
  unit('LIXIA-1', 'LIXIA'),
  unit('LIXIA-2', 'LIXIA'),
  unit('SHIZHONG', 'GOV'),
])

const person = (role: Actor['role'], more: Partial<Actor> = {}): Actor => ({
  subject: role.toLowerCase(),
  role,
  department: null,
  district: null,
  citizen: null,
  ...more,
})

export const operator = person('OPERATOR')
export const office = person('OFFICE')
export const leader = person('LEADER')
export const oversight = person('OVERSIGHT')
export const admin = person('ADMIN')
export const unitOf = (department: string): Actor =>
  person('DEPARTMENT', { department, subject: `clerk of ${department}` })
export const portalOf = (district: string, citizen: string | null = null): Actor =>
  person('PORTAL', { district, citizen })

let ids = 0

/** All that a rule may know, at 10:00 in Shanghai of a day, or at another time. */
export function on(day: string, actor: Actor, time = '10:00'): Context {
  return {
    now: new Date(`${day}T${time}:00+08:00`),
    actor,
    calendar: chineseCalendar(),
    policy: policies[0],
    departments: city,
    newId: () => `id-${(ids += 1)}`,
  }
}

/** A plain week: 10 March 2026 is a Tuesday. */
export const DAY = '2026-03-10'

export const aCall: RegisterCase = {
  number: 'JN-20260310-000001',
  title: '水管爆裂',
  content: '解放路水管爆裂,路面积水。',
  channel: 'PHONE',
  matterType: 'HELP',
  callerType: 'NATURAL_PERSON',
  callerName: '刘勇',
  callerPhone: '19900000146',
  district: '历下区',
}

export const aReply: Omit<ReplyToAssignment, 'assignment'> = {
  disposition: 'CONFORMING',
  text: '已抢修。',
  publicText: '水管已修复。',
  legalBasis: ['城市供水条例'],
  contactedCaller: true,
}

export function registered(more: Partial<RegisterCase> = {}, context = on(DAY, operator)): CaseState {
  return evolveAll(null, decideRegister({ ...aCall, ...more }, context))
}

export function dispatched(
  departments: readonly string[],
  more: Partial<DispatchCase> = {},
  state = registered(),
): CaseState {
  const lead = departments.length > 1 ? (departments[0] ?? null) : null
  const command: DispatchCase = { departments, lead, mode: 'WRITTEN', ...more }
  return after(state, decideDispatch(state, command, on(DAY, office)))
}

export function signed(state: CaseState, ...departments: readonly string[]): CaseState {
  return departments.reduce((now, department) => {
    const assignment = assignmentOf(now, department).id
    return after(now, decideSignFor(now, { assignment }, on(DAY, unitOf(department))))
  }, state)
}

export function replied(state: CaseState, ...departments: readonly string[]): CaseState {
  return departments.reduce((now, department) => {
    const assignment = assignmentOf(now, department).id
    return after(now, decideReply(now, { ...aReply, assignment }, on(DAY, unitOf(department))))
  }, state)
}

export function accepted(state: CaseState, ...departments: readonly string[]): CaseState {
  return departments.reduce((now, department) => {
    const assignment = assignmentOf(now, department).id
    return after(now, decideReview(now, { assignment, accept: true }, on(DAY, office)))
  }, state)
}

export function fedBack(state: CaseState): CaseState {
  const command = { by: 'OFFICE', mode: 'PHONE', text: '已电话告知。' } as const
  return after(state, decideFeedback(state, command, on(DAY, office)))
}

export function answered(state = registered()): CaseState {
  const command = { text: '按规定办理。', articles: [{ id: 'A1', version: 2 }] }
  return after(state, decideAnswerDirectly(state, command, on(DAY, operator)))
}

/** The whole road of a case with one unit, to its end. */
export function closed(): CaseState {
  const told = fedBack(accepted(replied(signed(dispatched(['WATER']), 'WATER'), 'WATER'), 'WATER'))
  return after(told, decideClose(told, on(DAY, office)))
}

export function after(state: CaseState, events: readonly CaseEvent[]): CaseState {
  return events.reduce<CaseState>(evolve, state)
}

/** The unit's latest assignment. */
export function assignmentOf(state: CaseState, department: string): AssignmentRecord {
  const found = state.assignments.findLast((assignment) => assignment.department === department)
  if (!found) throw new Error(`${department} has no assignment`)
  return found
}

/** The code of the refusal that a decision ends in; anything else fails the test. */
export function refusalOf(decide: () => unknown): string {
  return refusalFrom(decide)?.code ?? 'NOT REFUSED'
}

/** The refusal itself, or null. */
export function refusalFrom(decide: () => unknown): Refusal | null {
  try {
    decide()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  return null
}
