import type { Day } from '@hub/kit/day.ts'
import { addWorkingDays } from '@hub/kit/working-days.ts'
import type { Acting } from './acting.ts'
import { cityOf } from './city-policy.ts'
import { refuse } from './errors.ts'
import type { Instruction, OrderKind, SupervisionOrder } from './order.ts'
import { deadlineOf, isOverdue } from './overdue.ts'
import type { FollowedAssignment } from './standing.ts'
import { requireText } from './text.ts'

/** What a person who orders supervision says. */
export interface IssueOrder {
  readonly kind: OrderKind
  readonly subject: string
  readonly departments: readonly string[]
  readonly caseNumber?: string | null | undefined
  readonly assignment?: string | null | undefined
  readonly requirement: string
  readonly basis?: string | null | undefined
  readonly dueOn?: Day | null | undefined
  readonly instruction?: Instruction | null | undefined
}

/** What is known beside the order: its assignment, and the written order that its breach has already. */
export interface IssueGround {
  readonly unknownDepartment: string | null
  readonly assignment: FollowedAssignment | null
  readonly written: SupervisionOrder | null
}

/**
 * Decides an order that a person issues (R24-R27): to whom, what, on what ground, by when. Its document number is
 * taken afterwards, so that a refused order leaves no gap.
 */
export function decideIssue(command: IssueOrder, ground: IssueGround, acting: Acting): SupervisionOrder {
  const { kind } = command
  const { now, today, actor, calendar } = acting
  const departments = [...new Set(command.departments)]
  const [first] = departments
  if (first === undefined) throw refuse('ORDER_TARGET_MISSING')
  if (ground.unknownDepartment) throw refuse('DEPARTMENT_UNKNOWN', { department: ground.unknownDepartment })
  const policy = acting.policyIn(cityOf(command.caseNumber ?? first))
  const instruction = instructionOf(command)
  requireOwnAssignment(command, departments, ground)
  const { written } = ground
  if (kind === 'WRITTEN' && written)
    throw refuse('ORDER_ALREADY_OPEN', { documentNumber: written.documentNumber })
  const due = command.dueOn
    ? { on: command.dueOn, provisional: false }
    : addWorkingDays(calendar, today, kind === 'WRITTEN' ? policy.writtenWorkingDays : policy.orderDays[kind])
  if (due.on <= today) throw refuse('ORDER_DATE_PASSED', { dueOn: due.on, today })
  return {
    id: acting.newId(),
    documentNumber: '',
    kind,
    subject: requireText('subject', command.subject, 200),
    caseNumber: command.caseNumber ?? null,
    assignment: command.assignment ?? null,
    department: first,
    departments,
    issuedBy: actor.subject,
    instructionLeader: instruction?.leader ?? null,
    instructionText: instruction?.text ?? null,
    instructionOn: instruction?.on ?? null,
    breachOn: kind === 'WRITTEN' ? breachOf(ground.assignment, today) : null,
    basis: command.basis ? requireText('basis', command.basis, 500) : policy.orderBasis[kind],
    requirement: requireText('requirement', command.requirement, 4_000),
    issuedAt: now,
    dueOn: due.on,
    dueProvisional: due.provisional,
    policyVersion: policy.version,
    calendarVersion: calendar.version,
    status: 'ISSUED',
    answeredAt: null,
    closedAt: null,
    outcome: null,
    opinion: null,
    closedBy: null,
  }
}

/** The missed date that a written order by a person stands for, so that no second one is issued for it (R66). */
export function breachOf(assignment: FollowedAssignment | null, today: Day): Day | null {
  return assignment && isOverdue(assignment, today) ? deadlineOf(assignment) : null
}

function instructionOf({ kind, instruction }: IssueOrder): Instruction | null {
  if (kind !== 'DIRECTIVE') {
    if (instruction) throw refuse('ORDER_INSTRUCTION_MISPLACED', { kind })
    return null
  }
  if (!instruction) throw refuse('ORDER_INSTRUCTION_MISSING')
  return {
    leader: requireText('leader', instruction.leader, 100),
    text: requireText('instruction', instruction.text, 4_000),
    on: instruction.on,
  }
}

function requireOwnAssignment(
  command: IssueOrder,
  departments: readonly string[],
  ground: IssueGround,
): void {
  if (!command.assignment) return
  const { assignment } = ground
  if (
    !assignment ||
    assignment.caseNumber !== command.caseNumber ||
    !departments.includes(assignment.department)
  )
    throw refuse('ORDER_ASSIGNMENT_FOREIGN', { assignment: command.assignment })
}
