import type { LoggedEvent } from '@hub/kit/event-log.ts'

/** What became of the first dispatch of a case, as far as its events tell. */
export interface FollowedCase {
  readonly caseNumber: string
  /** District as in the case, 历下区; empty when none was given. */
  readonly district: string
  /** The unit it was first sent to as lead, and that assignment. */
  readonly lead: string | null
  readonly assignment: string | null
  /** RIGHT: the unit dealt with it; RETURNED: its return was accepted; MOVED: another unit then led. */
  readonly outcome: 'OPEN' | 'RIGHT' | 'RETURNED' | 'MOVED'
  readonly takenBy: string | null
}

/** How often first dispatches in a district to a unit were kept by it (`takenBy` empty) or taken by another. */
export interface RoutingOutcome {
  readonly district: string
  readonly department: string
  readonly takenBy: string
  readonly cases: number
}

type FollowedEvent = Pick<LoggedEvent, 'kind' | 'data'>

/** The case as it stands after one of its events. */
export function followCase(
  before: FollowedCase | null,
  caseNumber: string,
  event: FollowedEvent,
): FollowedCase {
  const { kind, data } = event
  const known = before ?? {
    caseNumber,
    district: '',
    lead: null,
    assignment: null,
    outcome: 'OPEN' as const,
    takenBy: null,
  }
  const district = textOf(data, 'district')
  if ((kind === 'CaseRegistered' || kind === 'CaseAmended') && district !== null && known.outcome === 'OPEN')
    return { ...known, district }
  if (kind === 'AssignmentIssued') return issued(known, data)
  if (textOf(data, 'assignment') !== known.assignment || known.outcome !== 'OPEN') return known
  if (kind === 'ReturnDecided' && data['accepted'] === true) return { ...known, outcome: 'RETURNED' }
  if (kind === 'AssignmentReplied' && data['disposition'] !== 'OUT_OF_SCOPE')
    return { ...known, outcome: 'RIGHT' }
  return known
}

/** What a unit sends on to those below it is its own affair. */
function issued(known: FollowedCase, data: FollowedEvent['data']): FollowedCase {
  const department = textOf(data, 'department')
  if (department === null || textOf(data, 'parentId') !== null || data['role'] !== 'LEAD') return known
  if (known.lead === null) return { ...known, lead: department, assignment: textOf(data, 'assignment') }
  if (known.outcome === 'RETURNED' && department !== known.lead)
    return { ...known, outcome: 'MOVED', takenBy: department }
  return known
}

/** What a followed case adds to the counts, once it is known; null before. */
export function outcomeOf({ district, lead, outcome, takenBy }: FollowedCase): RoutingOutcome | null {
  if (lead === null || outcome === 'OPEN' || outcome === 'RETURNED') return null
  return { district, department: lead, takenBy: takenBy ?? '', cases: 1 }
}

function textOf(data: FollowedEvent['data'], name: string): string | null {
  const value = data[name]
  return typeof value === 'string' ? value : null
}
