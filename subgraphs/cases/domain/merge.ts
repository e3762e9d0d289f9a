import { requireRole } from './authority.ts'
import { requireCaseOpenFor } from './case-transitions.ts'
import { refuse } from './errors.ts'
import { caseFact } from './facts.ts'
import { caseStatusTerms } from './case-transitions.ts'
import type { Context } from './context.ts'
import type { CaseMerged, CaseUnmerged } from './events-seldom.ts'
import type { CaseRecord, CaseState } from './state.ts'
import type { CaseStatus } from './values.ts'

const ended: ReadonlySet<CaseStatus> = new Set(['CLOSED', 'ARCHIVED', 'WITHDRAWN', 'REFUSED', 'MERGED'])

/** Joins a case to the master of the same event (decision 6): one handling, and one feedback to each caller. */
export function decideMerge(
  state: CaseState,
  command: {
    readonly master: Pick<CaseRecord, 'number' | 'status' | 'mergedInto'>
    /** How many cases are joined to this one. */
    readonly joined: number
  },
  context: Context,
): readonly [CaseMerged] {
  requireRole(context, 'merge')
  requireCaseOpenFor(state.case, 'merge')
  const { number, status: statusBefore } = state.case
  const { master, joined } = command
  // A chain of masters would leave a caller without the one handling that theirs was joined to.
  if (joined > 0) throw refuse('MERGE_OF_MASTER', { number, count: joined })
  if (master.number === number) throw refuse('MERGE_WITH_SELF', { number })
  if (ended.has(master.status) || master.mergedInto !== null) {
    const { status } = master
    throw refuse('MERGE_MASTER_UNFIT', { master: master.number, status, statusZh: caseStatusTerms[status] })
  }
  const merge = {
    id: context.newId(),
    caseNumber: number,
    master: master.number,
    statusBefore,
    mergedAt: context.now,
    mergedBy: context.actor.subject,
    undoneAt: null,
    undoneBy: null,
  }
  return [{ ...caseFact('CaseMerged', 'merge', state, 'MERGED', context), merge }]
}

/** Parts a case from its master again: a merge is reversible. */
export function decideUnmerge(state: CaseState, context: Context): readonly [CaseUnmerged] {
  requireRole(context, 'unmerge')
  requireCaseOpenFor(state.case, 'unmerge')
  const merge = state.merges.findLast(({ undoneAt }) => undoneAt === null)
  if (!merge) throw new Error(`case ${state.case.number} is merged without a record of it`)
  const fact = caseFact('CaseUnmerged', 'unmerge', state, merge.statusBefore, context)
  return [{ ...fact, mergeId: merge.id, master: merge.master }]
}
