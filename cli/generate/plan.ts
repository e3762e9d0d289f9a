import type { DepartmentRef } from '@hub/cases/domain/departments.ts'
import type { Call } from './call.ts'
import type { Course, Plan } from './course.ts'
import type { Dice } from './dice.ts'

/** A knowledge article in force that answers may cite. */
export interface Article {
  readonly id: string
  readonly version: number
}

/** Of a hundred cases that are no question, how many take each course. */
const COURSES: readonly (readonly [Course, number])[] = [
  ['PROMPT', 54],
  ['SLOW', 14],
  ['LATE', 5],
  ['SILENT', 1],
  ['EXTENDED', 5],
  ['RETURNED', 3],
  ['REDONE', 5],
  ['ANSWERED', 7],
  ['REFERRED', 3],
  ['REFUSED', 1.7],
  ['WITHDRAWN', 1],
  ['EMERGENCY', 0.3],
]
const OF_QUESTIONS: readonly (readonly [Course, number])[] = [
  ['ANSWERED', 86],
  ['REFERRED', 4],
  ['PROMPT', 8],
  ['SLOW', 2],
]

/** Gives each call its course and the units that handle it. */
export function planner(
  units: readonly DepartmentRef[],
  articles: readonly Article[],
  dice: Dice,
): (call: Call, registered: Date, reachable: boolean) => Plan {
  const below = new Map<string, string[]>()
  for (const { code, parent, acceptsDispatch } of units)
    if (parent !== null && acceptsDispatch) below.set(parent, [...(below.get(parent) ?? []), code])
  const [first, ...others] = articles
  return (call, registered, reachable) => {
    const lead = leadOf(call, dice)
    const helper = call.subject.helper === 'DISTRICT' ? call.place.unit : call.subject.helper
    const isJoint = helper !== undefined && helper !== lead && dice.chance(1 / 6)
    const [under, ...more] = below.get(lead) ?? []
    return {
      course: courseOf(call, dice),
      registered,
      units: isJoint ? [lead, helper] : [lead],
      under: under !== undefined && dice.chance(0.45) ? dice.pick([under, ...more]) : null,
      article: first && dice.chance(0.8) ? dice.pick([first, ...others]) : null,
      reachable,
    }
  }
}

/** A quarter of what a bureau is answerable for is settled by the district. */
function leadOf({ subject, place }: Call, dice: Dice): string {
  return subject.unit === 'DISTRICT' || dice.chance(0.25) ? place.unit : subject.unit
}

function courseOf({ matterType }: Call, dice: Dice): Course {
  if (matterType === 'PRAISE') return 'NOTED'
  const course = dice.weigh(matterType === 'CONSULTATION' ? OF_QUESTIONS : COURSES)
  // R5: a report of danger is not taken back.
  return matterType === 'REPORT' && course === 'WITHDRAWN' ? 'PROMPT' : course
}
