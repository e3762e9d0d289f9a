import { isBlank } from '../domain/text.ts'
import type { CallerRecord, CaseRecord } from '../domain/state.ts'
import { callerFields, type CallerFields } from '../domain/visibility.ts'
import { builder } from './builder.ts'
import type { RoomContext } from './context.ts'
import { seenOf } from './seen.ts'

/** A caller's data as far as the viewer may see them. */
interface ShownCaller {
  readonly record: CallerRecord
  readonly fields: CallerFields
}

export const Caller = builder.objectRef<ShownCaller>('Caller').implement({
  description: 'Who called, as far as the viewer may know; every reading is recorded (R39–R41, R98). 来电人',
  fields: (t) => ({
    name: t.string({
      nullable: true,
      description: 'Name; null when not given or not for the viewer. 姓名',
      resolve: ({ record, fields }) => (fields.name ? record.name : null),
    }),
    organisation: t.string({
      nullable: true,
      description: 'Unit or organisation. 单位',
      resolve: ({ record, fields }) => (fields.organisation ? record.organisation : null),
    }),
    phone: t.string({
      nullable: true,
      description: 'Phone as it was normalised, or as it was given when it could not be read. 联系电话',
      resolve: ({ record, fields }) => (fields.phone ? record.phone : null),
    }),
    phoneValid: t.boolean({
      description: 'Whether the phone could be read as a number. 号码是否有效',
      resolve: ({ record }) => record.phoneValid,
    }),
  }),
})

/**
 * The caller of a case for this viewer; null where nothing may be seen. What is shown is written down first, with the
 * reason that the viewer states, or the occasion.
 */
export async function callerFor(
  subject: CaseRecord,
  reason: string | null,
  context: RoomContext,
  occasion = `${context.viewer.role}: handling of ${subject.number}`,
): Promise<ShownCaller | null> {
  const fields = callerFields(context.viewer, await seenOf(subject, context), reason)
  const shown = Object.entries(fields).flatMap(([name, visible]) => (visible ? [name] : []))
  if (shown.length === 0 || (await context.load.callerUnseen.load(subject.number)) === null) return null
  const why = isBlank(reason) ? occasion : String(reason)
  const record = await context.load.callerRevealed.load({
    number: subject.number,
    fields: shown,
    reason: why,
  })
  return record && { record, fields }
}
