import './assignment.ts'
import './assignment-events.ts'
import './assignment-events-taken.ts'
import './assignment-mutations.ts'
import './assignment-queries.ts'
import './case.ts'
import './case-records.ts'
import './case-mutations.ts'
import './caller-reveals.ts'
import './case-queries.ts'
import './duty-log.ts'
import './emergency-events.ts'
import './seldom-mutations.ts'
import './triage.ts'
import './working-day.ts'
import { builder } from './builder.ts'

/** The subgraph's schema, Federation 2. */
export const schema = builder.toSubGraphSchema({ linkUrl: 'https://specs.apollo.dev/federation/v2.6' })
