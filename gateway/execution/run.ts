import type { GraphQLFormattedError } from 'graphql'
import type { Gathering } from './gathering.ts'
import type { Asking, SubgraphAnswer } from '../subgraphs/client.ts'
import type { Blocks } from './blocks.ts'
import type { PartSchedule } from './part-schedule.ts'
import type { SharedTexts } from './write-answer.ts'
import type { Tree } from './tree.ts'

/** One execution of a compiled operation. */
export interface Run {
  readonly asking: Asking
  /** As the client gave them: a subgraph coerces them by itself. */
  readonly variables: Readonly<Record<string, unknown>>
  readonly data: Tree
  readonly errors: GraphQLFormattedError[]
  readonly shared: SharedTexts
  /** Requests that wait for more to ask. */
  readonly gatherings: Map<string, Gathering>
  /** Tells that a subgraph did what it must not, in the log and to the client. */
  readonly fault: (service: string, reason: string) => GraphQLFormattedError
  /** An answer that is there already: the event of a subscription, for its first fetch. */
  readonly given: SubgraphAnswer | undefined
  /** What of the plan may end after the first part of the answer. */
  readonly blocks?: Blocks
  readonly schedule?: PartSchedule
}

/** A part of a plan, compiled. */
export type Step = (run: Run) => Promise<void>
