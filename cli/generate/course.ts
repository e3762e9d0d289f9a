import { decideAnswerDirectly } from '@hub/cases/domain/answer-directly.ts'
import { decideArchive } from '@hub/cases/domain/archive.ts'
import { decideCallback } from '@hub/cases/domain/callback.ts'
import { decideClose } from '@hub/cases/domain/close.ts'
import { decideFeedback } from '@hub/cases/domain/feedback.ts'
import { decideDecideRefusal, decideProposeRefusal, decideRefer } from '@hub/cases/domain/refer.ts'
import { decideWithdraw } from '@hub/cases/domain/withdraw.ts'
import { inOfficeHours } from '@hub/cases/sample/story.ts'
import { dayOf, plusDays } from '@hub/kit/day.ts'
import type { Dice } from './dice.ts'
import { handle, type HandlingCourse } from './handling.ts'
import { actorAs, type Life } from './life.ts'

export type Course = HandlingCourse | 'ANSWERED' | 'REFERRED' | 'REFUSED' | 'WITHDRAWN'

/** What is to become of one case. */
export interface Plan {
  readonly course: Course
  readonly registered: Date
  /** The lead first. */
  readonly units: readonly string[]
  /** A unit under the lead to pass it on to. */
  readonly under: string | null
  readonly article: { readonly id: string; readonly version: number } | null
  readonly reachable: boolean
}

const MINUTE = 60_000
const DAY = 86_400_000
const office = actorAs('OFFICE', 'office')
const operator = actorAs('OPERATOR', 'operator')

/** Lets a registered case go its course, as far as it has come by now. */
export function goOn(life: Life, plan: Plan, dice: Dice): void {
  const { course, registered } = plan
  const soon = new Date(registered.getTime() + dice.between(3, 12) * MINUTE)
  const later = (days: number): Date => inOfficeHours(registered.getTime() + days * DAY)
  switch (course) {
    case 'ANSWERED':
      life.happen(soon, operator, (context) => decideAnswerDirectly(life.state, answerOf(plan), context))
      return end(life, later(1), dice)
    case 'REFERRED': {
      const referral = {
        kind: 'REFER',
        department: plan.units[0] ?? '',
        followUpOn: plusDays(dayOf(soon), 5),
      } as const
      life.happen(soon, operator, (context) => decideRefer(life.state, referral, context))
      return tell(life, plan, later(5), dice)
    }
    case 'REFUSED': {
      const refusal = { reason: 'COURT', route: '已进入诉讼程序,请向受理法院反映。' } as const
      life.happen(soon, operator, (context) => decideProposeRefusal(life.state, refusal, context))
      life.happen(later(0.3), office, (context) =>
        decideDecideRefusal(life.state, { confirm: true }, context),
      )
      return end(life, later(1.5), dice)
    }
    case 'WITHDRAWN':
      life.happen(later(0.5), operator, (context) =>
        decideWithdraw(life.state, { reason: '来电人表示问题已自行解决。' }, context),
      )
      return
    default: {
      const told = handle(life, { ...plan, course }, dice)
      if (told) tell(life, plan, told, dice)
    }
  }
}

function answerOf({ article }: Plan) {
  return article
    ? { text: '您好,现行规定已当场向您说明。', articles: [article] }
    : { text: '您好,已告知办理途径。', articles: [], reason: '一般性咨询,无需引用条文' }
}

/** The caller is told, phoned back, and the case is closed. */
function tell(life: Life, plan: Plan, at: Date, dice: Dice): void {
  const outcome = plan.reachable
    ? ({ mode: dice.chance(0.9) ? 'PHONE' : 'WRITTEN', text: '已告知办理结果。' } as const)
    : ({ mode: 'IMPOSSIBLE', impossibleBecause: '来电人未留联系方式。' } as const)
  if (
    !life.happen(at, office, (context) => decideFeedback(life.state, { by: 'OFFICE', ...outcome }, context))
  )
    return
  const called = inOfficeHours(at.getTime() + dice.between(0.5, 2) * DAY)
  const contacted = plan.reachable && dice.chance(0.85)
  const solved = dice.chance(0.84)
  const satisfaction = solved ? (dice.chance(0.7) ? 'SATISFIED' : 'MOSTLY_SATISFIED') : 'DISSATISFIED'
  const said = contacted ? ({ contacted, solved, satisfaction } as const) : { contacted }
  life.happen(called, office, (context) => decideCallback(life.state, said, context))
  end(life, inOfficeHours(called.getTime() + dice.between(0.2, 2) * DAY), dice)
}

/** Closed, and put away half a year later. */
function end(life: Life, at: Date, dice: Dice): void {
  if (!life.happen(at, office, (context) => decideClose(life.state, context))) return
  const away = inOfficeHours(at.getTime() + dice.between(170, 200) * DAY)
  life.happen(away, office, (context) => decideArchive(life.state, context))
}
