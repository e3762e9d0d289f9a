import type { WatchedEvent } from './stream.ts'

const KINDS: Readonly<Record<string, string>> = {
  ISSUED: '新派单 issued',
  SIGNED_FOR: '已签收 signed for',
  REPLIED: '已答复 replied',
  REPLY_ACCEPTED: '答复通过 reply accepted',
  REDO_ORDERED: '退回重办 redo ordered',
  RETURN_REQUESTED: '申请退单 return requested',
  RETURN_REFUSED: '退单未准 return refused',
  RETURNED: '已退单 returned',
  EXTENSION_REQUESTED: '申请延期 extension requested',
  EXTENSION_REFUSED: '延期未准 extension refused',
  EXTENDED: '已延期 extended',
  LEAD_CHANGED: '主办变更 lead changed',
  DUE_MOVED: '期限重算 due date moved',
  CANCELLED: '已撤销 cancelled',
}

/** One event as a line to read: time, what happened, the case, the unit, the date. */
export function lineOf({ at, kind, assignment }: WatchedEvent): string {
  const what = (KINDS[kind] ?? kind).padEnd(24)
  const when = at.slice(0, 19).replace('T', ' ')
  if (!assignment) return `${when}  ${what}`
  const { case: its, department, dueOn, overdue } = assignment
  const late = overdue ? '  ⚠ 逾期 overdue' : ''
  const unit = department.shortName ?? department.name
  return `${when}  ${what} ${its.number}  ${plain(its.title)}  [${plain(unit)}]  期限 due ${dueOn}${late}`
}

/** Text that callers wrote must not move the cursor or colour of somebody's terminal. */
function plain(text: string): string {
  return text.replace(/\p{Cc}|\p{Cf}/gu, ' ')
}
