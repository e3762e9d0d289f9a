import type { CaseRecord } from '../domain/state.ts'
import { contentLevel, textAt, type Seen } from '../domain/visibility.ts'
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

/** Title or content as the viewer may read it. */
export async function readable(text: string, subject: CaseRecord, context: RoomContext): Promise<string> {
  const { viewer, load } = context
  if (viewer.role === 'OPERATOR' || viewer.role === 'OFFICE') return text
  const [seen, caller] = await Promise.all([seenOf(subject, context), load.callerUnseen.load(subject.number)])
  const known = [caller?.name, caller?.organisation, caller?.phone].filter(
    (value) => typeof value === 'string',
  )
  return textAt(contentLevel(viewer, seen), text, subject, known)
}
