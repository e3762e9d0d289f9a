import './article.ts'
import './department-articles.ts'
import './article-mutations.ts'
import './lexicon.ts'
import './misses.ts'
import './search.ts'
import { builder } from './builder.ts'

/** The subgraph's schema, Federation 2. */
export const schema = builder.toSubGraphSchema({ linkUrl: 'https://specs.apollo.dev/federation/v2.6' })
