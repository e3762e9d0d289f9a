import type { CaseRecord } from '../domain/state.ts'
import { contentLevel, readsInside, seesReplyText, textAt, type Seen } from '../domain/visibility.ts'
import type { RoomContext } from './context.ts'

/** What the rules of visibility ask of a case. Its caller is opened for the rules, not for the viewer. */
export async function seenOf(subject: CaseRecord, { load, room }: RoomContext): Promise<Seen> {
  const [caller, assignments, departments] = await Promise.all([
    load.callerUnseen.load(subject.number),
    load.assignmentsOfCase.load(subject.number),
    room.tree.current(),
  ])
  return { case: subject, caller, assignments, departments }
}

/** Title, content or what was said to the caller, as the viewer may read it. */
export async function readable(text: string, subject: CaseRecord, context: RoomContext): Promise<string> {
  const { viewer, load } = context
  if (viewer.role === 'OPERATOR' || viewer.role === 'OFFICE') return text
  const [seen, caller] = await Promise.all([seenOf(subject, context), load.callerUnseen.load(subject.number)])
  const known = [caller?.name, caller?.organisation, caller?.phone].filter(
    (value) => typeof value === 'string',
  )
  return textAt(contentLevel(viewer, seen), text, subject, known)
}

/** The same of a record that knows only the number of its case; null when the viewer does not reach the case. */
export async function readableOf(
  text: string | null,
  caseNumber: string,
  context: RoomContext,
): Promise<string | null> {
  const subject = text === null ? null : await context.load.case.load(caseNumber)
  return subject && text !== null ? readable(text, subject, context) : null
}

/** What the hub says among itself: redacted for units and leaders, null for portals, oversight and the rest. */
export async function insideText(
  text: string | null,
  caseNumber: string,
  context: RoomContext,
): Promise<string | null> {
  const subject = await context.load.case.load(caseNumber)
  if (!subject || !readsInside(context.viewer, await seenOf(subject, context))) return null
  return readableOf(text, caseNumber, context)
}

/** What a unit wrote for the office: for the hotline, for that unit and for the lead of the case. */
export async function unitText(
  text: string | null,
  { caseNumber, assignmentId }: { readonly caseNumber: string; readonly assignmentId: string },
  context: RoomContext,
): Promise<string | null> {
  const [subject, assignment] = await Promise.all([
    context.load.case.load(caseNumber),
    context.load.assignment.load(assignmentId),
  ])
  if (!subject || !assignment) return null
  const seen = await seenOf(subject, context)
  return seesReplyText(context.viewer, seen, assignment.department)
    ? readableOf(text, caseNumber, context)
    : null
}
