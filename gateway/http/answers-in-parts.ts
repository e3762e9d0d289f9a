import { firstExtras, installmentOf } from './answer-parts.ts'
import type { PartsForm } from './accepted.ts'
import type { Sent } from './delivery-stream.ts'
import type { AnsweredOnce } from '../operation/answer-once.ts'

/** Where nothing is negotiated, parts are told by their paths. */
export const PATHS: PartsForm = 'deferSpec=20220824'

/** An answer, and what of it comes later, as it is pulled. */
export function inParts({ text, later }: AnsweredOnce, form: PartsForm): AsyncGenerator<Sent> {
  const first = later ? withExtras(text, firstExtras(later, form)) : text
  let isFirst = true
  const end = async (): Promise<IteratorResult<Sent>> => {
    await later?.installments.return(undefined)
    return { done: true, value: undefined }
  }
  const iterator: AsyncGenerator<Sent> = {
    async next() {
      if (isFirst) {
        isFirst = false
        return { done: false, value: { text: first } }
      }
      const step = await later?.installments.next()
      if (!step || step.done) return { done: true, value: undefined }
      return { done: false, value: { text: JSON.stringify(installmentOf(step.value, form)) } }
    },
    return: end,
    throw: end,
    [Symbol.asyncDispose]: async () => void (await end()),
    [Symbol.asyncIterator]: () => iterator,
  }
  return iterator
}

/** The text of an answer that says more of itself. */
function withExtras(text: string, extras: Readonly<Record<string, unknown>>): string {
  return `${text.trimEnd().slice(0, -1)},${JSON.stringify(extras).slice(1)}`
}
