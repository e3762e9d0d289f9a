import { chineseCalendar } from '@hub/kit/chinese-calendar.ts'
import { dayOf } from '@hub/kit/day.ts'
import { newId } from '@hub/kit/id.ts'
import type { Database } from '@hub/kit/postgres.ts'
import { proposeTopics } from '../commands/topic-commands.ts'
import { policyOn } from '../domain/policy.ts'
import type { Topic } from '../domain/topic.ts'

/** Looks for hot topics as the hub itself, at an instant; answers what is proposed now (R76). */
export function runTopics(db: Database['orm'], now: Date): Promise<Topic[]> {
  const today = dayOf(now)
  const actor = { subject: 'hub', role: 'SUBGRAPH', department: null, district: null }
  const acting = {
    now,
    today,
    calendar: chineseCalendar(),
    policy: policyOn(today),
    policyIn: () => policyOn(today),
    newId,
    actor,
  }
  return db.transaction((tx) => proposeTopics(tx, acting))
}
