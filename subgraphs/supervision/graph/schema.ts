import './assignment-clock.ts'
import './case-supervision.ts'
import './investigation-operations.ts'
import './ladder.ts'
import './leader-reports.ts'
import './order-mutations.ts'
import './order-register.ts'
import './overdue.ts'
import './performance.ts'
import './report-operations.ts'
import './suggestion.ts'
import './survey-operations.ts'
import './topic.ts'
import { builder } from './builder.ts'

/** The subgraph's schema, Federation 2. */
export const schema = builder.toSubGraphSchema({ linkUrl: 'https://specs.apollo.dev/federation/v2.6' })
