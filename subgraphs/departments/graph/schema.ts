import './department.ts'
import './suggestion.ts'
import { builder } from './builder.ts'

/** The subgraph's schema, Federation 2. */
export const schema = builder.toSubGraphSchema({ linkUrl: 'https://specs.apollo.dev/federation/v2.6' })
