import type { ApolloServer } from '@apollo/server'
import type { Refusal } from '@hub/kit/errors.ts'
import type { Logger } from '@hub/kit/log.ts'
import { masked } from '../answer-errors.ts'
import type { Later } from '../execution/deliver-parts.ts'
import { writeAnswer } from '../execution/written.ts'
import { requestScope } from '../request-scope.ts'
import type { Asking } from '../subgraphs/client.ts'
import type { RequestContext } from '../subgraphs/source.ts'
import type { AnswerKnown } from './known-answer.ts'

/** A query or mutation, whatever it came over. */
export interface AskedOnce {
  readonly source: string
  readonly operationName: string | undefined
  readonly variables: Readonly<Record<string, unknown>>
  readonly asking: Asking
  /** Whether the client takes parts of the answer later. */
  readonly inParts?: boolean
}

export interface AnsweredOnce {
  /** As it goes out. */
  readonly text: string
  /** Why nothing was carried out. */
  readonly refusal?: Refusal
  readonly later?: Later
}

export type AnswerOnce = (asked: AskedOnce) => Promise<AnsweredOnce>

/** Carries out what is no request of HTTP: the short way where it is known, else through Apollo Server. */
export function answeringOnce(
  apollo: ApolloServer<RequestContext>,
  answerKnown: AnswerKnown,
  log: Logger,
): AnswerOnce {
  return async (asked) => {
    const { caller } = asked.asking
    try {
      return (await answerKnown(asked)) ?? (await requestScope.run(caller, () => byApollo(asked)))
    } catch (error) {
      return { text: writeAnswer({ errors: [masked(error, caller.requestId, caller.locale, log)] }) }
    }
  }

  async function byApollo({ source: query, operationName, variables, asking, inParts }: AskedOnce) {
    const parts: { later?: Later } = {}
    const named = operationName === undefined ? {} : { operationName }
    const request = { query, ...named, variables: { ...variables } }
    const contextValue = inParts ? { asking, parts } : { asking }
    const { body } = await apollo.executeOperation(request, { contextValue })
    if (body.kind !== 'single') throw new Error('an answer in parts that are not ours')
    const { later } = parts
    const text = writeAnswer(body.singleResult)
    return later ? { text, later } : { text }
  }
}
