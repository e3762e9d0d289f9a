import type { ApolloServer } from '@apollo/server'
import { firstExtras, installmentOf } from './answer-parts.ts'
import type { PartsForm } from './accepted.ts'
import type { Sent } from './delivery-stream.ts'
import type { Later } from '../execution/deliver-parts.ts'
import type { Asking } from '../subgraphs/client.ts'
import type { RequestContext } from '../subgraphs/source.ts'
import { Delivery } from '../subscription/delivery.ts'

export interface AskedOnce {
  readonly source: string
  readonly operationName?: string | undefined
  readonly variables: Readonly<Record<string, unknown>>
  readonly asking: Asking
}

/** Where nothing is negotiated, parts are told by their paths. */
const FORM: PartsForm = 'deferSpec=20220824'

/** Carries out a query or mutation: its answer, and what of it comes later. */
export async function answersInParts(
  apollo: ApolloServer<RequestContext>,
  { source: query, operationName, variables, asking }: AskedOnce,
): Promise<AsyncGenerator<Delivery>> {
  const parts: { later?: Later } = {}
  const named = operationName === undefined ? {} : { operationName }
  const request = { query, ...named, variables: { ...variables } }
  const { body } = await apollo.executeOperation(request, { contextValue: { asking, parts } })
  if (body.kind !== 'single') throw new Error('an answer in parts that are not ours')
  const { later } = parts
  if (!later) return only(new Delivery(body.singleResult))
  return followed(new Delivery({ ...body.singleResult, ...firstExtras(later, FORM) }), later, FORM)
}

/** The first part, then what comes later, as it is pulled. */
export function followed<First extends Sent>(
  first: First,
  { installments }: Later,
  form: PartsForm,
): AsyncGenerator<First | Delivery> {
  let isFirst = true
  const end = async (): Promise<IteratorResult<First | Delivery>> => {
    await installments.return(undefined)
    return { done: true, value: undefined }
  }
  const iterator: AsyncGenerator<First | Delivery> = {
    async next() {
      if (isFirst) {
        isFirst = false
        return { done: false, value: first }
      }
      const step = await installments.next()
      if (step.done) return { done: true, value: undefined }
      return { done: false, value: new Delivery(installmentOf(step.value, form)) }
    },
    return: end,
    throw: end,
    [Symbol.asyncDispose]: async () => void (await end()),
    [Symbol.asyncIterator]: () => iterator,
  }
  return iterator
}

async function* only(delivery: Delivery): AsyncGenerator<Delivery> {
  yield delivery
}
