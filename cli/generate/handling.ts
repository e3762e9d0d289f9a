import { decideDispatch } from '@hub/cases/domain/dispatch.ts'
import type { CaseEvent } from '@hub/cases/domain/events.ts'
import type { Context } from '@hub/cases/domain/context.ts'
import { decideMarkEmergency } from '@hub/cases/domain/emergency.ts'
import { decideDecideExtension, decideRequestExtension } from '@hub/cases/domain/extension.ts'
import { activeAssignments } from '@hub/cases/domain/handling.ts'
import { decideReply } from '@hub/cases/domain/reply.ts'
import { decideDecideReturn, decideRequestReturn } from '@hub/cases/domain/return.ts'
import { decideReview } from '@hub/cases/domain/review.ts'
import { decideSignFor } from '@hub/cases/domain/sign-for.ts'
import type { AssignmentRecord } from '@hub/cases/domain/state.ts'
import { decideSubDispatch } from '@hub/cases/domain/sub-dispatch.ts'
import { inOfficeHours } from '@hub/cases/sample/story.ts'
import { dayOf, plusDays } from '@hub/kit/day.ts'
import type { Plan } from './course.ts'
import type { Dice } from './dice.ts'
import { actorAs, unitActor, type Life } from './life.ts'

/** How the handling of a dispatched case goes. */
export type HandlingCourse =
  | 'PROMPT'
  | 'SLOW'
  | 'LATE'
  | 'SILENT'
  | 'EXTENDED'
  | 'RETURNED'
  | 'REDONE'
  | 'NOTED'
  | 'EMERGENCY'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const office = actorAs('OFFICE', 'office')

/** Days from dispatch to the reply, at least and at most. */
const REPLIED: Readonly<Record<HandlingCourse, readonly [number, number]>> = {
  PROMPT: [0.5, 4],
  SLOW: [5, 7],
  LATE: [13, 25],
  SILENT: [40, 90],
  EXTENDED: [11, 19],
  RETURNED: [3, 6],
  REDONE: [1, 5],
  NOTED: [1, 2],
  EMERGENCY: [0.1, 1],
}

type Decided = (context: Context) => readonly CaseEvent[]

/** Dispatch, signing, replies and review; the time at which the caller can be told, or null when it has not come. */
export function handle(
  life: Life,
  plan: Plan & { readonly course: HandlingCourse },
  dice: Dice,
): Date | null {
  const desk = new Desk(life)
  const urgent = plan.course === 'EMERGENCY'
  const dispatched = inOfficeHours(
    plan.registered.getTime() + (urgent ? 0.1 : dice.between(0.3, 4)) * HOUR,
    urgent,
  )
  const [least, most] = REPLIED[plan.course]
  const replied = inOfficeHours(dispatched.getTime() + dice.between(least, most) * DAY)
  const signed = inOfficeHours(
    dispatched.getTime() +
      Math.min(dice.between(0.2, 20) * HOUR, (replied.getTime() - dispatched.getTime()) / 2),
  )
  if (!(urgent ? desk.raise(dispatched, plan.units) : desk.dispatch(dispatched, plan.units))) return null
  if (!desk.sign(signed)) return null
  if (plan.course === 'NOTED') return replied
  if (plan.course === 'RETURNED' && !desk.sendBack(inOfficeHours(signed.getTime() + 2 * HOUR))) return null
  if (
    plan.course !== 'RETURNED' &&
    plan.under &&
    !desk.passOn(new Date(signed.getTime() + HOUR / 6), plan.under)
  )
    return null
  if (plan.course === 'EXTENDED' && !desk.extend(inOfficeHours(dispatched.getTime() + 4 * DAY))) return null
  if (!desk.reply(replied)) return null
  const reviewed = inOfficeHours(replied.getTime() + dice.between(0.5, 2) * DAY)
  if (plan.course !== 'REDONE')
    return desk.accept(reviewed) ? inOfficeHours(reviewed.getTime() + DAY / 2) : null
  if (!desk.orderRedo(reviewed)) return null
  const again = inOfficeHours(reviewed.getTime() + dice.between(1, 9) * DAY)
  const accepted = inOfficeHours(again.getTime() + DAY)
  return desk.reply(again) && desk.accept(accepted) ? inOfficeHours(accepted.getTime() + DAY / 2) : null
}

/** What the office and the units do with one case. */
class Desk {
  private readonly life: Life

  constructor(life: Life) {
    this.life = life
  }

  /** Each does it in turn; false as soon as one of them has not come to it yet. */
  private each(
    at: Date,
    of: readonly AssignmentRecord[],
    decide: (held: AssignmentRecord) => Decided,
    as = unitActor,
  ) {
    return of.every((held) => this.life.happen(at, as(held.department), decide(held)))
  }

  private get held(): readonly AssignmentRecord[] {
    return activeAssignments(this.life.state)
  }

  private get lead(): AssignmentRecord {
    const lead = this.held.find(({ role }) => role === 'LEAD')
    if (!lead) throw new Error('a dispatched case without a lead')
    return lead
  }

  dispatch(at: Date, departments: readonly string[]): boolean {
    const order = { departments, lead: departments[0] ?? null, mode: 'WRITTEN' } as const
    return this.life.happen(at, office, (context) => decideDispatch(this.life.state, order, context))
  }

  raise(at: Date, departments: readonly string[]): boolean {
    const alarm = { verification: '已电话核实,情况属实。', departments, lead: departments[0] ?? null }
    return this.life.happen(at, office, (context) => decideMarkEmergency(this.life.state, alarm, context))
  }

  sign(at: Date): boolean {
    const waiting = this.held.filter(({ status }) => status === 'ISSUED')
    return this.each(
      at,
      waiting,
      ({ id }) =>
        (context) =>
          decideSignFor(this.life.state, { assignment: id }, context),
    )
  }

  passOn(at: Date, under: string): boolean {
    const { id, department } = this.lead
    const order = { assignment: id, departments: [under] }
    const passed = this.life.happen(at, unitActor(department), (context) =>
      decideSubDispatch(this.life.state, order, context),
    )
    return passed && this.sign(inOfficeHours(at.getTime() + HOUR / 3))
  }

  sendBack(at: Date): boolean {
    const { id, department } = this.lead
    const request = {
      assignment: id,
      reason: '非本单位职责。',
      basis: '市级部门职责清单',
      suggested: 'JN-HOTLINE',
    }
    const decision = { assignment: id, accept: true, reason: '经核对职责清单,同意退单。' }
    return (
      this.life.happen(at, unitActor(department), (context) =>
        decideRequestReturn(this.life.state, request, context),
      ) &&
      this.life.happen(new Date(at.getTime() + HOUR), office, (context) =>
        decideDecideReturn(this.life.state, decision, context),
      ) &&
      this.dispatch(new Date(at.getTime() + 1.2 * HOUR), ['JN-HOTLINE']) &&
      this.sign(new Date(at.getTime() + 1.5 * HOUR))
    )
  }

  extend(at: Date): boolean {
    const { id, department, dispatchedAt } = this.lead
    const request = {
      assignment: id,
      until: plusDays(dayOf(dispatchedAt), 25),
      reason: '需多方会商并现场施工。',
    }
    const decision = { assignment: id, grant: true, reason: '情况属实,同意延期。' }
    return (
      this.life.happen(at, unitActor(department), (context) =>
        decideRequestExtension(this.life.state, request, context),
      ) &&
      this.life.happen(new Date(at.getTime() + HOUR), office, (context) =>
        decideDecideExtension(this.life.state, decision, context),
      )
    )
  }

  /** Co-handlers first, the lead for all of them. */
  reply(at: Date): boolean {
    const owing = this.held.filter(({ status }) => status === 'ACCEPTED' || status === 'REDO')
    const ordered = owing.toSorted(
      (one, other) => Number(one.role === 'LEAD') - Number(other.role === 'LEAD'),
    )
    return this.each(
      at,
      ordered,
      ({ id }) =>
        (context) =>
          decideReply(this.life.state, { ...REPLY, assignment: id }, context),
    )
  }

  accept(at: Date): boolean {
    const given = this.held.filter(({ status }) => status === 'REPLIED')
    const verdict = (assignment: string) => ({ assignment, accept: true })
    return this.each(
      at,
      given,
      ({ id }) =>
        (context) =>
          decideReview(this.life.state, verdict(id), context),
      () => office,
    )
  }

  orderRedo(at: Date): boolean {
    const { id } = this.lead
    const verdict = {
      assignment: id,
      accept: false,
      requirements: '请补充现场处置情况、完成时限及责任人。',
      redoBy: plusDays(dayOf(at), 10),
    }
    return this.life.happen(at, office, (context) => decideReview(this.life.state, verdict, context))
  }
}

const REPLY = {
  disposition: 'CONFORMING',
  text: '已派人到现场核实,情况基本属实,已督促整改并将持续跟进。',
  publicText: '您反映的问题已核实并处理,感谢您的监督。',
  legalBasis: ['《济南市12345市民服务热线条例》'],
  contactedCaller: true,
} as const
