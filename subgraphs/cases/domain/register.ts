import { dayOf, inShanghai, plusDays } from '@hub/kit/day.ts'
import { forbid, requireRole } from './authority.ts'
import { refuse } from './errors.ts'
import { stamped } from './facts.ts'
import { sourceHotlineOf } from './source-hotline.ts'
import { normalisePhone } from './phone.ts'
import { cleanText, isBlank, optionalText, requireText, titleFrom } from './text.ts'
import type { Context } from './context.ts'
import type { CaseRegistered } from './events.ts'
import type { CallerRecord, CaseRecord } from './state.ts'
import type { CallerType, Channel, MatterType, Urgency } from './values.ts'

export interface RegisterCase {
  readonly number: string
  readonly title: string
  readonly content: string
  readonly channel: Channel
  readonly matterType: MatterType
  readonly urgency?: Urgency | null | undefined
  readonly callerType: CallerType
  readonly callerName?: string | null | undefined
  readonly callerOrganisation?: string | null | undefined
  readonly callerPhone?: string | null | undefined
  readonly anonymous?: boolean | null | undefined
  readonly district?: string | null | undefined
  readonly receivedAt?: Date | null | undefined
  readonly confidential?: boolean | null | undefined
  readonly sourceHotline?: string | null | undefined
  readonly complainedOf?: readonly string[] | null | undefined
}

const SHORT = 200

/** Takes a call in (R38–R44): with nothing but a readable content, for a call is never lost over the rest. */
export function decideRegister(command: RegisterCase, context: Context): readonly [CaseRegistered] {
  requireRole(context, 'register')
  if (isBlank(command.content)) throw refuse('CONTENT_BLANK')
  const content = requireText('content', command.content)
  const subject: CaseRecord = {
    number: command.number,
    title: optionalText('title', command.title, SHORT)?.replace(/\s+/g, ' ') ?? titleFrom(content),
    content,
    channel: command.channel,
    matterType: command.matterType,
    urgency: command.urgency ?? 'NORMAL',
    status: 'REGISTERED',
    callerType: command.callerType,
    anonymous: command.anonymous ?? false,
    // R5: a report of danger is confidential unless its caller wishes otherwise.
    confidential: command.confidential ?? command.matterType === 'REPORT',
    district: districtOf(command, context),
    sourceHotline: sourceHotlineOf(command.sourceHotline),
    complainedOf: complainedOf(command, context),
    receivedAt: receivedAt(command, context),
    registeredAt: context.now,
    registeredBy: context.actor.subject,
    firstDispatchedAt: null,
    capOn: null,
    capProvisional: false,
    closedAt: null,
    mergedInto: null,
    version: 1,
  }
  const caller = callerOf(command, context)
  const fact = stamped('CaseRegistered', command.number, 'REGISTERED', context)
  return [{ ...fact, case: subject, caller }]
}

/** An anonymous caller's data are not even taken down. */
function callerOf(command: RegisterCase, { actor }: Context): CallerRecord | null {
  const given = optionalText('callerPhone', command.callerPhone, SHORT) ?? actor.citizen
  const number = given === null ? null : normalisePhone(given)
  if (actor.citizen !== null && number?.phone !== normalisePhone(actor.citizen).phone)
    throw forbid('citizen', 'register', {})
  if (command.anonymous) return null
  const name = optionalText('callerName', command.callerName, SHORT)
  const organisation = optionalText('callerOrganisation', command.callerOrganisation, SHORT)
  if (name === null && organisation === null && number === null) return null
  const phone = { phone: number?.phone ?? null, phoneValid: number?.valid ?? false }
  return { caseNumber: command.number, name, organisation, ...phone }
}

/** A district's portal registers what belongs to its district. */
function districtOf(command: RegisterCase, { actor }: Context): string | null {
  const district = optionalText('district', command.district, SHORT)
  if (actor.role !== 'PORTAL' || actor.district === null) return district
  if (district !== null && district !== actor.district)
    throw forbid('district', 'register', { own: actor.district, district })
  return actor.district
}

/** A mistyped code would quietly undo R97: it is refused. */
function complainedOf(command: RegisterCase, { departments }: Context): readonly string[] {
  const codes = [...new Set((command.complainedOf ?? []).map(cleanText))]
  for (const department of codes)
    if (!departments.find(department)) throw refuse('DEPARTMENT_NOT_FOUND', { department })
  return codes
}

function receivedAt(command: RegisterCase, { now, policy }: Context): Date {
  const at = command.receivedAt ?? now
  const earliest = plusDays(dayOf(now), -policy.receivedWithinDays)
  if (at.getTime() > now.getTime() + policy.receivedAheadMinutes * 60_000)
    throw refuse('RECEIVED_IN_FUTURE', { receivedAt: inShanghai(at), now: inShanghai(now) })
  if (dayOf(at) < earliest) throw refuse('RECEIVED_TOO_LONG_AGO', { receivedAt: inShanghai(at), earliest })
  return at
}
