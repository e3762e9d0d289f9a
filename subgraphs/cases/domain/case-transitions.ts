import { operations, type Operation } from './operations.ts'
import { refuse } from './errors.ts'
import { caseStatuses, type CaseStatus } from './values.ts'

/** From each status of a case, the statuses that may follow. What is not here does not happen. */
export const caseTransitions: Readonly<Record<CaseStatus, readonly CaseStatus[]>> = {
  REGISTERED: [
    'ANSWERED',
    'REFERRED',
    'REFUSED',
    'MERGED',
    'EMERGENCY',
    'REPORTED',
    'DISPATCHED',
    'WITHDRAWN',
    'SUSPENDED',
  ],
  // R10: a case can have a direct answer and a dispatch. R45: the answer at once is itself the echo, so it may close.
  ANSWERED: ['DISPATCHED', 'REPORTED', 'MERGED', 'FED_BACK', 'CLOSED', 'WITHDRAWN'],
  // R48: what was referred is followed up, and may come back to the ordinary flow.
  REFERRED: ['ANSWERED', 'DISPATCHED', 'REPORTED', 'MERGED', 'FED_BACK', 'WITHDRAWN', 'EMERGENCY'],
  REFUSED: ['CLOSED'],
  // Decision 6: a merge is reversible; each caller keeps a feedback of their own.
  MERGED: ['REGISTERED', 'ANSWERED', 'REFERRED', 'FED_BACK'],
  EMERGENCY: ['DISPATCHED', 'HANDLING', 'REPORTED', 'FED_BACK', 'REGISTERED'],
  // R72: after a dispute the case goes on where it was, once the leader has instructed.
  REPORTED: ['DISPATCHED', 'HANDLING', 'REPLIED', 'APPROVED', 'REDO', 'REGISTERED'],
  // Back to REGISTERED when the last unit was let go: the office has it again, the clock runs on.
  DISPATCHED: ['HANDLING', 'REGISTERED', 'EMERGENCY', 'REPORTED', 'SUSPENDED', 'WITHDRAWN'],
  // To REDO while another unit still handles; to REPLIED or APPROVED also when the last one not ready was let go;
  // to FED_BACK where no reply was required (R7, R59).
  HANDLING: [
    'REPLIED',
    'REDO',
    'APPROVED',
    'FED_BACK',
    'DISPATCHED',
    'REGISTERED',
    'EMERGENCY',
    'REPORTED',
    'SUSPENDED',
    'WITHDRAWN',
  ],
  REPLIED: ['REDO', 'APPROVED', 'REPORTED', 'SUSPENDED', 'WITHDRAWN'],
  // To HANDLING when the redo is replied to and another unit still handles.
  REDO: ['REPLIED', 'HANDLING', 'DISPATCHED', 'REPORTED', 'SUSPENDED', 'WITHDRAWN'],
  APPROVED: ['FED_BACK', 'REPORTED'],
  // R30: a callback that finds the caller rightly dissatisfied leads to a redo.
  FED_BACK: ['CLOSED', 'REDO'],
  CLOSED: ['ARCHIVED', 'REGISTERED'],
  ARCHIVED: [],
  WITHDRAWN: ['ARCHIVED'],
  SUSPENDED: ['REGISTERED', 'DISPATCHED', 'HANDLING', 'REPLIED', 'REDO'],
}

const inHandling = ['DISPATCHED', 'HANDLING', 'REPLIED', 'REDO'] as const satisfies readonly CaseStatus[]
const withUnits = [...inHandling, 'EMERGENCY', 'REPORTED'] as const satisfies readonly CaseStatus[]

/** The statuses of a case in which an operation on it or on its assignments may be tried. */
export const caseOpenFor: Readonly<Record<Exclude<Operation, 'register'>, readonly CaseStatus[]>> = {
  // R44: what units were given stays as they were given it.
  amend: ['REGISTERED', 'ANSWERED', 'REFERRED'],
  answerDirectly: ['REGISTERED', 'REFERRED', 'DISPATCHED', 'HANDLING'],
  refer: ['REGISTERED'],
  proposeRefusal: ['REGISTERED'],
  decideRefusal: ['REGISTERED'],
  merge: ['REGISTERED', 'ANSWERED', 'REFERRED'],
  unmerge: ['MERGED'],
  markEmergency: ['REGISTERED', 'REFERRED', 'DISPATCHED', 'HANDLING'],
  progressEmergency: ['EMERGENCY', ...inHandling],
  reportToLeader: ['REGISTERED', 'ANSWERED', 'REFERRED', 'EMERGENCY', 'REPORTED', ...inHandling],
  instruct: ['REPORTED'],
  dispatch: ['REGISTERED', 'ANSWERED', 'REFERRED', 'EMERGENCY', 'REPORTED', 'DISPATCHED', 'HANDLING'],
  subDispatch: withUnits,
  signFor: withUnits,
  requestExtension: withUnits,
  decideExtension: withUnits,
  requestReturn: withUnits,
  decideReturn: withUnits,
  reply: withUnits,
  reviewReply: [...withUnits, 'FED_BACK'],
  raiseDispute: inHandling,
  coordinate: withUnits,
  // R88, R90: until the case is archived, also after it was closed.
  filePaper: caseStatuses.filter((status) => status !== 'ARCHIVED'),
  suspend: ['REGISTERED', ...inHandling],
  resume: ['SUSPENDED'],
  recordFeedback: ['APPROVED', 'FED_BACK', 'ANSWERED', 'REFERRED', 'MERGED', 'EMERGENCY', 'HANDLING'],
  recordCallback: ['FED_BACK', 'ANSWERED', 'CLOSED'],
  close: ['FED_BACK', 'ANSWERED', 'REFUSED'],
  reopen: ['CLOSED'],
  withdraw: ['REGISTERED', 'ANSWERED', 'REFERRED', ...inHandling],
  archive: ['CLOSED', 'WITHDRAWN'],
  recomputeDue: [...withUnits, 'SUSPENDED'],
}

export interface NumberedCase {
  readonly number: string
  readonly status: CaseStatus
}

/** Refuses an operation that the status of the case does not allow. */
export function requireCaseOpenFor(subject: NumberedCase, operation: Exclude<Operation, 'register'>): void {
  if (!caseOpenFor[operation].includes(subject.status)) throw refusedBy(subject, operation)
}

/** Refuses a change of status that the table does not hold. */
export function requireCaseChange(subject: NumberedCase, to: CaseStatus, operation: Operation): void {
  if (to !== subject.status && !caseTransitions[subject.status].includes(to))
    throw refusedBy(subject, operation)
}

function refusedBy({ number, status }: NumberedCase, operation: Operation) {
  const { zh, passive } = operations[operation]
  return refuse('CASE_STATUS_FORBIDS', {
    number,
    status,
    statusZh: caseStatusTerms[status],
    operation: passive,
    operationZh: zh,
  })
}

/** What the duty office calls each status. */
export const caseStatusTerms: Readonly<Record<CaseStatus, string>> = {
  REGISTERED: '已登记',
  ANSWERED: '已直接答复',
  REFERRED: '已指引',
  REFUSED: '不予受理',
  MERGED: '已并单',
  EMERGENCY: '突发事件处置中',
  REPORTED: '已呈报领导',
  DISPATCHED: '已转办',
  HANDLING: '办理中',
  REPLIED: '已办复待审核',
  REDO: '重办中',
  APPROVED: '审核通过',
  FED_BACK: '已答复来电人',
  CLOSED: '已办结',
  ARCHIVED: '已归档',
  WITHDRAWN: '已撤回',
  SUSPENDED: '已挂起',
}
