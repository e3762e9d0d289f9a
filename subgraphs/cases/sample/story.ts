import { createHash } from 'node:crypto'
import { dayOf, plusDays, startOfDay } from '@hub/kit/day.ts'
import type { SampleCase } from './read-sample.ts'

/** How a case's handling goes, so that every state a desk may meet is among the sample. */
export type Course = 'PROMPT' | 'SLOW' | 'LATE' | 'SILENT' | 'EXTENDED' | 'RETURNED' | 'REDONE'

/** When each thing happens to one case. What lies in the future has not happened yet. */
export interface Story {
  readonly sample: SampleCase
  readonly course: Course
  readonly satisfied: boolean
  readonly registered: Date
  readonly dispatched: Date
  readonly signed: Date
  /** The co-handlers' replies; the lead's follows half a day later. */
  readonly replied: Date
}

const WEEKS = 8
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Out of a hundred cases, how many take each course. */
const SHARES: readonly (readonly [Course, number])[] = [
  ['PROMPT', 52],
  ['SLOW', 14],
  ['LATE', 9],
  ['SILENT', 6],
  ['EXTENDED', 6],
  ['RETURNED', 4],
  ['REDONE', 9],
]

const REPLY_DAYS: Readonly<Record<Course, number>> = {
  PROMPT: 2,
  SLOW: 6,
  LATE: 15,
  SILENT: 400,
  EXTENDED: 13,
  RETURNED: 4,
  REDONE: 3,
}

/** Spreads the cases over the last weeks, in their order and at their time of day, and gives each its course. */
export function tellStories(samples: readonly SampleCase[], now: Date): Story[] {
  const first = plusDays(dayOf(now), -WEEKS * 7)
  return samples.map((sample, index) => {
    const day = plusDays(first, Math.floor((index * WEEKS * 7) / samples.length))
    const received = new Date(startOfDay(day).getTime() + timeOfDay(sample.receivedAt))
    const chance = diceOf(sample.id)
    const registered = new Date(received.getTime() + 3 * MINUTE)
    const wait = sample.expectedHandling === 'EMERGENCY' ? 5 * MINUTE : (0.5 + chance(0) * 4) * HOUR
    const dispatched = inOfficeHours(registered.getTime() + wait, sample.expectedHandling === 'EMERGENCY')
    const course = courseOf(chance(1), sample)
    return {
      sample,
      course,
      satisfied: chance(2) < 0.82,
      registered,
      dispatched,
      signed: inOfficeHours(dispatched.getTime() + chance(3) * 20 * HOUR),
      replied: inOfficeHours(dispatched.getTime() + (REPLY_DAYS[course] + chance(4) * 1.5) * DAY),
    }
  })
}

function courseOf(chance: number, { expectedHandling, expectedDepartments }: SampleCase): Course {
  if (expectedHandling === 'EMERGENCY') return 'PROMPT'
  let left = chance * 100
  const [course] = SHARES.find(([, share]) => (left -= share) < 0) ?? SHARES[0] ?? ['PROMPT']
  return course === 'RETURNED' && expectedDepartments.length > 1 ? 'SLOW' : course
}

/** Offices work from 9 to 18 o'clock; what falls outside is done the next morning. */
export function inOfficeHours(time: number, always = false): Date {
  const hour = timeOfDay(new Date(time)) / HOUR
  if (always || (hour >= 9 && hour < 18)) return new Date(time)
  const day = hour < 9 ? dayOf(new Date(time)) : plusDays(dayOf(new Date(time)), 1)
  return new Date(startOfDay(day).getTime() + 9 * HOUR + (time % (2 * HOUR)))
}

function timeOfDay(instant: Date): number {
  return instant.getTime() - startOfDay(dayOf(instant)).getTime()
}

/** Numbers from 0 to 1 that are the same for the same case every time. */
function diceOf(id: string): (throwNumber: number) => number {
  const bytes = createHash('sha256').update(id).digest()
  return (throwNumber) => bytes.readUInt16BE(throwNumber * 2) / 65_536
}
