import { chineseCalendar } from '@hub/kit/chinese-calendar.ts'
import { dayOf } from '@hub/kit/day.ts'
import type { Acting, Actor } from '@hub/supervision/domain/acting.ts'
import { policyOn } from '@hub/supervision/domain/policy.ts'
import { at } from './supervision-case.ts'

/** What a rule of supervision may know, at 09:00 of a day; ids count up. */
export function actingOn(day: string, actor: Partial<Actor> = {}, time?: string): Acting {
  const now = at(day, time)
  let last = 0
  return {
    now,
    today: dayOf(now),
    actor: { subject: 'test', role: 'OFFICE', department: null, district: null, ...actor },
    calendar: chineseCalendar(),
    policy: policyOn(day),
    policyIn: (city) => policyOn(day, [], city),
    newId: () => `00000000-0000-7000-8000-${String((last += 1)).padStart(12, '0')}`,
  }
}
