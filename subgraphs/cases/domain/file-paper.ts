import { requireRole } from './authority.ts'
import { requireCaseOpenFor } from './case-transitions.ts'
import { caseFact } from './facts.ts'
import { requireText } from './text.ts'
import type { Context } from './context.ts'
import type { PaperFiled } from './events-seldom.ts'
import type { CaseState } from './state.ts'
import type { PaperKind } from './values.ts'

export interface FilePaper {
  readonly kind: PaperKind
  readonly title: string
  readonly text: string
}

const TITLE_LIMIT = 200

/** Keeps a paper with the case: of a meeting, or whatever else is worth it (R88, R90). It is archived with the case. */
export function decideFilePaper(
  state: CaseState,
  command: FilePaper,
  context: Context,
): readonly [PaperFiled] {
  requireRole(context, 'filePaper')
  requireCaseOpenFor(state.case, 'filePaper')
  const { number, status } = state.case
  const paper = {
    id: context.newId(),
    caseNumber: number,
    kind: command.kind,
    title: requireText('title', command.title, TITLE_LIMIT),
    text: requireText('text', command.text),
    filedAt: context.now,
    filedBy: context.actor.subject,
  }
  return [{ ...caseFact('PaperFiled', 'filePaper', state, status, context), paper }]
}
